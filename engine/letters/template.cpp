#include "engine/letters/template.hpp"

#include <algorithm>

#include "engine/base/problem.hpp"
#include "engine/base/text.hpp"

namespace fairprice::letters {

namespace {

class Filling {
 public:
  Filling(std::string_view text, const Fields& fields, std::string_view where) : text_(text), fields_(fields), where_(where) {}

  std::string fill() {
    std::string result;
    part(0, text_.size(), nullptr, result);
    return result;
  }

 private:
  struct Tag {
    std::size_t begin = 0, end = 0;  ///< with its braces
    std::string_view name;           ///< with # or / in front
  };

  Tag next_tag(std::size_t at, std::size_t end) const {
    const std::size_t open = text_.find("{{", at);
    if (open == std::string_view::npos || open >= end) return {end, end, {}};
    const std::size_t close = text_.find("}}", open);
    if (close == std::string_view::npos) refuse(open, "“{{” 没有对应的 “}}”", "{{ without }}");
    return {open, close + 2, trimmed(text_.substr(open + 2, close - open - 2))};
  }

  [[noreturn]] void refuse(std::size_t at, const std::string& zh, const std::string& en) const {
    const std::string place =
        std::string(where_) + ":" + std::to_string(1 + std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    throw FatalError(place + "：" + zh, place + ": " + en);
  }

  [[noreturn]] void refuse_name(const Tag& tag, std::string_view name, const std::vector<std::string_view>& known) const {
    std::string_view nearest;
    std::size_t least = SIZE_MAX;
    for (const std::string_view one : known)
      if (const std::size_t distance = edit_distance(name.substr(0, 64), one); distance < least) least = distance, nearest = one;
    const std::string shown = quoted_for_message(name);
    refuse(tag.begin, "没有名为 " + shown + " 的内容（最接近的是 " + std::string(nearest) + "）",
           "there is nothing called " + shown + " (nearest: " + std::string(nearest) + ")");
  }

  const std::string& value_of(const Tag& tag, const Row* row) const {
    if (row != nullptr)
      if (const auto found = row->find(tag.name); found != row->end()) return found->second;
    if (const auto found = fields_.texts.find(tag.name); found != fields_.texts.end()) return found->second;
    std::vector<std::string_view> known;
    for (const auto& [name, text] : fields_.texts) known.push_back(name);
    if (row != nullptr)
      for (const auto& [name, text] : *row) known.push_back(name);
    refuse_name(tag, tag.name, known);
  }

  /// The end tag of a section that begins with `tag`. Sections of the same name do not lie in one another.
  Tag end_of(const Tag& tag, std::size_t end) const {
    const std::string_view name = tag.name.substr(1);
    for (Tag one = next_tag(tag.end, end); one.begin < end; one = next_tag(one.end, end))
      if (one.name.starts_with('/') && one.name.substr(1) == name) return one;
    refuse(tag.begin, "段落 " + quoted_for_message(name) + " 没有结束", "the section " + quoted_for_message(name) + " does not end");
  }

  /// Whether a tag has its line for itself; then the line goes with it.
  bool is_alone(const Tag& tag) const {
    const std::size_t before = text_.substr(0, tag.begin).rfind('\n');
    const std::size_t first = before == std::string_view::npos ? 0 : before + 1;
    const std::size_t after = text_.find('\n', tag.end);
    return trimmed(text_.substr(first, tag.begin - first)).empty() && after != std::string_view::npos &&
           trimmed(text_.substr(tag.end, after - tag.end)).empty();
  }
  std::size_t behind(const Tag& tag) const { return is_alone(tag) ? text_.find('\n', tag.end) + 1 : tag.end; }

  void part(std::size_t at, std::size_t end, const Row* row, std::string& result) const {
    while (at < end) {
      const Tag tag = next_tag(at, end);
      std::string_view before = text_.substr(at, tag.begin - at);
      if (tag.begin < end && !tag.name.empty() && tag.name.front() == '#' && is_alone(tag))
        before = before.substr(0, before.size() - (tag.begin - (text_.substr(0, tag.begin).rfind('\n') + 1)));
      result += before;
      if (tag.begin >= end) return;
      if (tag.name.starts_with('/')) refuse(tag.begin, "段落的结束没有开始", "the end of a section that did not begin");
      if (!tag.name.starts_with('#')) {
        result += value_of(tag, row);
        at = tag.end;
        continue;
      }
      const auto section = fields_.sections.find(tag.name.substr(1));
      if (section == fields_.sections.end()) {
        std::vector<std::string_view> known;
        for (const auto& [name, rows] : fields_.sections) known.push_back(name);
        refuse_name(tag, tag.name.substr(1), known);
      }
      const Tag last = end_of(tag, end);
      const std::size_t inner = behind(tag);
      for (const Row& one : section->second) part(inner, last.begin, &one, result);
      at = behind(last);
    }
  }

  std::string_view text_;
  const Fields& fields_;
  std::string_view where_;
};

}  // namespace

std::string filled_in(std::string_view text, const Fields& fields, std::string_view where) { return Filling(text, fields, where).fill(); }

}  // namespace fairprice::letters
