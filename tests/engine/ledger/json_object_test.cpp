#include "engine/ledger/json_object.hpp"

#include <gtest/gtest.h>

namespace fairprice::ledger {
namespace {

// RFC 7386, appendix A, those whose documents are objects.
TEST(MergePatch, DoesWhatTheStandardShows) {
  EXPECT_EQ(patched(R"({"a":"b"})", R"({"a":"c"})"), R"({"a":"c"})");
  EXPECT_EQ(patched(R"({"a":"b"})", R"({"b":"c"})"), R"({"a":"b","b":"c"})");
  EXPECT_EQ(patched(R"({"a":"b"})", R"({"a":null})"), "{}");
  EXPECT_EQ(patched(R"({"a":"b","b":"c"})", R"({"a":null})"), R"({"b":"c"})");
  EXPECT_EQ(patched(R"({"a":["b"]})", R"({"a":"c"})"), R"({"a":"c"})");
  EXPECT_EQ(patched(R"({"a":"c"})", R"({"a":["b"]})"), R"({"a":["b"]})");
  EXPECT_EQ(patched(R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})"), R"({"a":{"b":"d"}})");
  EXPECT_EQ(patched(R"({"a":[{"b":"c"}]})", R"({"a":[1]})"), R"({"a":[1]})");
  EXPECT_EQ(patched("{}", R"({"a":{"bb":{"ccc":null}}})"), R"({"a":{"bb":{}}})");
}

TEST(MergePatch, BetweenTwoObjectsLeadsFromOneToTheOther) {
  const std::string one = R"({"a":1,"b":{"x":"1","y":"2"},"c":["u"],"d":true})";
  const std::string other = R"({"a":1,"b":{"x":"3","z":{"k":0}},"c":["u","v"],"e":"new"})";
  EXPECT_EQ(patch_between(one, other), R"({"b":{"x":"3","y":null,"z":{"k":0}},"c":["u","v"],"d":null,"e":"new"})");
  for (const auto& [from, to] : {std::pair(one, other), {other, one}, {one, one}, {std::string("{}"), one}})
    EXPECT_EQ(patched(from, patch_between(from, to)), to);
  EXPECT_EQ(patch_between(one, one), "{}");
}

TEST(JsonObjects, GiveTheirMembers) {
  const auto object = JsonObject::parse(R"({"t":"text","n":-7,"b":true,"o":{"k":{"x":"1"},"j":{}}})");
  ASSERT_TRUE(object);
  EXPECT_EQ(object->text("t"), "text");
  EXPECT_EQ(object->text("n", "none"), "none");
  EXPECT_EQ(object->integer("n"), -7);
  EXPECT_TRUE(object->boolean("b"));
  EXPECT_EQ(object->names("o"), (std::vector<std::string>{"j", "k"}));
  EXPECT_EQ(object->objects("o")[1].second.text("x"), "1");
  EXPECT_EQ(object->raw("o"), R"({"j":{},"k":{"x":"1"}})");
  EXPECT_FALSE(JsonObject::parse("[]"));
}

}  // namespace
}  // namespace fairprice::ledger
