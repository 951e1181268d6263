#include "engine/catalogue/texts.hpp"

#include <algorithm>

#include "engine/base/parallel.hpp"
#include "engine/base/text.hpp"
#include "engine/ingest/relocate.hpp"
#include "engine/ingest/row.hpp"

namespace fairprice::catalogue {

void read_texts(const ingest::Month& month, std::string_view table, std::vector<std::pair<std::uint64_t, std::uint32_t>> rows, int threads,
                const std::function<void(const RowTexts&)>& take) {
  if (rows.empty()) return;
  constexpr std::size_t kBatch = 16'384;
  constexpr std::size_t kParts = 64;
  std::sort(rows.begin(), rows.end());
  const auto kind = ingest::find_table(table);
  const int brand = ingest::find_column(*kind, "brand");
  const int title = ingest::find_column(*kind, "title");
  const int spec = ingest::find_column(*kind, "spec");
  std::vector<std::uint64_t> offsets;
  offsets.reserve(rows.size());
  for (const auto& [offset, row] : rows) offsets.push_back(offset);
  std::vector<RowTexts> batch;
  batch.reserve(std::min(kBatch, rows.size()));
  const auto hand_out = [&] {
    for_each_part(kParts, threads, [&](std::size_t part, int) {
      for (std::size_t i = batch.size() * part / kParts; i < batch.size() * (part + 1) / kParts; ++i) take(batch[i]);
    });
    batch.clear();
  };
  std::size_t next = 0;
  ingest::relocate(month, table, offsets,
                   [&](std::uint64_t, const ingest::SourceFile& file, std::int64_t, const ingest::RowScanner& scanner) {
                     const auto cell = [&](int column) {
                       const int field = column < 0 ? -1 : file.headings.field(column);
                       if (field < 0) return std::string();
                       const std::string_view text = scanner.cell(static_cast<std::size_t>(field));
                       return std::string(month.raw ? trimmed(text) : ingest::clean_cell(text));
                     };
                     batch.push_back({rows[next++].second, cell(brand), cell(title), cell(spec)});
                     if (batch.size() == kBatch) hand_out();
                   });
  hand_out();
  if (next != rows.size())
    throw FatalError(
        std::string(table) + "：读取期间文件有改动；请在文件不再变化后重新运行；未运行",
        std::string(table) + ": the files changed while they were read: run again when they no longer change; nothing was run");
}

}  // namespace fairprice::catalogue
