#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "indices/status.hpp"

namespace fairprice::indices {

/// How a multilateral index goes on when a period is added, without revising what was published. W is the length of the window; "new" and "old"
/// are the series of the window that ends with the new period and of the one before, P is the published series, t the new period.
/// CPI Theory, chapter 7 (chain drift and multilateral indices).
enum class Splice : std::uint8_t {
  none,      ///< one window over all periods: every new one revises the series
  movement,  ///< P(t−1) · new(t)/new(t−1) (Ivancic, Diewert and Fox 2011)
  window,    ///< P(t−1) · [new(t)/new(t−W+1)] / [old(t−1)/old(t−W+1)] (Krsinich 2016)
  half,      ///< the same at the window's middle (de Haan 2015); of an even window the earlier one of its two
  mean,      ///< the geometric mean of it over all W−1 common periods (Diewert and Fox 2022)
  wisp,      ///< P(t−W+1) · new(t)/new(t−W+1): window splice on the published series (Chessa 2021)
  hasp,      ///< the same at the window's middle
  mean_pub,  ///< the geometric mean of it over all W−1 common periods
  fbew,      ///< fixed base expanding window: from the base period to t; the base moves on every W−1 periods (Chessa 2016)
  fbmw       ///< fixed base moving window: the new window, linked at the base period (Lamboray 2017)
};

std::string_view splice_name(Splice splice);
/// `mean-pub` and `mean_pub` alike.
std::optional<Splice> find_splice(std::string_view name);

/// The index of periods first … first + count − 1, the first 1.
using WindowIndex = std::function<std::vector<IndexValue>(std::size_t first, std::size_t count)>;

/// The series of `periods` periods. `window` is at least 2 and is cut to the number of periods; with Splice::none it is not looked at.
/// The first W periods are those of the first window. A period that cannot be linked has its status; a splice over several periods takes those
/// that have a value, one at a single period takes the nearest that has one (the later of two), and P(t−1) is the last published period that has one.
std::vector<IndexValue> extended_series(std::size_t periods, std::size_t window, Splice splice, const WindowIndex& index);

}  // namespace fairprice::indices
