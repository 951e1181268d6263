#include "engine/ledger/canonical_text.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace fairprice::ledger {

namespace {

constexpr int kDeepestText = 100;
constexpr std::string_view kLargestDigits = "9007199254740992";  // 2^53

enum class Byte : std::uint8_t { plain, quote, escape, wrong, lead2, lead3, lead4 };

constexpr std::array<Byte, 256> bytes_of_text() {
  std::array<Byte, 256> table{};
  for (int c = 0; c < 256; ++c)
    table[static_cast<std::size_t>(c)] = c < 0x20   ? Byte::wrong
                                         : c < 0x80 ? Byte::plain
                                         : c < 0xC2 ? Byte::wrong
                                         : c < 0xE0 ? Byte::lead2
                                         : c < 0xF0 ? Byte::lead3
                                         : c < 0xF5 ? Byte::lead4
                                                    : Byte::wrong;
  table['"'] = Byte::quote;
  table['\\'] = Byte::escape;
  return table;
}
constexpr std::array<Byte, 256> kBytes = bytes_of_text();

std::string_view between(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

/// Names are ordered by their text, not by how it is spelt.
int compare_names(std::string_view one, std::string_view other) {
  if (one.find('\\') == std::string_view::npos && other.find('\\') == std::string_view::npos) return one.compare(other);
  return unescaped(one).compare(unescaped(other));
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}
  bool at_end() const { return at_ == end_; }

  bool value(int depth) {
    if (at_ == end_) return false;
    switch (*at_) {
      case '"': return string();
      case '{': return depth < kDeepestText && object(depth + 1, nullptr);
      case '[': return depth < kDeepestText && array(depth + 1);
      case 't': return word("true");
      case 'f': return word("false");
      case 'n': return word("null");
      default: return number();
    }
  }

  /// Of the outermost object the members, and those of its member `inner_name`.
  std::string_view inner_name;
  std::vector<TextMember>* inner = nullptr;

  bool object(int depth, std::vector<TextMember>* members) {
    if (!take('{')) return false;
    if (take('}')) return true;
    std::string_view before;
    for (bool first = true;; first = false) {
      const char* const begin = at_ + 1;
      if (!string()) return false;
      const std::string_view name = between(begin, at_ - 1);
      if (!first && compare_names(before, name) >= 0) return false;
      before = name;
      if (!take(':')) return false;
      const char* const value_begin = at_;
      const bool wanted = inner != nullptr && depth == 1 && name == inner_name && at_ != end_ && *at_ == '{';
      if (!(wanted ? object(depth + 1, inner) : value(depth))) return false;
      if (members != nullptr) members->push_back({name, between(value_begin, at_)});
      if (take('}')) return true;
      if (!take(',')) return false;
    }
  }

 private:
  bool take(char c) {
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }

  bool word(std::string_view text) {
    if (static_cast<std::size_t>(end_ - at_) < text.size() || std::memcmp(at_, text.data(), text.size()) != 0) return false;
    at_ += text.size();
    return true;
  }

  bool array(int depth) {
    ++at_;
    if (take(']')) return true;
    for (;;) {
      if (!value(depth)) return false;
      if (take(']')) return true;
      if (!take(',')) return false;
    }
  }

  bool number() {
    const bool minus = take('-');
    const char* const begin = at_;
    while (at_ != end_ && *at_ >= '0' && *at_ <= '9') ++at_;
    const std::string_view digits = between(begin, at_);
    if (digits.empty() || (digits[0] == '0' && (digits.size() > 1 || minus))) return false;
    return digits.size() < kLargestDigits.size() || (digits.size() == kLargestDigits.size() && digits <= kLargestDigits);
  }

  bool tail(int count, unsigned char least, unsigned char most) {
    for (int i = 1; i <= count; ++i) {
      if (at_ + i == end_) return false;
      const auto c = static_cast<unsigned char>(at_[i]);
      if (c < (i == 1 ? least : 0x80) || c > (i == 1 ? most : 0xBF)) return false;
    }
    at_ += count + 1;
    return true;
  }

  /// One spelling each: the short escapes, \u00 and two digits in lower case for the other control characters, and nothing else.
  bool escaped() {
    if (++at_ == end_) return false;
    const char c = *at_++;
    if (c == '"' || c == '\\' || c == 'b' || c == 'f' || c == 'n' || c == 'r' || c == 't') return true;
    if (c != 'u' || end_ - at_ < 4 || at_[0] != '0' || at_[1] != '0' || (at_[2] != '0' && at_[2] != '1')) return false;
    const char digit = at_[3];
    if (!((digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f'))) return false;
    if (at_[2] == '0' && (digit == '8' || digit == '9' || digit == 'a' || digit == 'c' || digit == 'd')) return false;
    at_ += 4;
    return true;
  }

  bool string() {
    if (!take('"')) return false;
    while (at_ != end_) {
      const auto c = static_cast<unsigned char>(*at_);
      switch (kBytes[c]) {
        case Byte::plain: ++at_; break;
        case Byte::quote: ++at_; return true;
        case Byte::escape:
          if (!escaped()) return false;
          break;
        case Byte::wrong: return false;
        case Byte::lead2:
          if (!tail(1, 0x80, 0xBF)) return false;
          break;
        case Byte::lead3:
          if (!tail(2, c == 0xE0 ? 0xA0 : 0x80, c == 0xED ? 0x9F : 0xBF)) return false;
          break;
        case Byte::lead4:
          if (!tail(3, c == 0xF0 ? 0x90 : 0x80, c == 0xF4 ? 0x8F : 0xBF)) return false;
          break;
      }
    }
    return false;
  }

  const char* at_;
  const char* end_;
};

/// Characters at which skipping a value has to stop and think.
constexpr std::array<bool, 256> stops_of(std::string_view characters) {
  std::array<bool, 256> table{};
  for (const char c : characters) table[static_cast<unsigned char>(c)] = true;
  return table;
}
constexpr std::array<bool, 256> kInString = stops_of("\"\\");
constexpr std::array<bool, 256> kInNested = stops_of("\"{}[]");
constexpr std::array<bool, 256> kBehindWord = stops_of(",}]");

const char* next_stop(const char* at, const std::array<bool, 256>& stops) {
  while (!stops[static_cast<unsigned char>(*at)]) ++at;
  return at;
}

/// Bytes of a word that are `c`: the highest bit of the first is right, of later ones perhaps.
constexpr std::uint64_t bytes_like(std::uint64_t word, unsigned char c) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  const std::uint64_t other = word ^ (kOnes * c);
  return (other - kOnes) & ~other & (kOnes << 7);
}

/// Behind a string that is known to be well formed: eight bytes at a time, as long as they lie in front of `end`.
const char* behind_string(const char* at, const char* end) {
  for (++at;; at += 2) {
    if constexpr (std::endian::native == std::endian::little) {
      while (end - at >= 8) {
        std::uint64_t word;
        std::memcpy(&word, at, sizeof word);
        const std::uint64_t stops = bytes_like(word, '"') | bytes_like(word, '\\');
        if (stops != 0) {
          at += std::countr_zero(stops) / 8;
          break;
        }
        at += 8;
      }
    }
    at = next_stop(at, kInString);
    if (*at == '"') return at + 1;
  }
}

/// Behind a value that is known to be well formed, inside of an object or array.
const char* behind_value(const char* at, const char* end) {
  if (*at == '"') return behind_string(at, end);
  if (*at != '{' && *at != '[') return next_stop(at, kBehindWord);
  for (int depth = 0;;) {
    at = next_stop(at, kInNested);
    if (*at == '"') {
      at = behind_string(at, end);
      continue;
    }
    depth += *at == '{' || *at == '[' ? 1 : -1;
    ++at;
    if (depth == 0) return at;
  }
}

void append_member(std::string& to, std::size_t begin, std::string_view name) {
  to.append(to.size() == begin ? "\"" : ",\"");
  to.append(name);
  to.append("\":");
}

constexpr std::string_view kNoMembers = "{}";

}  // namespace

bool is_canonical(std::string_view json) {
  Scanner scanner(json);
  return scanner.value(0) && scanner.at_end();
}

bool scan_members(std::string_view json, std::vector<TextMember>& members, std::string_view name, std::vector<TextMember>* inner) {
  Scanner scanner(json);
  scanner.inner_name = name;
  scanner.inner = inner;
  return scanner.object(1, &members) && scanner.at_end();
}

std::string unescaped(std::string_view spelt) {
  std::string text;
  assign_unescaped(text, spelt);
  return text;
}

void assign_unescaped(std::string& text, std::string_view spelt) {
  if (spelt.find('\\') == std::string_view::npos) {
    text.assign(spelt);
    return;
  }
  text.clear();
  text.reserve(spelt.size());
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  for (std::size_t i = 0; i < spelt.size(); ++i) {
    if (spelt[i] != '\\') {
      text.push_back(spelt[i]);
      continue;
    }
    switch (spelt[++i]) {
      case 'b': text.push_back('\b'); break;
      case 'f': text.push_back('\f'); break;
      case 'n': text.push_back('\n'); break;
      case 'r': text.push_back('\r'); break;
      case 't': text.push_back('\t'); break;
      case 'u':
        text.push_back(static_cast<char>(16 * digit(spelt[i + 3]) + digit(spelt[i + 4])));
        i += 4;
        break;
      default: text.push_back(spelt[i]);
    }
  }
}

bool MemberReader::next(TextMember& member) {
  if (rest_.front() == ',') rest_.remove_prefix(1);
  if (rest_.front() == '}') return false;
  const char* const name = rest_.data();
  const char* const last = name + rest_.size();
  const char* const behind = behind_string(name, last);
  const char* const value = behind + 1;
  const char* const end = behind_value(value, last);
  member = {between(name + 1, behind - 1), between(value, end)};
  rest_.remove_prefix(static_cast<std::size_t>(end - name));
  return true;
}

std::string_view member_of(std::string_view object, std::string_view spelt_name) {
  MemberReader reader(object);
  for (TextMember member; reader.next(member);)
    if (member.name == spelt_name) return member.value;
  return {};
}

std::string text_of(std::string_view object, std::string_view spelt_name) {
  const std::string_view value = member_of(object, spelt_name);
  return value.starts_with('"') ? unescaped(value.substr(1, value.size() - 2)) : std::string();
}

void append_patched(std::string& to, std::string_view body, std::string_view patch) {
  if (body == kNoMembers && ::memmem(patch.data(), patch.size(), "null", 4) == nullptr) {
    to.append(patch);  // nothing to lay it over, and nothing that it takes out
    return;
  }
  to.push_back('{');
  const std::size_t begin = to.size();
  MemberReader old_reader(body), new_reader(patch);
  TextMember before, change;
  bool more = old_reader.next(before);
  while (new_reader.next(change)) {
    int order = 1;
    while (more && (order = compare_names(before.name, change.name)) < 0) {
      append_member(to, begin, before.name);
      to.append(before.value);
      more = old_reader.next(before);
    }
    const bool there = more && order == 0;
    if (change.value != "null") {
      append_member(to, begin, change.name);
      if (change.value.front() == '{')
        append_patched(to, there && before.value.front() == '{' ? before.value : kNoMembers, change.value);
      else
        to.append(change.value);
    }
    if (there) more = old_reader.next(before);
  }
  if (more) {  // all that is behind the last change, as it stands
    to.append(to.size() == begin ? "" : ",");
    const char* const first = before.name.data() - 1;
    to.append(first, static_cast<std::size_t>(body.data() + body.size() - first));
  } else {
    to.push_back('}');
  }
}

std::string text_patch_between(std::string_view before, std::string_view after) {
  std::string patch = "{";
  MemberReader old_reader(before), new_reader(after);
  TextMember was, is;
  bool old_more = old_reader.next(was), new_more = new_reader.next(is);
  while (old_more || new_more) {
    const int order = !old_more ? 1 : !new_more ? -1 : compare_names(was.name, is.name);
    if (order < 0) {
      append_member(patch, 1, was.name);
      patch.append("null");
    } else if (order > 0) {
      append_member(patch, 1, is.name);
      patch.append(is.value);
    } else if (was.value != is.value) {
      if (was.value.front() == '{' && is.value.front() == '{') {
        append_member(patch, 1, is.name);
        patch.append(text_patch_between(was.value, is.value));
      } else {
        append_member(patch, 1, is.name);
        patch.append(is.value);
      }
    }
    if (order <= 0) old_more = old_reader.next(was);
    if (order >= 0) new_more = new_reader.next(is);
  }
  return patch + "}";
}

}  // namespace fairprice::ledger
