#include "engine/cases/run_prices.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>

#include "engine/base/parallel.hpp"
#include "engine/base/problem.hpp"
#include "engine/ledger/blob.hpp"
#include "engine/ledger/json_object.hpp"
#include "engine/ledger/sha256.hpp"

namespace fairprice::cases {

namespace {

constexpr std::size_t kRowsOfAPart = 32'768;
constexpr std::string_view kPartName = "prices-";

/// Numbers from 0 on in seven bits a byte, the lowest first (LEB128).
class Writer {
 public:
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_.push_back(static_cast<char>(value | 0x80));
    bytes_.push_back(static_cast<char>(value));
  }
  void text(std::string_view value) { bytes_.append(value); }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !bytes_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return value;
    }
    damaged_ = true;
    return 0;
  }
  std::string_view text(std::uint64_t size) {
    if (size > bytes_.size()) {
      damaged_ = true;
      return {};
    }
    const std::string_view value = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return value;
  }
  bool is_whole() const { return !damaged_ && bytes_.empty(); }
  bool damaged() const { return damaged_; }

 private:
  std::string_view bytes_;
  bool damaged_ = false;
};

/// An amount that may be absent.
std::uint64_t coded(Money amount) { return static_cast<std::uint64_t>(amount.ten_thousandths() + 1); }
Money amount_of(std::uint64_t code) { return Money::from_ten_thousandths(static_cast<std::int64_t>(code) - 1); }

/// The different texts of a column, each written once in their order, and the number of each row's. A text mostly stands in one place of the memory, where it is looked up.
std::vector<std::uint64_t> names(Writer& out, const PriceRow* rows, std::size_t count, std::string_view PriceRow::*column) {
  using Place = std::pair<const char*, std::size_t>;
  const auto place_of = [](std::string_view text) { return Place(text.data(), text.size()); };
  std::map<Place, std::uint64_t> places;
  for (std::size_t i = 0; i < count; ++i) places.emplace(place_of(rows[i].*column), 0);
  std::map<std::string_view, std::uint64_t> numbers;
  for (const auto& [place, number] : places) numbers.emplace(std::string_view(place.first, place.second), 0);
  out.number(numbers.size());
  std::uint64_t next = 0;
  for (auto& [name, number] : numbers) {
    number = next++;
    out.number(name.size());
    out.text(name);
  }
  for (auto& [place, number] : places) number = numbers.at(std::string_view(place.first, place.second));
  std::vector<std::uint64_t> result;
  result.reserve(count);
  for (std::size_t i = 0; i < count; ++i) result.push_back(places.at(place_of(rows[i].*column)));
  return result;
}

/// A column after another: like things lie together, which makes the packed part smaller.
std::string part_of(const PriceRow* rows, std::size_t count) {
  Writer out;
  out.number(count);
  const auto units = names(out, rows, count, &PriceRow::unit);
  const auto products = names(out, rows, count, &PriceRow::product);
  for (std::size_t i = 0; i < count; ++i) out.number(rows[i].listing.size());
  for (std::size_t i = 0; i < count; ++i) out.text(rows[i].listing);
  for (std::size_t i = 0; i < count; ++i) out.number(coded(rows[i].price));
  for (std::size_t i = 0; i < count; ++i) out.number(static_cast<std::uint64_t>(rows[i].k));
  for (std::size_t i = 0; i < count; ++i) out.number(units[i]);
  for (std::size_t i = 0; i < count; ++i) out.number(products[i]);
  for (std::size_t i = 0; i < count; ++i) out.number(static_cast<std::uint64_t>(rows[i].decision));
  for (std::size_t i = 0; i < count; ++i) out.number(coded(rows[i].monitoring_price));
  for (std::size_t i = 0; i < count; ++i) out.number(coded(rows[i].max_fair_price));
  for (std::size_t i = 0; i < count; ++i) out.number(static_cast<std::uint64_t>(rows[i].since));
  return out.take();
}

std::optional<std::vector<PriceRow>> rows_of(std::string_view bytes) {
  Reader in(bytes);
  const std::uint64_t count = in.number();
  if (in.damaged() || count > bytes.size()) return std::nullopt;
  const auto names = [&] {
    std::vector<std::string_view> list;
    const std::uint64_t size = in.number();
    for (std::uint64_t i = 0; i < size && !in.damaged(); ++i) list.push_back(in.text(in.number()));
    return list;
  };
  const std::vector<std::string_view> units = names();
  const std::vector<std::string_view> products = names();
  if (in.damaged()) return std::nullopt;
  std::vector<std::uint64_t> sizes(count);
  for (auto& size : sizes) size = in.number();
  std::vector<PriceRow> rows(count);
  for (std::uint64_t i = 0; i < count; ++i) rows[i].listing = in.text(sizes[i]);
  for (PriceRow& row : rows) row.price = amount_of(in.number());
  for (PriceRow& row : rows) row.k = static_cast<std::int64_t>(in.number());
  for (PriceRow& row : rows) {
    const std::uint64_t unit = in.number();
    if (unit >= units.size()) return std::nullopt;
    row.unit = units[unit];
  }
  for (PriceRow& row : rows) {
    const std::uint64_t product = in.number();
    if (product >= products.size()) return std::nullopt;
    row.product = products[product];
  }
  for (PriceRow& row : rows) {
    const std::uint64_t decision = in.number();
    if (decision >= rules::kDecisions) return std::nullopt;
    row.decision = static_cast<rules::Decision>(decision);
  }
  for (PriceRow& row : rows) row.monitoring_price = amount_of(in.number());
  for (PriceRow& row : rows) row.max_fair_price = amount_of(in.number());
  for (PriceRow& row : rows) row.since = static_cast<std::int64_t>(in.number());
  if (!in.is_whole()) return std::nullopt;
  return rows;
}

}  // namespace

bool PriceRow::same_price(const PriceRow& other) const {
  if (!comparable(other)) return false;
  return Int128{price.ten_thousandths()} * other.k == Int128{other.price.ten_thousandths()} * k;
}

bool is_dearer(const PriceRow& a, const PriceRow& b, Ratio share) {
  if (!a.comparable(b)) return false;
  // Unit prices as they are counted everywhere, so that 10^4 more fits into 128 bits.
  const Int128 dear = UnitPrice::of(a.price, PackUnits::from_ten_thousandths(a.k)).count();
  const Int128 cheap = UnitPrice::of(b.price, PackUnits::from_ten_thousandths(b.k)).count();
  return dear * share.denominator > cheap * (share.denominator + share.numerator);
}

const PriceRow* PriceTable::find(std::string_view listing) const {
  const auto found =
      std::lower_bound(rows.begin(), rows.end(), listing, [](const PriceRow& row, std::string_view id) { return row.listing < id; });
  return found != rows.end() && found->listing == listing ? &*found : nullptr;
}

PriceTable prices_of(const ingest::Month& month, const assessment::Assessments& assessments) {
  PriceTable table;
  table.rows.reserve(assessments.listings.size());
  std::vector<const std::string*> products(month.base_unit.size(), nullptr);  // each name once
  for (const assessment::Assessment& a : assessments.listings) {
    const ingest::Listing& row = month.listings[a.row];
    PriceRow one;
    one.listing = month.keys->listings[row.listing];
    if (row.product != ingest::kNone) {
      if (products[row.product] == nullptr) {
        table.texts.push_back(std::make_shared<const std::string>(month.keys->product_name(row.product)));
        products[row.product] = table.texts.back().get();
      }
      one.product = *products[row.product];
    }
    if (a.base_unit != ingest::kNone) one.unit = month.keys->units[a.base_unit];
    one.price = row.price;
    one.k = rules::is_untrusted(a.reason) || !row.k.valid() ? 0 : row.k.ten_thousandths();
    one.decision = a.decision;
    one.monitoring_price = a.monitoring_price;
    one.max_fair_price = a.max_fair_price;
    table.rows.push_back(one);
  }
  return table;
}

std::vector<std::pair<std::string, std::string>> keep_prices(ledger::Store::Change& change, const PriceTable& table, int threads) {
  const std::size_t parts = (table.rows.size() + kRowsOfAPart - 1) / kRowsOfAPart;
  std::vector<std::pair<std::string, std::string>> packed(parts);  // SHA-256 and text
  for_each_part(parts, threads, [&](std::size_t part, int) {
    const std::size_t first = part * kRowsOfAPart;
    const std::string bytes = part_of(table.rows.data() + first, std::min(kRowsOfAPart, table.rows.size() - first));
    packed[part] = {ledger::sha256_hex(bytes), ledger::packed(bytes)};
  });
  std::vector<std::pair<std::string, std::string>> names;
  for (std::size_t part = 0; part < parts; ++part) {
    change.keep_packed(packed[part].first, packed[part].second);
    std::string number = std::to_string(part);
    number.insert(0, number.size() < 3 ? 3 - number.size() : 0, '0');
    names.emplace_back(std::string(kPartName) + number, packed[part].first);
  }
  return names;
}

PriceTable read_prices(ledger::Store& store, const RunRecord& run, int threads) {
  PriceTable table;
  const auto data = ledger::JsonObject::parse(run.data);
  const auto blobs = data ? ledger::JsonObject::parse(data->raw("blobs")) : std::nullopt;
  if (!blobs) return table;
  for (const std::string& name : data->names("blobs")) {
    if (!name.starts_with(kPartName)) continue;
    auto bytes = store.blob(blobs->text(name));
    if (!bytes)
      throw FatalError("台账中缺少 " + run.period + " 的数据 " + name + "；请用 fairprice ledger verify 检查",
                       "the ledger lacks " + name + " of " + run.period + ": see fairprice ledger verify");
    table.texts.push_back(std::make_shared<const std::string>(std::move(*bytes)));
  }
  std::vector<std::optional<std::vector<PriceRow>>> parts(table.texts.size());
  for_each_part(parts.size(), threads, [&](std::size_t part, int) { parts[part] = rows_of(*table.texts[part]); });
  for (auto& part : parts) {
    if (!part)
      throw FatalError("台账中 " + run.period + " 的价格表已损坏；请用 fairprice ledger verify 检查",
                       "the prices of " + run.period + " in the ledger are damaged: see fairprice ledger verify");
    table.rows.insert(table.rows.end(), part->begin(), part->end());
  }
  return table;
}

}  // namespace fairprice::cases
