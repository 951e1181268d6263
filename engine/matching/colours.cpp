#include "engine/matching/colours.hpp"

#include <algorithm>
#include <array>

namespace fairprice::matching {

namespace {

struct Colour {
  std::string_view word;
  std::uint8_t number;
};

constexpr auto kColours = std::to_array<Colour>({
    {"BLACK", 1},    {"BLK", 1},       {"黑色", 1},      {"NOIR", 1},       {"SCHWARZ", 1},   {"WHITE", 2},   {"WHT", 2},
    {"白色", 2},     {"SILVER", 3},    {"银色", 3},      {"SLV", 3},        {"RED", 4},       {"红色", 4},    {"BLUE", 5},
    {"蓝色", 5},     {"GREEN", 6},     {"绿色", 6},      {"PINK", 7},       {"粉色", 7},      {"YELLOW", 8},  {"黄色", 8},
    {"GRAY", 9},     {"GREY", 9},      {"灰色", 9},      {"GOLD", 10},      {"金色", 10},     {"PURPLE", 11}, {"紫色", 11},
    {"ORANGE", 12},  {"橙色", 12},     {"BROWN", 13},    {"棕色", 13},      {"BEIGE", 14},    {"CYAN", 15},   {"青色", 15},
    {"MAGENTA", 16}, {"品红", 16},     {"BISQUE", 17},   {"STAINLESS", 18}, {"TITANIUM", 19}, {"CHROME", 20}, {"BRONZE", 21},
    {"IVORY", 22},   {"CHARCOAL", 23}, {"ESPRESSO", 24}, {"CHERRY", 25},    {"WALNUT", 26},   {"MAPLE", 27},  {"TURQUOISE", 28},
    {"TEAL", 29},    {"NAVY", 30},     {"BURGUNDY", 31},
});

}  // namespace

std::uint8_t colour_of(std::string_view token) {
  const auto found = std::find_if(kColours.begin(), kColours.end(), [&](const Colour& one) { return one.word == token; });
  return found == kColours.end() ? std::uint8_t{0} : found->number;
}

}  // namespace fairprice::matching
