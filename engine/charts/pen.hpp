#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/charts/chart.hpp"

namespace fairprice::charts {

struct Colour {
  double red, green, blue;
};

/// Something that draws: points of a page 960 × 540, y downwards.
class Pen {
 public:
  virtual ~Pen() = default;
  virtual void polyline(const std::vector<std::pair<double, double>>& points, Colour colour, double width) = 0;
  virtual void dot(double x, double y, double radius, Colour colour) = 0;
  /// `anchor` 0 begins at x, 1/2 is centred, 1 ends there.
  virtual void text(const std::string& words, double x, double y, double anchor, double size) = 0;
  virtual double width_of(const std::string& words, double size) = 0;
  /// The picture; nothing may be drawn after it.
  virtual std::string bytes() = 0;
};

inline constexpr double kPageWidth = 960, kPageHeight = 540;

/// `missing` is set when a character is drawn that the font has not.
std::unique_ptr<Pen> make_png_pen(bool& missing);
/// Text stays text, so that any font of the reader's serves. `title` is the picture's name for who cannot see it.
std::unique_ptr<Pen> make_svg_pen(const std::string& title);

}  // namespace fairprice::charts
