#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/catalogue/attributes.hpp"
#include "engine/ingest/tables.hpp"

namespace fairprice::catalogue {

/// Why a title names no product for certain; what review.csv says.
enum class TitleDoubt : std::uint8_t {
  none,
  no_brand,       ///< no brand of the dictionary, or two
  not_the_item,   ///< an accessory, a bundle, second-hand
  no_model,       ///< nothing in it looks like a model
  series,         ///< it names a series, or several models
  configuration,  ///< an identity attribute of its category is missing, unclear or contradictory
  unknown         ///< the model is exact, but no row of the month has it
};
std::string_view title_doubt_name(TitleDoubt doubt);

struct TitleAnswer {
  std::uint32_t product = ingest::kNone;
  TitleDoubt doubt = TitleDoubt::unknown;
};

/// The basis `title`: products of rows that give neither brand and model nor a barcode that answers. Rules: docs/method.md, "Reading the title".
///
/// A title names a product when it names one brand; the item itself and nothing beside it; and one exact model, which is
///  - a model that a row of the month states in its cells, the longest that stands in the title, and no mere beginning of another one; or
///  - a model by its shape alone, when at least two rows of the month read the same product from their titles.
/// Where the category has identity attributes, all that are not optional must be stated clearly.
class Titles {
 public:
  /// `quotes` must have been read. Does nothing until rows are added.
  explicit Titles(ingest::Month& month) : month_(month) {}

  /// A row's texts; `brand` the cell, `category` the row's own or kNone. Returns the number to ask `answer` with.
  std::uint32_t add(std::string_view brand, std::string_view title, std::string_view spec, std::uint32_t category);
  /// Reads all that were added.
  void resolve(int threads);
  const TitleAnswer& answer(std::uint32_t number) const { return answers_[text_of_[number]]; }

 private:
  struct Text {
    std::string brand, title, spec;
    std::uint32_t category;
    auto operator<=>(const Text&) const = default;
  };
  /// What is known before the rows are compared with each other.
  struct Reading {
    std::string own_model;  ///< by shape, folded; empty: none
    std::string configuration;
    std::uint32_t brand = ingest::kNone;
    bool supply = false;  ///< the title names toner, ink or the like
  };
  struct Models;
  void find_models();
  Reading read(const Text& text, TitleAnswer& answer) const;

  ingest::Month& month_;
  std::map<Text, std::uint32_t> texts_;
  std::vector<std::uint32_t> text_of_;  ///< by number
  std::vector<TitleAnswer> answers_;    ///< by text
  std::shared_ptr<const Models> models_;
};

}  // namespace fairprice::catalogue
