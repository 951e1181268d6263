#pragma once

#include <string_view>
#include <vector>

namespace fairprice {

/// A file of data/ as it stood when the library was built, e.g. "dictionaries/brands.csv" or "policies/hubei.json".
/// Empty when no such file is shipped. The bytes live as long as the program.
std::string_view shipped_file(std::string_view name);

/// The names of all shipped files, sorted as bytes.
std::vector<std::string_view> shipped_files();

}  // namespace fairprice
