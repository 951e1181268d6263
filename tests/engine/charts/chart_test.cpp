#include "engine/charts/chart.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

/// Fontconfig keeps patterns in a cache of its own to the end of the program, which is no leak of ours. Asked by the leak sanitizer, where there is one.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig"; }

namespace fairprice::charts {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Chart small() {
  Chart chart;
  chart.title = "A < B & C";
  chart.periods = {"2023-01", "2023-02", "2023-03", "2023-04"};
  chart.lines = {{"打印机", {1.0, 1.1, std::nullopt, 1.2}}, {"paper", {1.0, 0.9, 0.95, 0.8}}};
  return chart;
}

TEST(ChartScale, HasRoundStepsThatHoldAllValues) {
  EXPECT_THAT(scale_of(0.8, 1.2, 6).ticks(),
              ElementsAre(testing::DoubleNear(0.8, 1e-9), testing::DoubleNear(0.9, 1e-9), testing::DoubleNear(1.0, 1e-9),
                          testing::DoubleNear(1.1, 1e-9), testing::DoubleNear(1.2, 1e-9)));
  EXPECT_EQ(scale_of(0.8, 1.2, 6).decimals, 1);
  EXPECT_THAT(scale_of(97.9, 103.2, 6).ticks(), ElementsAre(97, 98, 99, 100, 101, 102, 103, 104));
  EXPECT_EQ(scale_of(97.9, 103.2, 6).decimals, 0);
  EXPECT_EQ(scale_of(1, 1.004, 4).decimals, 3);
}

TEST(ChartScale, WritesHugeAndTinyNumbersInPowersOfTen) {
  EXPECT_EQ(scale_of(1e-300, 1e300, 6).label(2e299), "2e+299");
  EXPECT_EQ(scale_of(98, 104, 6).label(101.25, 2), "101.25");
  EXPECT_EQ(scale_of(1e-9, 5e-9, 4).label(2e-9), "2e-09");
}

TEST(ChartScale, OfOneValueHasRoomRoundIt) {
  const Scale scale = scale_of(100, 100, 6);
  EXPECT_LT(scale.low, 100);
  EXPECT_GT(scale.high, 100);
  EXPECT_LT(scale_of(0, 0, 6).low, 0);
}

// Whatever finite numbers a file holds, the picture has finite points and the lines of characters their width.
TEST(ChartScale, HoldsWhateverADoubleHolds) {
  const double huge = std::numeric_limits<double>::max();
  const double tiny = std::numeric_limits<double>::denorm_min();
  const std::vector<std::pair<double, double>> ranges = {
      {-huge, huge},  {0, huge},      {huge, huge}, {0, tiny}, {tiny, 2 * tiny}, {-tiny, tiny}, {100, std::nextafter(100, 101)},
      {-huge, -huge}, {1e-300, 1e300}};
  for (const auto& [low, high] : ranges) {
    const Scale scale = scale_of(low, high, 6);
    EXPECT_TRUE(std::isfinite(scale.low) && std::isfinite(scale.high) && scale.high > scale.low) << low << " " << high;
    EXPECT_LE(scale.ticks().size(), 20U);
    Chart chart;
    chart.periods = {"1", "2", "3"};
    chart.lines = {{"", {low, high, low}}};
    for (const char* no : {"nan", "inf"}) {
      EXPECT_THAT(draw(chart, Picture::svg).bytes, Not(HasSubstr(no)));
      EXPECT_THAT(print(chart, 20, 5, false), Not(HasSubstr(no)));
    }
  }
}

TEST(ChartScale, LabelsTellNeighboursApart) {
  const Scale scale = scale_of(100, 100.000001, 5);
  EXPECT_NE(scale.label(scale.low), scale.label(scale.low + scale.step));
}

TEST(ChartScale, LabelsByQuartersAndYears) {
  EXPECT_THAT(labelled(4, 12), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(labelled(30, 12), ElementsAre(0, 3, 6, 9, 12, 15, 18, 21, 24, 27));
  EXPECT_THAT(labelled(60, 6), ElementsAre(0, 12, 24, 36, 48));
  EXPECT_TRUE(labelled(0, 12).empty());
}

// A flat line through the middle: of 12 points in height the 7th from above, which is the third of the four in the second row.
TEST(ChartPrint, DrawsInBraille) {
  Chart chart;
  chart.periods = {"1", "2"};
  chart.lines = {{"", {1.0, 1.0}}};
  EXPECT_EQ(print(chart, 3, 3, false),
            "  1.05 ┤\n"
            "  1.00 ┤⠤⠤⠤\n"
            "  0.95 ┤\n"
            "       └───\n"
            "        1\n");
}

TEST(ChartPrint, HasColoursOnlyWhenTold) {
  EXPECT_THAT(print(small(), 20, 6, false), Not(HasSubstr("\x1b")));
  EXPECT_THAT(print(small(), 20, 6, true), HasSubstr("\x1b[34m"));
  EXPECT_THAT(print(small(), 20, 6, false), HasSubstr("打印机  1.2"));
}

TEST(ChartPicture, SvgKeepsTextAndGaps) {
  const std::string svg = draw(small(), Picture::svg).bytes;
  EXPECT_THAT(svg, HasSubstr("<title>A &lt; B &amp; C</title>"));
  EXPECT_THAT(svg, HasSubstr(">打印机</text>"));
  EXPECT_THAT(svg, testing::StartsWith("<svg xmlns"));
  EXPECT_THAT(svg, testing::EndsWith("</svg>\n"));
  std::size_t runs = 0;
  for (std::size_t at = 0; (at = svg.find("stroke-width=\"2.4\"", at)) != std::string::npos; ++at) ++runs;
  EXPECT_EQ(runs, 2U);  // January to February of one line, all of the other; April alone is a dot
}

TEST(ChartPicture, PngHasTwiceThePoints) {
  const std::string png = draw(small(), Picture::png).bytes;
  ASSERT_GT(png.size(), 1000U);
  EXPECT_EQ(png.substr(0, 8), std::string("\x89PNG\r\n\x1a\n", 8));
  EXPECT_EQ(png.substr(16, 8), std::string("\0\0\x07\x80\0\0\x04\x38", 8));  // 1920 × 1080
}

}  // namespace
}  // namespace fairprice::charts
