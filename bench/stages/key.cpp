// key: brand and model as people type them to the number of a product, 100 000 models as in a province. Peer: the same by hash tables of
// std::string. Both know every product already, as nearly all rows of a month find it.
#include <benchmark/benchmark.h>

#include <array>
#include <cstring>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench/province/world.hpp"
#include "bench/stages/month.hpp"
#include "engine/base/text.hpp"
#include "engine/ingest/keys.hpp"

namespace fairprice::bench {
namespace {

constexpr std::size_t kRows = 1'000'000;
constexpr std::size_t kAtOnce = 32;  // as the reader of quotes does

struct Rows {
  std::string bytes;
  std::vector<std::array<std::string_view, 2>> cells;  ///< brand, model
  std::vector<std::pair<std::string, std::string>> aliases;
};

Rows make_rows() {
  const World world((Sizes()));
  Rows rows;
  for (const Brand& brand : world.brands()) {
    if (!brand.in_dictionary) continue;
    for (const std::string& spelling : brand.spellings) rows.aliases.emplace_back(spelling, brand.name);
  }
  std::vector<std::array<std::size_t, 2>> sizes;
  for (std::size_t i = 0; i < kRows; ++i) {
    Random random(mix(i, 0));
    const Model model = world.model(world.popular_model(random));
    const std::string_view brand = brand_spelling(world.brands()[model.brand], random);
    rows.bytes += brand;
    const std::size_t start = rows.bytes.size();
    append_messy(rows.bytes, model.name, random);
    sizes.push_back({brand.size(), rows.bytes.size() - start});
  }
  std::size_t at = 0;
  for (const auto& [brand, model] : sizes) {
    const std::string_view bytes = rows.bytes;
    rows.cells.push_back({bytes.substr(at, brand), trimmed(bytes.substr(at + brand, model))});
    at += brand + model;
  }
  return rows;
}

template <class Take>
void key_rows(ingest::Keys& keys, const Rows& rows, Take&& take) {
  std::array<ingest::Keys::ProductSearch, kAtOnce> searches;
  for (std::size_t row = 0; row < rows.cells.size(); row += kAtOnce) {
    const std::size_t some = std::min(kAtOnce, rows.cells.size() - row);
    for (std::size_t i = 0; i < some; ++i) {
      const auto& [brand, model] = rows.cells[row + i];
      keys.begin(searches[i], keys.brand(brand), model);
    }
    for (std::size_t i = 0; i < some; ++i) keys.look(searches[i]);
    for (std::size_t i = 0; i < some; ++i) take(keys.end(searches[i]));
  }
}

class PeerKeys {
 public:
  explicit PeerKeys(const Rows& rows) {
    for (const auto& [alias, brand] : rows.aliases) aliases_[canonical_text(alias)] = canonical_text(brand);
  }
  std::uint32_t product(std::string_view brand_cell, std::string_view model) {
    const auto [brand, fresh] = brands_.try_emplace(std::string(brand_cell));
    if (fresh) {
      const auto alias = aliases_.find(canonical_text(brand_cell));
      brand->second = alias != aliases_.end() ? alias->second : canonical_text(brand_cell);
    }
    std::string key = brand->second + ' ';
    fold(key, model);
    return products_.try_emplace(std::move(key), static_cast<std::uint32_t>(products_.size())).first->second;
  }

 private:
  static void fold(std::string& out, std::string_view model) {
    const std::size_t start = out.size();
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t i = 0; i < model.size(); ++i) {
      const char c = model[i];
      if ((c & 0x80) != 0) {
        out.resize(start);
        out += folded_model(model);
        return;
      }
      if (c == ' ' || c == '-' || c == '_' || c == '/' || c == '\\') continue;
      if (c == '.' && (i == 0 || i + 1 == model.size() || !is_digit(model[i - 1]) || !is_digit(model[i + 1]))) continue;
      out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
  }

  std::unordered_map<std::string, std::string> aliases_, brands_;  ///< brands_: by spelling
  std::unordered_map<std::string, std::uint32_t> products_;
};

struct Subject {
  Rows rows = make_rows();
  std::unique_ptr<ingest::Keys> keys;
  PeerKeys peer{rows};
};

/// After a first pass of both, which must call the same rows the same product.
Subject& checked() {
  static Subject subject;
  if (subject.keys) return subject;
  ingest::Dictionaries dictionaries;
  dictionaries.brands = subject.rows.aliases;
  subject.keys = std::make_unique<ingest::Keys>(std::move(dictionaries));
  std::vector<std::uint32_t> ours, peers;
  key_rows(*subject.keys, subject.rows, [&](std::uint32_t product) { ours.push_back(product); });
  for (const auto& [brand, model] : subject.rows.cells) peers.push_back(subject.peer.product(brand, model));
  std::unordered_map<std::uint32_t, std::uint32_t> there, back;
  for (std::size_t i = 0; i < kRows; ++i) {
    const auto& [brand, model] = subject.rows.cells[i];
    const bool same =
        there.try_emplace(ours[i], peers[i]).first->second == peers[i] && back.try_emplace(peers[i], ours[i]).first->second == ours[i];
    require(same, "key: " + std::string(brand) + " " + std::string(model));
  }
  return subject;
}

void count(benchmark::State& state, const Rows& rows) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(rows.cells.size()));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(rows.bytes.size()));
}

void fairprice(benchmark::State& state) {
  Subject& subject = checked();
  for (auto _ : state) {
    std::uint64_t sum = 0;
    key_rows(*subject.keys, subject.rows, [&](std::uint32_t product) { sum += product; });
    benchmark::DoNotOptimize(sum);
  }
  count(state, subject.rows);
}

void peer(benchmark::State& state) {
  Subject& subject = checked();
  for (auto _ : state) {
    std::uint64_t sum = 0;
    for (const auto& [brand, model] : subject.rows.cells) sum += subject.peer.product(brand, model);
    benchmark::DoNotOptimize(sum);
  }
  count(state, subject.rows);
}

BENCHMARK(fairprice)->Name("key/models/fairprice");
BENCHMARK(peer)->Name("key/models/std::unordered_map");

}  // namespace
}  // namespace fairprice::bench
