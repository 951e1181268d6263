// write: assessments.csv into memory. Peer: the same rows by fmt::format_to.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <iterator>

#include "bench/stages/month.hpp"
#include "engine/base/int128.hpp"
#include "engine/publishing/assessment_row.hpp"

namespace fairprice::bench {
namespace {

using assessment::Assessment;
using assessment::present;

void text(fmt::memory_buffer& out, std::string_view cell) {
  if (!cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos) out.push_back('\'');
  if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
    fmt::format_to(std::back_inserter(out), "{},", cell);
    return;
  }
  out.push_back('"');
  for (const char c : cell) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  fmt::format_to(std::back_inserter(out), "\",");
}

void money(fmt::memory_buffer& out, Money amount) {
  const std::int64_t count = amount.ten_thousandths();
  if (!present(amount))
    fmt::format_to(std::back_inserter(out), ",");
  else if (count % 100 == 0)
    fmt::format_to(std::back_inserter(out), "{}.{:02},", count / 10'000, count / 100 % 100);
  else
    fmt::format_to(std::back_inserter(out), "{}.{:04},", count / 10'000, count % 10'000);
}

/// (a - b) / b with six decimals.
void ratio(fmt::memory_buffer& out, Money a, Money b) {
  if (present(b)) {
    const auto millionths =
        static_cast<std::int64_t>(divide_rounded(Int128{a.ten_thousandths() - b.ten_thousandths()} * 1'000'000, b.ten_thousandths()));
    const std::int64_t magnitude = millionths < 0 ? -millionths : millionths;
    fmt::format_to(std::back_inserter(out), "{}{}.{:06}", millionths < 0 ? "-" : "", magnitude / 1'000'000, magnitude % 1'000'000);
  }
  out.push_back(',');
}

/// A count of 1/10000 without trailing zeros.
void pack_size(fmt::memory_buffer& out, std::int64_t count) {
  std::string digits = fmt::format("{}.{:04}", count / 10'000, count % 10'000);
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  fmt::format_to(std::back_inserter(out), "{},", digits);
}

void put_by_fmt(fmt::memory_buffer& out, const Assessment& assessment) {
  const ingest::Listing& listing = month().listings[assessment.row];
  const ingest::Keys& keys = *month().keys;
  const std::string_view category = publishing::text_of(keys.categories, listing.category);
  text(out, publishing::text_of(keys.listings, listing.listing));
  text(out, publishing::text_of(keys.suppliers, listing.supplier));
  text(out, listing.product == ingest::kNone ? std::string() : keys.product_name(listing.product));
  fmt::format_to(std::back_inserter(out), "{},", match_basis_name(static_cast<rules::MatchBasis>(listing.basis)));
  text(out, category);
  money(out, listing.price);
  text(out, publishing::unit_of(month(), assessment));
  pack_size(out, listing.pack_size);
  for (const Money indicator : assessment.indicators) money(out, indicator);
  ratio(out, assessment.judged, assessment.market_median);
  money(out, assessment.monitoring_price);
  if (present(assessment.monitoring_price)) {
    text(out, monitoring_basis(assessment, policy().of(category)));
    fmt::format_to(std::back_inserter(out), "{},{},", assessment.sources_kept, assessment.sources_screened);
    ratio(out, assessment.judged, assessment.monitoring_price);
  } else {
    fmt::format_to(std::back_inserter(out), ",,,,");
  }
  fmt::format_to(std::back_inserter(out), "{},", decision_name(assessment.decision));
  money(out, assessment.max_fair_price);
  fmt::format_to(std::back_inserter(out), "{}\n", notices_text(assessment, listing.k));
}

/// Bytes of the rows.
std::size_t checked() {
  static const std::size_t bytes = [] {
    publishing::AssessmentRows rows(month(), policy());
    publishing::CsvBuffer ours;
    fmt::memory_buffer peers;
    for (const Assessment& assessment : assessments().listings) {
      const std::size_t start = ours.size(), peer_start = peers.size();
      rows.put_rows(ours, {&assessment, 1});
      put_by_fmt(peers, assessment);
      const std::string_view row = ours.bytes().substr(start);
      const std::string_view peer = std::string_view(peers.data(), peers.size()).substr(peer_start);
      require(row == peer, "write:\n" + std::string(row) + std::string(peer));
    }
    return ours.size();
  }();
  return bytes;
}

void count(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(assessments().listings.size()));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(checked()));
}

void fairprice(benchmark::State& state) {
  checked();
  publishing::AssessmentRows rows(month(), policy());
  publishing::CsvBuffer buffer;
  for (auto _ : state) {
    buffer.clear();
    rows.put_rows(buffer, assessments().listings);
    benchmark::DoNotOptimize(buffer.bytes().data());
  }
  count(state);
}

void peer(benchmark::State& state) {
  checked();
  fmt::memory_buffer buffer;
  for (auto _ : state) {
    buffer.clear();
    for (const Assessment& assessment : assessments().listings) put_by_fmt(buffer, assessment);
    benchmark::DoNotOptimize(buffer.data());
  }
  count(state);
}

BENCHMARK(fairprice)->Name("write/assessments.csv/fairprice");
BENCHMARK(peer)->Name("write/assessments.csv/fmt::format_to");

}  // namespace
}  // namespace fairprice::bench
