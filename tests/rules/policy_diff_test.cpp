#include "rules/policy_diff.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/policy.hpp"

namespace fairprice::rules {
namespace {

std::vector<std::string> lines(std::string_view before, std::string_view after) {
  std::vector<std::string> result;
  for (const PolicyDifference& one : policy_differences(before, after))
    result.push_back(one.place + ": " + one.before + " -> " + one.after);
  return result;
}

TEST(PolicyDiff, NamesWhatChangedByItsPlace) {
  EXPECT_THAT(lines(R"({"name":"a","bands":[{"at_most":0.20},{"below":0.5}],"weakening":true})",
                    R"({"name":"b","bands":[{"at_most":0.10},{"below":0.50}],"judge":"payable"})"),
              testing::ElementsAre("/bands/0/at_most: 0.20 -> 0.10", "/judge:  -> payable", "/weakening: true -> "));
}

TEST(PolicyDiff, KnowsAnOverrideByItsCategory) {
  EXPECT_THAT(lines(R"({"overrides":[{"category":"纸","check_data":{"factor":5}},{"category":"笔","weakening":false}]})",
                    R"({"overrides":[{"category":"笔","weakening":false},{"category":"纸","check_data":{"factor":7}}]})"),
              testing::ElementsAre("/overrides/纸/check_data/factor: 5 -> 7"));
}

TEST(PolicyDiff, CountsRungsAsNumbers) {
  std::string a = R"({"ladder":[)";
  std::string b = a;
  for (int i = 0; i < 11; ++i) {
    a += std::string(i == 0 ? "" : ",") + R"({"least":3})";
    b += std::string(i == 0 ? "" : ",") + R"({"least":4})";
  }
  const auto differences = policy_differences(a + "]}", b + "]}");
  ASSERT_EQ(differences.size(), 11U);
  EXPECT_EQ(differences[2].place, "/ladder/2/least");
  EXPECT_EQ(differences[10].place, "/ladder/10/least");
}

// hubei-literal is hubei without weakening (contract, section 5), and a policy differs in nothing from itself.
TEST(PolicyDiff, OfShippedPoliciesIsWhatTheContractSays) {
  EXPECT_THAT(lines(shipped_policy("hubei").text, shipped_policy("hubei-literal").text), testing::ElementsAre("/weakening: true -> false"));
  for (const std::string& name : shipped_policy_names()) EXPECT_TRUE(lines(shipped_policy(name).text, shipped_policy(name).text).empty());
}

}  // namespace
}  // namespace fairprice::rules
