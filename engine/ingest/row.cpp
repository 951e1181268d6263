#include "engine/ingest/row.hpp"

namespace fairprice::ingest {

void Row::report(int column, ProblemCode code, ProblemAction action) {
  Problem problem;
  problem.table = table_name(table_);
  problem.file = file_->name;
  problem.line = scanner_->line();
  problem.code = code;
  problem.action = action;
  if (column >= 0) {
    problem.column = columns_of(table_)[static_cast<std::size_t>(column)].name;
    const int field = file_->headings.field(column);
    if (field >= 0) problem.value = std::string(trimmed(cells_[field]));
  } else {
    problem.value = std::string(scanner_->raw());
  }
  rows_.problems.push_back(std::move(problem));
}

ExclusionMatcher::ExclusionMatcher(Month& month, Table table) : table_(table), keys_(month.keys.get()) {
  for (std::size_t i = 0; i < month.exclusions.size(); ++i) {
    if (find_table(month.exclusions[i].table) != table) continue;
    Rule rule{i, {}, std::make_unique<std::atomic<std::int64_t>>(0)};
    for (const auto& [column, text] : month.exclusions[i].cells) {
      const auto& c = columns_of(table)[static_cast<std::size_t>(column)];
      Rule::Cell cell;
      cell.column = column;
      cell.canonical = canonical_text(text);
      if (c.kind == ColumnKind::money)
        if (const auto price = parse_price(text); price.ok) cell.amount = price.value.value.ten_thousandths();
      if (c.kind == ColumnKind::quantity)
        if (const auto quantity = parse_quantity(text); quantity.ok) cell.amount = quantity.value;
      if (c.name == "date")
        if (const auto date = parse_date_cell(text); date.ok) cell.day = date.value.days();
      if (c.name == "period")
        if (const auto period = parse_period_cell(text); period.ok) cell.period = period.value.index();
      if (c.name == "brand") cell.brand = keys_->brand(trimmed(text));
      if (c.name == "model") cell.folded = folded_model(text);
      rule.cells.push_back(std::move(cell));
    }
    rules_.push_back(std::move(rule));
  }
}

bool ExclusionMatcher::excludes(const Row& row) {
  for (Rule& rule : rules_) {
    bool all = !rule.cells.empty();
    for (const Rule::Cell& wanted : rule.cells) {
      const std::string_view text = row.cell(wanted.column);
      bool same = false;
      if (wanted.amount >= 0) {
        const auto& c = columns_of(table_)[static_cast<std::size_t>(wanted.column)];
        if (c.kind == ColumnKind::money) {
          const auto price = parse_price(text, row.headings().scale(wanted.column));
          same = price.ok && price.value.value.ten_thousandths() == wanted.amount;
        } else {
          const auto quantity = parse_quantity(text);
          same = quantity.ok && quantity.value == wanted.amount;
        }
      } else if (wanted.day != Date::kNone) {
        const auto date = parse_date_cell(text);
        same = date.ok && date.value.days() == wanted.day;
      } else if (wanted.period >= 0) {
        const auto period = parse_period_cell(text);
        same = period.ok && period.value.index() == wanted.period;
      } else if (wanted.brand != kNone) {
        same = keys_->brand(text) == wanted.brand;
      } else if (!is_utf8(text)) {
        same = false;
      } else if (!wanted.folded.empty()) {
        same = folded_model(text) == wanted.folded;
      } else {
        same = canonical_text(text) == wanted.canonical;
      }
      if (!same) {
        all = false;
        break;
      }
    }
    if (all) {
      rule.hits->fetch_add(1, std::memory_order_relaxed);
      return true;
    }
  }
  return false;
}

void ExclusionMatcher::report(Month& month) const {
  for (const Rule& rule : rules_) {
    if (rule.hits->load() != 0) continue;
    const Exclusion& e = month.exclusions[rule.exclusion];
    month.warnings_zh.push_back(e.file + ":" + std::to_string(e.line) + "：这条排除没有命中任何一行");
    month.warnings_en.push_back(e.file + ":" + std::to_string(e.line) + ": this exclusion hits no row");
  }
}

}  // namespace fairprice::ingest
