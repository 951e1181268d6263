#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/catalogue/title/tokens.hpp"

namespace fairprice::title {

/// What a text may state of a thing besides its brand and model. Spelt as in `attributes.csv`.
enum class Attribute : std::uint8_t {
  cpu,
  memory,
  storage,
  gpu,
  screen,
  resolution,
  refresh,
  system,
  power,
  horsepower,
  speed,
  print_colour,
  duplex,
  paper,
  colour,
  network
};
inline constexpr std::size_t kAttributes = 16;
std::string_view attribute_name(Attribute attribute);
std::optional<Attribute> find_attribute(std::string_view name);

struct Disk {
  enum class Kind : std::uint8_t { ssd, hdd, unknown };
  int gigabytes = 0;
  Kind kind = Kind::unknown;
  auto operator<=>(const Disk&) const = default;
};

/// What a text says of a configuration; empty, 0 or nothing for what it does not say. A text that offers a choice (`8G/16G可选`) or
/// contradicts itself has said nothing clear: `unclear`, and the value is empty.
struct Configuration {
  std::string cpu;           ///< `I5-8250U`, or the family alone: `I5`
  int memory = 0;            ///< GB
  std::vector<Disk> disks;   ///< sorted: solid-state before hard disks, then by size
  std::string gpu;           ///< a dedicated one: `MX150`, or `独显` alone. Graphics inside the processor are no statement
  int screen = 0;            ///< tenths of an inch
  std::string resolution;    ///< `1920*1080`
  int refresh = 0;           ///< Hz
  std::string system;        ///< `WIN10`, `UOS`, `麒麟`, `LINUX`, `DOS`
  int power = 0;             ///< W
  int horsepower = 0;        ///< 匹, tenths; 大1匹 counts as 11, 小1匹 as 9
  int speed = 0;             ///< pages a minute
  std::string print_colour;  ///< `彩色` or `黑白`
  std::string duplex;        ///< `双面` or `单面`
  std::string paper;         ///< `A4`
  std::string colour;        ///< of the body: `黑`
  std::string network;       ///< `WIFI`, `4G`, `5G`, `全网通`
  std::bitset<kAttributes> unclear;
  std::bitset<kAttributes> unread;  ///< the text does say something of it, in a way that is not understood

  /// The value as it stands in a product's name; no blank, `#` or `|`. Empty: not stated.
  std::string text(Attribute attribute) const;
  bool is_unclear(Attribute attribute) const { return unclear[static_cast<std::size_t>(attribute)]; }
  void set_unclear(Attribute attribute) { unclear.set(static_cast<std::size_t>(attribute)); }
};

/// What kind of thing the text is about, as far as it matters for reading numbers: of a phone, a lone `128G` is its storage.
enum class Device : std::uint8_t { other, computer, handheld };

/// Reads what the text says, marking the tokens that are understood. Rules and examples: README.md in this folder.
Configuration read_configuration(Tokens& tokens, Device device);

/// What two texts of one row say together. An attribute on which they contradict each other is set in `contradictions`, and the result
/// says nothing of it; where one says more (`I5` and `I5-8250U`) the fuller statement stands.
Configuration merged(const Configuration& one, const Configuration& other, std::bitset<kAttributes>& contradictions);

// The readers of read_configuration, each in a file of its own.
void read_cpu(Tokens& tokens, Configuration& configuration);
void read_gpu(Tokens& tokens, Configuration& configuration);
void read_capacities(Tokens& tokens, Device device, Configuration& configuration);
void read_measures(Tokens& tokens, Configuration& configuration);
void read_leftovers(const Tokens& tokens, Configuration& configuration);

}  // namespace fairprice::title
