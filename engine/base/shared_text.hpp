#pragma once

#include <compare>
#include <concepts>
#include <memory>
#include <string>
#include <string_view>

namespace fairprice {

/// One of the few texts that very many values repeat (the name of a table, a file, a column): eight bytes each. A text is stored once and
/// for as long as the program runs, so it may be handed to any thread. Not for texts of which there are as many as rows.
class SharedText {
 public:
  SharedText() = default;
  template <class Text>
  requires std::convertible_to<const Text&, std::string_view> SharedText(const Text& text) : text_(stored(text)) {}
  SharedText(const SharedText&) = default;
  SharedText& operator=(const SharedText&) = default;

  std::string_view view() const { return text_ == nullptr ? std::string_view() : std::string_view(*text_); }
  operator std::string_view() const { return view(); }
  bool empty() const { return text_ == nullptr; }

  /// By their bytes, as std::string.
  friend bool operator==(const SharedText& a, const SharedText& b) { return a.text_ == b.text_; }
  friend std::strong_ordering operator<=>(const SharedText& a, const SharedText& b) { return a.view() <=> b.view(); }
  template <class Text>
  requires(std::convertible_to<const Text&, std::string_view> && !std::same_as<Text, SharedText>) friend bool operator==(
      const SharedText& a, const Text& b) {
    return a.view() == std::string_view(b);
  }

 private:
  static const std::string* stored(std::string_view text);  ///< null for the empty text
  const std::string* text_ = nullptr;
};

/// A text that is empty nearly always: eight bytes then.
class RareText {
 public:
  RareText() = default;
  template <class Text>
  requires std::convertible_to<const Text&, std::string_view> RareText(const Text& text) { *this += text; }
  RareText(const RareText& other) { *this += other.view(); }
  RareText(RareText&&) noexcept = default;
  RareText& operator=(const RareText& other) { return *this = RareText(other); }
  RareText& operator=(RareText&&) noexcept = default;
  ~RareText() = default;

  RareText& operator+=(std::string_view more) {
    if (more.empty()) return *this;
    if (!text_) text_ = std::make_unique<std::string>();
    *text_ += more;
    return *this;
  }
  std::string_view view() const { return text_ ? std::string_view(*text_) : std::string_view(); }
  operator std::string_view() const { return view(); }
  bool empty() const { return !text_; }
  template <class Text>
  requires(std::convertible_to<const Text&, std::string_view> && !std::same_as<Text, RareText>) friend bool operator==(const RareText& a,
                                                                                                                       const Text& b) {
    return a.view() == std::string_view(b);
  }

 private:
  std::unique_ptr<std::string> text_;
};

}  // namespace fairprice
