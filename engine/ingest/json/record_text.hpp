#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

#include "engine/ingest/json/rapidjson.hpp"
#include "engine/ingest/json/record_problem.hpp"

namespace fairprice::ingest::json {

/// How a record begins, as problems quote it: at most 120 bytes, no piece of a character at the end.
std::string beginning_of(std::string_view record);

/// The same of a record that is parsed in place: held before, and asked for when something was wrong.
class Beginning {
 public:
  /// kHeld bytes can be read from `begin`, whatever there are.
  void hold(const char* begin, const char* end) {
    std::memcpy(held_.data(), begin, kHeld);
    size_ = static_cast<std::size_t>(end - begin);
  }
  std::string text() const { return beginning_of({held_.data(), size_ < kHeld ? size_ : kHeld}); }

 private:
  static constexpr std::size_t kHeld = 128;
  std::array<char, kHeld> held_{};
  std::size_t size_ = 0;
};

/// JSON's white space: not that of Unicode.
std::string_view without_space(std::string_view text);

RecordProblem too_large(std::string value);

/// What the parser found at a byte of a record (from 0; messages count from 1).
RecordProblem parse_problem(rapidjson::ParseErrorCode code, std::size_t offset);

/// A record that goes on behind its last bracket.
RecordProblem trailing_problem(std::size_t offset);

/// Adds where in the file a problem stands, and that nothing behind it is read.
void end_reading(RecordProblem& problem, std::int64_t line, std::int64_t column);

}  // namespace fairprice::ingest::json
