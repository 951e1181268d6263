// scan: rows and cells of quotes.csv. Peers: finding the delimiters and no more, which nobody can be below; cutting byte by byte.
#include <benchmark/benchmark.h>

#include "bench/delimiters.hpp"
#include "bench/stages/month.hpp"
#include "engine/ingest/scan_csv.hpp"

namespace fairprice::bench {
namespace {

struct Found {
  std::uint64_t rows = 0, cells = 0, bytes = 0;  ///< bytes of cells
  bool operator==(const Found&) const = default;
};

Found rows_of(const ingest::Block& block, ingest::RowScanner& scanner) {
  Found found;
  scanner.open(block, ',', quotes_bytes().fields());
  while (scanner.next()) {
    ++found.rows;
    found.cells += scanner.field_count();
    for (std::size_t i = 0; i < scanner.field_count(); ++i)
      found.bytes += (scanner.plain() ? scanner.plain_cell(i) : scanner.cell(i)).size();
  }
  return found;
}

Found byte_by_byte(const ingest::Block& block) {
  Found found;
  const char* cell = block.data;
  for (const char* at = block.data; at != block.data + block.size; ++at) {
    if (*at != ',' && *at != '\n') continue;
    found.bytes += std::string_view(cell, static_cast<std::size_t>(at - cell)).size();
    ++found.cells;
    found.rows += *at == '\n';
    cell = at + 1;
  }
  return found;
}

/// Quotes of the month hold no quotation marks, so that each cell ends at a delimiter. Returns the rows.
std::uint64_t checked_rows() {
  static const std::uint64_t rows = [] {
    std::uint64_t sum = 0;
    ingest::RowScanner scanner;
    for (const ingest::Block& block : quotes_bytes().blocks) {
      const Found found = rows_of(block, scanner);
      require(found == byte_by_byte(block), "scan: rows, cells or their bytes");
      require(found.cells == count_delimiters(block.data, block.size), "scan: delimiters");
      sum += found.rows;
    }
    return sum;
  }();
  return rows;
}

template <class Scan>
void run(benchmark::State& state, Scan&& scan) {
  const auto rows = static_cast<std::int64_t>(checked_rows());
  for (auto _ : state)
    for (const ingest::Block& block : quotes_bytes().blocks) benchmark::DoNotOptimize(scan(block));
  state.SetItemsProcessed(state.iterations() * rows);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(quotes_bytes().bytes));
}

void fairprice(benchmark::State& state) {
  ingest::RowScanner scanner;
  run(state, [&](const ingest::Block& block) { return rows_of(block, scanner); });
}
void delimiters(benchmark::State& state) {
  run(state, [](const ingest::Block& block) { return count_delimiters(block.data, block.size); });
}
void plain(benchmark::State& state) { run(state, byte_by_byte); }

BENCHMARK(fairprice)->Name("scan/quotes/fairprice");
BENCHMARK(delimiters)->Name("scan/quotes/delimiters only");
BENCHMARK(plain)->Name("scan/quotes/byte by byte");

}  // namespace
}  // namespace fairprice::bench
