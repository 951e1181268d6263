#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/date.hpp"
#include "rules/policy_fields.hpp"

namespace fairprice::rules {

/// One entry of /overrides: what differs for a category, in some months, or both.
struct PolicyOverride {
  std::string place;               ///< "/overrides/3"
  std::string category;            ///< as compatible text; empty: all of them
  std::optional<Period> from, to;  ///< the first and the last month; nothing: without end on that side
  Json change;                     ///< what is merged into the policy

  bool holds_in(Period period) const { return (!from || *from <= period) && (!to || period <= *to); }
  bool has_dates() const { return from.has_value() || to.has_value(); }
};

/// Whether there is a month in which both hold.
bool overlap(const PolicyOverride& a, const PolicyOverride& b);

/// The entries of /overrides that can be told apart; every mistake goes into `errors`: keys that are of the whole file, dates that
/// are none, two entries of the same category (or both of all) that hold in one month.
std::vector<PolicyOverride> read_overrides(const Json& list, PolicyErrors& errors);

}  // namespace fairprice::rules
