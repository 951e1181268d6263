#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/catalogue/title/configuration.hpp"

/// Capacities between the two halves of their reader: collected by read_capacities, told apart by settle_capacities.
namespace fairprice::title {

/// What a capacity is of.
enum class Use : std::uint8_t { unknown, memory, disk, ssd, hdd, graphics, network, nothing };

/// A capacity as it stands in the text.
struct Mention {
  int gigabytes;
  Use use;
  bool joined;    ///< a plus stands between it and the mention before
  bool upgraded;  ///< 升级至 stands before it: upgrades replace what the plain model has
  bool adds;      ///< 加装 stands before it: it comes beside what the plain model has
  int count;      ///< 2*4G
  std::size_t token;
};

struct Capacity {
  int gigabytes = 0;
  Use use = Use::unknown;
};

/// What letters beside a capacity make of it: SSD, DDR4, EMMC.
Use use_of_letters(std::string_view text);
/// What the ideographs behind a capacity make of it: 固态, 内存.
Use use_of_ideas(std::string_view text);
/// What ideographs in front of a capacity make of it: 内存8G, 固态256G.
Use use_before(std::string_view text);
/// Whether memory, or a disk without moving parts, is sold in this size.
bool is_memory_size(int gigabytes);
bool is_flash_size(int gigabytes);
/// `16G`, `512GB`, `1T`, `1.0T`, `256GSSD`, `PCIE256G`, `8GDDR4`. `more`: what stands behind when it starts with a digit: `8G1T`.
std::optional<Capacity> capacity_of(std::string_view word, std::string_view* more = nullptr);

/// Decides which mention is memory, disk or card, and states them; what contradicts is unclear.
void settle_capacities(std::vector<Mention> mentions, const Tokens& tokens, Device device, Configuration& configuration);

}  // namespace fairprice::title
