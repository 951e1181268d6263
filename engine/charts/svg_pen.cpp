#include <fmt/format.h>

#include <cmath>
#include <string_view>

#include "engine/charts/pen.hpp"

namespace fairprice::charts {

namespace {

std::string escaped(const std::string& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const char c = words[i];
    if (const std::string_view three = std::string_view(words).substr(i, 3); three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") {
      text += "\xEF\xBF\xBD";  // U+FFFE and U+FFFF are no characters of XML
      i += 2;
    } else if (c == '&')
      text += "&amp;";
    else if (c == '<')
      text += "&lt;";
    else if (c == '>')
      text += "&gt;";
    else if (static_cast<unsigned char>(c) < 0x20)
      text += ' ';  // XML knows no other
    else
      text += c;
  }
  return text;
}

std::string hex(Colour colour) {
  const auto part = [](double share) { return std::lround(share * 255); };
  return fmt::format("#{:02x}{:02x}{:02x}", part(colour.red), part(colour.green), part(colour.blue));
}

class SvgPen final : public Pen {
 public:
  explicit SvgPen(const std::string& title)
      : svg_(fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" role=\"img\" "
                         "font-family=\"'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif\" fill=\"#212121\">\n",
                         kPageWidth, kPageHeight)) {
    if (!title.empty()) svg_ += "<title>" + escaped(title) + "</title>\n";
    svg_ += fmt::format("<rect width=\"{}\" height=\"{}\" fill=\"#ffffff\"/>\n", kPageWidth, kPageHeight);
  }

  void polyline(const std::vector<std::pair<double, double>>& points, Colour colour, double width) override {
    svg_ += fmt::format(R"(<polyline fill="none" stroke="{}" stroke-width="{}" stroke-linejoin="round" stroke-linecap="round" points=")",
                        hex(colour), width);
    for (std::size_t i = 0; i < points.size(); ++i)
      svg_ += fmt::format("{}{:.1f},{:.1f}", i == 0 ? "" : " ", points[i].first, points[i].second);
    svg_ += "\"/>\n";
  }
  void dot(double x, double y, double radius, Colour colour) override {
    svg_ += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\" fill=\"{}\"/>\n", x, y, radius, hex(colour));
  }
  void text(const std::string& words, double x, double y, double anchor, double size) override {
    const char* end = anchor == 0 ? "start" : anchor == 1 ? "end" : "middle";
    svg_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{}\" text-anchor=\"{}\">{}</text>\n", x, y, size, end, escaped(words));
  }
  /// About: which font will be there is not known. Characters beyond Latin are as wide as they are high.
  double width_of(const std::string& words, double size) override {
    double wide = 0;
    for (const char c : words) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte < 0x80)
        wide += 0.58;
      else if (byte >= 0xE0)
        wide += 1;
      else if (byte >= 0xC0)
        wide += 0.62;
    }
    return wide * size;
  }
  std::string bytes() override { return svg_ + "</svg>\n"; }

 private:
  std::string svg_;
};

}  // namespace

std::unique_ptr<Pen> make_svg_pen(const std::string& title) { return std::make_unique<SvgPen>(title); }

}  // namespace fairprice::charts
