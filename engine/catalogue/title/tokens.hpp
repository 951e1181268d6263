#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fairprice::title {

enum class TokenKind : std::uint8_t {
  word,   ///< A-Z and 0-9, with a dot between two digits: `20Y7003LCD`, `15.6`
  ideas,  ///< a run of ideographs (or letters of another script): `英寸笔记本电脑`
  mark    ///< one sign: + - / ( ) | , : …; every dash is `-`, every bracket a round one, `丨` is `|`, `×` is `*`
};

struct Token {
  std::string_view text;
  TokenKind kind;
  bool spaced;         ///< white space stands before it
  bool taken = false;  ///< a reader has understood it, so that it is no part of a model number
};

/// A text in canonical form, cut where the script changes: what shops write without blanks (`酷睿i5-8250U四核8G内存`) falls into words.
/// The tokens point into `text`, so the object is neither copied nor moved.
class Tokens {
 public:
  /// `cell` must be UTF-8.
  explicit Tokens(std::string_view cell);
  Tokens(const Tokens&) = delete;
  Tokens& operator=(const Tokens&) = delete;

  std::size_t size() const { return tokens_.size(); }
  Token& operator[](std::size_t i) { return tokens_[i]; }
  const Token& operator[](std::size_t i) const { return tokens_[i]; }
  /// The token at i, or an empty mark outside the text.
  const Token& at(std::size_t i) const { return i < tokens_.size() ? tokens_[i] : none_; }
  const Token& before(std::size_t i) const { return i > 0 ? at(i - 1) : none_; }
  const Token& after(std::size_t i) const { return at(i + 1); }
  const std::string& text() const { return text_; }

  bool is_word(std::size_t i) const { return i < tokens_.size() && tokens_[i].kind == TokenKind::word; }
  bool is_mark(std::size_t i, char mark) const {
    return i < tokens_.size() && tokens_[i].kind == TokenKind::mark && tokens_[i].text.size() == 1 && tokens_[i].text[0] == mark;
  }
  bool contains(std::string_view part) const { return text_.find(part) != std::string::npos; }

 private:
  std::string text_;
  std::vector<Token> tokens_;
  Token none_{{}, TokenKind::mark, true};
};

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
bool all_digits(std::string_view text);
bool all_letters(std::string_view text);
/// Length of the digits that a text starts with.
std::size_t leading_digits(std::string_view text);
std::size_t leading_letters(std::string_view text);

}  // namespace fairprice::title
