#pragma once

#include <string>
#include <string_view>

#include "engine/base/problem.hpp"

namespace fairprice::cli {

/// A message in both languages, side by side, so that neither is forgotten.
struct Text {
  std::string_view zh, en;
  constexpr std::string_view in(Language language) const { return language == Language::zh ? zh : en; }
};

}  // namespace fairprice::cli
