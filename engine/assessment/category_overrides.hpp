#pragma once

#include "engine/ingest/tables.hpp"
#include "rules/policy.hpp"

namespace fairprice::assessment {

/// The policy with each override under the category that its name means in a month: an alias of the dictionary `categories` stands for its
/// category, as it does in listings. Throws FatalError when two overrides mean one category.
rules::PolicySet with_categories(const rules::PolicySet& policy, const std::shared_ptr<ingest::Keys>& keys);

/// The same for the month in `folder`, before it is loaded: reads its dictionaries when the policy has overrides, nothing otherwise.
rules::PolicySet with_categories_of(const rules::PolicySet& policy, const std::string& folder);

/// Adds a warning for each override of a category that no listing of the month has. `policy` is one that went through with_categories.
void warn_of_idle_overrides(const rules::PolicySet& policy, ingest::Month& month);

}  // namespace fairprice::assessment
