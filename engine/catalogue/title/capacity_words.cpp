#include <algorithm>
#include <array>
#include <charconv>

#include "engine/catalogue/title/capacities.hpp"

namespace fairprice::title {

Use use_of_letters(std::string_view text) {
  if (text.starts_with("SSD") || text.starts_with("PCI") || text.starts_with("NVME") || text.starts_with("EMMC") ||
      text.starts_with("UFS") || text.starts_with("SATASSD"))
    return Use::ssd;
  if (text.starts_with("HDD")) return Use::hdd;
  if (text.starts_with("SATA")) return Use::disk;
  if (text.starts_with("DDR") || text.starts_with("RAM") || text.starts_with("LPDDR")) return Use::memory;
  if (text.starts_with("ROM")) return Use::disk;
  if (text.starts_with("GDDR")) return Use::graphics;
  return Use::unknown;
}

Use use_of_ideas(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, Use>, 23> kWords = {
      {{"内存", Use::memory},  {"运存", Use::memory},  {"运行", Use::memory}, {"固态", Use::ssd},   {"固", Use::ssd},
       {"闪存", Use::disk},    {"纯固", Use::ssd},     {"纯固态", Use::ssd},  {"机械", Use::hdd},   {"高速硬盘", Use::disk},
       {"大硬盘", Use::disk},  {"硬盘", Use::disk},    {"双硬盘", Use::disk}, {"存储", Use::disk},  {"储存", Use::disk},
       {"独", Use::graphics},  {"显", Use::graphics},  {"版", Use::unknown},  {"网", Use::network}, {"全网", Use::network},
       {"路由", Use::network}, {"傲腾", Use::nothing}, {"缓存", Use::nothing}}};
  if (text.starts_with("上网") || text.starts_with("无线上网") || text.starts_with("模块")) return Use::network;
  if (text.starts_with("大内存")) return Use::memory;
  if (text.starts_with("双固态")) return Use::ssd;
  Use use = Use::unknown;
  std::size_t longest = 0;
  for (const auto& [word, meaning] : kWords)
    if (text.starts_with(word) && word.size() > longest) {
      use = meaning;
      longest = word.size();
    }
  if (text.find("固态") != std::string_view::npos && use == Use::disk) return Use::ssd;
  if (text.starts_with("独立") || text.starts_with("高速") || text.starts_with("双通道")) {
    if (text.find("内存") != std::string_view::npos) return Use::memory;
    if (text.find("固态") != std::string_view::npos) return Use::ssd;
  }
  return use;
}

Use use_before(std::string_view text) {
  if (text.ends_with("内存") || text.ends_with("运存") || text.ends_with("内存容量")) return Use::memory;
  if (text.ends_with("固态") || text.ends_with("固态硬盘")) return Use::ssd;
  if (text.ends_with("机械") || text.ends_with("机械硬盘")) return Use::hdd;
  if (text.ends_with("硬盘") || text.ends_with("存储") || text.ends_with("硬盘容量") || text.ends_with("机身内存")) return Use::disk;
  if (text.ends_with("显存") || text.ends_with("独显")) return Use::graphics;
  return Use::unknown;
}

bool is_memory_size(int gigabytes) {
  constexpr std::array<int, 26> kSizes = {1,  2,  3,  4,  6,  8,  10, 12,  14,  16,  18,  20,  24,
                                          28, 32, 36, 40, 48, 64, 96, 128, 192, 256, 384, 512, 1024};
  return std::find(kSizes.begin(), kSizes.end(), gigabytes) != kSizes.end();
}

bool is_flash_size(int gigabytes) {
  constexpr std::array<int, 16> kSizes = {32, 64, 120, 128, 180, 240, 250, 256, 360, 480, 512, 768, 960, 1000, 1024, 2048};
  return std::find(kSizes.begin(), kSizes.end(), gigabytes) != kSizes.end();
}

std::optional<Capacity> capacity_of(std::string_view word, std::string_view* more) {
  const std::size_t letters = leading_letters(word);
  const Use before = use_of_letters(word.substr(0, letters));
  if (letters > 0 && before == Use::unknown) return std::nullopt;
  word.remove_prefix(letters);
  std::size_t digits = leading_digits(word);
  if (digits == 0 || digits > 4) return std::nullopt;
  int whole = 0;
  std::from_chars(word.data(), word.data() + digits, whole);
  word.remove_prefix(digits);
  if (word.starts_with(".0")) word.remove_prefix(2);
  for (const std::string_view unit : {"GB", "G", "TB", "T"}) {
    if (!word.starts_with(unit)) continue;
    const std::string_view rest = word.substr(unit.size());
    const Use behind = use_of_letters(rest);
    if (!rest.empty() && behind == Use::unknown) {
      if (more == nullptr || !is_digit(rest[0])) return std::nullopt;
      *more = rest;
    }
    const bool tera = unit[0] == 'T';
    if (whole == 0 || (tera && whole > 16) || (!tera && whole > 1024 && whole % 1000 != 0 && whole % 1024 != 0)) return std::nullopt;
    return Capacity{tera ? whole * 1024 : whole, behind != Use::unknown ? behind : before};
  }
  return std::nullopt;
}

}  // namespace fairprice::title
