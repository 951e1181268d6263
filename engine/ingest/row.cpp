#include "engine/ingest/row.hpp"

#include <optional>

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
    problem.value = std::string(as_it_stands(column));
  } else {
    problem.value = std::string(scanner_->raw());
  }
  rows_.problems.push_back(std::move(problem));
}

namespace {

/// What a cell means, as a number, where its column has a meaning beyond its text: amounts, days, periods, barcodes, words of a list.
std::optional<std::int64_t> meaning_of(const Column& column, std::string_view text, int scale) {
  const auto number = [](const auto& parsed) {
    return parsed.ok ? std::optional<std::int64_t>(static_cast<std::int64_t>(parsed.value)) : std::nullopt;
  };
  if (column.kind == ColumnKind::money) {
    const auto price = parse_price(text, scale);
    return price.ok ? std::optional(price.value.value.ten_thousandths()) : std::nullopt;
  }
  if (column.kind == ColumnKind::quantity) return number(parse_quantity(text));
  if (column.kind == ColumnKind::discount) return number(parse_discount(text));
  if (column.name == "date" || column.name == "listed_at" || column.name == "promotion_start") {
    const auto date = parse_date_cell(text);
    return date.ok ? std::optional<std::int64_t>(date.value.days()) : std::nullopt;
  }
  if (column.name == "period") {
    const auto period = parse_period_cell(text);
    return period.ok ? std::optional<std::int64_t>(period.value.index()) : std::nullopt;
  }
  if (column.name == "pack_size") return number(parse_pack_size(text));
  if (column.name == "level") return number(parse_level(text));
  if (column.name == "channel") return number(parse_channel(text));
  if (column.name == "shop_type") return number(parse_shop_type(text));
  if (column.name == "price_kind") return number(parse_price_kind(text));
  if (column.name == "origin") return number(parse_origin(text));
  if (column.name == "in_stock" || column.name == "tax_included") return number(parse_boolean(text));
  if (column.name == "barcode") {
    const ParsedBarcode barcode = parse_gtin(text);
    return barcode.kind == BarcodeKind::valid ? std::optional(static_cast<std::int64_t>(barcode.gtin)) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

ExclusionMatcher::ExclusionMatcher(Month& month, Table table) : table_(table), keys_(month.keys.get()) {
  for (std::size_t i = 0; i < month.exclusions.size(); ++i) {
    if (find_table(month.exclusions[i].table) != table) continue;
    Rule rule{i, {}, std::make_unique<std::atomic<std::int64_t>>(0)};
    for (const auto& [column, text] : month.exclusions[i].cells) {
      const auto& c = columns_of(table)[static_cast<std::size_t>(column)];
      Rule::Cell cell;
      cell.column = column;
      cell.canonical = canonical_text(text);
      cell.meaning = meaning_of(c, text, 1);
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
      bool same = is_utf8(text);
      if (same && canonical_text(text) != wanted.canonical) {  // not by what it says; by what it means?
        const auto& c = columns_of(table_)[static_cast<std::size_t>(wanted.column)];
        same = (wanted.meaning && meaning_of(c, text, row.headings().scale(wanted.column)) == wanted.meaning) ||
               (wanted.brand != kNone && keys_->brand(text) == wanted.brand) ||
               (!wanted.folded.empty() && folded_model(text) == wanted.folded);
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
