#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/catalogue/title/tokens.hpp"

namespace fairprice::title {

/// The brands and categories that texts may name, from the dictionaries. Immutable once made; any number of threads may read it.
class Vocabulary {
 public:
  /// Aliases with what they stand for, brands and categories alike; a later entry of the same alias replaces an earlier one.
  Vocabulary(const std::vector<std::pair<std::string, std::string>>& brands,
             const std::vector<std::pair<std::string, std::string>>& categories);

  struct Named {
    std::string_view name;  ///< the brand, as in the dictionary
    std::size_t first = 0;  ///< tokens that name it
    std::size_t last = 0;
  };
  /// Brands in the order of the text, each alias as long as it goes: words only as whole words, ideographs anywhere in a run.
  std::vector<Named> brands_in(const Tokens& tokens) const;
  /// The category with the longest alias in the text (of equally long ones the last); what is often a part of something else, such as a
  /// disk, only when no other one is named. Empty: none.
  std::string_view category_in(const Tokens& tokens) const;

 private:
  struct Alias {
    std::string text;  ///< canonical; of words: joined by one blank
    std::uint32_t name;
    std::size_t words = 0;
  };
  /// By the first word, or the first ideograph: longest first.
  using Index = std::unordered_map<std::string_view, std::vector<Alias>>;
  void add(Index& index, const std::string& alias, std::uint32_t name);

  std::vector<std::string> names_;
  std::vector<std::string> heads_;  ///< what the keys of the indices point to
  Index brands_, categories_;
};

}  // namespace fairprice::title
