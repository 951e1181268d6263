#include "engine/ingest/json/parse_record.hpp"

#include <cstdint>
#include <cstring>

namespace fairprice::ingest::json {

namespace {

/// 0x18 to 0x1F.
bool is_late_control(char c) { return (c & 0xF8) == 0x18; }

}  // namespace

std::size_t find_control(std::string_view record) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  std::uint64_t found = 0;
  std::size_t at = 0;
  for (; at + 8 <= record.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, record.data() + at, sizeof word);
    word = (word & kOnes * 0xF8) ^ kOnes * 0x18;  // a byte is 0 where there is one
    found |= (word - kOnes) & ~word;
  }
  bool any = (found & kOnes * 0x80) != 0;
  for (; at < record.size(); ++at) any |= is_late_control(record[at]);
  if (!any) [[likely]]
    return std::string_view::npos;
  for (at = 0; at < record.size(); ++at)
    if (is_late_control(record[at])) return at;
  return std::string_view::npos;
}

}  // namespace fairprice::ingest::json
