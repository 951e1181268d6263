#include "engine/ingest/json/utf8.hpp"

#include <cstdint>

#include "engine/base/text.hpp"

namespace fairprice::ingest::json {

namespace {

/// E1 to EC, EE, EF: any two continuation bytes behind them make a character. E0 and ED have forbidden ones.
bool is_common_three(unsigned char lead) { return lead > 0xE0 && lead < 0xF0 && lead != 0xED; }

}  // namespace

bool is_well_formed(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) {
      ++at;
    } else if (is_common_three(lead) && text.size() - at >= 3 && (text[at + 1] & 0xC0) == 0x80 && (text[at + 2] & 0xC0) == 0x80) {
      at += 3;
    } else {
      // A rarer character: one to four bytes up to the next that starts one.
      std::size_t end = at + 1;
      while (end < text.size() && (text[end] & 0xC0) == 0x80) ++end;
      if (!is_utf8(text.substr(at, end - at))) return false;
      at = end;
    }
  }
  return true;
}

}  // namespace fairprice::ingest::json
