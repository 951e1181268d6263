// parse: cells of the month's columns to integers. Peer: std::from_chars, a double for everything with decimals.
#include <benchmark/benchmark.h>

#include <charconv>
#include <cmath>

#include "bench/stages/month.hpp"
#include "engine/ingest/columns.hpp"
#include "engine/ingest/values.hpp"

namespace fairprice::bench {
namespace {

std::int64_t price(std::string_view cell) { return ingest::parse_price(cell).value.value.ten_thousandths(); }
std::int64_t quantity(std::string_view cell) { return ingest::parse_quantity(cell).value; }
std::int64_t discount(std::string_view cell) { return ingest::parse_discount(cell).value; }
std::int64_t date(std::string_view cell) { return ingest::parse_date_cell(cell).value.days(); }

/// The number at the front of the cell times `scale`; `rest` is what follows.
std::int64_t number(std::string_view cell, double scale, std::string_view& rest) {
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  rest = cell.substr(static_cast<std::size_t>(end - cell.data()));
  return error == std::errc() ? std::llround(value * scale) : -1;
}
std::int64_t peer_count(std::string_view cell) {
  std::string_view rest;
  const std::int64_t count = number(cell, 1e4, rest);
  return rest.empty() ? count : -1;
}
/// "0.95", "95%", "9.5折"
std::int64_t peer_discount(std::string_view cell) {
  std::string_view rest;
  const std::int64_t count = number(cell, 1e6, rest);
  return rest.empty() ? count : rest == "%" ? count / 100 : rest == "折" ? count / 10 : -1;
}
std::int64_t peer_date(std::string_view cell) {
  int part[3] = {0, 0, 0};
  const char* const end = cell.data() + cell.size();
  const char* at = cell.data();
  for (int& value : part) {
    const auto [next, error] = std::from_chars(at, end, value);
    if (error != std::errc()) return -1;
    at = next != end && &value != &part[2] ? next + 1 : next;
  }
  return at == end && Date::exists(part[0], part[1], part[2]) ? Date::of(part[0], part[1], part[2]).days() : -1;
}

/// One kind of cell, with both parsers, whose answers are compared when it is made.
template <std::int64_t (*kParse)(std::string_view), std::int64_t (*kPeer)(std::string_view)>
const Cells& checked(std::string_view table, int column) {
  static const Cells cells = [&] {
    Cells made = cells_of(table, column);
    for (const std::string_view cell : made.cells) require(kParse(cell) == kPeer(cell), "parse: " + std::string(cell));
    return made;
  }();
  return cells;
}

template <std::int64_t (*kRun)(std::string_view)>
void run(benchmark::State& state, const Cells& cells) {
  for (auto _ : state) {
    std::int64_t sum = 0;
    for (const std::string_view cell : cells.cells) sum += kRun(cell);
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(cells.cells.size()));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(cells.bytes.size()));
}

template <std::int64_t (*kParse)(std::string_view), std::int64_t (*kPeer)(std::string_view)>
bool add(const std::string& name, std::string_view table, int column) {
  benchmark::RegisterBenchmark(("parse/" + name + "/fairprice").c_str(),
                               [=](benchmark::State& state) { run<kParse>(state, checked<kParse, kPeer>(table, column)); });
  benchmark::RegisterBenchmark(("parse/" + name + "/std::from_chars").c_str(),
                               [=](benchmark::State& state) { run<kPeer>(state, checked<kParse, kPeer>(table, column)); });
  return true;
}

[[maybe_unused]] const bool added = add<price, peer_count>("amounts", "quotes", ingest::quotes_column::price) &&
                                    add<date, peer_date>("dates", "quotes", ingest::quotes_column::date) &&
                                    add<quantity, peer_count>("quantities", "orders", ingest::orders_column::quantity) &&
                                    add<discount, peer_discount>("discounts", "listings", ingest::listings_column::promised_discount);

}  // namespace
}  // namespace fairprice::bench
