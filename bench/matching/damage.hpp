#pragma once

#include <cstdint>
#include <string>

namespace fairprice::bench {

/// A title as another shop might write it: runs of ideographs cut or left out, Latin words left out or in lower case, GB for G, dashes
/// gone, the halves changed about, shop talk added. The same seed gives the same title.
std::string damaged(const std::string& title, std::uint64_t seed);

/// A title without what looks like a model number.
std::string without_model_numbers(const std::string& title);

}  // namespace fairprice::bench
