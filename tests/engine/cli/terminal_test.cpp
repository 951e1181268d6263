#include "engine/cli/terminal.hpp"

#include <gtest/gtest.h>

#include "engine/cli/command.hpp"
#include "engine/cli/run_screen.hpp"

namespace fairprice::cli {
namespace {

TEST(DisplayWidth, CountsWideCharactersTwice) {
  EXPECT_EQ(display_width(""), 0U);
  EXPECT_EQ(display_width("S480"), 4U);
  EXPECT_EQ(display_width("得力"), 4U);
  EXPECT_EQ(display_width("得力 S480"), 9U);
  EXPECT_EQ(display_width("（）"), 4U);       // full-width parentheses
  EXPECT_EQ(display_width("e\xCC\x81"), 1U);  // e with a combining acute accent
  EXPECT_EQ(display_width("\xFF"), 1U);       // a byte that is no character
}

TEST(Shortened, CutsAtACharacterAndSaysSo) {
  EXPECT_EQ(shortened("得力碎纸机", 10), "得力碎纸机");
  EXPECT_EQ(shortened("得力碎纸机", 9), "得力碎纸…");
  EXPECT_EQ(shortened("得力碎纸机", 8), "得力碎…");  // half a character is none
  EXPECT_EQ(shortened("abcdef", 4), "abc…");
}

TEST(Grouped, PutsASpaceBetweenThousands) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1 000");
  EXPECT_EQ(grouped(520000), "520 000");
  EXPECT_EQ(grouped(1234567), "1 234 567");
  EXPECT_EQ(grouped(-1234567), "-1 234 567");
  EXPECT_EQ(grouped(-100), "-100");
}

TEST(TextTable, LinesUpWhateverTheScript) {
  TextTable table({TextTable::Align::left, TextTable::Align::right, TextTable::Align::left});
  table.row({"name", "n", "what"});
  table.row({"得力", "1", "a"});
  table.row({"abcdef", "22", ""});
  Page page(false);
  table.print(page);
  EXPECT_EQ(page.text(),
            "  name     n  what\n"
            "  得力     1  a\n"
            "  abcdef  22\n");
}

// Names come from suppliers: one with an escape sequence could recolour, retitle or clear the terminal of whoever looks at it.
TEST(TextTable, WritesOutWhatCouldCommandATerminal) {
  TextTable table({TextTable::Align::left, TextTable::Align::left});
  table.row({"name", "n"});
  table.row({"A\x1b[31m\nB", "1"});
  Page page(true);
  table.print(page);
  EXPECT_EQ(page.text(), "\x1b[2m  name          n\x1b[0m\n  A\\x1b[31m\\nB  1\n");
}

TEST(Page, HasNoEscapesWithoutColour) {
  Page plain(false);
  plain.line("text", Style::bold);
  EXPECT_EQ(plain.text(), "text\n");
  Page coloured(true);
  coloured.line("text", Style::bold);
  EXPECT_EQ(coloured.text(), "\x1b[1mtext\x1b[0m\n");
}

TEST(Nearest, FindsATypoAndNothingFarAway) {
  EXPECT_EQ(nearest("rnu", {"run", "explain", "check", "policy"}), "run");
  EXPECT_EQ(nearest("--perod", {"--period", "--policy", "--input"}), "--period");
  EXPECT_EQ(nearest("chek", {"run", "explain", "check", "policy"}), "check");
  EXPECT_EQ(nearest("--store", {"--period", "--input", "--output"}), std::nullopt);
  EXPECT_EQ(nearest("x", {"run"}), std::nullopt);
}

TEST(ShellWord, QuotesOnlyWhatAShellWouldChange) {
  EXPECT_EQ(shell_word("data/sample"), "data/sample");
  EXPECT_EQ(shell_word("商品 1"), "'商品 1'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word(""), "''");
  EXPECT_EQ(shell_word("a;rm"), "'a;rm'");
}

}  // namespace
}  // namespace fairprice::cli
