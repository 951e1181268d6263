#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "engine/charts/chart.hpp"

namespace fairprice::charts {

namespace {

constexpr std::array<int, kMostLines> kColours = {34, 31, 32, 35, 36, 33, 37, 90};
constexpr int kNoLine = -1;

/// Points in characters of 2 × 4 (Unicode 2800 to 28FF).
class Canvas {
 public:
  Canvas(std::size_t columns, std::size_t rows)
      : columns_(columns), rows_(rows), dots_(columns * rows, 0), line_(columns * rows, kNoLine) {}

  void point(double x, double y, int line) {  // 0 to 1, from the left and from below
    const auto width = static_cast<double>(columns_ * 2 - 1);
    const auto height = static_cast<double>(rows_ * 4 - 1);
    const auto px = static_cast<std::size_t>(std::lround(std::clamp(x, 0.0, 1.0) * width));
    const auto py = static_cast<std::size_t>(std::lround((1 - std::clamp(y, 0.0, 1.0)) * height));
    constexpr std::array<std::array<std::uint8_t, 2>, 4> kBits = {{{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}};
    const std::size_t cell = py / 4 * columns_ + px / 2;
    dots_[cell] |= kBits[py % 4][px % 2];
    line_[cell] = line;
  }
  void stroke(double x0, double y0, double x1, double y1, int line) {
    const double steps =
        std::max(std::abs(x1 - x0) * static_cast<double>(columns_ * 2), std::abs(y1 - y0) * static_cast<double>(rows_ * 4));
    const auto count = static_cast<std::size_t>(std::ceil(std::max(1.0, steps * 2)));
    for (std::size_t i = 0; i <= count; ++i) {
      const double at = static_cast<double>(i) / static_cast<double>(count);
      point(x0 + (x1 - x0) * at, y0 + (y1 - y0) * at, line);
    }
  }
  std::string row(std::size_t row, bool colour) const {
    std::string text;
    int now = kNoLine;
    for (std::size_t i = 0; i < columns_; ++i) {
      const std::size_t cell = row * columns_ + i;
      if (colour && line_[cell] != now && dots_[cell] != 0) {
        now = line_[cell];
        text += fmt::format("\x1b[{}m", kColours[static_cast<std::size_t>(now)]);
      }
      if (dots_[cell] == 0) {
        text += ' ';
        continue;
      }
      const unsigned point = 0x2800U + dots_[cell];
      text += static_cast<char>(0xE0U | point >> 12);
      text += static_cast<char>(0x80U | (point >> 6 & 0x3FU));
      text += static_cast<char>(0x80U | (point & 0x3FU));
    }
    if (colour && now != kNoLine) text += "\x1b[0m";
    while (text.ends_with(' ')) text.pop_back();
    return text;
  }

 private:
  std::size_t columns_, rows_;
  std::vector<std::uint8_t> dots_;
  std::vector<int> line_;
};

}  // namespace

std::string print(const Chart& chart, std::size_t columns, std::size_t rows, bool colour) {
  const auto [low, high] = range_of(chart);
  const Scale scale = scale_of(low, high, static_cast<int>(std::max<std::size_t>(2, rows / 4)));
  Canvas canvas(columns, rows);
  const auto x_of = [&](std::size_t t) {
    return chart.periods.size() < 2 ? 0.5 : static_cast<double>(t) / static_cast<double>(chart.periods.size() - 1);
  };
  const auto y_of = [&](double value) { return scale.height_of(value); };
  for (std::size_t i = chart.lines.size(); i-- > 0;) {  // the first on top
    const auto& values = chart.lines[i].values;
    for (std::size_t t = 0; t < values.size(); ++t) {
      if (!values[t]) continue;
      canvas.point(x_of(t), y_of(*values[t]), static_cast<int>(i));
      if (t > 0 && values[t - 1]) canvas.stroke(x_of(t - 1), y_of(*values[t - 1]), x_of(t), y_of(*values[t]), static_cast<int>(i));
    }
  }

  std::string text;
  if (!chart.title.empty()) text += "  " + chart.title + "\n\n";
  std::vector<std::string> labels(rows);
  std::size_t wide = 0;
  for (const double tick : scale.ticks()) {
    const auto row = static_cast<std::size_t>(std::lround((1 - y_of(tick)) * static_cast<double>(rows - 1)));
    labels[row] = scale.label(tick);
    wide = std::max(wide, labels[row].size());
  }
  for (std::size_t row = 0; row < rows; ++row)
    text += fmt::format("  {:>{}} {}{}\n", labels[row], wide, labels[row].empty() ? "│" : "┤", canvas.row(row, colour));
  text += "  " + std::string(wide + 1, ' ') + "└";
  for (std::size_t i = 0; i < columns; ++i) text += "─";
  text += '\n';
  std::size_t longest = 1;
  for (const std::string& period : chart.periods) longest = std::max(longest, period.size());
  std::string axis(columns + longest, ' ');
  for (const std::size_t period : labelled(chart.periods.size(), std::max<std::size_t>(1, columns / (longest + 2)))) {
    const auto at = static_cast<std::size_t>(std::lround(x_of(period) * static_cast<double>(columns - 1)));
    axis.replace(at, chart.periods[period].size(), chart.periods[period]);
  }
  axis.erase(axis.find_last_not_of(' ') + 1);
  text += "  " + std::string(wide + 2, ' ') + axis + "\n";
  if (chart.lines.size() == 1 && chart.lines[0].name.empty()) return text;
  for (std::size_t i = 0; i < chart.lines.size(); ++i) {
    const auto last =
        std::find_if(chart.lines[i].values.rbegin(), chart.lines[i].values.rend(), [](const auto& value) { return value.has_value(); });
    const std::string mark = colour ? fmt::format("\x1b[{}m━━\x1b[0m", kColours[i]) : "━━";
    text += "  " + mark + " " + chart.lines[i].name + (last == chart.lines[i].values.rend() ? "" : "  " + scale.label(**last, 2)) + "\n";
  }
  return text;
}

}  // namespace fairprice::charts
