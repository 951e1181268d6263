#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fairprice::rules {

/// A setting that two policy files state otherwise.
struct PolicyDifference {
  std::string
      place;  ///< JSON Pointer, as in the messages of `policy check`; an override by its category: /overrides/打印机/bands/0/at_most
  std::string before;  ///< as the file has it; empty: it says nothing there, so the default holds
  std::string after;
};

/// What two policies set otherwise, in the order of the places. Numbers are compared by value (0.2 is 0.20), texts and lists of words as they stand. What a
/// file says of itself (name, description, source, ours, $schema) does not count. Both are read as JSON alone: `read_policy` says whether they are right.
std::vector<PolicyDifference> policy_differences(std::string_view before, std::string_view after);

}  // namespace fairprice::rules
