#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fairprice::ingest::json {

/// A JSON number that has an exponent, written out: 1.25e2 is 125, 5E-3 is 0.005. Nothing is rounded. `number` is well formed. Nothing where
/// that would take more than 60 zeros: no price and no quantity.
std::optional<std::string> plain_number(std::string_view number);

}  // namespace fairprice::ingest::json
