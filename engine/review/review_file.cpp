#include "engine/review/review_file.hpp"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <map>

#include "engine/base/text.hpp"
#include "engine/ingest/small_csv.hpp"
#include "engine/publishing/csv_buffer.hpp"
#include "engine/publishing/write_file.hpp"

namespace fairprice::review {

namespace {

struct Words {
  std::string_view code, zh, en;
  std::string_view in(Language language) const { return language == Language::zh ? zh : en; }
};

constexpr std::array<Words, 9> kColumns = {{{"listing_id", "商品编号", "listing_id"},
                                            {"supplier_id", "供应商编号", "supplier_id"},
                                            {"brand", "品牌", "brand"},
                                            {"model", "型号", "model"},
                                            {"title", "商品名称", "title"},
                                            {"barcode", "商品条码", "barcode"},
                                            {"reason", "原因", "reason"},
                                            {"price", "价格", "price"},
                                            {"at_stake", "涉及金额", "at_stake"}}};
/// Of each candidate, with its number behind.
constexpr std::array<Words, 4> kOfCandidate = {{{"candidate_", "候选", "candidate_"},
                                                {"likelihood_", "相似度", "likelihood_"},
                                                {"why_", "依据", "why_"},
                                                {"verdict_", "结论", "verdict_"}}};
constexpr Words kProduct = {"product", "其他产品", "product"};
constexpr Words kSame = {"same", "相同", "same"};
constexpr Words kDifferent = {"different", "不同", "different"};

constexpr std::array<Words, 4> kWhy = {{{"model_number", "型号一致", "same model number"},
                                        {"model_series", "同一系列", "same series"},
                                        {"title", "名称相似", "alike titles"},
                                        {"text", "描述相似", "alike texts"}}};

std::string_view why_words(std::string_view why, Language language) {
  const auto found = std::find_if(kWhy.begin(), kWhy.end(), [&](const Words& one) { return one.code == why; });
  return found == kWhy.end() ? why : found->in(language);
}

std::vector<std::string> headings(Language language) {
  std::vector<std::string> all;
  for (const Words& column : kColumns) all.emplace_back(column.in(language));
  for (std::size_t i = 1; i <= kCandidates; ++i)
    for (const Words& column : kOfCandidate) all.push_back(std::string(column.in(language)) + std::to_string(i));
  all.emplace_back(kProduct.in(language));
  return all;
}

/// The cells of an entry as text, in the order of the headings; the answers are empty.
std::vector<std::string> cells_of(const Entry& entry, Language language) {
  std::vector<std::string> cells = {
      entry.listing_id,        entry.supplier_id,         entry.brand, entry.model, entry.title, entry.barcode, entry.reason,
      entry.price.to_string(), entry.at_stake.to_string()};
  for (std::size_t i = 0; i < kCandidates; ++i) {
    const bool there = i < entry.candidates.size();
    cells.push_back(there ? entry.candidates[i].product : "");
    cells.push_back(there && !entry.candidates[i].why.empty() ? std::to_string(entry.candidates[i].percent) + "%" : "");
    cells.emplace_back(there ? why_words(entry.candidates[i].why, language) : "");
    cells.emplace_back();
  }
  cells.emplace_back();
  return cells;
}

std::string csv_of(const std::vector<Entry>& entries, Language language) {
  publishing::CsvBuffer buffer;
  const auto row = [&](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) buffer.comma();
      buffer.put_text(cells[i]);
    }
    buffer.end_row();
  };
  row(headings(language));
  for (const Entry& entry : entries) row(cells_of(entry, language));
  return "\xEF\xBB\xBF" + std::string(buffer.bytes());  // people open it in a spreadsheet
}

std::string shortened_for_cell(const std::string& text) {
  constexpr std::size_t kLongest = 32'000;  // bytes; a cell holds 32 767 characters
  const std::string readable = is_utf8(text) ? text : quoted_for_message(text, SIZE_MAX);
  if (readable.size() <= kLongest) return readable;
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(readable[end]) & 0xC0U) == 0x80U) --end;
  return readable.substr(0, end);
}

void write_workbook(const std::string& path, const std::vector<Entry>& entries, Language language) {
  const bool zh = language == Language::zh;
  lxw_workbook* const book = ::workbook_new(publishing::name_aside(path).c_str());
  lxw_doc_properties properties{};
  properties.created = 946'684'800;  // no clock in a file: the same list gives the same bytes
  ::workbook_set_properties(book, &properties);
  lxw_worksheet* const sheet = ::workbook_add_worksheet(book, zh ? "待认定" : "review");
  lxw_format* const bold = ::workbook_add_format(book);
  ::format_set_bold(bold);
  ::format_set_bg_color(bold, 0xDDE6F0);
  lxw_format* const answer = ::workbook_add_format(book);
  ::format_set_bg_color(answer, 0xFFF8DC);
  lxw_format* const money = ::workbook_add_format(book);
  ::format_set_num_format(money, "#,##0.00##");
  const std::vector<std::string> heading = headings(language);
  const auto columns = static_cast<lxw_col_t>(heading.size());
  const auto rows = static_cast<lxw_row_t>(entries.size());
  const auto is_answer = [&](std::size_t column) {
    return column + 1 == heading.size() || (column >= kColumns.size() && (column - kColumns.size()) % kOfCandidate.size() == 3);
  };
  for (lxw_col_t column = 0; column < columns; ++column) {
    const double width = column == 4 ? 44 : is_answer(column) ? 10 : column < kColumns.size() ? 14 : 16;  // not a price
    ::worksheet_set_column(sheet, column, column, width, is_answer(column) ? answer : nullptr);
    ::worksheet_write_string(sheet, 0, column, heading[column].c_str(), bold);
  }
  for (lxw_row_t row = 0; row < rows; ++row) {
    const std::vector<std::string> cells = cells_of(entries[row], language);
    for (lxw_col_t column = 0; column < columns; ++column) {
      if (column == 7 || column == 8) {
        const Money amount = column == 7 ? entries[row].price : entries[row].at_stake;
        const double shown = static_cast<double>(amount.ten_thousandths()) / Money::kPerYuan;  // not a price that anything reads again
        ::worksheet_write_number(sheet, row + 1, column, shown, money);
      } else if (!cells[column].empty()) {
        ::worksheet_write_string(sheet, row + 1, column, shortened_for_cell(cells[column]).c_str(), nullptr);
      }
    }
  }
  std::string same(kSame.in(language)), different(kDifferent.in(language));
  std::array<char*, 3> choices = {same.data(), different.data(), nullptr};
  lxw_data_validation choice{};
  choice.validate = LXW_VALIDATION_TYPE_LIST;
  choice.value_list = choices.data();
  choice.ignore_blank = LXW_VALIDATION_ON;
  for (lxw_col_t column = 0; column + 1 < columns && rows > 0; ++column)
    if (is_answer(column)) ::worksheet_data_validation_range(sheet, 1, column, rows, column, &choice);
  ::worksheet_freeze_panes(sheet, 1, 1);
  ::worksheet_autofilter(sheet, 0, 0, rows, static_cast<lxw_col_t>(columns - 1));
  if (const lxw_error error = ::workbook_close(book); error != LXW_NO_ERROR)
    throw FatalError(path + "：不能写入（" + ::lxw_strerror(error) + "）", path + ": cannot be written (" + ::lxw_strerror(error) + ")");
  publishing::put_in_place(path);
}

}  // namespace

void write_review(const std::string& path, const std::vector<Entry>& entries, Language language) {
  if (path.ends_with(".xlsx"))
    write_workbook(path, entries, language);
  else
    publishing::write_file(path, csv_of(entries, language));
}

namespace {

class Reader {
 public:
  explicit Reader(const std::string& path) : path_(path), list_(ingest::read_small_csv(path, path)) {
    for (const Language language : {Language::zh, Language::en}) {
      const std::vector<std::string> names = headings(language);
      for (std::size_t i = 0; i < names.size(); ++i)
        for (std::size_t field = 0; field < list_.heading.size(); ++field)
          if (canonical_text(list_.heading[field]) == canonical_text(names[i])) field_of_.emplace(i, field);
    }
    if (!field_of_.contains(0) || (!field_of_.contains(verdict(0)) && !field_of_.contains(product())))
      throw FatalError(path + ":1：不是待认定清单：缺少列 listing_id（商品编号）、verdict_1（结论1）或 product（其他产品）；未记录任何认定",
                       path + ":1: no review list: the columns listing_id and verdict_1 or product are missing; no decision was recorded");
  }

  std::vector<Answer> read() {
    for (const ingest::SmallCsv::Row& row : list_.rows) read_row(row);
    return std::move(answers_);
  }

 private:
  static std::size_t candidate(std::size_t i) { return kColumns.size() + i * kOfCandidate.size(); }
  static std::size_t verdict(std::size_t i) { return candidate(i) + 3; }
  static std::size_t product() { return kColumns.size() + kCandidates * kOfCandidate.size(); }

  std::string cell(const ingest::SmallCsv::Row& row, std::size_t column) const {
    const auto field = field_of_.find(column);
    if (field == field_of_.end() || field->second >= row.cells.size()) return {};
    std::string text = row.cells[field->second];
    if (text.size() > 1 && text[0] == '\'' && std::string_view("=+-@").find(text[1]) != std::string_view::npos) text.erase(0, 1);
    return text;
  }
  [[noreturn]] void refuse(const ingest::SmallCsv::Row& row, std::size_t column, const std::string& value, const std::string& zh,
                           const std::string& en) const {
    const std::string place = path_ + ":" + std::to_string(row.line);
    const std::string name = headings(Language::en)[column];
    const std::string shown = value.empty() ? "" : " \"" + quoted_for_message(value) + "\"";
    throw FatalError(place + "：" + name + shown + " " + zh + "；未记录任何认定",
                     place + ": " + name + shown + " " + en + "; no decision was recorded");
  }

  void read_row(const ingest::SmallCsv::Row& row) {
    const std::string listing = cell(row, 0);
    const auto other = cell(row, product());
    std::map<std::string, bool> said;  // by product
    std::string same = other;
    if (!other.empty()) said[other] = true;
    for (std::size_t i = 0; i < kCandidates; ++i) {
      const std::string text = cell(row, verdict(i));
      if (text.empty()) continue;
      const std::string word = canonical_text(text);
      const bool is_same = word == "SAME" || word == kSame.zh;
      if (!is_same && word != "DIFFERENT" && word != kDifferent.zh)
        refuse(row, verdict(i), text, "既不是“相同”也不是“不同”（应为 相同 或 不同）",
               "is neither same nor different (expected same or different)");
      const std::string named = cell(row, candidate(i));
      if (named.empty())
        refuse(row, verdict(i), text, "没有对应的候选（要指定清单外的产品，请填 product 列）",
               "stands beside no candidate (name a product that is not listed in the column product)");
      if (is_same && !same.empty() && same != named)
        refuse(row, verdict(i), named, "与 \"" + quoted_for_message(same) + "\" 都填了“相同”（一个商品只能是一个产品）",
               "and \"" + quoted_for_message(same) + "\" are both said to be the same (a listing is one product)");
      if (is_same) same = named;
      if (const auto [found, first] = said.emplace(named, is_same); !first && found->second != is_same)
        refuse(row, verdict(i), named, "既填了“相同”又填了“不同”", "is said to be the same and different");
    }
    if (said.empty()) return;
    if (listing.empty()) refuse(row, 0, "", "为空", "is empty");
    for (const auto& [name, is_same] : said) answers_.push_back({listing, name, is_same, row.line});
  }

  std::string path_;
  ingest::SmallCsv list_;
  std::map<std::size_t, std::size_t> field_of_;
  std::vector<Answer> answers_;
};

}  // namespace

std::vector<Answer> read_answers(const std::string& path) { return Reader(path).read(); }

}  // namespace fairprice::review
