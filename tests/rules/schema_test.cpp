// data/policies/policy.schema.json is what editors check a policy with; read_policy is what checks it here. They know the same keys.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/problem.hpp"
#include "rules/json_tree.hpp"
#include "rules/policy.hpp"
#include "tests/support/small_schema.hpp"

namespace fairprice::rules {
namespace {

const Json& schema() {
  static const Json tree = [] {
    std::ifstream file(FAIRPRICE_SOURCE_DIR "/data/policies/policy.schema.json");
    EXPECT_TRUE(file.is_open());
    return read_json(std::string(std::istreambuf_iterator<char>(file), {}), "policy.schema.json");
  }();
  return tree;
}

const Json& at(const Json& node, std::string_view key) {
  static const Json nothing;
  const Json* found = node.find(key);
  return found == nullptr ? nothing : *found;
}

/// {"$ref": "#/definitions/bands"} -> what it names
const Json& resolved(const Json& node) {
  const Json* reference = node.find("$ref");
  if (reference == nullptr) return node;
  return at(at(schema(), "definitions"), reference->text.substr(std::string_view("#/definitions/").size()));
}

/// A policy in which the keys of `inside` stand at one place, in the form of a text with % where they go.
bool knows(const std::string& form, const std::string& inside) {
  std::string text = form;
  text.replace(text.find('%'), 1, inside);
  try {
    read_policy(text, "p");
  } catch (const FatalError& error) {
    return error.message(Language::en).find("no such key") == std::string::npos;
  }
  return true;
}

int checked = 0;

/// Every key of an object of the schema, and of the objects below it, is known to the reader.
void expect_known(const Json& object, const std::string& form) {
  const Json& properties = at(resolved(object), "properties");
  ASSERT_FALSE(properties.members.empty()) << form;
  for (const auto& [key, node] : properties.members) {
    const Json& value = resolved(node);
    ++checked;
    EXPECT_TRUE(knows(form, '"' + key + "\":null")) << key << " in " << form;
    if (at(value, "type").text != "object") continue;
    std::string inner = form;
    inner.replace(inner.find('%'), 1, '"' + key + "\":{%}");
    expect_known(value, inner);
  }
}

constexpr const char* kLadder = R"("name":"n","ladder":[{"indicators":["index_price"]}])";
constexpr const char* kBands = R"("bands":[{"decision":"within_range","at_most":0.20},{"decision":"reduce_or_delist"}])";

TEST(PolicySchema, KnowsNoKeyThatTheReaderDoesNot) {
  ASSERT_FALSE(knows("{%}", "\"nmae\":\"n\""));
  const Json& definitions = at(schema(), "definitions");
  expect_known(schema(), "{%}");
  expect_known(at(at(at(schema(), "properties"), "overrides"), "items"),
               "{" + std::string(kLadder) + "," + kBands + ",\"overrides\":[{%}]}");
  expect_known(at(at(definitions, "bands"), "items"), "{" + std::string(kLadder) + ",\"bands\":[{%}]}");
  const auto rung = [](const std::string& text) { return R"({"name":"n",)" + std::string(kBands) + ",\"ladder\":[{" + text + "}]}"; };
  const auto without = [&](const char* definition, std::string_view key) {
    Json copy = at(definitions, definition);
    for (auto& [name, value] : copy.members)
      if (name == "properties") std::erase_if(value.members, [&](const auto& member) { return member.first == key; });
    return copy;
  };
  expect_known(without("indicator_rung", "indicators"), rung(R"("indicators":["index_price"],%)"));
  for (const char* population : {"suppliers", "ecommerce"})
    expect_known(without("population_rung", "population"), rung("\"population\":\"" + std::string(population) + "\",%"));
  EXPECT_GT(checked, 60);
}

// What the schema says of one key, read and compared with what the reader says to the words of the policy's own enumerators.
TEST(PolicySchema, NamesTheWordsThatTheReaderKnows) {
  const Json& definitions = at(schema(), "definitions");
  std::vector<std::string> expected, found;
  for (int i = 0; i < kIndicators; ++i) expected.emplace_back(indicator_name(static_cast<Indicator>(i)));
  for (const Json& word : at(at(at(at(at(definitions, "indicator_rung"), "properties"), "indicators"), "items"), "enum").items)
    found.push_back(word.text);
  EXPECT_EQ(found, expected);
  expected.clear(), found.clear();
  for (int i = 1; i <= static_cast<int>(Population::listings); ++i) expected.emplace_back(population_name(static_cast<Population>(i)));
  for (const Json& word : at(at(at(at(definitions, "population_rung"), "properties"), "population"), "enum").items)
    found.push_back(word.text);
  EXPECT_EQ(found, expected);
}

/// What the reader says to a policy; empty when it takes it.
std::string reader_says(const std::string& text) {
  try {
    read_policy(text, "p");
  } catch (const FatalError& error) {
    return error.message(Language::en);
  }
  return {};
}

/// What the schema says to a policy; empty when it takes it.
std::string schema_says(const std::string& text) { return testing_support::SmallSchema(schema()).fault(read_json(text, "p")).value_or(""); }

constexpr std::string_view kName = R"("name":"n")";

std::string policy_with(const std::string& more) { return "{" + std::string(kLadder) + "," + kBands + "," + more + "}"; }
std::string policy_of_rung(const std::string& rung) { return "{" + std::string(kName) + "," + kBands + ",\"ladder\":[" + rung + "]}"; }
std::string policy_of_bands(const std::string& bands) { return "{" + std::string(kLadder) + ",\"bands\":" + bands + "}"; }

void expect_both_take(const std::string& text) {
  EXPECT_EQ(reader_says(text), "") << text;
  EXPECT_EQ(schema_says(text), "") << text;
}
void expect_both_refuse(const std::string& text) {
  EXPECT_NE(reader_says(text), "") << text;
  EXPECT_NE(schema_says(text), "") << text;
}

/// One key below some objects, with its least and greatest value: docs/policy.md.
struct Range {
  const char* key;
  const char* least;
  const char* most;
  const char* below;  ///< a little under the least
  const char* above;
  bool whole;
};
constexpr Range kRanges[] = {
    {"screening/cutoff", "0", "1000", "-0.0001", "1000.0001", false},
    {"screening/floor", "0", "1000", "-0.0001", "1000.0001", false},
    {"screening/max_distance", "0", "1000", "-0.0001", "1000.0001", false},
    {"screening/fences", "0", "1000", "-0.0001", "1000.0001", false},
    {"screening/reach", "0", "1000", "-0.0001", "1000.0001", false},
    {"screening/median_share", "0", "1000", "-0.0001", "1000.0001", false},
    {"market/least_sellers", "1", "1000", "0", "1001", true},
    {"market/max_screened_share", "0", "1", "-0.0001", "1.0001", false},
    {"market/max_spread", "1", "1000", "0.9999", "1000.0001", false},
    {"windows/index_months", "0", "120", "-1", "121", true},
    {"windows/index_unrolled_months", "0", "120", "-1", "121", true},
    {"windows/orders_months", "1", "120", "0", "121", true},
    {"index_roll/at_least", "0", "1", "-0.0001", "1.0001", false},
    {"index_roll/at_most", "1", "100", "0.9999", "100.0001", false},
    {"check_data/factor", "2", "1000", "1", "1001", true},
    {"check_data/tolerance", "0", "0.5", "-0.0001", "0.5001", false},
    {"notices/index_conflict", "0", "100", "-0.0001", "100.0001", false},
    {"notices/indicator_conflict", "1", "100", "0.9999", "100.0001", false},
    {"notices/thin_evidence", "0", "1000", "-1", "1001", true},
    {"notices/stale_index_months", "0", "120", "-1", "121", true},
    {"notices/stale_orders_months", "0", "120", "-1", "121", true},
    {"notices/abnormally_low", "0", "1", "-0.0001", "1.0001", false},
    {"notices/above_ecommerce", "0", "100", "-0.0001", "100.0001", false},
    {"notices/above_lowest_supplier", "0", "100", "-0.0001", "100.0001", false},
    {"notices/price_jump", "0", "100", "-0.0001", "100.0001", false},
    {"notices/promotion_days", "1", "366", "0", "367", true},
    {"notices/promotion_months", "1", "120", "0", "121", true},
    {"notices/product_flood/share", "0", "1", "-0.0001", "1.0001", false},
    {"notices/product_flood/least_suppliers", "1", "1000000", "0", "1000001", true},
    {"notices/category_flood/share", "0", "1", "-0.0001", "1.0001", false},
    {"notices/category_flood/least_listings", "1", "1000000", "0", "1000001", true},
    {"deadlines/evidence_days", "1", "366", "0", "367", true},
    {"deadlines/reduction_days", "1", "366", "0", "367", true},
    {"deadlines/objection_days", "1", "366", "0", "367", true},
    {"deadlines/repeated/offences", "1", "1000", "0", "1001", true},
    {"deadlines/repeated/evidence_days", "1", "366", "0", "367", true},
    {"deadlines/repeated/reduction_days", "1", "366", "0", "367", true},
    {"deadlines/repeated/objection_days", "1", "366", "0", "367", true},
};

/// "notices/product_flood/share" and 1 -> "notices":{"product_flood":{"share":1}}
std::string nested(std::string_view path, const std::string& value) {
  const std::size_t slash = path.find('/');
  const std::string key = "\"" + std::string(path.substr(0, slash)) + "\":";
  return slash == std::string_view::npos ? key + value : key + "{" + nested(path.substr(slash + 1), value) + "}";
}

TEST(PolicySchema, AndTheReaderDrawTheSameLimits) {
  for (const Range& range : kRanges) {
    for (const char* value : {range.least, range.most}) expect_both_take(policy_with(nested(range.key, value)));
    for (const char* value : {range.below, range.above, "\"1\"", "null", "true", "[]", "{}"})
      expect_both_refuse(policy_with(nested(range.key, value)));
    if (range.whole) expect_both_refuse(policy_with(nested(range.key, "2.5")));
    for (const char* value : {range.below, range.above})  // an override is held to the same
      expect_both_refuse(policy_with(R"("overrides":[{"category":"c",)" + nested(range.key, value) + "}]"));
  }
}

/// Every key that the schema gives a least value is in the table above, so that a new one is not forgotten.
TEST(PolicySchema, LimitsNoKeyThatTheTableAboveLacks) {
  std::size_t limited = 0;
  const auto count = [&](const auto& self, const Json& node) -> void {
    for (const auto& [key, value] : node.members) {
      limited += key == "minimum";
      self(self, value);
    }
    for (const Json& item : node.items) self(self, item);
  };
  count(count, schema());
  constexpr std::size_t kOfRungsAndBands = 5;  // max_age_months, least, months; at_most, below
  EXPECT_EQ(limited, std::size(kRanges) + kOfRungsAndBands);
}

TEST(PolicySchema, TakesWhatTheReaderTakes) {
  for (const std::string& name : shipped_policy_names()) expect_both_take(shipped_policy(name).text);
  for (const char* more :
       {R"("$schema":"policy.schema.json")", R"("description":{"zh":"策略"})", R"("source":"")", R"("ours":["/ladder"])",
        R"("currency":"BRL")", R"("judge":"payable")", R"("weakening":false)", R"("screening":{"method":"hidiroglou-berthelot"})",
        R"("screening":{})", R"("overrides":[])", R"("deadlines":{"repeated":{}})",
        R"("overrides":[{"from":"2023-06","weakening":false},{"category":"c","to":"2023-12","judge":"payable"}])",
        R"("overrides":[{"category":"复印纸","judge":"payable"},{"category":"c","ladder":[{"indicators":["own_index_price"]}]}])"})
    expect_both_take(policy_with(more));
  for (const char* rung :
       {R"({"indicators":["index_price","store_average"],"statistic":"mean","max_age_months":0})",
        R"({"indicators":["index_price"],"statistic":"median"})",
        R"({"population":"suppliers","statistic":"percentile:100","months":120,"reindexed":true,"screened":false,"least":1000})",
        R"({"population":"ecommerce+store","statistic":"mean-of-lowest:1000","shop_type":"self-operated","least":1})",
        R"({"population":"store","statistic":"highest","shop_type":"third_party"})", R"({"population":"listings","statistic":"lowest"})"})
    expect_both_take(policy_of_rung(rung));
  for (const char* bands :
       {R"([{"decision":"within-range","below":0},{"decision":"evidence-required"}])",
        R"([{"decision":"within_range","at_most":-0.99},{"decision":"evidence_required","at_most":1000},{"decision":"reduce-or-delist"}])"})
    expect_both_take(policy_of_bands(bands));
}

TEST(PolicySchema, RefusesWhatTheReaderRefuses) {
  for (const char* text : {"[]", "{}", "null", "1"}) expect_both_refuse(text);
  expect_both_refuse("{" + std::string(kLadder) + "}");
  expect_both_refuse("{" + std::string(kName) + "," + kBands + "}");
  expect_both_refuse("{" + std::string(kName) + R"(,"ladder":[],)" + kBands + "}");
  for (const char* name : {R"("")", R"("  ")", "1", "null"})
    expect_both_refuse("{\"name\":" + std::string(name) + R"(,"ladder":[{"indicators":["index_price"]}],)" + kBands + "}");
  for (const char* more : {R"("nmae":"n")",
                           R"("$schema":1)",
                           R"("description":"text")",
                           R"("description":{"zh":1})",
                           R"("description":{"fr":"x"})",
                           R"("source":[])",
                           R"("ours":"/ladder")",
                           R"("ours":[1])",
                           R"("ours":["ladder"])",
                           R"("ours":[""])",
                           R"("currency":"cny")",
                           R"("currency":"CNYX")",
                           R"("currency":"")",
                           R"("currency":156)",
                           R"("judge":"list")",
                           R"("judge":true)",
                           R"("weakening":"true")",
                           R"("weakening":0)",
                           R"("screening":{"method":"zscore"})",
                           R"("screening":{"method":null})",
                           R"("screening":{"cut_off":1})",
                           R"("screening":"none")",
                           R"("market":[])",
                           R"("market":{"least":3})",
                           R"("windows":{"quotes_months":1})",
                           R"("index_roll":{"most":1})",
                           R"("check_data":{"factors":5})",
                           R"("notices":{"flood":{}})",
                           R"("notices":{"product_flood":0.5})",
                           R"("notices":{"product_flood":{"least_listings":5}})",
                           R"("notices":{"category_flood":{"least_suppliers":5}})",
                           R"("deadlines":{"cut_days":5})",
                           R"("overrides":{})",
                           R"("overrides":[1])",
                           R"("overrides":[{}])",
                           R"("overrides":[{"category":""}])",
                           R"("overrides":[{"weakening":false}])",
                           R"("overrides":[{"from":"2023-13"}])",
                           R"("overrides":[{"to":"2023-1"}])",
                           R"("overrides":[{"category":"c","from":202301}])",
                           R"("overrides":[{"category":" "}])",
                           R"("overrides":[{"category":1}])",
                           R"("overrides":[{"category":"c","name":"x"}])",
                           R"("overrides":[{"category":"c","currency":"USD"}])",
                           R"("overrides":[{"category":"c","overrides":[]}])",
                           R"("overrides":[{"category":"c","bands":[]}])",
                           R"("overrides":[{"category":"c","ladder":[{}]}])"})
    expect_both_refuse(policy_with(more));
  for (const char* rung : {"{}",
                           "1",
                           R"({"indicators":[]})",
                           R"({"indicators":"index_price"})",
                           R"({"indicators":["index"]})",
                           R"({"indicators":["index-price"]})",
                           R"({"indicators":["index_price","index_price"],"statistic":"mean"})",
                           R"({"indicators":["index_price","store_average"]})",
                           R"({"indicators":["index_price","store_average"],"statistic":"percentile:70"})",
                           R"({"indicators":["index_price"],"statistic":"mode"})",
                           R"({"indicators":["index_price"],"population":"store","statistic":"mean"})",
                           R"({"indicators":["index_price"],"max_age_months":121})",
                           R"({"indicators":["index_price"],"max_age_months":-1})",
                           R"({"indicators":["index_price"],"least":3})",
                           R"({"indicators":["index_price"],"months":3})",
                           R"({"indicators":["index_price"],"shop_type":"flagship"})",
                           R"({"indicators":["index_price"],"screened":true})",
                           R"({"indicators":["index_price"],"reindexed":true})",
                           R"({"indicators":["index_price"],"age":1})",
                           R"({"population":"shops","statistic":"mean"})",
                           R"({"population":"store"})",
                           R"({"statistic":"mean"})",
                           R"({"population":"store","statistic":"mean_of_lowest:0"})",
                           R"({"population":"store","statistic":"mean_of_lowest:1001"})",
                           R"({"population":"store","statistic":"mean_of_lowest"})",
                           R"({"population":"store","statistic":"percentile:0"})",
                           R"({"population":"store","statistic":"percentile:101"})",
                           R"({"population":"store","statistic":"percentile:70.5"})",
                           R"({"population":"store","statistic":3})",
                           R"({"population":"store","statistic":"mean","months":12})",
                           R"({"population":"ecommerce","statistic":"mean","reindexed":true})",
                           R"({"population":"listings","statistic":"mean","months":12})",
                           R"({"population":"listings","statistic":"mean","shop_type":"flagship"})",
                           R"({"population":"suppliers","statistic":"mean","shop_type":"flagship"})",
                           R"({"population":"suppliers","statistic":"mean","months":0})",
                           R"({"population":"suppliers","statistic":"mean","months":121})",
                           R"({"population":"suppliers","statistic":"mean","reindexed":1})",
                           R"({"population":"store","statistic":"mean","shop_type":"own"})",
                           R"({"population":"store","statistic":"mean","screened":"no"})",
                           R"({"population":"store","statistic":"mean","least":0})",
                           R"({"population":"store","statistic":"mean","least":1001})",
                           R"({"population":"store","statistic":"mean","least":2.5})",
                           R"({"population":"store","statistic":"mean","max_age_months":3})"})
    expect_both_refuse(policy_of_rung(rung));
  std::string many = R"({"indicators":["index_price"]})";
  for (int i = 1; i < 17; ++i) many += R"(,{"indicators":["index_price"]})";
  expect_both_refuse(policy_of_rung(many));
  const std::string within = R"({"decision":"within_range","at_most":0.2})";
  const std::string evidence = R"({"decision":"evidence_required","below":0.5})";
  const std::string cut = R"({"decision":"reduce_or_delist"})";
  for (const std::string& bands : {std::string("{}"),
                                   std::string("[]"),
                                   "[" + within + "]",
                                   "[" + cut + "]",
                                   "[" + within + "," + within + "]",
                                   "[" + cut + "," + within + "]",
                                   "[" + evidence + "," + cut + "]",
                                   "[" + within + "," + evidence + "]",
                                   "[" + within + "," + evidence + "," + evidence + "," + cut + "]",
                                   "[" + within + "," + cut + "," + cut + "]",
                                   "[" + within + "," + evidence + R"(,{"decision":"evidence_required"}])",
                                   R"([{"decision":"within_range"},)" + cut + "]",
                                   R"([{"at_most":0.2},)" + cut + "]",
                                   "[" + within + R"(,{"decision":"reduce_or_delist","below":0.5}])",
                                   "[" + within + R"(,{"decision":"evidence_required"},)" + cut + "]",
                                   R"([{"decision":"within_range","at_most":0.2,"below":0.3},)" + cut + "]",
                                   R"([{"decision":"within_range","at_most":-1},)" + cut + "]",
                                   R"([{"decision":"within_range","at_most":1000.5},)" + cut + "]",
                                   R"([{"decision":"within_range","at_most":"20%"},)" + cut + "]",
                                   R"([{"decision":"fair","at_most":0.2},)" + cut + "]",
                                   R"([{"decision":"check_data","at_most":0.2},)" + cut + "]",
                                   R"([{"decision":"within_range","at_most":0.2,"name":"x"},)" + cut + "]"})
    expect_both_refuse(policy_of_bands(bands));
}

// What draft-07 cannot say: that bands' limits rise, that a category stands once, how many decimals a number has, how it is written.
TEST(PolicySchema, LeavesToTheReaderWhatItCannotSay) {
  for (const std::string& text :
       {policy_of_bands(
            R"([{"decision":"within_range","at_most":0.5},{"decision":"evidence_required","below":0.2},{"decision":"reduce_or_delist"}])"),
        policy_with(R"("overrides":[{"category":"c"},{"category":"c"}])"), policy_with(R"("market":{"max_spread":3.00005})"),
        policy_with(R"("market":{"max_spread":3e0})"), policy_with(R"("market":{"least_sellers":3.0})")}) {
    EXPECT_NE(reader_says(text), "") << text;
    EXPECT_EQ(schema_says(text), "") << text;
  }
}

}  // namespace
}  // namespace fairprice::rules
