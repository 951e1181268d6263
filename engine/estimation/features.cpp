#include "engine/estimation/features.hpp"

#include <cmath>

namespace fairprice::estimation {

namespace {

constexpr std::array<std::string_view, kNumbers + kKinds> kNames = {
    "memory", "storage",      "screen", "refresh",    "power",        "horsepower", "speed",  // numbers
    "cpu",    "storage_kind", "gpu",    "resolution", "print_colour", "duplex",     "paper", "network"};

/// `I5-12` of `I5-1240P`, `R7-5` of `R7-5800H`: family and generation. What has another shape stays as it is.
std::string family_of(const std::string& cpu) {
  const std::size_t dash = cpu.find('-');
  if (dash == std::string::npos) return cpu;
  std::size_t digits = 0;
  while (dash + 1 + digits < cpu.size() && cpu[dash + 1 + digits] >= '0' && cpu[dash + 1 + digits] <= '9') ++digits;
  if (digits < 4) return cpu;
  // Four digits: one says the generation (8250), from the tenth on two (1240, 10210).
  const bool two = digits >= 5 || (cpu[0] == 'I' && cpu[dash + 1] == '1');
  return cpu.substr(0, dash + 1 + (two ? 2 : 1));
}

}  // namespace

Stated Features::stated() const {
  Stated result;
  for (std::size_t i = 0; i < kNumbers; ++i) result[i] = numbers[i] > 0;
  for (std::size_t i = 0; i < kKinds; ++i) result[kNumbers + i] = !kinds[i].empty();
  return result;
}

std::string_view feature_name(std::size_t feature) { return kNames[feature]; }

Features features_of(const title::Configuration& configuration) {
  Features features;
  int storage = 0;
  bool ssd = false;
  bool hdd = false;
  for (const title::Disk& disk : configuration.disks) {
    storage += disk.gigabytes;
    ssd = ssd || disk.kind == title::Disk::Kind::ssd;
    hdd = hdd || disk.kind == title::Disk::Kind::hdd;
  }
  const std::array<int, kNumbers> numbers = {
      configuration.memory, storage, configuration.screen, configuration.refresh, configuration.power, configuration.horsepower,
      configuration.speed};
  for (std::size_t i = 0; i < kNumbers; ++i) features.numbers[i] = numbers[i];
  features.kinds = {family_of(configuration.cpu),
                    ssd && hdd ? "ssd+hdd"
                    : ssd      ? "ssd"
                    : hdd      ? "hdd"
                               : "",
                    !configuration.gpu.empty()   ? configuration.gpu
                    : !configuration.cpu.empty() ? "none"  // a computer that has a graphics card of its own says so
                                                 : "",
                    configuration.resolution,
                    configuration.print_colour,
                    configuration.duplex,
                    configuration.paper,
                    configuration.network};
  return features;
}

double distance(const Features& asked, const Features& other) {
  double sum = 0;
  for (std::size_t i = 0; i < kNumbers; ++i) {
    if (!(asked.numbers[i] > 0)) continue;
    sum += other.numbers[i] > 0 ? std::abs(std::log2(asked.numbers[i] / other.numbers[i])) : 1;
  }
  for (std::size_t i = 0; i < kKinds; ++i)
    if (!asked.kinds[i].empty() && asked.kinds[i] != other.kinds[i]) sum += 1;
  return sum;
}

}  // namespace fairprice::estimation
