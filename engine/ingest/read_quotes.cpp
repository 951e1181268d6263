#include <algorithm>

#include "engine/ingest/quote_parser.hpp"

namespace fairprice::ingest {

void read_quotes(Month& month, const ReadSettings& settings) {
  char plain[12];
  const std::uint32_t no_unit = kNone;
  const std::int64_t one = PackUnits::kOne;
  std::memcpy(plain, &no_unit, 4);
  std::memcpy(plain + 4, &one, 8);
  month.quotes.packs.intern({plain, sizeof plain});  // number 0

  QuoteParser parser(month);
  std::vector<QuotesOfThread> locals;
  read_rows(month, Table::quotes, settings, locals, parser);
  auto& counts = month.tables["quotes"].counts;
  PairSet taught;
  PairSet specs;
  for (QuotesOfThread& local : locals) {
    for (std::size_t i = 0; i < local.by_use.size(); ++i) counts.by_use[i] += local.by_use[i];
    for (std::size_t p = 0; p < QuoteTable::kPartitions; ++p) {
      local.close_chunk(p);
      auto& whole = month.quotes.chunks[p];
      whole.insert(whole.end(), local.chunks[p].begin(), local.chunks[p].end());
    }
    month.quotes.pools.push_back(std::move(local.pool));
    month.quotes.pending.insert(month.quotes.pending.end(), local.pending.begin(), local.pending.end());
    for (Month::QuotePlace& place : local.places) month.quote_places.emplace(place.offset, std::move(place));
    local.taught.each([&](std::uint64_t gtin, std::uint32_t product) { taught.insert(gtin, product); });
    local.specs.each([&](std::uint64_t of, std::uint32_t spec) { specs.insert(of, spec); });
    local.taught = {};
    local.specs = {};
  }
  taught.each([&](std::uint64_t gtin, std::uint32_t product) { month.quotes.taught.emplace_back(gtin, product); });
  specs.each([&](std::uint64_t of, std::uint32_t spec) {
    month.quotes.specs.push_back({static_cast<std::uint32_t>(of), static_cast<std::uint32_t>(of >> 32), spec});
  });
  month.quotes.k_of_pack.clear();
  for (std::uint32_t pack = 0; pack < month.quotes.packs.size(); ++pack) month.quotes.k_of_pack.push_back(month.quotes.pack(pack).second);
  parser.exclusions().report(month);
}

std::vector<QuoteRow> find_quotes(const Month& month, int threads,
                                  const std::function<bool(std::uint32_t product, const Quote& quote)>& wanted) {
  std::vector<QuoteRow> found;
  const auto entry = month.tables.find("quotes");
  if (entry == month.tables.end() || entry->second.files.empty()) return found;
  // Every text has its number already, so that reading again adds nothing.
  QuoteParser parser(const_cast<Month&>(month));
  std::vector<SourceFile> files = entry->second.files;
  BlockReader reader(files, "quotes");
  std::vector<QuotesOfThread> locals(static_cast<std::size_t>(threads));
  on_threads(threads, [&](int thread) {
    QuotesOfThread& local = locals[static_cast<std::size_t>(thread)];
    local.wanted = &wanted;
    ReadSettings settings;
    settings.raw = month.raw;
    scan_rows(reader, files, Table::quotes, settings, local, parser);
  });
  for (QuotesOfThread& local : locals) found.insert(found.end(), local.found.begin(), local.found.end());
  std::sort(found.begin(), found.end(), [](const QuoteRow& a, const QuoteRow& b) { return a.offset < b.offset; });
  return found;
}

}  // namespace fairprice::ingest
