#include <algorithm>
#include <map>

#include "engine/ingest/relocate.hpp"
#include "engine/ingest/row.hpp"

namespace fairprice::ingest {

namespace x = index_column;

namespace {

struct Local : RowsOfThread {
  std::vector<IndexPrice> rows;
  std::vector<std::string> kept;
  std::vector<IndexLevel> levels;
};

struct IndexParser {
  Month& month;
  Keys& keys;
  ExclusionMatcher exclusions;
  int months;
  int level_months;

  void parse(Local& local, Row& row);
};

void IndexParser::parse(Local& local, Row& row) {
  const auto period = row.required(x::period, parse_period_cell);
  const std::uint32_t category = row.text_number(x::category, keys.category(row.cell(x::category)));
  const std::uint32_t brand = row.text_number(x::brand, keys.brand(row.cell(x::brand)));
  const std::string_view model = row.cell(x::model);
  const std::uint32_t product = row.text_number(x::model, keys.product(brand, model));

  const int age = month.period - period.value;
  const auto use_of = [&](bool excluded, int oldest) {
    return excluded ? RowUse::excluded : age < 0 || age > oldest ? RowUse::out_of_window : RowUse::used;
  };
  // Every cell is read whatever the row turns out to be, so that all that is wrong with it is said at once.
  IndexPrice price;
  price.offset = row.offset();
  price.category = category;
  price.brand = brand;
  price.model_product = product;
  price.period = period.value;
  price.gtin = row.barcode(x::barcode);
  price.has_model = product != kNone;
  const Row::Pack size = row.pack(x::unit, x::pack_size, keys);
  price.unit = size.unit;
  price.k = size.k;
  price.spec = row.text_number(x::spec, keys.spec(row.cell(x::spec)));
  const Money index_price = row.optional_price(x::index_price);
  const Money best_selling = row.optional_price(x::best_selling_price);
  if (index_price.ten_thousandths() > 0) price.index_price = UnitPrice::of(index_price, price.k).count();
  if (best_selling.ten_thousandths() > 0) price.best_selling = UnitPrice::of(best_selling, price.k).count();
  const auto origin = row.optional(x::origin, parse_origin);
  price.own = origin.ok && origin.value == Origin::own;
  const auto level = row.optional(x::level, parse_level);
  const bool is_level = product == kNone && price.gtin == 0;
  if (is_level && category == kNone)
    row.reject(-1, ProblemCode::unrecognisable);
  else if (is_level && !level.ok)
    row.reject(x::level, ProblemCode::missing_value);
  if (row.rejected()) return;
  price.use = use_of(exclusions.active() && exclusions.excludes(row), is_level ? level_months : months);
  if (is_level) {
    local.levels.push_back({price.offset, category, price.period, level.value, price.own, price.use});
    return;
  }
  local.rows.push_back(price);
  local.kept.push_back(product == kNone ? std::string() : kept_model(model));
}

/// Two levels of one category, period and origin: equal ones count once, different ones are all rejected.
void settle_levels(Month& month) {
  std::map<std::tuple<std::uint32_t, int, bool>, std::vector<std::size_t>> groups;
  for (std::size_t row = 0; row < month.levels.size(); ++row)
    if (month.levels[row].use != RowUse::excluded)
      groups[{month.levels[row].category, month.levels[row].period.index(), month.levels[row].own}].push_back(row);
  LateProblems duplicates(month, "index");
  LateProblems conflicts(month, "index");
  for (auto& entry : groups) {
    auto& rows = entry.second;
    if (rows.size() < 2) continue;
    std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return month.levels[a].offset < month.levels[b].offset; });
    const bool equal =
        std::all_of(rows.begin(), rows.end(), [&](std::size_t row) { return month.levels[row].level == month.levels[rows[0]].level; });
    std::vector<std::uint64_t> places;
    for (const std::size_t row : rows) places.push_back(month.levels[row].offset);
    if (!equal) conflicts.add_all(places, ProblemCode::conflicting_index);
    for (std::size_t i = equal ? 1 : 0; i < rows.size(); ++i) {
      IndexLevel& row = month.levels[rows[i]];
      if (equal) duplicates.add(row.offset, "", ProblemCode::duplicate, {places[0]});
      row.category = kNone;
    }
  }
  duplicates.report(ProblemAction::duplicate);
  conflicts.report(ProblemAction::rejected);
  std::erase_if(month.levels, [](const IndexLevel& row) { return row.category == kNone; });
}

}  // namespace

void read_index(Month& month, const ReadSettings& settings, std::vector<std::string>& kept) {
  IndexParser parser{month, *month.keys, ExclusionMatcher(month, Table::index), settings.index_months, settings.level_months};
  std::vector<Local> locals;
  read_rows(month, Table::index, settings, locals, [&](Local& local, Row& row) { parser.parse(local, row); });
  for (Local& local : locals) {
    month.index.insert(month.index.end(), local.rows.begin(), local.rows.end());
    std::move(local.kept.begin(), local.kept.end(), std::back_inserter(kept));
    month.levels.insert(month.levels.end(), local.levels.begin(), local.levels.end());
  }
  settle_levels(month);
  parser.exclusions.report(month);
}

}  // namespace fairprice::ingest
