// The suppliers' side of the month: listings and orders.
#include <chrono>

#include "bench/province/csv_writer.hpp"
#include "bench/province/tables.hpp"

namespace fairprice::bench {
namespace {

constexpr std::uint64_t kListingStream = 10;
constexpr std::uint64_t kListingRowStream = 11;
constexpr std::uint64_t kOrderStream = 12;

/// The price level of a listing against its model's base price, in 1/10 000: mostly fair, a few per cent too dear.
std::int64_t listing_level(Random& random, std::int64_t fair_level) {
  const std::uint64_t draw = random.below(10'000);
  if (draw < 200) return random.between(12'300, 14'600);
  if (draw < 255) return random.between(15'300, 24'000);
  if (draw < 275) return fair_level * 10;
  if (draw < 280) return fair_level / 10;
  if (draw < 310) return random.between(4'000, 6'500);
  return fair_level;
}

void write_discount(CsvWriter& out, std::uint64_t percent, std::uint64_t form) {
  if (form == 0) {
    out.integer(percent).text("%");
  } else if (form == 1 && percent % 10 != 0) {
    out.integer(percent / 10).text(".").integer(percent % 10).text("折");
  } else if (percent == 100) {
    out.text("1");
  } else {
    out.text("0.").integer(percent, 2);
  }
  out.comma();
}

void write_date(CsvWriter& out, std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  out.integer(static_cast<std::uint64_t>(static_cast<int>(date.year())), 4).text("-");
  out.integer(static_cast<unsigned>(date.month()), 2).text("-").integer(static_cast<unsigned>(date.day()), 2);
}

std::string_view category_spelling(const Category& category, Random& random) {
  const std::uint64_t draw = random.below(10);
  if (draw == 8 && !category.aliases[0].empty()) return category.aliases[0];
  if (draw == 9 && !category.aliases[1].empty()) return category.aliases[1];
  return category.name;
}

std::chrono::sys_days first_day(const World& world) { return std::chrono::year(world.sizes().year) / world.sizes().month / 1; }

}  // namespace

Listing make_listing(const World& world, std::uint64_t number) {
  Random random(mix(mix(world.sizes().seed, kListingStream), number));
  Listing listing{};
  listing.model = world.model(world.popular_model(random));
  const Category& category = kCategories[listing.model.category];
  const std::uint64_t a = random.below(world.sizes().suppliers);
  const std::uint64_t b = random.below(world.sizes().suppliers);
  listing.supplier = a < b ? a : b;
  listing.pack = world.pack(category, random);
  const std::int64_t fair_level = random.between(8'700, 11'200);
  const std::int64_t level = listing_level(random, fair_level);
  std::int64_t base_units = listing.pack.base_units;
  listing.fair_fen = World::price(listing.model.base_price, base_units, fair_level);
  // The price of a whole box beside the unit of one: what a person has to look at.
  if (category.packing != Packing::single && random.chance(30)) base_units *= random.chance(5'000) ? 5 : 12;
  listing.price_fen = World::price(listing.model.base_price, base_units, level);
  listing.discount = static_cast<std::uint64_t>(random.between(88, 100));
  return listing;
}

std::uint64_t write_listings(const World& world, const std::string& folder) {
  CsvWriter out(folder + "/listings.csv",
                "listing_id,supplier_id,category,brand,model,title,barcode,unit,pack_size,price,promised_discount,listed_at,"
                "original_price,promotion_start");
  std::string text;
  for (std::uint64_t i = 0; i < world.sizes().listings; ++i) {
    const Listing listing = make_listing(world, i);
    Random random(mix(mix(world.sizes().seed, kListingRowStream), i));
    const Model& model = listing.model;
    const Category& category = kCategories[model.category];
    const Brand& brand = world.brands()[model.brand];
    const bool with_barcode = model.has_barcode && random.chance(6'000);
    const bool without_model = with_barcode && random.chance(100);
    const bool foreign_barcode = with_barcode && !without_model && random.chance(40);
    out.text("L").integer(i + 1, 7).comma().text("S").integer(listing.supplier, 5).comma();
    out.cell(category_spelling(category, random)).cell(brand_spelling(brand, random));
    text.clear();
    if (!without_model) append_messy(text, model.name, random);
    out.cell(text);
    text.assign(brand.spellings[0]).append(" ").append(category.name);
    if (random.chance(300)) {
      text += ", 带发票 \"现货\"";
      out.quoted(text);
    } else {
      out.text(text);
    }
    out.comma();
    if (foreign_barcode) {
      out.text(world.model((model.number + 1) % world.sizes().models).barcode);
    } else if (with_barcode) {
      out.text(model.barcode);
    }
    out.comma();
    out.cell(random.chance(8) ? std::string_view("箱") : listing.pack.unit).cell(listing.pack.pack_size);
    out.fen(listing.price_fen).comma();
    write_discount(out, listing.discount, random.below(8));
    const std::chrono::sys_days start = first_day(world);
    write_date(out, start - std::chrono::days(random.below(700)));
    out.comma();
    if (random.chance(400)) {
      out.fen(listing.price_fen * random.between(100, 130) / 100).comma();
      write_date(out, start + std::chrono::days(random.below(28)));
    } else {
      out.comma();
    }
    out.end_row();
  }
  out.close();
  return out.bytes();
}

std::uint64_t write_orders(const World& world, const std::string& folder) {
  CsvWriter out(folder + "/orders.csv",
                "order_id,line,date,listing_id,supplier_id,buyer_id,brand,model,barcode,unit,pack_size,quantity,unit_price,"
                "list_price,promised_discount,status");
  std::string text;
  for (std::uint64_t i = 0; i < world.sizes().orders; ++i) {
    Random random(mix(mix(world.sizes().seed, kOrderStream), i));
    const std::uint64_t a = random.below(world.sizes().listings);
    const std::uint64_t b = random.below(world.sizes().listings);
    const std::uint64_t number = a < b ? a : b;
    const Listing listing = make_listing(world, number);
    const Brand& brand = world.brands()[listing.model.brand];
    const std::uint64_t naming = random.below(100);  // 65: listing alone, 30: both, 5: brand and model alone
    out.text("D").integer(i / 2, 7).comma().integer(i % 2 + 1).comma();
    // The twelve months of the window, and a few days before and behind it.
    write_date(out, first_day(world) + std::chrono::days(30) - std::chrono::days(random.below(395)) + std::chrono::days(5));
    out.comma();
    if (naming < 95) out.text("L").integer(number + 1, 7);
    out.comma().text("S").integer(listing.supplier, 5).comma().text("B").integer(random.below(20'000), 5).comma();
    text.clear();
    if (naming >= 65) {
      out.text(brand_spelling(brand, random));
      append_messy(text, listing.model.name, random);
    }
    out.comma().cell(text);
    if (naming >= 65 && listing.model.has_barcode && random.chance(3'000)) out.text(listing.model.barcode);
    out.comma().cell(listing.pack.unit).cell(listing.pack.pack_size);
    out.integer(random.chance(1'000) ? 1 + random.below(500) : 1 + random.below(12));
    if (random.chance(50)) out.text(".5");
    out.comma();
    std::int64_t unit_fen = listing.fair_fen * static_cast<std::int64_t>(listing.discount) / 100 * random.between(960, 1000) / 1000;
    if (random.chance(100)) unit_fen = listing.fair_fen;
    if (random.chance(30)) unit_fen *= 10;
    out.fen(unit_fen < 1 ? 1 : unit_fen).comma().fen(listing.fair_fen).comma();
    write_discount(out, listing.discount, 2);
    const std::uint64_t status = random.below(100);
    out.text(status < 2 ? "cancelled" : status < 3 ? "退货" : status < 60 ? "completed" : "").end_row();
  }
  out.close();
  return out.bytes();
}

}  // namespace fairprice::bench
