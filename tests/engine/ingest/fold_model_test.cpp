#include "engine/ingest/fold_model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <random>
#include <string>
#include <string_view>

#include "engine/base/text.hpp"

namespace fairprice::ingest {
namespace {

bool is_plain(std::string_view model) {
  return model.size() <= kFastModel &&
         std::all_of(model.begin(), model.end(), [](char c) { return (c >= ' ' && c <= '~') || (c >= '\t' && c <= '\r'); });
}

/// Both versions fold the model as folded_model does, or both leave it; empty, or what is wrong. The model stands at the very end of its
/// memory, so that the address sanitizer sees a byte that is read beyond it.
std::string wrong_with(std::string_view model) {
  const auto copy = std::make_unique_for_overwrite<char[]>(model.size());
  std::copy(model.begin(), model.end(), copy.get());
  const std::string_view text(copy.get(), model.size());
  const auto fold = [&](auto&& version) {
    std::array<char, 64> to;
    to.fill('?');
    const std::size_t size = version(text, to.data());
    return size == kNotAscii ? std::string("not mine") : size > to.size() ? std::string("too long") : std::string(to.data(), size);
  };
  const std::string expected = is_plain(model) ? folded_model(model) : "not mine";
  if (const std::string found = fold(fold_ascii_model); found != expected) return found + " instead of " + expected;
  if (const std::string found = fold(fold_ascii_model_plain); found != expected) return "plain: " + found + " instead of " + expected;
  return {};
}

void expect_right(std::string_view model, int& failures) {
  if (const std::string wrong = wrong_with(model); !wrong.empty() && ++failures <= 5)
    ADD_FAILURE() << quoted_for_message(model, 100) << ": " << quoted_for_message(wrong, 200);
}

TEST(FoldModel, BothVersionsFoldOneAndTwoBytesAsFoldedModelDoes) {
  int failures = 0;
  expect_right("", failures);
  for (int a = 0; a < 256; ++a) {
    expect_right(std::string(1, static_cast<char>(a)), failures);
    for (int b = 0; b < 256; ++b) expect_right(std::string{static_cast<char>(a), static_cast<char>(b)}, failures);
  }
  EXPECT_EQ(failures, 0);
}

TEST(FoldModel, BothVersionsFoldAllShortModelsAsFoldedModelDoes) {
  int failures = 0;
  std::string model;
  const auto visit = [&](const auto& self, int left) -> void {
    expect_right(model, failures);
    if (left == 0) return;
    for (const char c : std::string_view("aZ0.-\\ +")) {
      model.push_back(c);
      self(self, left - 1);
      model.pop_back();
    }
  };
  visit(visit, 5);
  EXPECT_EQ(failures, 0);
}

// A dot between digits, a separator and a character that is neither, at every place of every length.
TEST(FoldModel, BothVersionsFoldEveryPlaceOfEveryLength) {
  int failures = 0;
  for (std::size_t size = 1; size <= kFastModel + 5; ++size)
    for (std::size_t at = 0; at < size; ++at)
      for (const char c : std::string_view(".- z\x1f\x7f\xE5")) {
        std::string model(size, '7');
        model[at] = c;
        expect_right(model, failures);
      }
  EXPECT_EQ(failures, 0);
}

TEST(FoldModel, BothVersionsFoldRandomModelsAsFoldedModelDoes) {
  constexpr unsigned kSeed = 71;
  std::mt19937_64 random(kSeed);
  int failures = 0;
  for (int round = 0; round < 40'000; ++round) {
    std::string model(random() % 66, '\0');
    const bool digits = random() % 2 == 0;
    for (char& c : model) {
      c = static_cast<char>(' ' + random() % 95);
      if (digits && random() % 3 != 0) c = "0123456789...."[random() % 14];
      if (random() % 400 == 0) c = static_cast<char>(random());
    }
    expect_right(model, failures);
  }
  EXPECT_EQ(failures, 0) << "seed " << kSeed;
}

}  // namespace
}  // namespace fairprice::ingest
