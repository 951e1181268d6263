// The market's side of the month: quotes, index prices and levels, dictionaries.
#include <array>
#include <filesystem>

#include "bench/province/csv_writer.hpp"
#include "bench/province/tables.hpp"

namespace fairprice::bench {
namespace {

constexpr std::uint64_t kIndexStream = 20;
constexpr std::uint64_t kLevelStream = 21;
constexpr std::uint64_t kQuoteStream = 22;
constexpr std::uint64_t kShopPriceStream = 23;

void write_period(CsvWriter& out, const Sizes& sizes, int months_back) {
  const int month = sizes.year * 12 + sizes.month - 1 - months_back;
  out.integer(static_cast<std::uint64_t>(month / 12), 4).text("-").integer(static_cast<std::uint64_t>(month % 12 + 1), 2);
}

void write_index_row(CsvWriter& out, const World& world, const Model& model, int months_back, std::int64_t level, std::string_view origin,
                     Random& random) {
  const Category& category = kCategories[model.category];
  // An index states one usual pack: the others would only say the same price in other words.
  Pack pack{"", "", 1};
  if (category.packing == Packing::paper) pack = {"令", "5", 2500};
  if (category.packing == Packing::pens) pack = {"支", "12", 12};
  const std::int64_t fen = World::price(model.base_price, pack.base_units, level);
  write_period(out, world.sizes(), months_back);
  out.comma().cell(category.name).cell(world.brands()[model.brand].spellings[0]).cell(model.name);
  if (model.has_barcode) out.text(model.barcode);
  out.comma().cell(pack.unit).cell(pack.pack_size).fen(fen).comma();
  if (random.chance(5'000)) out.fen(fen * random.between(97, 104) / 100);
  out.comma().comma().text(origin).end_row();
}

void write_levels(CsvWriter& out, const World& world) {
  for (std::size_t c = 0; c < kCategories.size(); ++c) {
    Random random(mix(mix(world.sizes().seed, kLevelStream), c));
    if (c % 9 == 8) continue;  // a category without levels
    std::int64_t level = 10'000;
    for (int months_back = 9; months_back >= 0; --months_back) {
      level = level * (c % 7 == 6 ? random.between(10'500, 11'000) : random.between(9'850, 10'120)) / 10'000;
      if (random.chance(700)) continue;
      write_period(out, world.sizes(), months_back);
      out.comma().cell(kCategories[c].name).text(",,,,,,,").fen(level).comma();
      out.text(c % 8 == 7 ? "own" : c % 2 == 0 ? "published" : "").end_row();
    }
  }
}

/// What one shop asks for a model against its base price, in 1/10 000.
std::int64_t shop_level(const World& world, const Model& model, bool store, std::uint32_t shop) {
  Random random(mix(mix(mix(world.sizes().seed, kShopPriceStream), model.number), shop));
  const std::int64_t middle = store ? 10'300 : 9'850;
  if (model.wild_market) return random.between(3'000, 22'000);
  if (random.chance(150)) return random.between(middle / 2, middle * 2);
  return random.between(middle - 700, middle + 700);
}

void write_quote(CsvWriter& out, const World& world, std::uint64_t row, std::string& text) {
  const Sizes& sizes = world.sizes();
  Random random(mix(mix(sizes.seed, kQuoteStream), row));
  Model model = world.model(world.popular_model(random));
  while (model.ecommerce_shops + model.store_shops == 0) model = world.model((model.number + 1) % sizes.models);
  const Category& category = kCategories[model.category];
  const std::uint64_t j = random.below(model.ecommerce_shops + model.store_shops);
  const bool store = j >= model.ecommerce_shops;
  const std::uint32_t number = world.shop_of(model, store, j);
  const Shop& shop = world.shops()[number];

  out.cell(store ? "store" : "ecommerce");
  out.cell(!shop.alias.empty() && random.chance(3'000) ? shop.alias : shop.name);
  if (!store && number % 10 == 0) out.text("self_operated");
  if (!store && number % 10 == 1) out.text("flagship");
  out.comma();
  const bool with_barcode = model.has_barcode && random.chance(2'500);
  const bool barcode_alone = with_barcode && random.chance(60);
  text.clear();
  if (!barcode_alone) {
    out.text(brand_spelling(world.brands()[model.brand], random));
    append_messy(text, model.name, random);
  }
  out.comma().cell(text);
  const bool wrong_unit = !with_barcode && random.chance(3);
  if (with_barcode) out.text(model.barcode);
  out.comma();
  const Pack pack = world.pack(category, random);
  out.cell(wrong_unit ? std::string_view("箱") : pack.unit).cell(pack.pack_size);

  std::int64_t level = shop_level(world, model, store, number) * random.between(985, 1'015) / 1'000;
  const std::uint64_t kind = random.below(100);  // 70 unsaid, 12 regular, 10 promotion, 4 coupon, 2 subsidised, 2 member
  if (kind >= 92) level = level * random.between(80, 95) / 100;
  const std::uint64_t typing = random.below(200);
  if (typing == 0) level *= 10;
  if (typing == 1) level /= 10;
  out.fen(World::price(model.base_price, pack.base_units, level)).comma();

  // 93 of 100 days lie in the month, the others shortly before it or behind it. No month is shorter than 28 days.
  const std::uint64_t where = random.below(100);
  const int shift = where < 93 ? 0 : where < 97 ? 1 : -1;
  write_period(out, sizes, shift);
  out.text("-").integer(1 + random.below(28), 2).comma();
  const std::uint64_t stock = random.below(100);
  out.cell(stock < 4 ? "false" : stock < 12 ? "true" : "");
  out.cell(kind < 70 ? "" : kind < 82 ? "regular" : kind < 92 ? "promotion" : kind < 96 ? "coupon" : kind < 98 ? "subsidised" : "member");
  if (random.chance(150)) out.text("false");
  out.end_row();
}

}  // namespace

std::uint64_t write_index(const World& world, const std::string& folder) {
  CsvWriter out(folder + "/index.csv", "period,category,brand,model,barcode,unit,pack_size,index_price,best_selling_price,level,origin");
  write_levels(out, world);
  for (std::uint64_t number = 0; number < world.sizes().models; ++number) {
    const Model model = world.model(number);
    Random random(mix(mix(world.sizes().seed, kIndexStream), number));
    const bool split = model.name.find("1-1") == 2 || model.name.find("11-") == 2;
    // Index and market part company for a few models: a doubtful reference.
    const std::int64_t level = random.chance(60) ? 6'000 : random.between(9'500, 10'300);
    if (split || random.chance(5'500)) {
      const std::uint64_t age = split ? 0 : random.below(100);
      const int months_back = age < 72 ? 0 : age < 88 ? 1 : age < 93 ? 2 : age < 97 ? 4 : 8;
      write_index_row(out, world, model, months_back, split ? level + static_cast<std::int64_t>(number % 2) * 300 : level,
                      random.chance(5'000) ? "" : "published", random);
      if (random.chance(2'500)) write_index_row(out, world, model, months_back + 1, level * 101 / 100, "published", random);
    }
    if (random.chance(1'500)) write_index_row(out, world, model, random.chance(8'000) ? 0 : 1, level * 102 / 100, "own", random);
  }
  out.close();
  return out.bytes();
}

std::uint64_t write_quotes(const World& world, const std::string& folder, unsigned files) {
  constexpr std::string_view kHeading =
      "channel,shop,shop_type,brand,model,barcode,unit,pack_size,price,date,in_stock,price_kind,tax_included";
  std::uint64_t bytes = 0;
  std::string text;
  if (files > 1) std::filesystem::create_directories(folder + "/quotes");
  for (unsigned file = 0; file < files; ++file) {
    const std::string part = std::to_string(1000 + file).substr(1);
    CsvWriter out(files > 1 ? folder + "/quotes/part-" + part + ".csv" : folder + "/quotes.csv", kHeading);
    const std::uint64_t end = world.sizes().quotes * (file + 1) / files;
    for (std::uint64_t row = world.sizes().quotes * file / files; row < end; ++row) write_quote(out, world, row, text);
    out.close();
    bytes += out.bytes();
  }
  return bytes;
}

std::uint64_t write_dictionaries(const World& world, const std::string& folder) {
  CsvWriter brands(folder + "/brands.csv", "alias,brand");
  for (const Brand& brand : world.brands()) {
    if (!brand.in_dictionary) continue;
    // Spelling 3 is 2 with full-width brackets, 5 is 1 in lower case: one alias each in canonical text.
    for (const std::size_t spelling : {0U, 1U, 2U, 4U}) brands.cell(brand.spellings[spelling]).text(brand.name).end_row();
  }
  brands.close();
  CsvWriter categories(folder + "/categories.csv", "alias,category,base_unit");
  for (const Category& category : kCategories) {
    categories.cell(category.name).cell(category.name).text(category.base_unit).end_row();
    for (const std::string_view alias : category.aliases) {
      if (!alias.empty()) categories.cell(alias).cell(category.name).text(category.base_unit).end_row();
    }
  }
  categories.close();
  CsvWriter units(folder + "/units.csv", "alias,unit,factor");
  static constexpr std::array<std::string_view, 11> kRows = {"台,台,1", "个,个,1", "把,把,1",  "张,张,1", "令,张,500", "reams,张,500",
                                                             "支,支,1", "枝,支,1", "打,支,12", "箱,箱,1", "件,件,1"};
  for (const std::string_view row : kRows) units.text(row).end_row();
  units.close();
  CsvWriter shops(folder + "/shops.csv", "alias,shop,operator,supplier_id");
  for (const Shop& shop : world.shops()) {
    if (shop.operator_name.empty() && shop.alias.empty() && shop.supplier < 0) continue;
    for (const std::string& alias : {shop.name, shop.alias}) {
      if (alias.empty()) continue;
      shops.cell(alias).cell(shop.name).cell(shop.operator_name);
      if (shop.supplier >= 0) shops.text("S").integer(static_cast<std::uint64_t>(shop.supplier), 5);
      shops.end_row();
    }
  }
  shops.close();
  CsvWriter suppliers(folder + "/suppliers.csv", "supplier_id,group_id");
  for (std::uint64_t supplier = 0; supplier < world.sizes().suppliers; ++supplier) {
    const std::uint64_t group = world.group(supplier);
    suppliers.text("S").integer(supplier, 5).comma();
    if (group != supplier || world.group(supplier / 4 * 4 + 1) == supplier / 4 * 4) suppliers.text("G").integer(group, 5);
    suppliers.end_row();
  }
  suppliers.close();
  return brands.bytes() + categories.bytes() + units.bytes() + shops.bytes() + suppliers.bytes();
}

}  // namespace fairprice::bench
