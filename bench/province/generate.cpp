// Makes a provincial month of any size: the input of `./dev bench`. Not real data; prices are only plausible.
#include <charconv>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>

#include "bench/province/tables.hpp"

namespace {

using fairprice::bench::Sizes;

constexpr std::string_view kHelp =
    "Usage: province_month --output DIR [--models N] [--listings N] [--quotes N] [--orders N] [--suppliers N]\n"
    "                      [--seed N] [--period YYYY-MM] [--files N]\n"
    "Writes listings, quotes, orders, index and dictionaries of one month as CSV files: by default 100 000 models,\n"
    "520 000 listings, 10 000 000 quotes and 840 000 orders. --files N: quotes in N files. The same options give the\n"
    "same bytes. Memory does not grow with the number of rows.\n";

struct Options {
  std::string output;
  Sizes sizes;
  std::uint64_t files = 1;
};

bool read_number(std::string_view text, std::uint64_t least, std::uint64_t most, std::uint64_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value >= least && value <= most;
}

bool read_period(std::string_view text, Sizes& sizes) {
  std::uint64_t year = 0;
  std::uint64_t month = 0;
  if (text.size() != 7 || text[4] != '-') return false;
  if (!read_number(text.substr(0, 4), 1900, 2999, year) || !read_number(text.substr(5), 1, 12, month)) return false;
  sizes.year = static_cast<int>(year);
  sizes.month = static_cast<int>(month);
  return true;
}

/// 0: go on, 2: wrong usage.
int read_option(std::string_view name, std::string_view value, Options& options) {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 31;
  Sizes& sizes = options.sizes;
  bool good = false;
  if (name == "--output") {
    options.output = value;
    good = !value.empty();
  } else if (name == "--period") {
    good = read_period(value, sizes);
  } else if (name == "--models") {
    good = read_number(value, 1, 100'000'000, sizes.models);
  } else if (name == "--listings") {
    good = read_number(value, 1, kMost, sizes.listings);
  } else if (name == "--quotes") {
    good = read_number(value, 0, kMost, sizes.quotes);
  } else if (name == "--orders") {
    good = read_number(value, 0, kMost, sizes.orders);
  } else if (name == "--suppliers") {
    good = read_number(value, 4, kMost, sizes.suppliers);
  } else if (name == "--seed") {
    good = read_number(value, 0, ~std::uint64_t{0}, sizes.seed);
  } else if (name == "--files") {
    good = read_number(value, 1, 1000, options.files);
  } else {
    std::fprintf(stderr, "province_month: unknown option %.*s\n", static_cast<int>(name.size()), name.data());
    return 2;
  }
  if (good) return 0;
  std::fprintf(stderr, "province_month: %.*s: \"%.*s\" is out of range or not readable\n", static_cast<int>(name.size()), name.data(),
               static_cast<int>(value.size()), value.data());
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; i += 2) {
    const std::string_view name = argv[i];
    if (name == "--help" || name == "-h") {
      std::fputs(kHelp.data(), stdout);
      return 0;
    }
    if (const int status = read_option(name, i + 1 < argc ? argv[i + 1] : "", options); status != 0) return status;
  }
  if (options.output.empty()) {
    std::fputs("province_month: --output DIR is needed; see --help\n", stderr);
    return 2;
  }
  try {
    namespace bench = fairprice::bench;
    std::filesystem::create_directories(options.output);
    const bench::World world(options.sizes);
    std::uint64_t bytes = bench::write_dictionaries(world, options.output);
    bytes += bench::write_index(world, options.output);
    bytes += bench::write_listings(world, options.output);
    bytes += bench::write_orders(world, options.output);
    bytes += bench::write_quotes(world, options.output, static_cast<unsigned>(options.files));
    std::printf("%s: %llu MB\n", options.output.c_str(), static_cast<unsigned long long>(bytes / 1'000'000));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "province_month: %s\n", error.what());
    return 1;
  }
  return 0;
}
