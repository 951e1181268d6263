#include "bench/province/world.hpp"

#include <array>
#include <unordered_set>

namespace fairprice::bench {
namespace {

// Stream numbers: one a kind of thing, so that a new kind changes none of the others.
constexpr std::uint64_t kModelStream = 1;
constexpr std::uint64_t kShopOfModelStream = 2;
constexpr std::uint64_t kShopStream = 3;
constexpr std::uint64_t kGroupStream = 4;

constexpr std::uint64_t kSplitEvery = 5'000;  // one pair of models a block of this size differs in separators alone

struct NamedBrand {
  std::string_view chinese;
  std::string_view latin;
};

constexpr std::array<NamedBrand, 20> kFirst = {{{"华", "Hua"},   {"晨", "Chen"}, {"科", "Ke"},     {"天", "Tian"}, {"思", "Si"},
                                                {"广", "Guang"}, {"新", "Xin"},  {"金", "Jin"},    {"宏", "Hong"}, {"智", "Zhi"},
                                                {"博", "Bo"},    {"优", "You"},  {"创", "Chuang"}, {"力", "Li"},   {"维", "Wei"},
                                                {"瑞", "Rui"},   {"星", "Xing"}, {"凯", "Kai"},    {"方", "Fang"}, {"齐", "Qi"}}};
constexpr std::array<NamedBrand, 12> kSecond = {{{"达", "da"},
                                                 {"通", "tong"},
                                                 {"信", "xin"},
                                                 {"捷", "jie"},
                                                 {"尚", "shang"},
                                                 {"源", "yuan"},
                                                 {"美", "mei"},
                                                 {"诚", "cheng"},
                                                 {"光", "guang"},
                                                 {"胜", "sheng"},
                                                 {"文", "wen"},
                                                 {"德", "de"}}};

std::vector<Brand> make_brands() {
  std::vector<Brand> brands;
  for (const NamedBrand& second : kSecond) {
    for (const NamedBrand& first : kFirst) {
      const std::string chinese = std::string(first.chinese) + std::string(second.chinese) + "牌";
      const std::string latin = std::string(first.latin) + std::string(second.latin);
      std::string lower = latin;
      for (char& c : lower) c = static_cast<char>(c | 0x20);
      Brand brand;
      brand.in_dictionary = brands.size() % 8 != 7;
      if (brand.in_dictionary) {
        brand.name = chinese;
        brand.spellings = {chinese, latin, chinese + "(" + latin + ")", chinese + "（" + latin + "）", latin + "/" + chinese, lower};
      } else {
        brand.name = latin;
        brand.spellings = {latin, latin, latin, latin, latin, lower};
      }
      brands.push_back(std::move(brand));
    }
  }
  return brands;
}

std::vector<Shop> make_shops(const Sizes& sizes) {
  static constexpr std::array<std::string_view, 5> kPlatforms = {"京东", "天猫", "苏宁", "国美", "当当"};
  static constexpr std::array<std::string_view, 6> kMarkets = {"广埠屯", "光谷", "汉正街", "荆州", "宜昌", "襄阳"};
  const std::uint64_t count = sizes.ecommerce_shops + sizes.store_shops;
  std::vector<Shop> shops(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    Random random(mix(mix(sizes.seed, kShopStream), i));
    const bool store = i >= sizes.ecommerce_shops;
    const std::string number = std::to_string(1000 + i);
    const std::string place(store ? kMarkets[random.below(kMarkets.size())] : kPlatforms[random.below(kPlatforms.size())]);
    shops[i].name = place + number;
    if (random.chance(2'000)) shops[i].alias = place + "-" + number + (store ? "柜" : "店");
    // A third of the shops is run by companies with three shops on average; a few of them run shops in both channels.
    if (random.chance(3'500)) shops[i].operator_name = "运营商" + std::to_string(random.below(1 + count / 9));
    if (random.chance(700)) shops[i].supplier = static_cast<std::int64_t>(random.below(sizes.suppliers));
  }
  return shops;
}

void append_letters(std::string& out, std::uint64_t number) { out += static_cast<char>('A' + number % 23); }

/// Models that would be the same without separators: XQ1-15 and XQ11-5 are two products.
bool is_split(std::uint64_t number) { return number % kSplitEvery < 2; }

void make_barcode(std::uint64_t number, char (&digits)[14]) {
  std::uint64_t value = 690'000'000'000ULL + number * 7 + 1'000'000;  // 690: numbers given out in China
  int sum = 0;
  for (int i = 11; i >= 0; --i) {
    const int digit = static_cast<int>(value % 10);
    value /= 10;
    digits[i] = static_cast<char>('0' + digit);
    sum += digit * (i % 2 == 1 ? 3 : 1);
  }
  digits[12] = static_cast<char>('0' + (10 - sum % 10) % 10);
  digits[13] = '\0';
}

}  // namespace

const std::vector<Category> kCategories = {
    {"笔记本电脑", {"便携式计算机", "笔记本"}, "台", "NB", Packing::single, 25'000'000, 2},
    {"台式计算机", {"台式机", ""}, "台", "DT", Packing::single, 22'000'000, 2},
    {"液晶显示器", {"显示器", "LCD显示器"}, "台", "LM", Packing::single, 6'000'000, 3},
    {"激光打印机", {"打印机", ""}, "台", "LP", Packing::single, 8'000'000, 4},
    {"复印机", {"复合机", ""}, "台", "CP", Packing::single, 50'000'000, 4},
    {"扫描仪", {"", ""}, "台", "SC", Packing::single, 10'000'000, 3},
    {"投影仪", {"投影机", ""}, "台", "PJ", Packing::single, 20'000'000, 3},
    {"碎纸机", {"", ""}, "台", "SD", Packing::single, 4'000'000, 3},
    {"空调机", {"空调", "分体空调"}, "台", "AC", Packing::single, 18'000'000, 3},
    {"电话机", {"固定电话", ""}, "台", "TE", Packing::single, 500'000, 3},
    {"硒鼓", {"粉盒", "硒鼓粉盒"}, "个", "TN", Packing::single, 600'000, 4},
    {"墨盒", {"", ""}, "个", "IC", Packing::single, 300'000, 3},
    {"移动硬盘", {"移动存储", ""}, "个", "HD", Packing::single, 2'500'000, 2},
    {"U盘", {"闪存盘", ""}, "个", "UD", Packing::single, 200'000, 3},
    {"路由器", {"", ""}, "个", "RT", Packing::single, 600'000, 4},
    {"文件柜", {"铁皮柜", ""}, "个", "FC", Packing::single, 4'000'000, 2},
    {"办公椅", {"职员椅", ""}, "把", "CH", Packing::single, 1'500'000, 4},
    {"计算器", {"", ""}, "个", "CA", Packing::single, 150'000, 3},
    {"复印纸", {"打印纸", "A4纸"}, "张", "CF", Packing::paper, 350, 1},
    {"彩色卡纸", {"卡纸", ""}, "张", "CK", Packing::paper, 900, 2},
    {"中性笔", {"签字笔", "水笔"}, "支", "GP", Packing::pens, 9'000, 3},
    {"白板笔", {"", ""}, "支", "WP", Packing::pens, 15'000, 2},
    {"铅笔", {"", ""}, "支", "PC", Packing::pens, 5'000, 2},
    {"荧光笔", {"", ""}, "支", "HL", Packing::pens, 14'000, 2},
};

World::World(const Sizes& sizes) : sizes_(sizes), brands_(make_brands()), shops_(make_shops(sizes)) {}

Model World::model(std::uint64_t number) const {
  Random random(mix(mix(sizes_.seed, kModelStream), number));
  const std::uint64_t twin = is_split(number) ? number - number % kSplitEvery : number;  // both of a pair share brand and category
  Random shared(mix(mix(sizes_.seed, kModelStream), twin));
  Model model{};
  model.number = number;
  model.category = static_cast<std::uint32_t>(shared.below(kCategories.size()));
  model.brand = static_cast<std::uint32_t>(shared.below(brands_.size()));
  const Category& category = kCategories[model.category];
  model.name = category.model_prefix;
  const std::string digits = std::to_string(number);
  if (is_split(number)) {
    const std::string block = std::to_string(twin);
    model.name += (number == twin ? "1-1" : "11-") + block;
  } else {
    switch (number % 8) {
      case 0:
        model.name += "-" + digits;
        append_letters(model.name, number / 8);
        break;
      case 1: model.name += "-M" + digits; break;
      case 2:
        model.name += " " + digits;
        append_letters(model.name, number / 8);
        break;
      case 3: model.name += "T" + digits + "/C"; break;
      case 4: model.name += "3.2-" + digits + "W"; break;
      case 5: model.name += "_" + digits + "DN"; break;
      default:
        model.name += digits;
        append_letters(model.name, number / 8);
        break;
    }
  }
  const std::int64_t floor = category.least_price << random.below(static_cast<std::uint64_t>(category.octaves));
  model.base_price = floor + floor * random.between(0, 9'999) / 10'000;
  const bool sold_by_market = random.chance(9'300);
  const std::uint64_t top = number < sizes_.models / 100 ? 80 : 0;
  const std::uint64_t kind = random.below(10);
  model.ecommerce_shops = static_cast<std::uint32_t>(kind == 0 ? random.below(3) : 3 + top + random.below(34));
  model.store_shops = static_cast<std::uint32_t>(kind < 5 ? random.below(4) : 3 + top / 4 + random.below(14));
  if (!sold_by_market) model.ecommerce_shops = model.store_shops = 0;
  model.wild_market = random.chance(150);
  model.has_barcode = random.chance(3'500);
  // A few makers print one number on two models: such a barcode answers for neither.
  make_barcode(number % 499 == 498 ? number - 1 : number, model.barcode);
  return model;
}

std::uint64_t World::popular_model(Random& random) const {
  const std::uint64_t top = sizes_.models / 100;
  if (top > 0 && random.chance(1'000)) return random.below(top);
  const std::uint64_t a = random.below(sizes_.models);
  if (random.chance(5'000)) return a;
  const std::uint64_t b = random.below(sizes_.models);
  return a < b ? a : b;
}

Pack World::pack(const Category& category, Random& random) const {
  const std::uint64_t draw = random.below(100);
  switch (category.packing) {
    case Packing::paper:
      if (draw < 45) return {"令", "5", 2500};
      if (draw < 65) return {"令", "8", 4000};
      if (draw < 85) return {"令", "", 500};
      if (draw < 93) return {"reams", "5", 2500};
      return {"张", "500", 500};
    case Packing::pens:
      if (draw < 40) return {"支", "", 1};
      if (draw < 65) return {"打", "", 12};
      if (draw < 85) return {"支", "12", 12};
      if (draw < 95) return {"枝", "10", 10};
      return {"打", "12", 144};
    case Packing::single: break;
  }
  if (draw < 80) return {"", "", 1};
  if (draw < 95) return {category.base_unit, "", 1};
  return {category.base_unit, "1", 1};
}

std::int64_t World::price(std::int64_t base_price, std::int64_t base_units, std::int64_t per_ten_thousand) {
  // base_price < 10^10, base_units < 10^4: the first product stays below 10^14, the second is taken after going to fen.
  const std::int64_t fen = base_price * base_units / 100 * per_ten_thousand / 10'000;
  return fen < 1 ? 1 : fen;
}

std::uint32_t World::shop_of(const Model& model, bool store, std::uint64_t j) const {
  const std::uint64_t draw = mix(mix(mix(sizes_.seed, kShopOfModelStream), model.number), j * 2 + (store ? 1 : 0)) >> 32;
  if (store) return static_cast<std::uint32_t>(sizes_.ecommerce_shops + draw * sizes_.store_shops / (std::uint64_t{1} << 32));
  return static_cast<std::uint32_t>(draw * sizes_.ecommerce_shops / (std::uint64_t{1} << 32));
}

std::uint64_t World::group(std::uint64_t supplier) const {
  // Blocks of four neighbours; a tenth of the blocks is a group.
  const std::uint64_t block = supplier / 4;
  return Random(mix(mix(sizes_.seed, kGroupStream), block)).chance(1'000) ? block * 4 : supplier;
}

std::string_view brand_spelling(const Brand& brand, Random& random) {
  const std::uint64_t draw = random.below(100);
  if (draw < 62) return brand.spellings[0];
  if (draw < 78) return brand.spellings[1];
  if (draw < 87) return brand.spellings[2];
  if (draw < 89) return brand.spellings[3];
  if (draw < 94) return brand.spellings[4];
  return brand.spellings[5];
}

void append_messy(std::string& out, std::string_view name, Random& random) {
  const std::uint64_t draw = random.below(1000);
  const bool other_separator = draw >= 700 && draw < 880;
  const std::uint64_t separator = random.below(6);
  const bool lower = draw >= 880 && draw < 970;
  const bool full_width = draw >= 990;
  if (draw >= 970 && draw < 980) out += ' ';
  for (const char c : name) {
    const bool is_separator = c == '-' || c == ' ' || c == '/' || c == '_';
    if (full_width && c > ' ') {
      // U+FF01 .. U+FF5E are the full-width forms of ! .. ~
      const unsigned code = 0xFF00U + static_cast<unsigned>(c) - 0x20U;
      out += static_cast<char>(0xE0U | (code >> 12));
      out += static_cast<char>(0x80U | ((code >> 6) & 0x3FU));
      out += static_cast<char>(0x80U | (code & 0x3FU));
    } else if (other_separator && is_separator) {
      static constexpr std::array<std::string_view, 6> kSeparators = {"", " ", "–", "_", "-", "/"};
      out += kSeparators[separator];
    } else if (lower && c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c | 0x20);
    } else {
      out += c;
    }
  }
}

}  // namespace fairprice::bench
