#include <algorithm>
#include <iterator>

#include "engine/base/shipped.hpp"
#include "engine/ingest/row.hpp"

namespace fairprice::ingest {

namespace {

ReadSettings one_thread(const ReadSettings& settings) {
  ReadSettings one = settings;
  one.threads = 1;
  one.progress = nullptr;
  return one;
}

/// Rows of a shipped dictionary: plain CSV of ours, without quotes.
template <class Take>
void shipped_rows(std::string_view name, Take&& take) {
  std::string_view text = shipped_file(name);
  bool heading = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty()) continue;
    std::vector<std::string> cells;
    for (;;) {
      const std::size_t comma = line.find(',');
      cells.emplace_back(line.substr(0, comma));
      if (comma == std::string_view::npos) break;
      line.remove_prefix(comma + 1);
    }
    if (!heading) take(cells);
    heading = false;
  }
}

struct DictionaryRows : RowsOfThread {
  Dictionaries rows;
};

std::string text_of(const Row& row, int column) { return std::string(row.cell(column)); }

}  // namespace

void read_dictionaries(const std::string&, Month& month, const ReadSettings& settings, Dictionaries& dictionaries) {
  const auto cell = [](const std::vector<std::string>& cells, std::size_t i) { return i < cells.size() ? cells[i] : std::string(); };
  shipped_rows("dictionaries/brands.csv", [&](const auto& c) { dictionaries.brands.emplace_back(cell(c, 0), cell(c, 1)); });
  shipped_rows("dictionaries/categories.csv", [&](const auto& c) {
    dictionaries.categories.push_back({cell(c, 0), cell(c, 1), cell(c, 2)});
  });
  shipped_rows("dictionaries/units.csv", [&](const auto& c) {
    if (const auto factor = parse_factor(cell(c, 2)); factor.ok) dictionaries.units.push_back({cell(c, 0), cell(c, 1), factor.value});
  });

  shipped_rows("dictionaries/attributes.csv", [&](const auto& c) {
    dictionaries.attributes.push_back({cell(c, 0), cell(c, 1), "attributes.csv"});
  });

  std::vector<DictionaryRows> locals(1);
  const auto own = [&](Row& row, std::initializer_list<int> columns) {
    for (const int column : columns) {
      if (!is_utf8(row.cell(column))) return row.reject(column, ProblemCode::bad_encoding), false;
    }
    return true;
  };
  const auto required = [&](Row& row, std::initializer_list<int> columns) {
    for (const int column : columns)
      if (row.cell(column).empty()) return row.reject(column, ProblemCode::missing_value), false;
    return own(row, columns);
  };
  const auto read = [&](Table table, auto&& take) {
    locals.assign(1, {});
    read_rows(month, table, one_thread(settings), locals, [&](DictionaryRows&, Row& row) {
      if (take(row)) ++month.tables[std::string(table_name(table))].counts.by_use[0];
    });
  };
  read(Table::brands, [&](Row& row) {
    namespace c = brands_column;
    if (!required(row, {c::alias, c::brand})) return false;
    dictionaries.brands.emplace_back(text_of(row, c::alias), text_of(row, c::brand));
    return true;
  });
  read(Table::categories, [&](Row& row) {
    namespace c = categories_column;
    if (!required(row, {c::alias, c::category}) || !own(row, {c::base_unit})) return false;
    dictionaries.categories.push_back({text_of(row, c::alias), text_of(row, c::category), text_of(row, c::base_unit)});
    return true;
  });
  read(Table::units, [&](Row& row) {
    namespace c = units_column;
    if (!required(row, {c::alias, c::unit})) return false;
    const auto factor = row.cell(c::factor).empty() ? Parsed<std::int64_t>::good(PackUnits::kOne) : parse_factor(row.cell(c::factor));
    if (!factor.ok) return row.reject(c::factor, factor.code), false;
    dictionaries.units.push_back({text_of(row, c::alias), text_of(row, c::unit), factor.value});
    return true;
  });
  read(Table::attributes, [&](Row& row) {
    namespace c = attributes_column;
    if (!required(row, {c::category, c::attributes})) return false;
    dictionaries.attributes.push_back(
        {text_of(row, c::category), text_of(row, c::attributes), row.file_name() + ":" + std::to_string(row.line())});
    return true;
  });
  if (month.tables["attributes"].files.empty()) month.tables.erase("attributes");  // most periods have none
  read(Table::shops, [&](Row& row) {
    namespace c = shops_column;
    if (!required(row, {c::alias}) || !own(row, {c::shop, c::operator_, c::supplier_id})) return false;
    dictionaries.shops.push_back({text_of(row, c::alias), text_of(row, c::shop), text_of(row, c::operator_), text_of(row, c::supplier_id)});
    return true;
  });
  read(Table::suppliers, [&](Row& row) {
    namespace c = suppliers_column;
    if (!required(row, {c::supplier_id}) || !own(row, {c::group_id})) return false;
    dictionaries.suppliers.push_back({text_of(row, c::supplier_id), text_of(row, c::group_id)});
    return true;
  });
}

void read_holidays(Month& month, const ReadSettings& settings) {
  month.calendar = shipped_calendar();
  std::vector<RowsOfThread> locals(1);
  read_rows(month, Table::holidays, one_thread(settings), locals, [&](RowsOfThread&, Row& row) {
    namespace c = holidays_column;
    const auto day = row.required(c::date, parse_date_cell);
    const auto kind = row.required(c::kind, parse_day_kind);
    if (row.rejected()) return;
    month.calendar.add(day.value, kind.value);
    ++month.tables["holidays"].counts.by_use[0];
  });
  if (month.tables["holidays"].files.empty()) month.tables.erase("holidays");  // most periods have none
}

void read_decisions(Month& month, const ReadSettings& settings) {
  if (settings.without_overrides) return;
  struct Local : RowsOfThread {};
  std::vector<Local> locals(1);
  read_rows(month, Table::exclusions, one_thread(settings), locals, [&](Local&, Row& row) {
    namespace c = exclusions_column;
    Exclusion exclusion;
    if (!is_utf8(row.cell(c::table))) return row.reject(c::table, ProblemCode::bad_encoding), false;
    exclusion.table = canonical_text(row.cell(c::table));
    std::transform(exclusion.table.begin(), exclusion.table.end(), exclusion.table.begin(),
                   [](char ch) { return ch >= 'A' && ch <= 'Z' ? static_cast<char>(ch + 32) : ch; });
    const auto table = find_table(exclusion.table);
    if (exclusion.table.empty()) return row.reject(c::table, ProblemCode::missing_value), false;
    if (table != Table::listings && table != Table::quotes && table != Table::orders && table != Table::index)
      return row.reject(c::table, ProblemCode::not_a_table), false;
    const auto columns = columns_of(Table::exclusions);
    for (int column = c::first_criterion; column < static_cast<int>(columns.size()); ++column) {
      const std::string_view text = row.cell(column);
      if (text.empty()) continue;
      const int target = find_column(*table, columns[static_cast<std::size_t>(column)].name);
      if (target < 0 || !is_utf8(text)) return row.reject(column, ProblemCode::unrecognisable), false;
      exclusion.cells.emplace_back(target, std::string(text));
    }
    if (exclusion.cells.empty()) return row.reject(-1, ProblemCode::unrecognisable), false;
    exclusion.reason = row.cell(c::reason);
    exclusion.by = row.cell(c::by);
    exclusion.on = row.cell(c::on);
    exclusion.approved_by = row.cell(c::approved_by);
    exclusion.file = row.file_name();
    exclusion.line = row.line();
    month.exclusions.push_back(std::move(exclusion));
    ++month.tables["exclusions"].counts.by_use[0];
    return true;
  });
  locals.assign(1, {});
  read_rows(month, Table::matches, one_thread(settings), locals, [&](Local&, Row& row) {
    namespace c = matches_column;
    MatchVerdict match;
    for (const int column : {c::listing_id, c::product, c::verdict}) {
      if (row.cell(column).empty()) return row.reject(column, ProblemCode::missing_value), false;
      if (!is_utf8(row.cell(column))) return row.reject(column, ProblemCode::bad_encoding), false;
    }
    const std::string verdict = canonical_text(row.cell(c::verdict));
    if (verdict != "SAME" && verdict != "DIFFERENT" && verdict != "相同" && verdict != "不同")
      return row.reject(c::verdict, ProblemCode::not_a_verdict), false;
    match.same = verdict == "SAME" || verdict == "相同";
    match.listing_id = row.cell(c::listing_id);
    match.product = row.cell(c::product);
    match.by = row.cell(c::by);
    match.on = row.cell(c::on);
    match.approved_by = row.cell(c::approved_by);
    match.reason = row.cell(c::reason);
    match.file = row.file_name();
    match.line = row.line();
    month.matches.push_back(std::move(match));
    ++month.tables["matches"].counts.by_use[0];
    return true;
  });
}

}  // namespace fairprice::ingest
