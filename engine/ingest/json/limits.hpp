#pragma once

#include <cstddef>
#include <cstdint>

/// What no honest file reaches. Each limit is named in the message about the record or file that breaks it.
namespace fairprice::ingest::json {

/// One record, and the row that it becomes: the CSV side gives up a row of 16 MB.
inline constexpr std::size_t kLargestRecord = std::size_t{16} << 20;
/// Objects and arrays within each other; an OCDS release has about eight.
inline constexpr int kDeepest = 100;
/// Different keys of which each is remembered. Further ones are read as unknown.
inline constexpr std::size_t kMostKeys = 4096;
/// Records at the beginning of a file whose keys make its heading, and the bytes in which they are looked for.
inline constexpr std::int64_t kLookedAtRecords = 1000;
inline constexpr std::size_t kLookedAtBytes = std::size_t{256} << 10;
/// What contracting processes may take that are held until all their releases have been read.
inline constexpr std::size_t kMostHeld = std::size_t{256} << 20;

}  // namespace fairprice::ingest::json
