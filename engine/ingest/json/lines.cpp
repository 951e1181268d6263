#include "engine/ingest/json/lines.hpp"

#include <cstring>

#include "engine/ingest/json/limits.hpp"
#include "engine/ingest/json/record_text.hpp"

namespace fairprice::ingest::json {

bool Lines::next(Record& record) {
  window_.drop(taken_);
  taken_ = 0;
  record.has_problem = false;
  record.line = ++line_;
  record.column = 1;
  for (std::size_t searched = 0;;) {
    char* const begin = window_.data();
    if (void* const feed = searched < window_.size() ? std::memchr(begin + searched, '\n', window_.size() - searched) : nullptr) {
      record.begin = begin;
      record.end = static_cast<char*>(feed);
      taken_ = static_cast<std::size_t>(record.end - begin) + 1;
      if (taken_ <= kLargestRecord) return true;
      taken_ = 0;
      give_up_line(record);
      return true;
    }
    searched = window_.size();
    if (window_.more()) continue;
    if (window_.full()) {
      give_up_line(record);
      return true;
    }
    if (window_.size() == 0) return false;
    record.begin = window_.data();
    record.end = record.begin + window_.size();
    taken_ = window_.size();
    return true;
  }
}

void Lines::give_up_line(Record& record) {
  problem_ = too_large(beginning_of({window_.data(), window_.size()}));
  record.has_problem = true;
  for (;;) {
    const void* const feed = std::memchr(window_.data(), '\n', window_.size());
    if (feed != nullptr) {
      window_.drop(static_cast<std::size_t>(static_cast<const char*>(feed) - window_.data()) + 1);
      return;
    }
    window_.drop(window_.size());
    if (!window_.more()) return;
  }
}

}  // namespace fairprice::ingest::json
