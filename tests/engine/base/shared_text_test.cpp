#include "engine/base/shared_text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace fairprice {
namespace {

TEST(SharedText, EqualsAndSortsAsItsBytesDo) {
  const std::vector<std::string> texts = {"", "a", "ab", "b", "quotes-\xE4\xBA\xAC\xE4\xB8\x9C.csv", std::string("a\0b", 3), "quotes.csv"};
  for (const std::string& a : texts)
    for (const std::string& b : texts) {
      EXPECT_EQ(SharedText(a) == SharedText(b), a == b) << a << " and " << b;
      EXPECT_EQ(SharedText(a) < SharedText(b), a < b) << a << " and " << b;
      EXPECT_EQ(SharedText(a) == b, a == b) << a << " and " << b;
    }
  for (const std::string& a : texts) EXPECT_EQ(SharedText(a).view(), a);
  EXPECT_TRUE(SharedText().empty());
  EXPECT_TRUE(SharedText("").empty());
  EXPECT_FALSE(SharedText(" ").empty());
}

TEST(SharedText, OutlivesTheTextThatItWasMadeOf) {
  SharedText kept;
  {
    const std::string gone(100, 'x');
    kept = gone;
  }
  EXPECT_EQ(kept, std::string(100, 'x'));
}

// Several hundred texts fall on the same few places of what a thread remembers.
TEST(SharedText, IsOneTextWhateverTheThread) {
  constexpr int kTexts = 300;
  std::vector<std::vector<SharedText>> of_thread(4);
  std::vector<std::thread> threads;
  for (auto& texts : of_thread)
    threads.emplace_back([&texts] {
      for (int round = 0; round < 3; ++round)
        for (int i = 0; i < kTexts; ++i) texts.emplace_back("part-" + std::to_string(i) + ".csv");
    });
  for (std::thread& thread : threads) thread.join();
  for (const auto& texts : of_thread) {
    ASSERT_EQ(texts.size(), 3U * kTexts);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      EXPECT_EQ(texts[i], "part-" + std::to_string(i % kTexts) + ".csv");
      EXPECT_EQ(texts[i], of_thread[0][i]);
    }
  }
}

TEST(RareText, IsATextThatCopiesAndGrows) {
  RareText text;
  EXPECT_TRUE(text.empty());
  EXPECT_EQ(text, "");
  text += "";
  EXPECT_TRUE(text.empty());
  text += "listings.csv:4";
  RareText copy = text;
  copy += ", listings.csv:9";
  EXPECT_EQ(text, "listings.csv:4");
  EXPECT_EQ(copy, "listings.csv:4, listings.csv:9");
  text = copy;
  EXPECT_EQ(text, copy.view());
  const RareText moved = std::move(copy);
  EXPECT_EQ(moved, text.view());
  EXPECT_LE(sizeof(RareText), sizeof(void*));
}

}  // namespace
}  // namespace fairprice
