#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/tables.hpp"

namespace fairprice::catalogue {

/// Title and specification of a row, as its cells stand.
struct RowTexts {
  std::uint32_t row = 0;
  std::string brand, title, spec;
};

/// Reads a table again for the texts of some rows and hands them out on `threads` threads, some ten thousand at a time, because the texts
/// of all rows would not fit into memory. `rows`: (offset, row), in any order. `take` may be called for different rows at once.
void read_texts(const ingest::Month& month, std::string_view table, std::vector<std::pair<std::uint64_t, std::uint32_t>> rows, int threads,
                const std::function<void(const RowTexts& texts)>& take);

}  // namespace fairprice::catalogue
