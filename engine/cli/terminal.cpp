#include "engine/cli/terminal.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "engine/base/text.hpp"

namespace fairprice::cli {

namespace {

std::size_t width_of(UChar32 c) {
  if (c < 0) return 1;  // a stray byte: terminals show one replacement character
  if (c < 32 || c == 127) return 0;
  if (c < 127) return 1;
  const int type = u_charType(c);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

UChar32 next_character(std::string_view text, std::size_t& at) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto place = static_cast<std::int32_t>(at);
  const auto size = static_cast<std::int32_t>(text.size());
  UChar32 c = 0;
  U8_NEXT(bytes, place, size, c);
  at = static_cast<std::size_t>(place);
  return c;
}

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) width += width_of(next_character(text, at));
  return width;
}

std::string shortened(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  std::size_t used = 1;  // the ellipsis
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size(); end = at) {
    used += width_of(next_character(text, at));
    if (used > width) break;
  }
  return std::string(text.substr(0, end)) + "…";
}

std::string grouped(std::int64_t count) {
  std::string digits = std::to_string(count);
  const std::size_t first = count < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) digits.insert(at -= 3, 1, ' ');
  return digits;
}

Language language_of_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const std::string_view value = variable(name); !value.empty()) return value.starts_with("zh") ? Language::zh : Language::en;
  return Language::en;
}

bool may_rewrite_line(int stream) { return ::isatty(stream) == 1 && variable("TERM") != "dumb"; }

bool may_colour(int stream) { return may_rewrite_line(stream) && variable("NO_COLOR").empty(); }

std::string Page::styled(std::string_view text, Style style) const {
  if (!colour_ || style == Style::plain || text.empty()) return std::string(text);
  const std::string_view start = style == Style::bold ? "\x1b[1m" : style == Style::dim ? "\x1b[2m" : "\x1b[33m";
  return std::string(start).append(text).append("\x1b[0m");
}

Page& Page::line(std::string_view text, Style style) {
  text_.append(styled(text, style)).append(1, '\n');
  return *this;
}

void TextTable::print(Page& page) const {
  std::vector<std::size_t> widths(columns_.size(), 0);
  auto rows = rows_;
  for (auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) {
      row[i] = quoted_for_message(row[i], SIZE_MAX);  // a name from outside must not break the table, or command the terminal
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::string line;
    for (std::size_t i = 0; i < rows[r].size(); ++i) {
      const std::string& cell = rows[r][i];
      const std::size_t padding = widths[i] - display_width(cell);
      line += "  ";
      if (columns_[i] == Align::right) line.append(padding, ' ');
      line += cell;
      if (columns_[i] == Align::left) line.append(padding, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    page.line(line, r == 0 ? Style::dim : Style::plain);
  }
}

void write_stream(int stream, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(stream, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
      continue;
    }
    if (errno == EINTR) continue;
    if (errno == EPIPE || stream == STDERR_FILENO) return;
    const std::string reason = std::generic_category().message(errno);
    throw FatalError("标准输出无法写入（" + reason + "）", "standard output cannot be written (" + reason + ")");
  }
}

}  // namespace fairprice::cli
