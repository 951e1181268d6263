#pragma once

#include <bitset>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/catalogue/title/read_title.hpp"
#include "engine/ingest/keys.hpp"

namespace fairprice::catalogue {

/// By what products of a category are told apart besides brand and model, in the order in which their names show it.
struct IdentityAttribute {
  title::Attribute attribute;
  bool optional;  ///< `gpu?`: a product may be without, so that a title need not state it to name one product
};

/// The table `attributes`: shipped rows, replaced category by category by the period's own.
class AttributeTable {
 public:
  /// Throws FatalError, naming the place, when an attribute is unknown.
  explicit AttributeTable(ingest::Keys& keys);
  /// Empty for a category without identity attributes, and for kNone.
  std::span<const IdentityAttribute> of(std::uint32_t category) const {
    const auto found = attributes_.find(category);
    return found == attributes_.end() ? std::span<const IdentityAttribute>() : found->second;
  }
  bool empty() const { return attributes_.empty(); }

 private:
  std::unordered_map<std::uint32_t, std::vector<IdentityAttribute>> attributes_;
};

/// What a row's texts state of a category's identity attributes, and its model does not say already: `M2` and `256G` are no further
/// statements of a MacBook Air M2 256G.
struct StatedConfiguration {
  std::string text;            ///< `I5-1240P/16G/512G-SSD/?`: by position, `?` for what is not stated; empty: nothing is stated
  bool contradictory = false;  ///< title and specification differ on one of them
  bool complete = false;       ///< all that are not optional are stated
};
StatedConfiguration stated_configuration(std::span<const IdentityAttribute> attributes, const title::Configuration& configuration,
                                         const std::bitset<title::kAttributes>& contradictions, std::string_view folded_model);

/// Whether two configuration texts of one category contradict nowhere: position by position equal, or one of them `?`. Nothing stated (empty)
/// contradicts nothing.
bool compatible(std::string_view one, std::string_view other);
/// Whether `one` states all that `other` does, and the same.
bool states_all_of(std::string_view one, std::string_view other);

}  // namespace fairprice::catalogue
