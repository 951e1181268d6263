#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/json/record_problem.hpp"

namespace fairprice::ingest::json {

/// What a JSON text is made of, as far as that says where its records may be.
struct Outline {
  std::optional<RecordProblem> problem;        ///< where it is no JSON, or ends too early
  std::vector<std::string> keys;               ///< of the outermost object
  std::vector<std::string> arrays;             ///< JSON Pointers to arrays that stand in no other array
  std::vector<std::string> arrays_of_objects;  ///< of these, the ones that begin with an object
};

Outline outline_of(std::string_view text);

}  // namespace fairprice::ingest::json
