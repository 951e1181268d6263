#include "engine/letters/template.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/problem.hpp"

namespace fairprice::letters {
namespace {

Fields fields() {
  Fields one;
  one.texts = {{"case", "C-1"}, {"party", "{{case}} <&>"}, {"empty", ""}};
  one.sections["listings"] = {{{"listing", "L1"}}, {{"listing", "L2"}}};
  one.sections["none"] = {};
  one.sections["once"] = {{}};
  return one;
}

std::string error_of(std::string_view text) {
  try {
    return filled_in(text, fields(), "t.txt");
  } catch (const FatalError& error) {
    return error.message(Language::en);
  }
}

TEST(LetterTemplates, AreFilledInLineByLine) {
  EXPECT_EQ(filled_in("a {{case}} b{{ empty }}.\n", fields(), "t"), "a C-1 b.\n");
  EXPECT_EQ(filled_in("x\n{{#listings}}\n- {{listing}} of {{case}}\n{{/listings}}\ny\n", fields(), "t"),
            "x\n- L1 of C-1\n- L2 of C-1\ny\n");
  EXPECT_EQ(filled_in("x {{#listings}}{{listing}},{{/listings}} y", fields(), "t"), "x L1,L2, y");
  EXPECT_EQ(filled_in("a\n{{#none}}\nno\n{{/none}}\n{{#once}}\nyes\n{{/once}}\nb", fields(), "t"), "a\nyes\nb");
  EXPECT_EQ(filled_in("", fields(), "t"), "");
}

// What a supplier calls itself is text, also when it looks like a name.
TEST(LetterTemplates, DoNotLookAgainAtWhatWasFilledIn) { EXPECT_EQ(filled_in("{{party}}", fields(), "t"), "{{case}} <&>"); }

TEST(LetterTemplates, SayWhereAndWhatIsMeant) {
  EXPECT_EQ(error_of("a\nb {{prty}}"), "t.txt:2: there is nothing called prty (nearest: party)");
  EXPECT_EQ(error_of("{{#listing}}{{/listing}}"), "t.txt:1: there is nothing called listing (nearest: listings)");
  EXPECT_EQ(error_of("\n\n{{#once}} "), "t.txt:3: the section once does not end");
  EXPECT_EQ(error_of("{{/once}}"), "t.txt:1: the end of a section that did not begin");
  EXPECT_EQ(error_of("{{case"), "t.txt:1: {{ without }}");
}

}  // namespace
}  // namespace fairprice::letters
