#include "engine/assessment/simulation.hpp"

#include <gtest/gtest.h>

#include <array>

#include "tests/support/run_folder.hpp"

namespace fairprice::assessment {
namespace {

using rules::Decision;
using testing_support::options_of;
using testing_support::TemporaryFolder;

Simulation simulate(const std::string& folder, const rules::PolicySet& before, const rules::PolicySet& after) {
  const auto month = load_month(options_of(folder));
  return compare_policies(*month, assess(*month, before, 1), assess(*month, after, 2), 12);
}

rules::PolicySet policy_with(const std::string& within) {
  return rules::read_policy(
      R"({"name":"p","ladder":[{"indicators":["index_price"]}],"weakening":false,"bands":[{"decision":"within_range","at_most":)" + within +
          R"(},{"decision":"evidence_required","below":0.50},{"decision":"reduce_or_delist"}]})",
      "p");
}

// Reference 100. At 115 A and A2 of S1 and B of S2 are within 20 %, but not within 10 %; C at 105 stays. S1 sold 3 × 110 + 2 × 112 of the product, once in all although it
// has two listings; S2 sold 1 × 114; the cancelled order and the one of an earlier year do not count.
TEST(Simulation, CountsListingsSuppliersAndOrders) {
  const TemporaryFolder folder;
  folder.write("listings.csv",
               "listing_id,supplier_id,category,brand,model,price\n"
               "A,S1,纸,甲,M1X,115\nA2,S1,纸,甲,M1X,116\nB,S2,纸,甲,M1X,115\nC,S3,纸,甲,M1X,105\n");
  folder.write("index.csv", "period,category,brand,model,index_price\n2023-11,纸,甲,M1X,100\n");
  folder.write("orders.csv",
               "order_id,date,supplier_id,brand,model,quantity,unit_price,status\n"
               "1,2023-11-02,S1,甲,M1X,3,110,\n2,2023-03-02,S1,甲,M1X,2,112,\n3,2023-11-02,S2,甲,M1X,1,114,\n"
               "4,2023-11-02,S2,甲,M1X,50,114,取消\n5,2021-11-02,S2,甲,M1X,50,114,\n6,2023-11-02,S3,甲,M1X,1,105,\n");
  const Simulation simulation = simulate(folder.path(), policy_with("0.20"), policy_with("0.10"));
  EXPECT_EQ(simulation.listings, 4);
  EXPECT_EQ(simulation.changed, 3);
  EXPECT_EQ(simulation.other_fair_price, 1);
  ASSERT_EQ(simulation.movements.size(), 2U);
  EXPECT_EQ(simulation.movements[0].to, Decision::within_range);
  EXPECT_EQ(simulation.movements[0].weight.listings, 1);
  EXPECT_EQ(simulation.movements[1].from, Decision::within_range);
  EXPECT_EQ(simulation.movements[1].to, Decision::evidence_required);
  EXPECT_EQ(simulation.movements[1].weight.listings, 3);
  EXPECT_EQ(simulation.movements[1].weight.suppliers, 2);
  EXPECT_EQ(simulation.movements[1].weight.order_fen, Int128{(330 + 224 + 114) * 100});
  ASSERT_EQ(simulation.suppliers.size(), 2U);
  EXPECT_EQ(simulation.suppliers[0].name, "S1");
  EXPECT_EQ(simulation.suppliers[0].weight.order_fen, Int128{55'400});
  EXPECT_EQ(simulation.suppliers[0].stricter, 2);
  EXPECT_EQ(simulation.suppliers[1].name, "S2");
  ASSERT_EQ(simulation.categories.size(), 1U);
  EXPECT_EQ(simulation.categories[0].weight.listings, 3);
  const Simulation back = simulate(folder.path(), policy_with("0.10"), policy_with("0.20"));
  EXPECT_EQ(back.suppliers[0].milder, 2);
}

// The movements add up to what each policy alone decides.
TEST(Simulation, AddsUpOnTheSample) {
  const std::string folder = FAIRPRICE_SOURCE_DIR "/data/sample/2023-11";
  const auto month = load_month(options_of(folder));
  const rules::PolicySet hubei = resolve_categories(rules::shipped_policy("hubei"), folder);
  const rules::PolicySet central = resolve_categories(rules::shipped_policy("central"), folder);
  const Assessments before = assess(*month, hubei, 1);
  const Assessments after = assess(*month, central, 1);
  const Simulation simulation = compare_policies(*month, before, after, 12);
  std::array<std::int64_t, rules::kDecisions> from{}, to{};
  std::int64_t changed = 0;
  for (const Movement& movement : simulation.movements) {
    from[static_cast<std::size_t>(movement.from)] += movement.weight.listings;
    to[static_cast<std::size_t>(movement.to)] += movement.weight.listings;
    changed += movement.from == movement.to ? 0 : movement.weight.listings;
  }
  EXPECT_EQ(from, before.by_decision);
  EXPECT_EQ(to, after.by_decision);
  EXPECT_EQ(changed, simulation.changed);
  EXPECT_GT(changed, 0);
  const Simulation none = compare_policies(*month, before, before, 12);
  EXPECT_EQ(none.changed, 0);
  EXPECT_TRUE(none.suppliers.empty());
}

}  // namespace
}  // namespace fairprice::assessment
