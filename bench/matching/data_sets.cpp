#include "bench/matching/data_sets.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "bench/matching/damage.hpp"

namespace fairprice::bench {

using namespace matching;

namespace {

std::uint32_t find(const Catalogue& catalogue, const std::string& id) {
  const auto place = std::lower_bound(catalogue.begin(), catalogue.end(), id,
                                      [](const Record& one, const std::string& wanted) { return one.id < wanted; });
  if (place == catalogue.end() || place->id != id) throw FatalError("没有 id " + id, "no record has the id " + id);
  return static_cast<std::uint32_t>(place - catalogue.begin());
}

Candidate pair_of(const DataSet& set, const PairRow& row) {
  const Candidate pair{find(set.left, row.left), find(set.self ? set.left : set.right, row.right)};
  return set.self ? Candidate{std::min(pair.left, pair.right), std::max(pair.left, pair.right)} : pair;
}

void read_truth(DataSet& set, const std::string& path) {
  for (const PairRow& row : read_pairs(path).rows) set.truth.push_back(pair_of(set, row));
  std::sort(set.truth.begin(), set.truth.end());
}

void read_judged(DataSet& set, const std::string& path) {
  for (const PairRow& row : read_pairs(path).rows) set.judged.push_back({{pair_of(set, row), row.label == "1"}, row.split});
}

DataSet without_models(const DataSet& set) {
  DataSet bare = set;
  bare.name += ", titles without model numbers";
  for (Catalogue* side : {&bare.left, &bare.right}) {
    for (Record& record : *side) {
      record.title = without_model_numbers(record.title);
      record.description = without_model_numbers(record.description);
    }
  }
  return bare;
}

/// 4000 different titles against damaged copies of 3000 of them and of 2000 others.
DataSet damaged_titles(const std::string& path) {
  DataSet set;
  set.name = "JD laptops against damaged copies";
  set.family = "jd";
  CatalogueFile file = read_catalogue(path);
  std::set<std::string> seen;
  std::vector<Record> titles;
  for (Record& record : file.records)
    if (!record.title.empty() && seen.insert(record.title).second) titles.push_back(std::move(record));
  const std::size_t step = std::max<std::size_t>(1, titles.size() / 6000);
  for (std::size_t i = 0; i < 6000 && i * step < titles.size(); ++i) {
    const Record& source = titles[i * step];
    Record record;
    record.id = source.id;
    record.title = source.title;
    const bool on_left = i % 3 != 2;                 // two of three on the left
    const bool on_right = i % 6 != 0 && i % 6 != 3;  // half of those and all others on the right
    if (on_left) set.left.push_back(record);
    if (!on_right) continue;
    record.title = damaged(source.title, i + 1);
    set.right.push_back(std::move(record));
    if (on_left) set.truth.push_back({static_cast<std::uint32_t>(set.left.size() - 1), static_cast<std::uint32_t>(set.right.size() - 1)});
  }
  std::sort(set.truth.begin(), set.truth.end());
  return set;
}

}  // namespace

std::vector<DataSet> load_data_sets(const std::string& folder) {
  std::vector<DataSet> sets;
  const auto is_there = [&](const std::string& name) { return std::filesystem::exists(folder + "/" + name); };
  if (is_there("matching/abt-buy/a.csv")) {
    const std::string at = folder + "/matching/abt-buy/";
    DataSet set;
    set.name = "Abt-Buy";
    set.family = "abt-buy";
    set.left = read_catalogue(at + "a.csv").records;
    set.right = read_catalogue(at + "b.csv").records;
    read_truth(set, at + "matches.csv");
    read_judged(set, at + "pairs_labelled.csv");
    sets.push_back(std::move(set));
    sets.push_back(without_models(sets.back()));
  }
  if (is_there("matching/wdc-computers/offers.csv")) {
    const std::string at = folder + "/matching/wdc-computers/";
    DataSet set;
    set.name = "WDC computers";
    set.family = "wdc";
    set.self = true;
    set.left = read_catalogue(at + "offers.csv").records;
    read_judged(set, at + "pairs_labelled.csv");
    sets.push_back(std::move(set));
    sets.push_back(without_models(sets.back()));
  }
  if (is_there("matching/sigmod22-notebooks/a.csv")) {
    DataSet set;
    set.name = "SIGMOD 2022 notebooks";
    set.family = "notebooks";
    set.self = true;
    set.left = read_catalogue(folder + "/matching/sigmod22-notebooks/a.csv").records;
    read_truth(set, folder + "/matching/sigmod22-notebooks/matches.csv");
    sets.push_back(std::move(set));
  }
  for (const char* name : {"products_zh/jd_laptops_2019-07.csv", "products_zh/jd_laptops_2019-07.csv.gz"})
    if (is_there(name)) {
      sets.push_back(damaged_titles(folder + "/" + name));
      break;
    }
  return sets;
}

}  // namespace fairprice::bench
