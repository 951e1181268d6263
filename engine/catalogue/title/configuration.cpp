#include "engine/catalogue/title/configuration.hpp"

#include <algorithm>

namespace fairprice::title {

namespace {

constexpr std::array<std::string_view, kAttributes> kNames = {"cpu",     "memory", "storage", "gpu",        "screen", "resolution",
                                                              "refresh", "system", "power",   "horsepower", "speed",  "print_colour",
                                                              "duplex",  "paper",  "colour",  "network"};

std::string tenths(int value) {
  return value % 10 == 0 ? std::to_string(value / 10) : std::to_string(value / 10) + "." + std::to_string(value % 10);
}

std::string disk_text(const Disk& disk) {
  std::string text = disk.gigabytes % 1024 == 0 ? std::to_string(disk.gigabytes / 1024) + "T" : std::to_string(disk.gigabytes) + "G";
  return text + (disk.kind == Disk::Kind::ssd ? "-SSD" : disk.kind == Disk::Kind::hdd ? "-HDD" : "");
}

/// The fuller of two statements of which one says all that the other says; nothing when they contradict each other.
std::optional<std::string> fuller(const std::string& a, const std::string& b) {
  if (a == b || b.empty()) return a;
  if (a.empty()) return b;
  if (a.starts_with(b + "-")) return a;
  if (b.starts_with(a + "-")) return b;
  if (a == "独显") return b;
  if (b == "独显") return a;
  return std::nullopt;
}

std::optional<std::vector<Disk>> fuller(const std::vector<Disk>& a, const std::vector<Disk>& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  if (a.size() != b.size()) return std::nullopt;
  std::vector<Disk> result = a;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].gigabytes != b[i].gigabytes) return std::nullopt;
    if (a[i].kind != b[i].kind && a[i].kind != Disk::Kind::unknown && b[i].kind != Disk::Kind::unknown) return std::nullopt;
    if (a[i].kind == Disk::Kind::unknown) result[i].kind = b[i].kind;
  }
  return result;
}

std::optional<int> fuller(int a, int b) {
  if (a == 0 || a == b) return b;
  if (b == 0) return a;
  return std::nullopt;
}

}  // namespace

std::string_view attribute_name(Attribute attribute) { return kNames[static_cast<std::size_t>(attribute)]; }

std::optional<Attribute> find_attribute(std::string_view name) {
  const auto* const found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Attribute>(found - kNames.begin());
}

std::string Configuration::text(Attribute attribute) const {
  const auto number = [](int value, std::string_view unit) {
    return value == 0 ? std::string() : std::to_string(value) + std::string(unit);
  };
  switch (attribute) {
    case Attribute::cpu: return cpu;
    case Attribute::memory: return number(memory, "G");
    case Attribute::storage: {
      std::string result;
      for (const Disk& disk : disks) result += (result.empty() ? "" : "+") + disk_text(disk);
      return result;
    }
    case Attribute::gpu: return gpu;
    case Attribute::screen: return screen == 0 ? std::string() : tenths(screen) + "寸";
    case Attribute::resolution: return resolution;
    case Attribute::refresh: return number(refresh, "HZ");
    case Attribute::system: return system;
    case Attribute::power: return number(power, "W");
    case Attribute::horsepower: return horsepower == 0 ? std::string() : tenths(horsepower) + "匹";
    case Attribute::speed: return number(speed, "PPM");
    case Attribute::print_colour: return print_colour;
    case Attribute::duplex: return duplex;
    case Attribute::paper: return paper;
    case Attribute::colour: return colour;
    case Attribute::network: return network;
  }
  return {};
}

Configuration read_configuration(Tokens& tokens, Device device) {
  Configuration configuration;
  read_cpu(tokens, configuration);
  read_gpu(tokens, configuration);
  read_measures(tokens, configuration);
  read_capacities(tokens, device, configuration);
  read_leftovers(tokens, configuration);
  return configuration;
}

Configuration merged(const Configuration& one, const Configuration& other, std::bitset<kAttributes>& contradictions) {
  Configuration result;
  result.unclear = one.unclear | other.unclear;
  result.unread = one.unread | other.unread;
  const auto merge = [&](Attribute attribute, const auto& a, const auto& b, auto& place) {
    if (const auto both = fuller(a, b))
      place = *both;
    else
      contradictions.set(static_cast<std::size_t>(attribute));
    // What one text leaves open the other may settle.
    if (!result.text(attribute).empty()) result.unclear.reset(static_cast<std::size_t>(attribute));
  };
  merge(Attribute::cpu, one.cpu, other.cpu, result.cpu);
  merge(Attribute::memory, one.memory, other.memory, result.memory);
  merge(Attribute::storage, one.disks, other.disks, result.disks);
  merge(Attribute::gpu, one.gpu, other.gpu, result.gpu);
  merge(Attribute::screen, one.screen, other.screen, result.screen);
  merge(Attribute::resolution, one.resolution, other.resolution, result.resolution);
  merge(Attribute::refresh, one.refresh, other.refresh, result.refresh);
  merge(Attribute::system, one.system, other.system, result.system);
  merge(Attribute::power, one.power, other.power, result.power);
  merge(Attribute::horsepower, one.horsepower, other.horsepower, result.horsepower);
  merge(Attribute::speed, one.speed, other.speed, result.speed);
  merge(Attribute::print_colour, one.print_colour, other.print_colour, result.print_colour);
  merge(Attribute::duplex, one.duplex, other.duplex, result.duplex);
  merge(Attribute::paper, one.paper, other.paper, result.paper);
  merge(Attribute::colour, one.colour, other.colour, result.colour);
  merge(Attribute::network, one.network, other.network, result.network);
  return result;
}

}  // namespace fairprice::title
