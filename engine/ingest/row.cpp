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
    if (code == ProblemCode::bad_encoding) problem.detail = bad_place(as_it_stands(column));
  } else {
    problem.value = std::string(scanner_->raw());
  }
  if (column < 0 && code == ProblemCode::bad_encoding)
    if (const BadBytes* bad = first_bad_bytes(); bad != nullptr) problem.detail = std::to_string(bad->in_file);
  rows_.problems.push_back(std::move(problem));
}

const BadBytes* Row::first_bad_bytes() const {
  const std::uint64_t begin = offset();
  const std::uint64_t end = begin + scanner_->raw().size();
  const auto found = std::lower_bound(block_->bad.begin(), block_->bad.end(), begin,
                                      [](const BadBytes& one, std::uint64_t place) { return one.at < place; });
  return found == block_->bad.end() || found->at >= end ? nullptr : &*found;
}

void Row::reject_bad_bytes() { reject(-1, ProblemCode::bad_encoding); }

/// Where a cell of a UTF-8 file stops being UTF-8, in bytes from the start of the unpacked file; empty where that cannot be said.
std::string Row::bad_place(std::string_view cell) const {
  const std::size_t bad = find_bad_utf8(cell);
  if (bad == std::string_view::npos || cell.data() < block_->data || cell.data() >= block_->data + block_->size) return {};
  if (file_->format != FileFormat::text) return {};
  const auto in_block = static_cast<std::uint64_t>(cell.data() - block_->data);
  return std::to_string(block_->offset - file_->start + in_block + bad);
}

void report_unreadable(Month& month, Table table) {
  TableFile& entry = month.tables[std::string(table_name(table))];
  const bool delivered = table == Table::listings || table == Table::quotes || table == Table::orders || table == Table::index;
  for (const SourceFile& file : entry.files) {
    if (!file.passed_over.empty()) {
      std::string titles;
      for (const std::string& title : file.passed_over) titles += (titles.empty() ? "\"" : ", \"") + quoted_for_message(title) + "\"";
      const std::string workbook =
          file.name.substr(0, file.name.size() - (file.name.ends_with("/" + file.part) ? file.part.size() + 1 : 0));
      month.warnings_zh.push_back(workbook + "：未读取的工作表（隐藏，或没有该表的列）：" + titles);
      month.warnings_en.push_back(workbook + ": sheets that are not read, being hidden or without the columns of " +
                                  std::string(table_name(table)) + ": " + titles);
    }
    for (const json::RecordProblem& bad : file.bad_records) {
      ++entry.counts.read;
      ++entry.counts.rejected;
      month.problems.push_back({table_name(table), file.name, bad.line, bad.column,
                                bad.fault == json::Fault::bad_encoding ? ProblemCode::bad_encoding : ProblemCode::bad_record,
                                ProblemAction::rejected, bad.value,
                                bad.fault == json::Fault::bad_encoding ? std::string() : bad.zh + kBetweenLanguages + bad.en});
    }
    if (!file.unreadable) continue;
    const FatalError& why = *file.unreadable;
    if (!delivered || (table == Table::listings && entry.counts.read == 0)) throw FatalError(why);
    const std::string zh = why.reason(Language::zh);
    const std::string en = why.reason(Language::en);
    month.problems.push_back(
        {table_name(table), file.name, 0, "", ProblemCode::unreadable_file, ProblemAction::rejected, "", zh + kBetweenLanguages + en});
    month.warnings_zh.push_back(zh + "；该文件未计入，结果缺少它的全部内容");
    month.warnings_en.push_back(en + "; the file was left out, and the results are without all that is in it");
  }
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
