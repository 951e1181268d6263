#include <cairo-ft.h>
#include <cairo.h>
#include <fontconfig/fontconfig.h>

#include <cmath>
#include <stdexcept>

#include "engine/charts/pen.hpp"

namespace fairprice::charts {

namespace {

struct Destroy {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};

cairo_status_t append(void* text, const unsigned char* bytes, unsigned int count) {
  static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

class PngPen final : public Pen {
 public:
  explicit PngPen(bool& missing)
      : surface_(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(kPageWidth) * kPoints,
                                            static_cast<int>(kPageHeight) * kPoints)),
        to_(cairo_create(surface_.get())), missing_(missing) {
    cairo_scale(to_.get(), kPoints, kPoints);
    ink({1, 1, 1});
    cairo_paint(to_.get());
    choose_font();
    cairo_set_line_join(to_.get(), CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(to_.get(), CAIRO_LINE_CAP_ROUND);
  }

  void polyline(const std::vector<std::pair<double, double>>& points, Colour colour, double width) override {
    ink(colour);
    cairo_set_line_width(to_.get(), width);
    cairo_new_path(to_.get());  // text leaves its end behind
    for (const auto& [x, y] : points) cairo_line_to(to_.get(), x, y);
    cairo_stroke(to_.get());
  }
  void dot(double x, double y, double radius, Colour colour) override {
    ink(colour);
    cairo_new_path(to_.get());
    cairo_arc(to_.get(), x, y, radius, 0, 2 * std::acos(-1.0));
    cairo_fill(to_.get());
  }
  void text(const std::string& words, double x, double y, double anchor, double size) override {
    ink({0.13, 0.13, 0.13});
    const double wide = width_of(words, size);
    cairo_move_to(to_.get(), x - anchor * wide, y);
    cairo_show_text(to_.get(), words.c_str());
    cairo_glyph_t* glyphs = nullptr;
    int count = 0;
    if (cairo_scaled_font_text_to_glyphs(cairo_get_scaled_font(to_.get()), 0, 0, words.c_str(), -1, &glyphs, &count, nullptr, nullptr,
                                         nullptr) != CAIRO_STATUS_SUCCESS)
      return;
    for (int i = 0; i < count; ++i) missing_ = missing_ || glyphs[i].index == 0;
    cairo_glyph_free(glyphs);
  }
  double width_of(const std::string& words, double size) override {
    cairo_set_font_size(to_.get(), size);
    cairo_text_extents_t extents;
    cairo_text_extents(to_.get(), words.c_str(), &extents);
    return extents.x_advance;
  }
  std::string bytes() override {
    std::string bytes;
    cairo_surface_write_to_png_stream(surface_.get(), append, &bytes);
    const cairo_status_t status = cairo_status(to_.get());
    if (status != CAIRO_STATUS_SUCCESS) throw std::runtime_error(cairo_status_to_string(status));
    return bytes;
  }

 private:
  static constexpr int kPoints = 2;  // for each unit of the page: sharp on screens that have them
  /// The system's best sans-serif font that has Chinese characters; when none has, its best one.
  void choose_font() {
    const std::unique_ptr<FcPattern, decltype(&FcPatternDestroy)> wanted(FcPatternCreate(), &FcPatternDestroy);
    FcPatternAddString(wanted.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>("Noto Sans CJK SC"));
    FcPatternAddString(wanted.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>("sans-serif"));
    FcPatternAddString(wanted.get(), FC_LANG, reinterpret_cast<const FcChar8*>("zh-cn"));
    FcConfigSubstitute(nullptr, wanted.get(), FcMatchPattern);
    FcDefaultSubstitute(wanted.get());
    cairo_font_face_t* const face = cairo_ft_font_face_create_for_pattern(wanted.get());
    cairo_set_font_face(to_.get(), face);
    cairo_font_face_destroy(face);
  }
  void ink(Colour colour) { cairo_set_source_rgb(to_.get(), colour.red, colour.green, colour.blue); }

  std::unique_ptr<cairo_surface_t, Destroy> surface_;
  std::unique_ptr<cairo_t, Destroy> to_;
  bool& missing_;
};

}  // namespace

std::unique_ptr<Pen> make_png_pen(bool& missing) { return std::make_unique<PngPen>(missing); }

}  // namespace fairprice::charts
