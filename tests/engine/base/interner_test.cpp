#include "engine/base/interner.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace fairprice {
namespace {

TEST(Interner, GivesEqualBytesOneNumber) {
  Interner interner;
  EXPECT_EQ(interner.size(), 0U);
  EXPECT_EQ(interner.find("a"), Interner::kNone);
  EXPECT_EQ(interner.intern("a", 7), 0U);
  EXPECT_EQ(interner.intern("b"), 1U);
  EXPECT_EQ(interner.intern("a", 9), 0U);  // the first value stays
  EXPECT_EQ(interner.value(0), 7U);
  EXPECT_EQ(interner.find("b"), 1U);
  EXPECT_EQ(interner[0], "a");
  EXPECT_EQ(interner.size(), 2U);
  interner.set_value(0, 11);
  EXPECT_EQ(interner.value(0), 11U);
}

TEST(Interner, TellsApartEmptyTextsZerosAndPrefixes) {
  Interner interner;
  const std::vector<std::string> texts = {"",    std::string(1, '\0'), std::string(2, '\0'), "a", "aa", "aaa", "aab", std::string("a\0", 2),
                                          "\xFF"};
  for (std::size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(interner.intern(texts[i]), i);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(interner.find(texts[i]), i);
    EXPECT_EQ(interner[static_cast<std::uint32_t>(i)], texts[i]);
  }
}

TEST(Interner, KeepsItsOwnCopyOfTheBytes) {
  Interner interner;
  std::string text(100'000, 'x');
  interner.intern(text);
  text.assign(text.size(), 'y');
  EXPECT_EQ(interner[0], std::string(100'000, 'x'));
  EXPECT_EQ(interner.find(text), Interner::kNone);
}

/// Texts of every length up to 40, many of them alike but for one byte.
std::string text_of(std::mt19937_64& random) {
  std::string text(random() % 41, 'a');
  for (std::size_t changes = random() % 4; changes > 0 && !text.empty(); --changes)
    text[random() % text.size()] = static_cast<char>('a' + random() % 8);
  return text;
}

TEST(Interner, AgreesWithAMapOverManyTexts) {
  constexpr unsigned kSeed = 31;
  std::mt19937_64 random(kSeed);
  Interner interner;
  std::unordered_map<std::string, std::uint32_t> map;
  for (int i = 0; i < 200'000; ++i) {
    const std::string text = i % 2 == 0 ? text_of(random) : std::to_string(random() % 60'000);
    const auto [place, fresh] = map.emplace(text, static_cast<std::uint32_t>(map.size()));
    ASSERT_EQ(interner.find(text), fresh ? Interner::kNone : place->second) << text;
    ASSERT_EQ(interner.intern(text), place->second) << text;
  }
  EXPECT_EQ(interner.size(), map.size());
  for (const auto& [text, number] : map) ASSERT_EQ(interner[number], text);
}

TEST(Interner, AgreesWithItselfFromManyThreads) {
  Interner interner;
  constexpr std::size_t kTexts = 50'000;
  std::vector<std::vector<std::uint32_t>> numbers(4, std::vector<std::uint32_t>(kTexts));
  std::vector<std::thread> threads;
  for (std::size_t thread = 0; thread < numbers.size(); ++thread)
    threads.emplace_back([&, thread] {
      for (std::size_t i = 0; i < kTexts; ++i) {
        const std::size_t text = thread % 2 == 0 ? i : kTexts - 1 - i;
        numbers[thread][text] = interner.intern("text " + std::to_string(text), static_cast<std::uint32_t>(text));
      }
    });
  for (std::thread& thread : threads) thread.join();
  ASSERT_EQ(interner.size(), kTexts);
  for (std::size_t text = 0; text < kTexts; ++text) {
    for (const auto& found : numbers) ASSERT_EQ(found[text], numbers[0][text]) << text;
    ASSERT_EQ(interner[numbers[0][text]], "text " + std::to_string(text));
    ASSERT_EQ(interner.value(numbers[0][text]), text);
  }
}

}  // namespace
}  // namespace fairprice
