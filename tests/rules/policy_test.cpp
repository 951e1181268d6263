#include "rules/policy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engine/base/problem.hpp"
#include "engine/base/shipped.hpp"

namespace fairprice::rules {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kBands = R"("bands":[{"decision":"within_range","at_most":0.20},{"decision":"reduce_or_delist"}])";

/// A policy with nothing but what it must have, and `more`.
std::string policy_with(std::string_view more) {
  return R"({"name":"n","ladder":[{"indicators":["index_price"]}],)" + std::string(kBands) + std::string(more.empty() ? "" : ",") +
         std::string(more) + "}";
}

std::string error_of(std::string_view json, Language language = Language::en) {
  try {
    read_policy(json, "policy.json");
  } catch (const FatalError& error) {
    return error.message(language);
  }
  return "no error";
}

std::string ladder_of(const Policy& policy) {
  std::string text;
  for (const Rung& rung : policy.ladder) {
    if (!text.empty()) text += "; ";
    for (const Indicator indicator : rung.indicators) text += std::string(indicator_name(indicator)) + " ";
    if (rung.population != Population::none) text += std::string(population_name(rung.population)) + " ";
    if (rung.has_statistic) text += rung.statistic.to_string() + " ";
    if (rung.shop_type == ShopType::self_operated) text += "self_operated ";
    if (rung.population != Population::none) text += (rung.screened ? "screened " : "unscreened ") + std::to_string(rung.least);
    if (rung.months != 0) text += " " + std::to_string(rung.months) + " months";
    if (rung.reindexed) text += " reindexed";
  }
  return text;
}

std::string bands_of(const Policy& policy) {
  std::string text;
  for (const Band& band : policy.bands) {
    if (!text.empty()) text += ", ";
    text += decision_name(band.decision);
    if (band.limit == Band::Limit::at_most) text += " <= " + band.value.to_string();
    if (band.limit == Band::Limit::below) text += " < " + band.value.to_string();
  }
  return text;
}

// Section 5, table of presets.
TEST(ShippedPolicies, AreThoseOfTheContract) {
  const std::string hubei_ladder = "index_price ; procurement_average ecommerce_average store_average median ; own_index_price ";
  const std::string twenty_fifty = "within_range <= 0.2, evidence_required < 0.5, reduce_or_delist";
  struct Row {
    std::string name, ladder, bands;
    bool weakening;
  };
  const std::vector<Row> rows = {
      {"brazil", "suppliers median screened 3 12 months reindexed", "within_range <= 0, evidence_required < 0.5, reduce_or_delist", true},
      {"central", "listings median unscreened 3; ecommerce median screened 3", twenty_fifty, true},
      {"hubei", hubei_ladder, twenty_fifty, true},
      {"hubei-literal", hubei_ladder, twenty_fifty, false},
      {"italy-anac", "suppliers percentile:70 screened 3 24 months", "within_range <= 0, reduce_or_delist", true},
      {"yunnan", "ecommerce mean self_operated screened 3", "within_range <= 0, evidence_required < 0.2, reduce_or_delist", true},
      {"zhejiang", "index_price ; ecommerce mean_of_lowest:3 self_operated screened 3",
       "within_range <= 0.1, evidence_required < 0.5, reduce_or_delist", true},
  };
  std::vector<std::string> names;
  for (const Row& row : rows) names.push_back(row.name);
  EXPECT_EQ(shipped_policy_names(), names);
  for (const Row& row : rows) {
    const Policy policy = shipped_policy(row.name).base;
    EXPECT_EQ(policy.name, row.name);
    EXPECT_EQ(ladder_of(policy), row.ladder) << row.name;
    EXPECT_EQ(bands_of(policy), row.bands) << row.name;
    EXPECT_EQ(policy.weakening, row.weakening) << row.name;
    EXPECT_FALSE(policy.source.empty()) << row.name;
    EXPECT_FALSE(policy.description_zh.empty()) << row.name;
    EXPECT_FALSE(policy.description_en.empty()) << row.name;
  }
}

void expect_defaults(const Policy& policy, const std::string& name) {
  const auto ratio = [&](Ratio found, const char* expected, const char* what) {
    EXPECT_EQ(found.to_string(), expected) << name << ", " << what;
  };
  EXPECT_EQ(policy.screening.method, ScreeningMethod::ratio_z) << name;
  ratio(policy.screening.cutoff, "5.1891", "cutoff");
  ratio(policy.screening.floor, "0.3", "floor");
  ratio(policy.screening.max_distance, "2", "max_distance");
  EXPECT_EQ(policy.market.least_sellers, 3) << name;
  ratio(policy.market.max_screened_share, "0.3", "max_screened_share");
  ratio(policy.market.max_spread, "3", "max_spread");
  EXPECT_EQ(policy.windows.index_months, 6) << name;
  EXPECT_EQ(policy.windows.index_unrolled_months, 2) << name;
  EXPECT_EQ(policy.windows.orders_months, 12) << name;
  ratio(policy.roll_at_least, "0.85", "roll_at_least");
  ratio(policy.roll_at_most, "1.15", "roll_at_most");
  EXPECT_EQ(policy.check_factor, 5) << name;
  ratio(policy.check_tolerance, "0.02", "check_tolerance");
  EXPECT_EQ(policy.judge, Judge::price) << name;
  EXPECT_EQ(policy.currency, "CNY") << name;
  const NoticePolicy& n = policy.notices;
  ratio(n.index_conflict, "0.3", "index_conflict");
  ratio(n.indicator_conflict, "1.3", "indicator_conflict");
  EXPECT_EQ(n.thin_evidence, 5) << name;
  EXPECT_EQ(n.stale_index_months, 2) << name;
  EXPECT_EQ(n.stale_orders_months, 3) << name;
  ratio(n.abnormally_low, "0.6", "abnormally_low");
  ratio(n.above_ecommerce, "1.1", "above_ecommerce");
  ratio(n.above_lowest_supplier, "1.1", "above_lowest_supplier");
  ratio(n.price_jump, "0.15", "price_jump");
  EXPECT_EQ(n.promotion_days, 7) << name;
  EXPECT_EQ(n.promotion_months, 12) << name;
  ratio(n.product_flood_share, "0.5", "product_flood");
  EXPECT_EQ(n.product_flood_suppliers, 5) << name;
  ratio(n.category_flood_share, "0.2", "category_flood");
  EXPECT_EQ(n.category_flood_listings, 20) << name;
  EXPECT_EQ(policy.deadlines.first.evidence, 5) << name;
  EXPECT_EQ(policy.deadlines.first.reduction, 5) << name;
  EXPECT_EQ(policy.deadlines.first.objection, 5) << name;
}

TEST(ShippedPolicies, AndAPolicyThatSaysNothingHaveTheContractsFigures) {
  expect_defaults(read_policy(policy_with(""), "short").base, "short");
  for (const std::string& name : shipped_policy_names()) expect_defaults(shipped_policy(name).base, name);
}

TEST(ShippedPolicies, AreFoundWithUnderscoresToo) {
  EXPECT_EQ(shipped_policy("italy_anac").base.name, "italy-anac");
  try {
    shipped_policy("hebei");
    FAIL() << "there is no such policy";
  } catch (const FatalError& error) {
    EXPECT_THAT(error.message(Language::en), AllOf(HasSubstr("hebei"), HasSubstr("hubei"), HasSubstr("zhejiang")));
  }
}

TEST(ReadPolicy, GivesEachMethodItsOwnFloor) {
  const auto floor = [](const char* method) {
    return read_policy(policy_with(std::string(R"("screening":{"method":")") + method + "\"}"), "p").base.screening.floor.to_string();
  };
  EXPECT_EQ(floor("ratio_z"), "0.3");
  EXPECT_EQ(floor("ratio-z"), "0.3");
  EXPECT_EQ(floor("modified_z"), "0.1");
  EXPECT_EQ(floor("hidiroglou-berthelot"), "0.1");
}

TEST(ReadPolicy, ReadsNumbersAsExactDecimals) {
  const Policy policy =
      read_policy(policy_with(R"("screening":{"cutoff":5.1891,"floor":0.3000},"check_data":{"tolerance":0.0001})"), "p").base;
  EXPECT_EQ(policy.screening.cutoff, (Ratio{51891, 10000}));
  EXPECT_EQ(policy.screening.floor, (Ratio{3, 10}));
  EXPECT_EQ(policy.check_tolerance, (Ratio{1, 10000}));
}

TEST(ReadPolicy, ReportsEveryMistakeAtOnce) {
  const std::string error = error_of(R"({"ladder":[{"indicators":["index_prize"]},{"population":"ecommerce"}],
    "bands":[{"decision":"within_range","at_most":"20%"},{"decision":"reduce_or_delist"}],
    "screening":{"method":"median"},"market":{"least_sellers":2.5},"weakening":"yes"})");
  EXPECT_THAT(error, AllOf(HasSubstr("policy.json: /name"), HasSubstr("/ladder/0/indicators/0"), HasSubstr("index_prize"),
                           HasSubstr("/ladder/1/statistic"), HasSubstr("/bands/0/at_most"), HasSubstr("20%"),
                           HasSubstr("/screening/method"), HasSubstr("/market/least_sellers")));
  EXPECT_THAT(error, AllOf(HasSubstr("/weakening"), HasSubstr("nothing was run")));
}

TEST(ReadPolicy, ReportsEachMistakeInBothLanguages) {
  const std::string text = policy_with(R"("market":{"least_sellers":0},"wobble":1)");
  EXPECT_THAT(error_of(text, Language::zh), AllOf(HasSubstr("/market/least_sellers"), HasSubstr("/wobble"), HasSubstr("未运行")));
}

TEST(ReadPolicy, NamesTheNearestKeyOfAnUnknownOne) {
  EXPECT_THAT(error_of(policy_with(R"("screning":{})")), AllOf(HasSubstr("/screning"), HasSubstr("nearest: screening")));
  EXPECT_THAT(error_of(policy_with(R"("market":{"least_seller":3})")),
              AllOf(HasSubstr("/market/least_seller"), HasSubstr("nearest: least_sellers")));
}

TEST(ReadPolicy, RefusesPercentSignsAndExponents) {
  const auto at_most = [](std::string_view number) {
    return error_of(R"({"name":"n","ladder":[{"indicators":["index_price"]}],"bands":[{"decision":"within_range","at_most":)" +
                    std::string(number) + R"(},{"decision":"reduce_or_delist"}]})");
  };
  EXPECT_EQ(at_most("0.20"), "no error");
  EXPECT_EQ(at_most("0.2000"), "no error");
  EXPECT_EQ(at_most("0.20000000"), "no error");  // no digit is lost
  for (const char* bad :
       {"\"20%\"", "\"0.20\"", "2e-1", "1E5", "true", "null", "[0.2]", "{}", "0.12345", "-1", "1000.0001", "12345678901234567890"})
    EXPECT_THAT(at_most(bad), HasSubstr("/bands/0/at_most")) << bad;
}

TEST(ReadPolicy, RefusesBandsThatDoNotRise) {
  const auto bands = [](std::string_view text) {
    return error_of(R"({"name":"n","ladder":[{"indicators":["index_price"]}],"bands":)" + std::string(text) + "}");
  };
  for (const char* bad :
       {"[]", R"([{"decision":"within_range"}])", R"([{"decision":"within_range","at_most":0.2}])",
        R"([{"decision":"evidence_required","at_most":0.2},{"decision":"reduce_or_delist"}])",
        R"([{"decision":"within_range","at_most":0.5},{"decision":"evidence_required","below":0.5},{"decision":"reduce_or_delist"}])",
        R"([{"decision":"within_range","at_most":0.2},{"decision":"within_range","at_most":0.3},{"decision":"reduce_or_delist"}])",
        R"([{"decision":"within_range","at_most":0.2},{"decision":"reduce_or_delist","below":0.5}])",
        R"([{"decision":"within_range"},{"decision":"reduce_or_delist"}])",
        R"([{"decision":"within_range","at_most":0.2,"below":0.3},{"decision":"reduce_or_delist"}])",
        R"([{"decision":"check_data","at_most":0.2},{"decision":"reduce_or_delist"}])", R"({})", R"("0.20")"})
    EXPECT_THAT(bands(bad), HasSubstr("policy.json: /bands")) << bad;
}

TEST(ReadPolicy, RefusesAKeyThatStandsTwice) {
  EXPECT_THAT(error_of("{\"name\":\"a\",\n\"name\":\"b\"}"), AllOf(HasSubstr("policy.json:2"), HasSubstr("name"), HasSubstr("twice")));
}

TEST(ReadPolicy, RefusesDeepNesting) {
  EXPECT_THAT(error_of(std::string(100'000, '[')), HasSubstr("nested too deep"));
  std::string objects;
  for (int i = 0; i < 40; ++i) objects += "{\"a\":";
  EXPECT_THAT(error_of(objects), HasSubstr("nested too deep"));
}

TEST(ReadPolicy, AcceptsAByteOrderMark) { EXPECT_EQ(error_of("\xEF\xBB\xBF" + policy_with("")), "no error"); }

TEST(ReadPolicy, RefusesWhatIsNoJson) {
  for (const char* bad :
       {"", " ", "{", "{]", "nul", "{\"name\":\"a\"} x", "\xFF\xFE{", "{\"name\":\"\xC3\x28\"}", "{'name':'a'}", "{\"name\":\"a\",}"})
    EXPECT_THAT(error_of(bad), AllOf(HasSubstr("policy.json:1"), HasSubstr("nothing was run"))) << bad;
  for (const char* bad : {"[]", "1", "null", "\"hubei\""}) EXPECT_THAT(error_of(bad), HasSubstr("policy.json: /")) << bad;
}

TEST(ReadPolicy, RungsNeedOneSourceAndAStatisticOverSeveral) {
  const auto rung = [](std::string_view text) {
    return error_of(R"({"name":"n",)" + std::string(kBands) + R"(,"ladder":[)" + std::string(text) + "]}");
  };
  EXPECT_EQ(rung(R"({"population":"ecommerce+store","statistic":"percentile:70"})"), "no error");
  EXPECT_EQ(rung(R"({"indicators":["store_average"]})"), "no error");
  EXPECT_EQ(rung(R"({"population":"listings","statistic":"mean-of-lowest:3"})"), "no error");
  for (const char* bad :
       {"{}", R"({"indicators":[]})", R"({"indicators":["index_price"],"population":"store","statistic":"mean"})",
        R"({"indicators":["index_price","store_average"]})", R"({"indicators":["index_price","index_price"],"statistic":"mean"})",
        R"({"population":"store"})", R"({"population":"store","statistic":"percentile:0"})",
        R"({"population":"store","statistic":"percentile:101"})", R"({"population":"store","statistic":"percentile"})",
        R"({"population":"store","statistic":"mean_of_lowest:1.5"})", R"({"population":"store","statistic":"mode"})",
        R"({"population":"store","statistic":5})", R"({"population":"store","statistic":"mean","least":0})", "7"})
    EXPECT_THAT(rung(bad), HasSubstr("/ladder/0")) << bad;
  EXPECT_THAT(rung(""), HasSubstr("/ladder"));
}

TEST(ReadPolicy, AnOverrideChangesItsCategoryAlone) {
  const PolicySet set = read_policy(
      policy_with(R"("market":{"least_sellers":4,"max_spread":2},"overrides":[{"category":"笔记本电脑","market":{"least_sellers":5},
        "bands":[{"decision":"within_range","at_most":0.05},{"decision":"reduce_or_delist"}]}])"),
      "p");
  EXPECT_EQ(set.base.market.least_sellers, 4);
  EXPECT_EQ(bands_of(set.base), "within_range <= 0.2, reduce_or_delist");
  const Policy& other = set.of("笔记本电脑");
  EXPECT_EQ(other.market.least_sellers, 5);
  EXPECT_EQ(other.market.max_spread.to_string(), "2");  // objects are merged, lists replaced
  EXPECT_EQ(bands_of(other), "within_range <= 0.05, reduce_or_delist");
  EXPECT_EQ(&set.of("打印机"), &set.base);
}

TEST(ReadPolicy, RefusesAnOverrideThatIsWrong) {
  const auto overrides = [](std::string_view text) { return error_of(policy_with("\"overrides\":" + std::string(text))); };
  EXPECT_THAT(overrides(R"([{"bands":[]}])"), HasSubstr("/overrides/0/category"));
  EXPECT_THAT(overrides(R"([{"category":"a","name":"b"}])"), HasSubstr("/overrides/0/name"));
  EXPECT_THAT(overrides(R"([{"category":"a","market":{"least_sellers":0}}])"), HasSubstr("/overrides/0/market/least_sellers"));
  EXPECT_THAT(overrides(R"([{"category":"a"},{"category":" a "}])"), HasSubstr("/overrides/1/category"));
  EXPECT_THAT(overrides(R"({})"), HasSubstr("/overrides"));
  EXPECT_THAT(overrides("[7]"), HasSubstr("/overrides/0"));
}

TEST(ReadPolicy, AnOverrideMayHoldForSomeMonths) {
  const PolicySet set = read_policy(policy_with(R"("check_data":{"factor":5},"market":{"least_sellers":3},"overrides":[
      {"category":"碎纸机","from":"2023-06","market":{"least_sellers":7}},
      {"from":"2023-06","to":"2023-08","check_data":{"factor":9},"market":{"least_sellers":4}},
      {"category":"碎纸机","to":"2023-05","market":{"least_sellers":6}},
      {"category":"打印机","market":{"least_sellers":8}}])"),
                                    "p");
  const auto in = [&](int month) { return policy_in(set, Period::of(2023, month)); };
  const auto figures = [&](const PolicySet& one, const char* category) {
    return std::pair(one.of(category).check_factor, one.of(category).market.least_sellers);
  };
  EXPECT_EQ(figures(in(5), "纸"), std::pair(5, 3));
  EXPECT_EQ(figures(in(6), "纸"), std::pair(9, 4));
  EXPECT_EQ(figures(in(8), "纸"), std::pair(9, 4));
  EXPECT_EQ(figures(in(9), "纸"), std::pair(5, 3));
  EXPECT_EQ(figures(in(5), "碎纸机"), std::pair(5, 6));
  EXPECT_EQ(figures(in(6), "碎纸机"), std::pair(9, 7));  // over what the months make of the policy
  EXPECT_EQ(figures(in(9), "碎纸机"), std::pair(5, 7));
  EXPECT_EQ(figures(in(7), "打印机"), std::pair(9, 8));
  EXPECT_EQ(in(7).text, set.text);  // one file, one hash
  // Without a month it is what always holds.
  EXPECT_TRUE(set.has_dates);
  EXPECT_EQ(figures(set, "碎纸机"), std::pair(5, 3));
  EXPECT_EQ(figures(set, "打印机"), std::pair(5, 8));
}

TEST(ReadPolicy, RefusesOverridesThatHoldInTheSameMonths) {
  const auto overrides = [](std::string_view text) { return error_of(policy_with("\"overrides\":[" + std::string(text) + "]")); };
  EXPECT_EQ(overrides(R"({"category":"a","to":"2023-05"},{"category":"a","from":"2023-06"})"), "no error");
  EXPECT_THAT(overrides(R"({"category":"a","to":"2023-06"},{"category":"a","from":"2023-06"})"),
              HasSubstr("/overrides/1: holds in months of /overrides/0"));
  EXPECT_THAT(overrides(R"({"category":"a"},{"category":"a","from":"2023-06"})"), HasSubstr("/overrides/1: holds"));
  EXPECT_THAT(overrides(R"({"from":"2023-06"},{"to":"2023-06"})"), HasSubstr("/overrides/1: holds"));
  EXPECT_EQ(overrides(R"({"from":"2023-06"},{"category":"a"})"), "no error");
  EXPECT_THAT(overrides(R"({"from":"2023-06","to":"2023-05"})"), HasSubstr("/overrides/0/to: \"2023-05\" is before from"));
  EXPECT_THAT(overrides(R"({"catgory":"a","from":"2023-06"})"), HasSubstr("/overrides/0/catgory: no such key (nearest: category)"));
  EXPECT_THAT(overrides(R"({"from":"June"})"), HasSubstr("/overrides/0/from: \"June\" is no month"));
}

TEST(DeadlinePolicy, GivesRepeatOffendersTheirOwnDays) {
  const Policy policy =
      read_policy(policy_with(R"("deadlines":{"evidence_days":7,"repeated":{"offences":2,"reduction_days":3}})"), "p").base;
  EXPECT_EQ(policy.deadlines.after(1).evidence, 7);
  EXPECT_EQ(policy.deadlines.after(1).reduction, 5);
  EXPECT_EQ(policy.deadlines.after(2).evidence, 7);  // as others, where nothing is said
  EXPECT_EQ(policy.deadlines.after(2).reduction, 3);
  EXPECT_EQ(read_policy(policy_with(R"("weakening":true)"), "p").base.deadlines.after(1000).reduction, 5);
}

TEST(ReadPolicy, SaysWhereWhatIsExpectedAndWhatWasDone) {
  const std::string bad =
      R"({"name":"n","ladder":[{"indicators":["index_price"]}],"bands":[{"decision":"within_range","at_most":"20%"},{"decision":"reduce_or_delist"}])";
  EXPECT_EQ(error_of(bad + "}"), "policy.json: /bands/0/at_most: \"20%\" is not a number (expected e.g. 0.20); nothing was run");
  EXPECT_EQ(error_of(bad + "}", Language::zh), "policy.json：/bands/0/at_most：\"20%\" 不是数（应如 0.20）；未运行");
  EXPECT_EQ(error_of(bad + R"(,"weakening":1})"),
            "policy.json: /bands/0/at_most: \"20%\" is not a number (expected e.g. 0.20)\n"
            "policy.json: /weakening: 1 is not a truth value (expected true or false); nothing was run");
}

// A wrong value is one mistake: what would follow from it is not reported as well.
TEST(ReadPolicy, DoesNotReportWhatOnlyFollowsFromAnotherMistake) {
  const auto lines = [](const std::string& error) { return std::count(error.begin(), error.end(), '\n') + 1; };
  EXPECT_EQ(lines(error_of(R"({"name":"n","ladder":[{"population":"shops","statistic":"mean","months":3}],)" + std::string(kBands) + "}")),
            1);
  EXPECT_EQ(lines(error_of(R"({"name":"n","ladder":[{"indicators":["index_price"]}],
    "bands":[{"decision":"within_rnage","at_most":0.2},{"decision":"reduce_or_delist"}]})")),
            1);
  EXPECT_EQ(lines(error_of(policy_with(R"("weakening":1,"overrides":[{"category":"a"},{"category":"b"}])"))), 1);
}

TEST(ReadPolicy, WritesAKeyAsATokenOfAJsonPointer) {
  EXPECT_THAT(error_of(policy_with(R"("a/b~c\n":1)")), HasSubstr(R"(policy.json: /a~1b~0c\n: )"));
  const std::string error = error_of(policy_with("\"" + std::string(5000, 'k') + "\":1"));
  EXPECT_LT(error.size(), 300U) << error;
}

// What has no effect where it stands is refused, as a misspelt key is.
TEST(ReadPolicy, RefusesAKeyThatDoesNotApplyToItsRung) {
  const auto rung = [](std::string_view text) {
    return error_of(R"({"name":"n",)" + std::string(kBands) + R"(,"ladder":[{)" + std::string(text) + "}]}");
  };
  EXPECT_THAT(rung(R"("indicators":["index_price"],"least":3)"), HasSubstr("/ladder/0/least"));
  EXPECT_THAT(rung(R"("indicators":["index_price"],"months":3)"), HasSubstr("/ladder/0/months"));
  EXPECT_THAT(rung(R"("indicators":["index_price"],"shop_type":"flagship")"), HasSubstr("/ladder/0/shop_type"));
  EXPECT_THAT(rung(R"("indicators":["index_price","store_average"],"statistic":"percentile:70")"), HasSubstr("/ladder/0/statistic"));
  EXPECT_THAT(rung(R"("population":"ecommerce","statistic":"mean","months":3)"), HasSubstr("/ladder/0/months"));
  EXPECT_THAT(rung(R"("population":"listings","statistic":"mean","reindexed":true)"), HasSubstr("/ladder/0/reindexed"));
  EXPECT_THAT(rung(R"("population":"suppliers","statistic":"mean","shop_type":"flagship")"), HasSubstr("/ladder/0/shop_type"));
  EXPECT_THAT(rung(R"("population":"store","statistic":"mean","max_age_months":3)"), HasSubstr("/ladder/0/max_age_months"));
  EXPECT_THAT(rung(R"("population":"","statistic":"mean")"), HasSubstr("/ladder/0/population"));
  EXPECT_EQ(rung(R"("population":"suppliers","statistic":"mean","months":24,"reindexed":true,"screened":false,"least":1)"), "no error");
  EXPECT_EQ(rung(R"("population":"store","statistic":"mean","shop_type":"self-operated")"), "no error");
  EXPECT_EQ(rung(R"("indicators":["index_price"],"max_age_months":0)"), "no error");
}

TEST(ReadPolicy, ReportsTheMistakesOfOverridesBesideThoseOfThePolicy) {
  const std::string error =
      error_of(policy_with(R"("weakening":1,"overrides":[{"category":"a","market":{"least_sellers":0}},{"category":5,"judge":"both"}])"));
  EXPECT_THAT(error, AllOf(HasSubstr(": /weakening"), HasSubstr("/overrides/0/market/least_sellers"), HasSubstr("/overrides/1/category"),
                           HasSubstr("/overrides/1/judge")));
  EXPECT_THAT(error, Not(HasSubstr("/overrides/0/weakening")));
}

TEST(ReadPolicy, AnOverrideCannotSayWhatTheWholeFileIs) {
  for (const char* key : {"name", "description", "source", "ours", "currency", "overrides"})
    EXPECT_THAT(error_of(policy_with(R"("overrides":[{"category":"a",")" + std::string(key) + R"(":"x"}])")),
                HasSubstr("/overrides/0/" + std::string(key) + ":"))
        << key;
}

TEST(ReadPolicy, FindsAnOverrideByTheCompatibleFormOfItsCategory) {
  const PolicySet set = read_policy(policy_with(R"("overrides":[{"category":" ＵＳＢ线 ","weakening":false}])"), "p");
  EXPECT_FALSE(set.of("USB线").weakening);
  EXPECT_TRUE(set.of("usb线").weakening);
}

TEST(ReadPolicy, RefusesAZeroByteAndWhatStandsBehindIt) {
  const std::string hidden = policy_with("") + std::string("\0", 1) + "\n{\"name\":\"other\"}";
  EXPECT_THAT(error_of(hidden), AllOf(HasSubstr("policy.json:1"), HasSubstr("zero byte")));
}

TEST(ReadPolicy, NamesTheLineOfASyntaxError) {
  EXPECT_THAT(error_of("{\n\"name\": \"n\",\n\"ladder\": oops}"), HasSubstr("policy.json:3: not well-formed JSON"));
}

TEST(ReadPolicy, EndsSoonOnAFileOfNothingButMistakes) {
  std::string keys = "{";
  for (int i = 0; i < 200'000; ++i) keys += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":0";
  EXPECT_THAT(error_of(keys + "}"), HasSubstr("too many keys"));
  std::string items = "[0";
  for (int i = 0; i < 50'000; ++i) items += ",0";
  const std::string error = error_of(policy_with("\"ours\":" + items + "]"));
  EXPECT_THAT(error, AllOf(HasSubstr("/ours/0"), HasSubstr("49901 more mistakes")));
}

TEST(ReadPolicy, KeepsTheFileAsRead) {
  const std::string text = policy_with("");
  EXPECT_EQ(read_policy(text, "p").text, text);
  EXPECT_EQ(shipped_policy("hubei").text, shipped_file("policies/hubei.json"));
}

}  // namespace
}  // namespace fairprice::rules
