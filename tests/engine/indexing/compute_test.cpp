#include "engine/indexing/compute.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace fairprice::indexing {
namespace {

using indices::Status;

TEST(Compute, EveryNameIsAMethod) {
  const auto names = method_names();
  EXPECT_EQ(names.size(), 31U);
  for (const std::string& name : names) EXPECT_TRUE(find_method(name).has_value()) << name;
  EXPECT_TRUE(find_method("geks_tornqvist").has_value());
  EXPECT_FALSE(find_method("geks-laspeyres").has_value());
  EXPECT_FALSE(find_method("").has_value());
}

// Two goods: a 10, 12, 9; b 5, 5, 6, with quantities.
const indices::Panel& panel() {
  static const indices::Panel kPanel(
      std::vector<indices::Observation>{{0, 1, 10, 4}, {0, 2, 5, 8}, {1, 1, 12, 3}, {1, 2, 5, 9}, {2, 1, 9, 5}, {2, 2, 6, 7}}, 3);
  return kPanel;
}

SeriesRequest request(const char* method) {
  SeriesRequest result;
  result.method = find_method(method).value();
  return result;
}

TEST(Compute, AMultilateralSeriesMayHaveAnyBase) {
  SeriesRequest from_second = request("geks-fisher");
  from_second.base = 1;
  const auto first = compute(panel(), request("geks-fisher"));
  const auto second = compute(panel(), from_second);
  for (std::size_t t = 0; t < 3; ++t) EXPECT_NEAR(second[t].value, first[t].value / first[1].value, 1e-12);
}

TEST(Compute, UnitValuesOfAllProducts) {
  SeriesRequest all = request("unit-value");
  all.all_products = true;
  EXPECT_NEAR(compute(panel(), all)[1].value, (81.0 / 12) / (80.0 / 12), 1e-12);
}

TEST(Compute, ABaseThatIsNotThereIsNamed) {
  SeriesRequest far = request("jevons");
  far.base = 3;
  for (const auto& one : compute(panel(), far)) EXPECT_EQ(one.status, Status::no_period);
}

TEST(Compute, TpdIsUnweightedOnlyWhenAsked) {
  SeriesRequest plain = request("tpd");
  plain.observation_weights = indices::ObservationWeights::none;
  EXPECT_NEAR(compute(panel(), plain)[1].value, std::sqrt(1.2), 1e-12);  // every good in every period: Jevons
  EXPECT_FALSE(request("tpd").method.weighted);
  EXPECT_TRUE(request("wtpd").method.weighted);
}

}  // namespace
}  // namespace fairprice::indexing
