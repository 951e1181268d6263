#include "engine/matching/units.hpp"

#include <algorithm>
#include <array>

namespace fairprice::matching {

namespace {

struct Spelling {
  std::string_view word;
  UnitSpelling means;
};

// 1 TB is 1000 GB here and 1024 MB are 1 GB, as sellers write both; values within 3 % count as equal.
constexpr auto kSpellings = std::to_array<Spelling>({
    {"GB", {Unit::bytes, 1000, "GB"}},
    {"GO", {Unit::bytes, 1000, "GB"}},
    {"GIG", {Unit::bytes, 1000, "GB"}},
    {"GIGABYTE", {Unit::bytes, 1000, "GB"}},
    {"GIGABYTES", {Unit::bytes, 1000, "GB"}},
    {"TB", {Unit::bytes, 1'000'000, "TB"}},
    {"TO", {Unit::bytes, 1'000'000, "TB"}},
    {"TERABYTE", {Unit::bytes, 1'000'000, "TB"}},
    {"MB", {Unit::bytes, 1, "MB"}},
    {"MEGABYTE", {Unit::bytes, 1, "MB"}},
    {"GHZ", {Unit::megahertz, 1'000'000, "GHZ"}},
    {"MHZ", {Unit::megahertz, 1000, "MHZ"}},
    {"HZ", {Unit::hertz, 1000, "HZ"}},
    {"INCH", {Unit::inches, 1000, "IN"}},
    {"INCHES", {Unit::inches, 1000, "IN"}},
    {"IN", {Unit::inches, 1000, "IN"}},
    {"\"", {Unit::inches, 1000, "IN"}},
    {"''", {Unit::inches, 1000, "IN"}},
    {"FT", {Unit::feet, 1000, "FT"}},
    {"FOOT", {Unit::feet, 1000, "FT"}},
    {"FEET", {Unit::feet, 1000, "FT"}},
    {"MM", {Unit::millimetres, 1000, "MM"}},
    {"CM", {Unit::millimetres, 10'000, "CM"}},
    {"M", {Unit::millimetres, 1'000'000, "M"}},
    {"KG", {Unit::grams, 1'000'000, "KG"}},
    {"GSM", {Unit::grams, 1000, "G"}},
    {"LB", {Unit::grams, 453'592, "LB"}},
    {"LBS", {Unit::grams, 453'592, "LB"}},
    {"OZ", {Unit::grams, 28'350, "OZ"}},
    {"OUNCE", {Unit::grams, 28'350, "OZ"}},
    {"W", {Unit::watts, 1000, "W"}},
    {"WATT", {Unit::watts, 1000, "W"}},
    {"WATTS", {Unit::watts, 1000, "W"}},
    {"KW", {Unit::watts, 1'000'000, "KW"}},
    {"V", {Unit::volts, 1000, "V"}},
    {"VOLT", {Unit::volts, 1000, "V"}},
    {"VOLTS", {Unit::volts, 1000, "V"}},
    {"MAH", {Unit::milliampere_hours, 1000, "MAH"}},
    {"ML", {Unit::litres, 1000, "ML"}},
    {"L", {Unit::litres, 1'000'000, "L"}},
    {"LITER", {Unit::litres, 1'000'000, "L"}},
    {"LITRE", {Unit::litres, 1'000'000, "L"}},
    {"SHEET", {Unit::sheets, 1000, "SHEET"}},
    {"SHEETS", {Unit::sheets, 1000, "SHEET"}},
    {"PAGE", {Unit::sheets, 1000, "SHEET"}},
    {"PAGES", {Unit::sheets, 1000, "SHEET"}},
    {"PACK", {Unit::pieces, 1000, "PACK"}},
    {"PACKS", {Unit::pieces, 1000, "PACK"}},
    {"PK", {Unit::pieces, 1000, "PACK"}},
    {"PCS", {Unit::pieces, 1000, "PACK"}},
    {"PIECE", {Unit::pieces, 1000, "PACK"}},
    {"COUNT", {Unit::pieces, 1000, "PACK"}},
    {"CT", {Unit::pieces, 1000, "PACK"}},
    {"PORT", {Unit::ports, 1000, "PORT"}},
    {"PORTS", {Unit::ports, 1000, "PORT"}},
    {"USER", {Unit::users, 1000, "USER"}},
    {"USERS", {Unit::users, 1000, "USER"}},
    {"LICENSE", {Unit::users, 1000, "USER"}},
    {"LICENSES", {Unit::users, 1000, "USER"}},
    {"MP", {Unit::pixels, 1000, "MP"}},
    {"MEGAPIXEL", {Unit::pixels, 1000, "MP"}},
    {"MEGAPIXELS", {Unit::pixels, 1000, "MP"}},
    {"DPI", {Unit::dots, 1000, "DPI"}},
    {"RPM", {Unit::turns, 1000, "RPM"}},
    {"K", {Unit::turns, 1'000'000, "K"}},
    {"X", {Unit::times, 1000, "X"}},
    {"MBPS", {Unit::bits_per_second, 1000, "MBPS"}},
    {"GBPS", {Unit::bits_per_second, 1'000'000, "GBPS"}},
    {"CHANNEL", {Unit::channels, 1000, "CH"}},
    {"CHANNELS", {Unit::channels, 1000, "CH"}},
    {"CH", {Unit::channels, 1000, "CH"}},
    {"HOUR", {Unit::hours, 1000, "H"}},
    {"HOURS", {Unit::hours, 1000, "H"}},
    {"HR", {Unit::hours, 1000, "H"}},
    {"CORE", {Unit::cores, 1000, "CORE"}},
    {"CORES", {Unit::cores, 1000, "CORE"}},
    {"BIT", {Unit::bits, 1000, "BIT"}},
    {"CUFT", {Unit::cubic_feet, 1000, "CUFT"}},
    {"BTU", {Unit::btu, 1000, "BTU"}},
    {"P", {Unit::lines, 1000, "P"}},
    {"PIN", {Unit::ports, 1000, "PIN"}},
});

constexpr auto kIdeographs = std::to_array<Spelling>({
    {"英寸", {Unit::inches, 1000, "IN"}},
    {"吋", {Unit::inches, 1000, "IN"}},
    {"寸", {Unit::inches, 1000, "IN"}},
    {"毫米", {Unit::millimetres, 1000, "MM"}},
    {"厘米", {Unit::millimetres, 10'000, "CM"}},
    {"米", {Unit::millimetres, 1'000'000, "M"}},
    {"千克", {Unit::grams, 1'000'000, "KG"}},
    {"公斤", {Unit::grams, 1'000'000, "KG"}},
    {"克", {Unit::grams, 1000, "G"}},
    {"毫升", {Unit::litres, 1000, "ML"}},
    {"升", {Unit::litres, 1'000'000, "L"}},
    {"瓦", {Unit::watts, 1000, "W"}},
    {"伏", {Unit::volts, 1000, "V"}},
    {"毫安时", {Unit::milliampere_hours, 1000, "MAH"}},
    {"毫安", {Unit::milliampere_hours, 1000, "MAH"}},
    {"张", {Unit::sheets, 1000, "SHEET"}},
    {"页", {Unit::sheets, 1000, "SHEET"}},
    {"核", {Unit::cores, 1000, "CORE"}},
    {"口", {Unit::ports, 1000, "PORT"}},
    {"位", {Unit::bits, 1000, "BIT"}},
    {"用户", {Unit::users, 1000, "USER"}},
    {"万像素", {Unit::pixels, 10, "MP"}},
    {"小时", {Unit::hours, 1000, "H"}},
});

/// 16G of memory and 70G of paper: a bare G is a gigabyte where the number is a usual size of a chip or a disk, else a gram.
bool usual_size(std::int64_t value) {
  constexpr auto kSizes = std::to_array<std::int64_t>(
      {1, 2, 3, 4, 6, 8, 12, 16, 20, 24, 32, 36, 40, 48, 64, 96, 120, 128, 160, 192, 240, 250, 256, 320, 480, 500, 512, 1000, 1024});
  return value % 1000 == 0 && std::find(kSizes.begin(), kSizes.end(), value / 1000) != kSizes.end();
}

}  // namespace

std::optional<UnitSpelling> unit_of(std::string_view word, std::int64_t value) {
  if (word.size() == 1) {
    if (word == "G") return usual_size(value) ? UnitSpelling{Unit::bytes, 1000, "GB"} : UnitSpelling{Unit::grams, 1000, "G"};
    if (word == "T") return value <= 64'000 ? std::optional(UnitSpelling{Unit::bytes, 1'000'000, "TB"}) : std::nullopt;
    if (word == "K" && value < 5000) return std::nullopt;     // 4K is a resolution, 10K a speed of rotation
    if (word == "P" && value < 240'000) return std::nullopt;  // 288p is memory, 1080p a picture
  }
  const auto found = std::find_if(kSpellings.begin(), kSpellings.end(), [&](const Spelling& one) { return one.word == word; });
  return found == kSpellings.end() ? std::nullopt : std::optional(found->means);
}

std::optional<UnitSpelling> ideograph_unit(std::string_view run, std::size_t& length) {
  for (const Spelling& one : kIdeographs) {
    if (!run.starts_with(one.word)) continue;
    length = one.word.size();
    return one.means;
  }
  return std::nullopt;
}

}  // namespace fairprice::matching
