#include <algorithm>
#include <array>
#include <charconv>

#include "engine/catalogue/title/configuration.hpp"

namespace fairprice::title {

namespace {

int number_of(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// `15.6`, `14`, `1.5` as tenths; 0 for anything else.
int tenths_of(std::string_view text) {
  const std::size_t whole = leading_digits(text);
  if (whole == 0 || whole > 3) return 0;
  const int value = number_of(text.substr(0, whole)) * 10;
  if (whole == text.size()) return value;
  if (text[whole] != '.' || text.size() < whole + 2 || !is_digit(text[whole + 1])) return 0;
  if (text.size() > whole + 2 && (text.size() > whole + 3 || !is_digit(text[whole + 2]))) return 0;
  return value + (text[whole + 1] - '0');
}

/// One value for an attribute; a second, different one makes it unclear.
template <class Value>
void state(Configuration& configuration, Attribute attribute, Value& place, Value value) {
  if (configuration.is_unclear(attribute)) return;
  if (place == Value{}) {
    place = std::move(value);
  } else if (place != value) {
    place = Value{};
    configuration.set_unclear(attribute);
  }
}

constexpr std::array<std::string_view, 14> kColours = {"黑", "白", "银", "灰", "红", "蓝", "金", "粉", "绿", "紫", "黄", "橙", "棕", "青"};

struct Name {
  std::string_view text, value;
};
constexpr std::array<Name, 10> kResolutions = {{{"FHD", "1920*1080"},
                                                {"1080P", "1920*1080"},
                                                {"全高清", "1920*1080"},
                                                {"QHD", "2560*1440"},
                                                {"2K", "2K"},
                                                {"2.5K", "2.5K"},
                                                {"2.8K", "2.8K"},
                                                {"3K", "3K"},
                                                {"4K", "3840*2160"},
                                                {"UHD", "3840*2160"}}};

void read_word(Tokens& tokens, std::size_t i, Configuration& c) {
  Token& token = tokens[i];
  const std::string_view text = token.text;
  const Token& next = tokens.at(i + 1);
  const std::size_t digits = leading_digits(text);
  const std::string_view unit = text.substr(digits);
  const auto take = [&] { token.taken = true; };

  if (const int tenths = tenths_of(text); tenths != 0) {
    if (next.text.starts_with("英寸") || next.text.starts_with("寸") || next.text == "INCH" || tokens.is_mark(i + 1, '"')) {
      take();
      // 14/15.6英寸: a choice.
      if (tokens.is_mark(i - 1, '/') && tokens.is_word(i - 2) && tenths_of(tokens[i - 2].text) >= 100 &&
          tenths_of(tokens[i - 2].text) <= 350) {
        c.screen = 0;
        c.set_unclear(Attribute::screen);
      }
      if (tenths >= 30 && tenths <= 1200) state(c, Attribute::screen, c.screen, tenths);
      return;
    }
    if (next.text.starts_with("匹")) {
      take();
      const std::string_view before = tokens.before(i).text;
      const int shift = next.spaced ? 0 : before.ends_with("大") ? 1 : before.ends_with("小") ? -1 : 0;
      if (tenths >= 5 && tenths <= 400) state(c, Attribute::horsepower, c.horsepower, tenths + shift);
      return;
    }
    if (next.text == "HZ" && all_digits(text)) {
      take();
      state(c, Attribute::refresh, c.refresh, tenths / 10);
      return;
    }
    if (next.text.starts_with("页/分") || next.text.starts_with("页每分") || (next.text == "页" && tokens.is_mark(i + 2, '/'))) {
      take();
      state(c, Attribute::speed, c.speed, tenths / 10);
      return;
    }
  }
  if (digits > 0 && digits <= 4) {
    const int value = number_of(text.substr(0, digits));
    if (unit == "W" || (unit.empty() && (next.text == "W" || next.text.starts_with("瓦")))) {
      take();
      if (value > 0) state(c, Attribute::power, c.power, value);
      return;
    }
    if (unit == "HZ") {
      take();
      if (value >= 50) state(c, Attribute::refresh, c.refresh, value);
      return;
    }
    if (unit == "PPM" || (unit.empty() && next.text == "PPM")) {
      take();
      state(c, Attribute::speed, c.speed, value);
      return;
    }
    // 1920*1080, 1920X1080
    if (digits >= 3 &&
        ((unit.empty() && (tokens.is_mark(i + 1, '*') || next.text == "X") && tokens.is_word(i + 2) && all_digits(tokens[i + 2].text)) ||
         (unit.size() > 3 && unit[0] == 'X' && all_digits(unit.substr(1))))) {
      const std::string_view other = unit.empty() ? tokens[i + 2].text : unit.substr(1);
      const int height = number_of(other.substr(0, 4));
      take();
      if (unit.empty()) tokens[i + 2].taken = true;
      if (value >= 640 && height >= 480)
        state(c, Attribute::resolution, c.resolution, std::to_string(value) + "*" + std::to_string(height));
      return;
    }
  }
  for (const Name& name : kResolutions)
    if (text == name.text) {
      take();
      if (c.resolution.empty() || c.resolution == "1920*1080") c.resolution = name.value;  // FHD屏 is said of a series, 4K of the thing
      return;
    }
  if (text.starts_with("WIN") &&
      (text == "WIN" || text == "WINDOWS" || (text.size() >= 4 && (is_digit(text[3]) || is_digit(text.back()))))) {
    take();
    std::string_view number = text.starts_with("WINDOWS") ? text.substr(7) : text.substr(3);
    if (number.empty() && tokens.is_word(i + 1) && is_digit(next.text[0])) {
      number = next.text;
      tokens[i + 1].taken = true;
    }
    if (!number.empty() && is_digit(number[0])) state(c, Attribute::system, c.system, "WIN" + std::string(number));
    return;
  }
  if (text == "W7" || text == "W10" || text == "W11") {
    take();
    state(c, Attribute::system, c.system, "WIN" + std::string(text.substr(1)));
    return;
  }
  if (text == "UOS" || text == "LINUX" || text == "DOS" || text == "UBUNTU" || text == "KYLIN") {
    take();
    state(c, Attribute::system, c.system, text == "KYLIN" ? std::string("麒麟") : std::string(text));
    return;
  }
  if (text.size() == 2 && (text[0] == 'A' || text[0] == 'B') && text[1] >= '3' && text[1] <= '5') {
    take();
    if (text[0] == 'A') {
      if (c.paper.empty() || text < c.paper) c.paper = text;  // a device for A3 takes A4 too
    }
    return;
  }
  if (text == "WIFI" || text == "WLAN") {
    take();
    state(c, Attribute::network, c.network, std::string("WIFI"));
    return;
  }
  if ((text == "4G" || text == "5G" || text == "LTE") &&
      (next.text.starts_with("版") || next.text.starts_with("全网通") || next.text.starts_with("网络") || next.text.starts_with("手机"))) {
    take();
    state(c, Attribute::network, c.network, std::string(text == "LTE" ? "4G" : text));
  }
}

void read_ideas(const Tokens& tokens, std::size_t i, Configuration& c) {
  const std::string_view text = tokens[i].text;
  const auto says = [&](std::string_view word) { return text.find(word) != std::string_view::npos; };
  if (says("统信")) state(c, Attribute::system, c.system, std::string("UOS"));
  if (says("银河麒麟") || says("中标麒麟") || says("麒麟系统")) state(c, Attribute::system, c.system, std::string("麒麟"));
  const bool colour_print =
      says("彩色激光") || says("彩色喷墨") || says("彩色打印") || says("彩色多功能") || says("彩色复") || says("彩色数码");
  if (colour_print) state(c, Attribute::print_colour, c.print_colour, std::string("彩色"));
  if (says("黑白") && !says("黑白彩")) state(c, Attribute::print_colour, c.print_colour, std::string("黑白"));
  if (says("双面") && !says("双面胶") && !says("手动双面")) state(c, Attribute::duplex, c.duplex, std::string("双面"));
  if (says("单面打印")) state(c, Attribute::duplex, c.duplex, std::string("单面"));
  if (says("全网通")) {
    if (c.network.empty()) c.network = "全网通";
  }
  // The colour of the body: 黑色, 深空灰色, 银色; at the very end also a bare 银 or 灰.
  for (const std::string_view colour : kColours) {
    const std::string whole = std::string(colour) + "色";
    const bool ends = text.ends_with(colour) && (i + 1 >= tokens.size() || tokens.is_mark(i + 1, ')')) && text.size() <= 12;
    if ((says(whole) && !says(whole + "域")) || ends) state(c, Attribute::colour, c.colour, std::string(colour));
  }
}

}  // namespace

void read_measures(Tokens& tokens, Configuration& configuration) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind == TokenKind::word && !tokens[i].taken) read_word(tokens, i, configuration);
    if (tokens[i].kind == TokenKind::ideas) read_ideas(tokens, i, configuration);
  }
}

}  // namespace fairprice::title
