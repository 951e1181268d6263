#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bench/province/random.hpp"

namespace fairprice::bench {

/// How a product is packed: the units its sellers name. Each kind has its base unit.
enum class Packing { single, paper, pens };

struct Category {
  std::string_view name;
  std::string_view aliases[2];    // further spellings; empty when there are none
  std::string_view base_unit;     // as categories.csv prints it
  std::string_view model_prefix;  // two letters, so that models of different categories never meet
  Packing packing;
  std::int64_t least_price;  // yuan x 10^-4 per base unit
  int octaves;               // the dearest is least_price x 2^octaves
};

struct Brand {
  std::string name;
  std::vector<std::string> spellings;  // the first is the commonest; all lead to `name` by brands.csv or by case alone
  bool in_dictionary;
};

struct Shop {
  std::string name;
  std::string alias;          // second spelling, empty when there is none
  std::string operator_name;  // empty: its own operator
  std::int64_t supplier = -1;
};

/// How a price is stated: k = pack_size x factor of the unit.
struct Pack {
  std::string_view unit;
  std::string_view pack_size;
  std::int64_t base_units;
};

struct Sizes {
  std::uint64_t models = 100'000;
  std::uint64_t listings = 520'000;
  std::uint64_t quotes = 10'000'000;
  std::uint64_t orders = 840'000;
  std::uint64_t suppliers = 30'000;
  std::uint64_t ecommerce_shops = 1'400;
  std::uint64_t store_shops = 600;
  std::uint64_t seed = 1;
  int year = 2023;
  int month = 11;
};

/// One model of the market. Everything follows from its number.
struct Model {
  std::uint64_t number;
  std::uint32_t category;
  std::uint32_t brand;
  std::string name;               // as its maker writes it
  std::int64_t base_price;        // yuan x 10^-4 per base unit
  std::uint32_t ecommerce_shops;  // how many shops of the channel sell it
  std::uint32_t store_shops;
  bool has_barcode;
  bool wild_market;  // its sellers differ by far more than a tenth
  char barcode[14];  // EAN-13 and a final 0
};

class World {
 public:
  explicit World(const Sizes& sizes);

  Model model(std::uint64_t number) const;
  /// Skewed: a hundredth of the models draws a tenth of the rows.
  std::uint64_t popular_model(Random& random) const;
  /// The pack in which a row of the category states its price; `usual` is the model's commonest.
  Pack pack(const Category& category, Random& random) const;
  /// Price in fen of `base_units` at `per_ten_thousand` / 10 000 of the base price; at least 1 fen.
  static std::int64_t price(std::int64_t base_price, std::int64_t base_units, std::int64_t per_ten_thousand);
  /// Number of the j-th shop of the channel that sells the model.
  std::uint32_t shop_of(const Model& model, bool store, std::uint64_t j) const;

  const Sizes& sizes() const { return sizes_; }
  const std::vector<Brand>& brands() const { return brands_; }
  const std::vector<Shop>& shops() const { return shops_; }  // e-commerce first, then stores
  std::uint64_t group(std::uint64_t supplier) const;         // the first supplier of the group; itself when alone

 private:
  Sizes sizes_;
  std::vector<Brand> brands_;
  std::vector<Shop> shops_;
};

/// Appends a brand or model as somebody typed it: most often right, else in lower case, with other separators, full-width.
void append_messy(std::string& out, std::string_view name, Random& random);
std::string_view brand_spelling(const Brand& brand, Random& random);

extern const std::vector<Category> kCategories;

}  // namespace fairprice::bench
