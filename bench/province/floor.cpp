// The floor under every reader of these files: read all bytes, find every comma, quote and line end, do nothing with them.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "bench/delimiters.hpp"

namespace {

constexpr std::size_t kBlock = std::size_t{1} << 20;

struct Piece {
  std::string path;
  std::int64_t begin;
  std::int64_t end;
};

struct Count {
  std::uint64_t bytes = 0;
  std::uint64_t delimiters = 0;
  bool failed = false;
};

Count scan(const std::vector<Piece>& pieces) {
  Count count;
  const std::unique_ptr<char[]> block(new char[kBlock]);
  for (const Piece& piece : pieces) {
    const int file = ::open(piece.path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
      count.failed = true;
      return count;
    }
    for (std::int64_t at = piece.begin; at < piece.end;) {
      const std::size_t wanted = std::min(kBlock, static_cast<std::size_t>(piece.end - at));
      const ssize_t got = ::pread(file, block.get(), wanted, at);
      if (got <= 0) {
        count.failed = true;
        break;
      }
      const auto size = static_cast<std::size_t>(got);
      count.delimiters += fairprice::bench::count_delimiters(block.get(), size);
      count.bytes += size;
      at += got;
    }
    ::close(file);
  }
  return count;
}

/// Each thread gets its share of every file.
std::vector<std::vector<Piece>> divide(const std::string& folder, std::int64_t threads) {
  std::vector<std::vector<Piece>> shares(static_cast<std::size_t>(threads));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".csv") continue;
    const auto size = static_cast<std::int64_t>(entry.file_size());
    for (std::int64_t i = 0; i < threads; ++i) {
      shares[static_cast<std::size_t>(i)].push_back({entry.path().string(), size * i / threads, size * (i + 1) / threads});
    }
  }
  return shares;
}

}  // namespace

int main(int argc, char** argv) {
  std::string folder;
  std::int64_t threads = 1;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
    const std::string_view value = argv[i + 1];
    if (name == "--input") folder = value;
    if (name == "--threads") std::from_chars(value.data(), value.data() + value.size(), threads);
  }
  if (folder.empty() || threads < 1 || threads > 256) {
    std::fputs("Usage: province_floor --input DIR [--threads N]\n", stderr);
    return 2;
  }
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) {
    std::fprintf(stderr, "province_floor: %s is no folder\n", folder.c_str());
    return 1;
  }
  const std::vector<std::vector<Piece>> shares = divide(folder, threads);
  std::vector<Count> counts(shares.size());
  std::vector<std::thread> running;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    running.emplace_back([&counts, &shares, i] { counts[i] = scan(shares[i]); });
  }
  for (std::thread& thread : running) thread.join();
  Count total;
  for (const Count& count : counts) {
    total.bytes += count.bytes;
    total.delimiters += count.delimiters;
    total.failed = total.failed || count.failed;
  }
  if (total.failed) {
    std::fprintf(stderr, "province_floor: a file of %s could not be read\n", folder.c_str());
    return 1;
  }
  std::printf("%llu bytes, %llu delimiters\n", static_cast<unsigned long long>(total.bytes),
              static_cast<unsigned long long>(total.delimiters));
  return 0;
}
