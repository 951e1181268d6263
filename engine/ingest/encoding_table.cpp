#include "engine/ingest/encoding_table.hpp"

#include <unicode/ucnv.h>
#include <unicode/ustring.h>

#include <array>
#include <stdexcept>

namespace fairprice::ingest {

/// ICU's converter, which stops at what is no character.
class RareCharacters::Converter {
 public:
  explicit Converter(Encoding encoding) {
    UErrorCode error = U_ZERO_ERROR;
    converter_ = ::ucnv_open(encoding == Encoding::big5 ? "Big5-HKSCS" : "gb18030", &error);
    if (U_SUCCESS(error)) ::ucnv_setToUCallBack(converter_, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
    if (U_FAILURE(error)) throw std::runtime_error(std::string("ICU has no converter: ") + ::u_errorName(error));
  }
  ~Converter() { ::ucnv_close(converter_); }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  /// The UTF-8 of exactly one code; empty where the bytes are none.
  std::string utf8_of(std::string_view code) {
    std::array<UChar, 8> units{};
    UChar* to = units.data();
    const char* from = code.data();
    UErrorCode error = U_ZERO_ERROR;
    ::ucnv_resetToUnicode(converter_);
    ::ucnv_toUnicode(converter_, &to, units.data() + units.size(), &from, from + code.size(), nullptr, 1, &error);
    if (U_FAILURE(error)) return {};
    std::array<char, 16> bytes{};
    int32_t size = 0;
    ::u_strToUTF8(bytes.data(), static_cast<int32_t>(bytes.size()), &size, units.data(), static_cast<int32_t>(to - units.data()), &error);
    if (U_FAILURE(error)) return {};  // half of a pair of surrogates
    std::string text(bytes.data(), static_cast<std::size_t>(size));
    if (text == "\xEF\xBF\xBD") return {};
    return text;
  }

 private:
  UConverter* converter_ = nullptr;
};

RareCharacters::RareCharacters(Encoding encoding) : encoding_(encoding), converter_(std::make_unique<Converter>(encoding)) {}
RareCharacters::~RareCharacters() = default;

EncodingTable::EncodingTable(Encoding encoding) : entries_(std::size_t{128} * 256, 0) {
  RareCharacters::Converter converter(encoding);
  for (unsigned lead = 0x81; lead <= 0xFE; ++lead)
    for (unsigned trail = 0x40; trail <= 0xFE; ++trail) {
      const std::array<char, 2> code = {static_cast<char>(lead), static_cast<char>(trail)};
      const std::string utf8 = converter.utf8_of({code.data(), code.size()});
      if (utf8.empty() || utf8.size() > 3 || (utf8.size() > 1 && static_cast<unsigned char>(utf8[0]) < 0x80)) continue;
      std::uint32_t entry = static_cast<std::uint32_t>(utf8.size()) << 24;
      for (std::size_t i = 0; i < utf8.size(); ++i) entry |= static_cast<std::uint32_t>(static_cast<unsigned char>(utf8[i])) << (8 * i);
      entries_[static_cast<std::size_t>(lead - 0x80) * 256 + trail] = entry;
    }
}

const EncodingTable& EncodingTable::of(Encoding encoding) {
  if (encoding == Encoding::big5) {
    static const EncodingTable kBig5(Encoding::big5);
    return kBig5;
  }
  static const EncodingTable kGb18030(Encoding::gb18030);
  return kGb18030;
}

RareCharacters::Character RareCharacters::first_of(std::string_view text) {
  if (text.size() < 2) return {};
  const auto second = static_cast<unsigned char>(text[1]);
  const bool four = encoding_ == Encoding::gb18030 && second >= 0x30 && second <= 0x39;
  const std::size_t bytes = four ? 4 : 2;
  if (text.size() < bytes || second < 0x30) return {};
  std::string utf8 = converter_->utf8_of(text.substr(0, bytes));
  // What is ASCII by itself is no trail of a code that is none: it may be the delimiter.
  if (utf8.empty() || static_cast<unsigned char>(utf8[0]) < 0x80) return {};
  return {bytes, std::move(utf8)};
}

}  // namespace fairprice::ingest
