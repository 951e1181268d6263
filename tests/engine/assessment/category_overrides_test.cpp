#include "engine/assessment/category_overrides.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "engine/base/problem.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fairprice::assessment {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing_support::TemporaryFolder;

rules::PolicySet policy_with(const std::string& overrides) {
  return rules::read_policy(R"({"name":"n","ladder":[{"indicators":["index_price"]}],
    "bands":[{"decision":"within_range","at_most":0.20},{"decision":"reduce_or_delist"}],"overrides":[)" +
                                overrides + "]}",
                            "p");
}

std::string override_of(const std::string& category) {
  return R"({"category":")" + category + R"(","bands":[{"decision":"within_range","at_most":0.10},{"decision":"reduce_or_delist"}]})";
}

Ratio limit_of(const rules::PolicySet& policy, std::string_view category) { return policy.of(category).bands[0].value; }

const Ratio kTen = *Ratio::parse("0.1");
const Ratio kTwenty = *Ratio::parse("0.2");

// The contract: dictionaries name a category's aliases; an override is by category, not by how a file happens to spell it.
TEST(CategoryOverrides, ReachTheCategoryThatAnAliasStandsFor) {
  const TemporaryFolder folder;
  folder.write("categories.csv", "alias,category,base_unit\n碎纸设备,粉碎机,台\n");
  const rules::PolicySet written = policy_with(override_of("碎纸设备"));
  const rules::PolicySet policy = with_categories_of(written, folder.path());
  EXPECT_EQ(limit_of(policy, "粉碎机"), kTen);
  EXPECT_EQ(limit_of(policy, "碎纸设备"), kTwenty);  // no listing has it any more
  EXPECT_EQ(limit_of(policy, "别的"), kTwenty);
  EXPECT_EQ(policy.text, written.text);
  EXPECT_EQ(policy.base.name, "n");
}

TEST(CategoryOverrides, KeepANameThatNoDictionaryHas) {
  const TemporaryFolder folder;
  EXPECT_EQ(limit_of(with_categories_of(policy_with(override_of("没有别名")), folder.path()), "没有别名"), kTen);
}

TEST(CategoryOverrides, MayNotMeanOneCategoryTwice) {
  const TemporaryFolder folder;
  folder.write("categories.csv", "alias,category,base_unit\n碎纸设备,粉碎机,台\n");
  try {
    with_categories_of(policy_with(override_of("碎纸设备") + "," + override_of("粉碎机")), folder.path());
    FAIL() << "which of the two holds?";
  } catch (const FatalError& error) {
    EXPECT_THAT(error.message(Language::en), AllOf(HasSubstr("\"碎纸设备\""), HasSubstr("\"粉碎机\""), HasSubstr("merge")));
    EXPECT_THAT(error.message(Language::zh), AllOf(HasSubstr("\"碎纸设备\""), HasSubstr("请合并")));
  }
}

TEST(CategoryOverrides, AreWarnedOfWhenNoListingHasTheCategory) {
  ingest::Month month;
  month.keys = std::make_shared<ingest::Keys>(ingest::Dictionaries{});
  ingest::Listing listing;
  listing.category = month.keys->category("粉碎机");
  month.listings.push_back(listing);
  listing.category = month.keys->category("提问的品目");
  listing.probe = true;  // a question is no listing of the month
  month.listings.push_back(listing);
  warn_of_idle_overrides(policy_with(override_of("粉碎机") + "," + override_of("粉粹机") + "," + override_of("提问的品目")), month);
  ASSERT_EQ(month.warnings_en.size(), 2U);
  ASSERT_EQ(month.warnings_zh.size(), 2U);
  EXPECT_THAT(month.warnings_en, testing::Contains(AllOf(HasSubstr("\"粉粹机\""), HasSubstr("nearest category: \"粉碎机\""))));
  EXPECT_THAT(month.warnings_zh, testing::Contains(AllOf(HasSubstr("\"粉粹机\""), HasSubstr("最接近的品目：\"粉碎机\""))));
  EXPECT_THAT(month.warnings_en, testing::Contains(HasSubstr("\"提问的品目\"")));
}

}  // namespace
}  // namespace fairprice::assessment
