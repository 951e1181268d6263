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
  expect_known(at(at(at(schema(), "properties"), "overrides"), "items"), "{" + std::string(kLadder) + "," + kBands + ",\"overrides\":[{%}]}");
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
  for (const Json& word : at(at(at(at(definitions, "population_rung"), "properties"), "population"), "enum").items) found.push_back(word.text);
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace fairprice::rules
