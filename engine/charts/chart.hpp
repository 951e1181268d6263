#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Line charts of series over periods, as a picture or in characters. What is drawn are index numbers, not prices.
namespace fairprice::charts {

struct Line {
  std::string name;
  std::vector<std::optional<double>> values;  ///< by period, finite; nothing: a gap
};

struct Chart {
  std::string title;
  std::vector<std::string> periods;  ///< labels, in order
  std::vector<Line> lines;           ///< at most kMostLines, each with a value or gap for every period
};

/// As many as can be told apart without looking twice, by people who see few colours too.
inline constexpr std::size_t kMostLines = 8;

/// Round numbers that hold all values up to ±10^300: steps of 1, 2 or 5 times a power of ten, about `count` of them.
struct Scale {
  double low = 0, high = 1, step = 1;
  int decimals = 0;  ///< that the steps need
  std::vector<double> ticks() const;
  /// Where a value stands between low (0) and high (1), which a finite value never leaves.
  double height_of(double value) const;
  /// A value with the steps' decimals, and `more`; beyond a million in powers of ten.
  std::string label(double value, int more = 0) const;
};
Scale scale_of(double low, double high, int count);
/// Lowest and highest value of a chart; 1 and 1 when it has none.
std::pair<double, double> range_of(const Chart& chart);
/// Which labels of the time axis are written so that at most `count` are: the first, and every so many after it.
std::vector<std::size_t> labelled(std::size_t periods, std::size_t count);

enum class Picture { png, svg };
struct Drawn {
  std::string bytes;
  bool missing_characters = false;  ///< of a PNG: no installed font has all characters of its texts
};
/// The picture, 960 × 540 (PNG: twice the points). In SVG text stays text.
Drawn draw(const Chart& chart, Picture picture);

/// In Braille characters, 2 × 4 points each, `columns` wide and `rows` high without axis and legend. Escapes for colours only with `colour`.
std::string print(const Chart& chart, std::size_t columns, std::size_t rows, bool colour);

}  // namespace fairprice::charts
