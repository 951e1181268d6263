// The published benchmarks, where they are at hand ($FAIRPRICE_SHARED_DATA): floors well below what is measured in bench/matching, so that a
// change that spoils matching is seen. Figures and their sources: docs/commands/match.md.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "engine/matching/catalogue_file.hpp"
#include "engine/matching/evaluate.hpp"

namespace fairprice::matching {
namespace {

std::string shared_data() {
  const char* const named = std::getenv("FAIRPRICE_SHARED_DATA");
  return named != nullptr ? named : FAIRPRICE_SOURCE_DIR "/../shared/data";
}

std::uint32_t find(const Catalogue& catalogue, const std::string& id) {
  const auto place =
      std::lower_bound(catalogue.begin(), catalogue.end(), id, [](const Record& one, const std::string& x) { return one.id < x; });
  return static_cast<std::uint32_t>(place - catalogue.begin());
}

TEST(PublicData, AbtAndBuyAreJoinedWithoutLabels) {
  const std::string folder = shared_data() + "/matching/abt-buy";
  if (!std::filesystem::exists(folder + "/a.csv")) GTEST_SKIP() << folder << " is not there";
  const CatalogueFile left = read_catalogue(folder + "/a.csv");
  const CatalogueFile right = read_catalogue(folder + "/b.csv");
  std::vector<Candidate> truth;
  for (const PairRow& row : read_pairs(folder + "/matches.csv").rows)
    truth.push_back({find(left.records, row.left), find(right.records, row.right)});
  std::sort(truth.begin(), truth.end());
  ASSERT_EQ(truth.size(), 1097U);
  Matcher matcher(left.records, &right.records, {});
  const auto found = matcher.candidates();
  EXPECT_GE(evaluate(found, truth).chosen.f1(), 0.94);
}

}  // namespace
}  // namespace fairprice::matching
