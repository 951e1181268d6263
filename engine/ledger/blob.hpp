#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Large facts behind an event (a run's evidence) are kept beside it under the SHA-256 of their bytes, which the event names.
namespace fairprice::ledger {

/// Zstandard, then base64: text that both databases keep in the same way, and that `base64 -d | zstd -d` opens.
std::string packed(std::string_view bytes);
/// Nothing when it is not what packed() made, or is larger than `most` bytes once opened.
std::optional<std::string> unpacked(std::string_view text, std::size_t most = std::size_t{4} << 30);

}  // namespace fairprice::ledger
