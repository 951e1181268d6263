#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/problem.hpp"
#include "engine/ingest/small_csv.hpp"

/// What the readers of this folder need of a cell and of a heading.
namespace fairprice::indexing {

/// A finite number as it stands in the whole cell: `1.5`, `-2e3`; nothing else.
std::optional<double> number_of(std::string_view cell);

inline constexpr std::uint32_t kMostPeriods = 10'000;

/// A period: a number from 1, or a month (counted from year 0).
struct PeriodCell {
  std::uint32_t number = 0;
  bool month = false;
};
/// `3`, `2023-11`; nothing else.
std::optional<PeriodCell> period_of(std::string_view cell);
/// How it is written.
std::string label_of(std::uint32_t number, bool month);

/// The first cell that is no UTF-8, or none: a name that nobody could type again, nor any program read.
const std::string* unreadable_cell(const std::vector<std::string>& cells);

/// Throws FatalError: no row of the file can be used, what they need (zh, en), and what is wrong with the first.
[[noreturn]] void refuse_all(const std::string& name, const std::vector<Problem>& problems,
                             const std::pair<std::string, std::string>& needed);

/// The place of a heading, compared as canonical text. Throws FatalError with the headings that are there, when it is not.
std::size_t column_of(const ingest::SmallCsv& file, const std::string& name, std::string_view heading);
/// The same; nothing when it is not there.
std::optional<std::size_t> find_column(const ingest::SmallCsv& file, std::string_view heading);

}  // namespace fairprice::indexing
