#include "engine/ingest/json/record_problem.hpp"

#include <array>

namespace fairprice::ingest::json {

std::string_view fault_name(Fault fault) {
  constexpr std::array<std::string_view, 11> kNames = {"bad-json",     "bad-encoding",   "too-large", "not-an-object",
                                                       "nested-value", "duplicate-key",  "two-keys",  "other-unit",
                                                       "no-value",     "other-currency", "no-release"};
  return kNames[static_cast<std::size_t>(fault)];
}

}  // namespace fairprice::ingest::json
