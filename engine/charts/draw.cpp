#include <algorithm>
#include <array>

#include "engine/charts/pen.hpp"

namespace fairprice::charts {

namespace {

constexpr double kLeast = 76, kRight = 28, kTop = 56, kFoot = 64, kLegendRow = 20;
constexpr double kTitleSize = 19, kTextSize = 14;
// Okabe and Ito (2008): told apart by people who see few colours; yellow, which is too light on white, is left out.
constexpr std::array<Colour, kMostLines> kColours = {{{0.00, 0.45, 0.70},
                                                      {0.84, 0.37, 0.00},
                                                      {0.00, 0.62, 0.45},
                                                      {0.80, 0.47, 0.65},
                                                      {0.34, 0.71, 0.91},
                                                      {0.90, 0.62, 0.00},
                                                      {0.00, 0.00, 0.00},
                                                      {0.50, 0.50, 0.50}}};
constexpr Colour kInk = {0.13, 0.13, 0.13}, kGrid = {0.88, 0.88, 0.88};

class Drawing {
 public:
  Drawing(Pen& pen, const Chart& chart) : pen_(pen), chart_(chart), scale_(scale_of(range_of(chart).first, range_of(chart).second, 6)) {
    for (const double tick : scale_.ticks()) left_ = std::max(left_, pen_.width_of(scale_.label(tick), kTextSize) + 20);
    bottom_ = kFoot + kLegendRow * static_cast<double>(place_legend());
  }

  void draw() {
    pen_.text(chart_.title, left_, 34, 0, kTitleSize);
    axes();
    for (std::size_t i = 0; i < chart_.lines.size(); ++i) line(chart_.lines[i], kColours[i]);
    legend();
  }

 private:
  double x_of(std::size_t period) const {
    const double room = kPageWidth - left_ - kRight;
    if (chart_.periods.size() < 2) return left_ + room / 2;
    return left_ + room * static_cast<double>(period) / static_cast<double>(chart_.periods.size() - 1);
  }
  double y_of(double value) const { return kPageHeight - bottom_ - (kPageHeight - kTop - bottom_) * scale_.height_of(value); }

  void axes() {
    for (const double tick : scale_.ticks()) {
      pen_.polyline({{left_, y_of(tick)}, {kPageWidth - kRight, y_of(tick)}}, kGrid, 1);
      pen_.text(scale_.label(tick), left_ - 10, y_of(tick) + 5, 1, kTextSize);
    }
    const double foot = kPageHeight - bottom_;
    for (const std::size_t period : labelled(chart_.periods.size(), 12)) {
      pen_.polyline({{x_of(period), foot}, {x_of(period), foot + 5}}, kInk, 1);
      pen_.text(chart_.periods[period], x_of(period), foot + 22, 0.5, kTextSize);
    }
  }

  void line(const Line& line, Colour colour) {
    const bool crowded = chart_.periods.size() > 40;
    std::vector<std::pair<double, double>> run;
    const auto end_run = [&] {
      if (run.size() > 1) pen_.polyline(run, colour, 2.4);
      // A value between two gaps, which no line shows, has its dot always.
      if (!crowded || run.size() == 1)
        for (const auto& [x, y] : run) pen_.dot(x, y, 3, colour);
      run.clear();
    };
    for (std::size_t t = 0; t < line.values.size(); ++t) {
      if (line.values[t])
        run.emplace_back(x_of(t), y_of(*line.values[t]));
      else
        end_run();
    }
    end_run();
  }

  /// Where each name goes, row by row; how many rows there are.
  std::size_t place_legend() {
    if (chart_.lines.size() == 1 && chart_.lines[0].name.empty()) return 0;
    double x = left_;
    std::size_t row = 0;
    for (const Line& line : chart_.lines) {
      const double wide = 34 + pen_.width_of(line.name, kTextSize) + 22;
      if (x > left_ && x + wide > kPageWidth - kRight) x = left_, ++row;
      legend_.emplace_back(x, row);
      x += wide;
    }
    return row + 1;
  }

  void legend() {
    for (std::size_t i = 0; i < legend_.size(); ++i) {
      const double x = legend_[i].first;
      const double y = kPageHeight - bottom_ + kFoot - 14 + kLegendRow * static_cast<double>(legend_[i].second);
      pen_.polyline({{x, y - 5}, {x + 24, y - 5}}, kColours[i], 4);
      pen_.text(chart_.lines[i].name, x + 32, y, 0, kTextSize);
    }
  }

  Pen& pen_;
  const Chart& chart_;
  Scale scale_;
  double left_ = kLeast;
  double bottom_ = kFoot;
  std::vector<std::pair<double, std::size_t>> legend_;
};

}  // namespace

Drawn draw(const Chart& chart, Picture picture) {
  Drawn drawn;
  const auto pen = picture == Picture::png ? make_png_pen(drawn.missing_characters) : make_svg_pen(chart.title);
  Drawing(*pen, chart).draw();
  drawn.bytes = pen->bytes();
  return drawn;
}

}  // namespace fairprice::charts
