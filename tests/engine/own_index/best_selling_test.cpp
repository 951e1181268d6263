#include "engine/own_index/best_selling.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>

namespace fairprice::own_index {
namespace {

std::optional<std::int64_t> best(std::vector<Sale> sales, std::size_t suppliers = 3) { return best_selling_price(sales, suppliers); }

// 100 units: 20 at 90 (one supplier), 55 between 100 and 102 by three, 25 at 130. More than half lie in 100 to 102; its median by units is 101.
TEST(BestSellingPrice, IsTheMedianOfTheNarrowestRangeThatSellsMostUnits) {
  EXPECT_EQ(best({{90, 20, 1}, {100, 20, 2}, {101, 15, 3}, {102, 20, 4}, {130, 25, 5}}), 101);
}

// One supplier sold nearly everything, dearly: the range must still hold three suppliers.
TEST(BestSellingPrice, IsNotMadeByOneSupplier) {
  EXPECT_EQ(best({{200, 1000, 1}}), std::nullopt);
  EXPECT_EQ(best({{200, 1000, 1}, {100, 1, 2}}), std::nullopt);
  EXPECT_EQ(best({{200, 10, 1}, {100, 8, 2}, {101, 9, 3}, {102, 8, 4}}), 101);  // 25 of 35 units
}

TEST(BestSellingPrice, OfEqualRangesIsTheLowest) {
  EXPECT_EQ(best({{100, 1, 1}, {100, 1, 2}, {100, 1, 3}, {100, 1, 4}, {50, 1, 5}, {50, 1, 6}, {50, 1, 7}}), 100);  // 3 of 7 are no majority
  EXPECT_EQ(best({{10, 2, 1}, {10, 2, 2}, {20, 1, 3}, {40, 2, 1}, {40, 2, 2}}, 2), 10);  // 10–20 and 20–40 both double
}

/// Every range, by trying all pairs of ends.
std::optional<std::int64_t> slowly(std::vector<Sale> sales, std::size_t suppliers) {
  std::sort(sales.begin(), sales.end(), [](const Sale& a, const Sale& b) { return a.price < b.price; });
  Int128 all = 0;
  for (const Sale& sale : sales) all += sale.units;
  std::optional<std::int64_t> answer;
  std::int64_t low = 1;
  std::int64_t high = 1'000'000'000;
  for (const Sale& from : sales)
    for (const Sale& to : sales) {
      std::set<std::uint32_t> who;
      Int128 units = 0;
      for (const Sale& sale : sales)
        if (sale.price >= from.price && sale.price <= to.price) units += sale.units, who.insert(sale.supplier);
      if (units * 2 <= all || who.size() < suppliers || to.price * low >= high * from.price) continue;
      low = from.price, high = to.price;
      Int128 below = 0;
      for (const Sale& sale : sales) {
        if (sale.price < low || sale.price > high) continue;
        below += sale.units;
        if (below * 2 >= units) {
          answer = sale.price;
          break;
        }
      }
    }
  return answer;
}

TEST(BestSellingPrice, AgreesWithTryingEveryRange) {
  EXPECT_TRUE(rc::check([] {
    std::vector<Sale> sales;
    const auto count = *rc::gen::inRange<std::size_t>(0, 12);
    for (std::size_t i = 0; i < count; ++i)
      sales.push_back(
          {*rc::gen::inRange<std::int64_t>(1, 30), *rc::gen::inRange<std::int64_t>(1, 9), *rc::gen::inRange<std::uint32_t>(0, 5)});
    // Several rows of one price are one place of the range in both, however they are ordered.
    const auto answer = best(sales, 3);
    RC_ASSERT(answer == slowly(sales, 3));
  }));
}

}  // namespace
}  // namespace fairprice::own_index
