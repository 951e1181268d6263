#include "engine/ledger/canonical_text.hpp"

#include <gtest/gtest.h>

#include <random>

#include "engine/ledger/event.hpp"
#include "engine/ledger/json_object.hpp"
#include "tests/support/slow_patch.hpp"

namespace fairprice::ledger {
namespace {

/// Canonical values with all that JSON has: few names, so that objects meet; texts with what must be escaped, and of several lengths of UTF-8.
class Values {
 public:
  explicit Values(unsigned seed) : random_(seed) {}

  std::string value(int depth) {
    switch (below(depth > 3 ? 5 : 9)) {
      case 0: return "null";
      case 1: return below(2) == 0 ? "true" : "false";
      case 2: return std::to_string(static_cast<std::int64_t>(random_()) - below(2000000000));
      case 3: return std::to_string((below(2) == 0 ? 1 : -1) * ((std::int64_t{1} << 53) - below(2)));
      case 4:
      case 5: return json_text(text());
      case 6: {
        std::vector<std::string> values(static_cast<std::size_t>(below(4)));
        for (std::string& one : values) one = value(depth + 1);
        return canonical_array(values);
      }
      default: return object(depth + 1);
    }
  }
  std::string object(int depth) {
    CanonicalObject object;
    for (int i = below(5); i > 0; --i) object.raw(below(6) == 0 ? text() : std::string(1, static_cast<char>('a' + below(5))), value(depth));
    return object.str();
  }
  int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }

 private:
  std::string text() {
    static constexpr std::string_view kParts[] = {
        "a", "\"", "\\", "\n", std::string_view("\0", 1), "\x1f", "\x7f", "é", "价", "𠮷", "/", " ", "{", "]", ",", ":"};
    std::string text;
    for (int i = below(4); i > 0; --i) text += kParts[static_cast<std::size_t>(below(std::size(kParts)))];
    return text;
  }
  std::mt19937 random_;
};

TEST(CanonicalText, IsRecognisedAsTheTreeRecognisesIt) {
  Values values(5);
  int canonical = 0;
  for (int round = 0; round < 30000; ++round) {
    std::string text = values.value(0);
    ASSERT_TRUE(is_canonical(text)) << text;
    for (int edit = values.below(3); edit > 0 && !text.empty(); --edit) {
      const auto place = static_cast<std::size_t>(values.below(static_cast<int>(text.size())));
      switch (values.below(4)) {
        case 0: text[place] = static_cast<char>(text[place] ^ (1 << values.below(8))); break;
        case 1: text.erase(place, 1); break;
        case 2: text.insert(place, 1, "\"\\{}[],:0-1u \n\xE4"[values.below(15)]); break;
        default: text.resize(place);
      }
    }
    canonical += slow::is_canonical(text) ? 1 : 0;
    ASSERT_EQ(is_canonical(text), slow::is_canonical(text)) << text;
  }
  EXPECT_GT(canonical, 10000);
  EXPECT_LT(canonical, 25000);
}

// Each has one other spelling, or none.
TEST(CanonicalText, HasOneSpellingForAValue) {
  for (const char* text : {R"("\/")",
                           R"("\u0041")",
                           R"("\u000A")",
                           R"("\u000a")",
                           R"("\u001F")",
                           "-0",
                           "01",
                           "1.0",
                           "1e3",
                           "9007199254740993",
                           "-9007199254740993",
                           R"({"b":1,"a":2})",
                           R"({"a":1,"a":1})",
                           "[1, 2]",
                           "[1,]",
                           "{\"a\":1,}",
                           "tru",
                           "",
                           "\"",
                           "\"\xC0\x80\"",
                           "\"\xED\xA0\x80\"",
                           "1 "})
    EXPECT_FALSE(is_canonical(text)) << text;
  for (const char* text :
       {R"("\u001f")", R"("\b\f\n\r\t\"\\")", "0", "-1", "9007199254740992", R"({"\n":1,"a":2})", "[]", "{}", "\"\x7F\""})
    EXPECT_TRUE(is_canonical(text)) << text;
  EXPECT_TRUE(is_canonical(std::string(100, '[') + std::string(100, ']')));
  EXPECT_FALSE(is_canonical(std::string(101, '[') + std::string(101, ']')));
}

TEST(CanonicalText, IsPatchedAsTheTreeIsPatched) {
  Values values(6);
  for (int round = 0; round < 20000; ++round) {
    const std::string body = values.object(0), patch = values.object(0);
    const std::string result = patched(body, patch);
    ASSERT_EQ(result, slow::patched(body, patch)) << body << "\n" << patch;
    ASSERT_TRUE(is_canonical(result));
  }
}

// null takes out, so that a patch can lead to no object with a null in it.
TEST(CanonicalText, PatchBetweenTwoLeadsFromOneToTheOther) {
  Values values(7);
  int checked = 0;
  for (int round = 0; round < 20000; ++round) {
    const std::string one = values.object(0), other = values.object(0);
    if (other.find("null") != std::string::npos) continue;
    ++checked;
    const std::string patch = patch_between(one, other);
    ASSERT_TRUE(is_canonical(patch)) << patch;
    ASSERT_EQ(slow::patched(one, patch), other) << one << "\n" << patch;
    ASSERT_EQ(patch_between(one, one), "{}");
  }
  EXPECT_GT(checked, 8000);
}

TEST(CanonicalText, GivesItsMembers) {
  const std::string object = R"({"a":"x\n","b":{"c":[1,"]"]},"d":-1})";
  EXPECT_EQ(text_of(object, "a"), "x\n");
  EXPECT_EQ(member_of(object, "b"), R"({"c":[1,"]"]})");
  EXPECT_EQ(member_of(object, "d"), "-1");
  EXPECT_EQ(member_of(object, "e"), "");
  EXPECT_EQ(text_of(object, "d"), "");
  EXPECT_EQ(member_of("{}", "a"), "");
}

// An event is a canonical object with these ten members, eight of them texts, `seq` a number and `data` an object: whatever else was made of a line is none.
TEST(CanonicalText, AnEditedEventIsOneOrNoneAsTheTreeSays) {
  Values values(8);
  Event event;
  event.seq = 7;
  event.actor = "张三 \"x\"";
  event.previous = no_hash();
  for (int round = 0; round < 20000; ++round) {
    event.data = values.object(0);
    std::string line = event_text(event);
    ASSERT_EQ(parse_event(line), event);
    const auto place = static_cast<std::size_t>(values.below(static_cast<int>(line.size())));
    line[place] = static_cast<char>(line[place] ^ (1 << values.below(8)));
    const auto read = parse_event(line);
    ASSERT_EQ(read.has_value(), slow::is_event(line)) << line;
    if (read) {
      ASSERT_EQ(event_text(*read), line);
    }
  }
}

}  // namespace
}  // namespace fairprice::ledger
