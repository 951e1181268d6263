#pragma once

#include <string>
#include <string_view>

#include "engine/cases/figures.hpp"
#include "engine/cli/command.hpp"

namespace fairprice::cli {

/// Days that stand for no limit.
inline constexpr std::string_view kFirstDay = "0001-01-01", kLastDay = "9999-12-31";

/// `format`: table, json, or csv (section, name, figure, value: a row for each figure).
std::string figures_text(const cases::Figures& figures, const std::string& format, const CommonOptions& common);
/// The deals behind the savings, a row each, as CSV.
std::string saved_deals_csv(const cases::Figures& figures);

}  // namespace fairprice::cli
