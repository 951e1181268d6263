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

#if defined(__x86_64__)
#include <immintrin.h>
#endif

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

bool is_delimiter(char c) { return c == ',' || c == '\n' || c == '"'; }

std::uint64_t count_plain(const char* data, std::size_t size) {
  return static_cast<std::uint64_t>(std::count_if(data, data + size, is_delimiter));
}

#if defined(__x86_64__)
__attribute__((target("avx2,popcnt"))) std::uint64_t count_avx2(const char* data, std::size_t size) {
  const __m256i comma = _mm256_set1_epi8(',');
  const __m256i line_end = _mm256_set1_epi8('\n');
  const __m256i quote = _mm256_set1_epi8('"');
  std::uint64_t count = 0;
  std::size_t at = 0;
  for (; at + 32 <= size; at += 32) {
    const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(data + at));
    const __m256i hits = _mm256_or_si256(_mm256_or_si256(_mm256_cmpeq_epi8(bytes, comma), _mm256_cmpeq_epi8(bytes, line_end)),
                                         _mm256_cmpeq_epi8(bytes, quote));
    count += static_cast<std::uint64_t>(_mm_popcnt_u32(static_cast<std::uint32_t>(_mm256_movemask_epi8(hits))));
  }
  return count + count_plain(data + at, size - at);
}

std::uint64_t count_delimiters(const char* data, std::size_t size) {
  static const bool avx2 = __builtin_cpu_supports("avx2") != 0;
  return avx2 ? count_avx2(data, size) : count_plain(data, size);
}
#else
std::uint64_t count_delimiters(const char* data, std::size_t size) { return count_plain(data, size); }
#endif

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
      count.delimiters += count_delimiters(block.get(), size);
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
