#pragma once

#include <cstddef>
#include <cstdint>

/// What no honest workbook reaches. Each limit is named in the error of the file that breaks it.
namespace fairprice::ingest::xlsx {

/// Excel's own bounds (its "specifications and limits"): A1 to XFD1048576.
inline constexpr std::int64_t kMostRows = 1'048'576;
inline constexpr std::int64_t kMostColumns = 16'384;

/// Excel allows 32 767 characters in a cell; this is room for four times as many ideographs.
inline constexpr std::size_t kLargestCell = std::size_t{1} << 20;
/// The CSV side gives up a row of 16 MB.
inline constexpr std::size_t kLargestRow = std::size_t{15} << 20;
/// All rows of a sheet as CSV: a text that many cells share makes little XML and much CSV.
inline constexpr std::uint64_t kLargestTable = std::uint64_t{8} << 30;

/// Unpacked sizes. A million rows of twenty columns are about 1.2 GB of XML. Shared texts are what stays in memory.
inline constexpr std::uint64_t kLargestSheet = std::uint64_t{8} << 30;
inline constexpr std::uint64_t kLargestSharedStrings = std::uint64_t{512} << 20;
inline constexpr std::uint64_t kLargestSmallPart = std::uint64_t{64} << 20;
inline constexpr std::size_t kMostSharedStrings = std::size_t{1} << 24;
inline constexpr std::size_t kMostSheets = 10'000;
inline constexpr std::size_t kMostFormats = std::size_t{1} << 20;
/// Bytes of one number format; Excel allows 255 characters.
inline constexpr std::size_t kLargestFormat = 4096;
inline constexpr std::int64_t kMostParts = 100'000;

/// Sheets of numbers shrink to a tenth, columns of one repeated value to a hundredth; deflate cannot do better than 1 to 1032.
inline constexpr std::uint64_t kHighestRatio = 250;
/// Below this no ratio is looked at.
inline constexpr std::uint64_t kHarmlessSize = std::uint64_t{16} << 20;

/// Elements within elements; a cell of rich text stands at 7.
inline constexpr int kDeepest = 100;
/// A tag, comment or declaration: the parser has to hold it as a whole.
inline constexpr std::size_t kLargestTag = std::size_t{4} << 20;

}  // namespace fairprice::ingest::xlsx
