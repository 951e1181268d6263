#include "engine/ledger/blob.hpp"

#include <openssl/evp.h>
#include <zstd.h>

#include <stdexcept>

namespace fairprice::ledger {

namespace {
constexpr int kLevel = 3;

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
}  // namespace

std::string packed(std::string_view bytes) {
  std::string small(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size = ZSTD_compress(small.data(), small.size(), bytes.data(), bytes.size(), kLevel);
  if (ZSTD_isError(size) != 0) throw std::runtime_error(ZSTD_getErrorName(size));
  small.resize(size);
  std::string text(4 * ((size + 2) / 3) + 1, '\0');
  const int written = EVP_EncodeBlock(bytes_of(text), bytes_of(std::string_view(small)), static_cast<int>(size));
  text.resize(static_cast<std::size_t>(written));
  return text;
}

std::optional<std::string> unpacked(std::string_view text, std::size_t most) {
  if (text.size() % 4 != 0 || text.size() > std::size_t{INT32_MAX}) return std::nullopt;
  std::string small(text.size() / 4 * 3, '\0');
  const int got = EVP_DecodeBlock(bytes_of(small), bytes_of(text), static_cast<int>(text.size()));
  if (got < 0) return std::nullopt;
  std::size_t size = static_cast<std::size_t>(got);
  for (std::size_t i = text.size(); i > 0 && text[i - 1] == '=' && size > 0; --i) --size;
  const unsigned long long whole = ZSTD_getFrameContentSize(small.data(), size);
  if (whole == ZSTD_CONTENTSIZE_ERROR || whole == ZSTD_CONTENTSIZE_UNKNOWN || whole > most) return std::nullopt;
  std::string bytes(whole, '\0');
  const std::size_t opened = ZSTD_decompress(bytes.data(), bytes.size(), small.data(), size);
  if (ZSTD_isError(opened) != 0 || opened != whole) return std::nullopt;
  return bytes;
}

}  // namespace fairprice::ledger
