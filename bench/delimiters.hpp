#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace fairprice::bench {

/// Finds every comma, quote and line end and does nothing with them: what no reader of CSV can be below.
inline std::uint64_t count_delimiters_plain(const char* data, std::size_t size) {
  return static_cast<std::uint64_t>(std::count_if(data, data + size, [](char c) { return c == ',' || c == '\n' || c == '"'; }));
}

#if defined(__x86_64__)
__attribute__((target("avx2,popcnt"))) inline std::uint64_t count_delimiters_avx2(const char* data, std::size_t size) {
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
  return count + count_delimiters_plain(data + at, size - at);
}

inline std::uint64_t count_delimiters(const char* data, std::size_t size) {
  static const bool avx2 = __builtin_cpu_supports("avx2") != 0;
  return avx2 ? count_delimiters_avx2(data, size) : count_delimiters_plain(data, size);
}
#else
inline std::uint64_t count_delimiters(const char* data, std::size_t size) { return count_delimiters_plain(data, size); }
#endif

}  // namespace fairprice::bench
