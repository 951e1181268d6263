#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/interner.hpp"
#include "engine/base/money.hpp"

namespace fairprice::ingest {

inline constexpr std::uint32_t kNone = Interner::kNone;

/// The dictionaries of section 3, shipped ones and those of the period together, as plain lists; a later entry of the same
/// alias replaces an earlier one.
struct Dictionaries {
  struct Category {
    std::string alias, category, base_unit;
  };
  struct Unit {
    std::string alias, unit;
    std::int64_t factor;
  };  ///< factor: count of 1/10000
  /// By what products of a category are told apart besides brand and model; `attributes` as in attributes.csv.
  struct Attributes {
    std::string category, attributes;
    std::string where;  ///< file and line, for messages
  };
  struct Shop {
    std::string alias, shop, operator_name, supplier_id;
  };
  struct Supplier {
    std::string supplier_id, group_id;
  };
  std::vector<std::pair<std::string, std::string>> brands;  ///< alias, brand
  std::vector<Category> categories;
  std::vector<Unit> units;
  std::vector<Attributes> attributes;
  std::vector<Shop> shops;
  std::vector<Supplier> suppliers;
};

/// The texts of all tables as numbers, shared by all readers and threads. What the same product is, brand and model say here by
/// their canonical forms; what barcodes and people add to it is the catalogue's.
///
/// A *product* number names brand and model in canonical form, or a barcode that no row gives a brand and model for, or the text of a
/// person's decision. The bytes behind it are a four-byte brand number (or a mark) and the model.
class Keys {
 public:
  static constexpr std::uint32_t kGtinMark = 0xFFFFFFFE;
  static constexpr std::uint32_t kTextMark = 0xFFFFFFFD;
  static constexpr std::uint32_t kKeptBit = 0x80000000;        ///< a model that keeps its separators
  static constexpr std::uint32_t kConfiguredBit = 0x40000000;  ///< a model with a configuration: its text ends with # and the attributes
  static constexpr std::uint32_t kBrandBits = ~(kKeptBit | kConfiguredBit);
  static constexpr std::uint32_t kBadText = 0xFFFFFFFC;  ///< answer of the look-ups below for a cell that is not UTF-8

  explicit Keys(Dictionaries dictionaries);

  /// Number of the canonical brand of a cell; kNone for an empty one.
  std::uint32_t brand(std::string_view cell) { return brand(cell, Interner::hash_of(cell)); }
  /// `hash` is the cell's: whoever looks ahead knows it already.
  std::uint32_t brand(std::string_view cell, std::uint64_t hash);
  void prefetch_brand(std::uint64_t hash) const { brand_spellings_.prefetch(hash); }
  /// Product of brand and model; kNone when the model folds to nothing, or is a spelling of a split model that is neither of them.
  std::uint32_t product(std::uint32_t brand, std::string_view model);
  /// The same in steps, for many rows at once: `begin` folds the model and fetches, `look` fetches more, `end` answers.
  struct ProductSearch {
    std::array<char, 72> key;  ///< brand number and folded model
    std::uint32_t size;        ///< of key; 0: `answer` holds already
    std::uint32_t answer;
    std::uint64_t hash;
    std::string_view model;
    std::uint32_t brand;
  };
  void begin(ProductSearch& search, std::uint32_t brand, std::string_view model) {
    fold(search, brand, model);
    fetch(search);
  }
  /// The two halves of `begin`. Between them there should be some work: the key was written in pieces that cannot be read as one at once.
  void fold(ProductSearch& search, std::uint32_t brand, std::string_view model);
  void fetch(ProductSearch& search) const {
    if (search.size == 0) return;
    search.hash = Interner::hash_of({search.key.data(), search.size});
    products.prefetch(search.hash);
  }
  /// Whether `begin` found both brand and model to say something: a product, or a split model's spelling that is none.
  static bool has_model(const ProductSearch& search, std::string_view model);
  void look(ProductSearch& search) const {
    if (search.size != 0) search.answer = products.candidate(search.hash);
  }
  std::uint32_t end(const ProductSearch& search);

  /// The product of that brand, model and configuration; `attributes` has no blank and no `#`. `product` is one without a configuration.
  std::uint32_t configured(std::uint32_t product, std::string_view attributes);
  /// The attributes of a configured product; empty for any other.
  std::string_view configuration(std::uint32_t product) const;
  /// The product without its configuration; the product itself when it has none.
  std::uint32_t base_of(std::uint32_t product) const;

  std::uint32_t gtin_product(std::uint64_t gtin);
  std::uint32_t text_product(std::string_view product);  ///< of a person's decision; finds the one that prints so, else makes one

  /// Operator of a shop's cell.
  std::uint32_t operator_of(std::string_view shop) { return operator_of(shop, Interner::hash_of(shop)); }
  std::uint32_t operator_of(std::string_view shop, std::uint64_t hash);
  void prefetch_operator(std::uint64_t hash) const { shop_spellings_.prefetch(hash); }
  std::uint32_t category(std::string_view cell);
  std::uint32_t supplier(std::string_view cell);
  std::uint32_t listing(std::string_view cell);
  std::uint32_t spec(std::string_view cell);  ///< canonical text of a configuration

  struct UnitFactor {
    std::uint32_t unit;   ///< kNone: the cell is empty
    std::int64_t factor;  ///< base units in one, count of 1/10000
  };
  bool knows_unit(std::string_view cell) const;  ///< whether the dictionary has it
  UnitFactor unit(std::string_view cell);        ///< unit = kBadText for a cell that is not UTF-8

  /// How `product` is printed: brand, space, model; "GTIN 06901234567892".
  std::string product_name(std::uint32_t product) const;
  std::uint32_t product_brand(std::uint32_t product) const;  ///< kNone for barcodes and texts
  /// The other products that a spelling of this folded model could be; empty unless the model is split.
  std::vector<std::uint32_t> split_of(std::uint32_t brand, std::string_view model) const;

  /// Declares that the models of `brand` which fold to the same text as `kept[0]` keep their separators. Before other tables are read.
  void split_model(std::uint32_t brand, const std::vector<std::string>& kept);

  const Dictionaries& dictionaries() const { return dictionaries_; }

  Interner brands, products, operators, categories, suppliers, listings, units, specs;

 private:
  std::uint32_t product_of(std::uint32_t brand, std::string_view folded);
  /// Of a model that is not plain ASCII, or long: its folded form, made once for each spelling; nothing when it is not UTF-8.
  std::optional<std::string_view> slow_folded(std::string_view model);
  std::uint32_t long_product(std::uint32_t brand, std::string_view folded, std::string_view model);
  std::uint32_t split_product(std::uint32_t brand, std::uint32_t folded_product, std::string_view model) const;

  Dictionaries dictionaries_;
  /// Spellings as they stand in the files, with the number of what they mean: each is canonicalised once.
  Interner brand_spellings_, model_spellings_, shop_spellings_, category_spellings_, unit_spellings_, spec_spellings_;
  std::unordered_map<std::string, std::uint32_t> brand_aliases_, shop_aliases_, category_aliases_, unit_aliases_;
  std::vector<UnitFactor> unit_factors_;                                    ///< of unit_aliases_
  std::vector<std::vector<std::pair<std::string, std::uint32_t>>> splits_;  ///< kept form, product; products' value - 1 points here
};

}  // namespace fairprice::ingest
