#include "engine/ingest/fold_model.hpp"

#include <array>
#include <cstdint>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace fairprice::ingest {

namespace {

/// What folding does to one ASCII byte: 0 = dropped, 1 = a dot (look at its neighbours), 2 = left to the slow path, otherwise the byte that
/// stands for it.
constexpr std::array<unsigned char, 128> fold_table() {
  std::array<unsigned char, 128> table{};
  for (unsigned c = 33; c < 127; ++c) table[c] = static_cast<unsigned char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  for (unsigned c = 0; c < 33; ++c) table[c] = 2;
  for (const unsigned c : {9U, 10U, 11U, 12U, 13U, 32U}) table[c] = 0;
  for (const char c : {'-', '_', '/', '\\'}) table[static_cast<unsigned char>(c)] = 0;
  table['.'] = 1;
  table[127] = 2;
  return table;
}
constexpr auto kFold = fold_table();

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

#if defined(__x86_64__)
/// All bytes at once: which are dropped is a mask, and one instruction closes the gaps.
__attribute__((target("avx512f,avx512bw,avx512vbmi2,bmi,bmi2,popcnt"))) std::size_t fold_ascii_model_avx512(std::string_view model,
                                                                                                            char* to) {
  if (model.size() > kFastModel) return kNotAscii;
  const __mmask64 all = model.empty() ? 0 : ~std::uint64_t{0} >> (64 - model.size());
  const __m512i text = _mm512_maskz_loadu_epi8(all, model.data());
  const __mmask64 space = _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8(' ')) |
                          _mm512_cmplt_epu8_mask(_mm512_sub_epi8(text, _mm512_set1_epi8(9)), _mm512_set1_epi8(5));
  const __mmask64 printable = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(text, _mm512_set1_epi8(33)), _mm512_set1_epi8(94));
  if (((space | printable) & all) != all) return kNotAscii;
  const __mmask64 separator = _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('-')) | _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('_')) |
                              _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('/')) | _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('\\'));
  const __mmask64 dot = _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('.'));
  const __mmask64 digit = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(text, _mm512_set1_epi8('0')), _mm512_set1_epi8(10));
  const __mmask64 lower = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(text, _mm512_set1_epi8('a')), _mm512_set1_epi8(26));
  const __mmask64 lost_dot = dot & ~((digit << 1) & (digit >> 1));
  const __mmask64 kept = printable & ~separator & ~lost_dot & all;
  const __m512i upper = _mm512_mask_sub_epi8(text, lower, text, _mm512_set1_epi8(32));
  _mm512_storeu_si512(to, _mm512_maskz_compress_epi8(kept, upper));
  return static_cast<std::size_t>(_mm_popcnt_u64(kept));
}
#endif

using Fold = std::size_t (*)(std::string_view, char*);

Fold best_fold() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2")) return fold_ascii_model_avx512;
#endif
  return fold_ascii_model_plain;
}

}  // namespace

std::size_t fold_ascii_model_plain(std::string_view model, char* to) {
  if (model.size() > kFastModel) return kNotAscii;
  std::size_t size = 0;
  for (std::size_t i = 0; i < model.size(); ++i) {
    const auto c = static_cast<unsigned char>(model[i]);
    const unsigned char folded = c < 128 ? kFold[c] : 2;
    if (folded == 2) return kNotAscii;
    to[size] = static_cast<char>(folded);
    size += folded > 2;
    if (folded == 1 && i > 0 && i + 1 < model.size() && is_digit(model[i - 1]) && is_digit(model[i + 1])) to[size++] = '.';
  }
  return size;
}

std::size_t as_ascii_model(std::string_view model, char* to) {
  std::size_t size = 0;
  for (std::size_t i = 0; i < model.size(); ++size) {
    if (size == kFastModel) return kNotAscii;
    const auto byte = [&](std::size_t at) { return i + at < model.size() ? static_cast<unsigned char>(model[i + at]) : 0U; };
    const unsigned first = byte(0);
    if (first < 0x80) {
      to[size] = static_cast<char>(first);
      ++i;
    } else if (first == 0xC2) {  // U+00B7 is dropped as a dash is, U+00A0 as a space
      if (byte(1) != 0xB7 && byte(1) != 0xA0) return kNotAscii;
      to[size] = '-';
      i += 2;
    } else {
      if (first < 0xE0 || first > 0xEF || (byte(1) & 0xC0) != 0x80 || (byte(2) & 0xC0) != 0x80) return kNotAscii;
      const unsigned character = (first & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
      if (character >= 0xFF01 && character <= 0xFF5E)
        to[size] = static_cast<char>(character - 0xFF01 + '!');
      else if ((character >= 0x2010 && character <= 0x2015) || character == 0x2212 || character == 0x3000)
        to[size] = '-';
      else
        return kNotAscii;
      i += 3;
    }
  }
  return size;
}

std::size_t fold_ascii_model(std::string_view model, char* to) {
  static const Fold fold = best_fold();
  return fold(model, to);
}

}  // namespace fairprice::ingest
