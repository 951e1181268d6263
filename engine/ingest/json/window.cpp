#include "engine/ingest/json/window.hpp"

#include <algorithm>
#include <cstring>

#include "engine/ingest/json/limits.hpp"

namespace fairprice::ingest::json {

namespace {

constexpr std::size_t kPiece = std::size_t{256} << 10;

}  // namespace

Window::Window(Unpacker& input, std::string_view head) : input_(input), capacity_(std::max(head.size(), kPiece)), end_(head.size()) {
  buffer_ = std::make_unique<char[]>(capacity_ + kPadding);
  if (!head.empty()) std::memcpy(buffer_.get(), head.data(), head.size());
  take_bad_bytes();
}

bool Window::full() const { return size() > kLargestRecord; }

bool Window::more() {
  if (full()) return false;
  if (begin_ > 0) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, size());
    offset_ += begin_;
    end_ -= begin_;
    begin_ = 0;
  }
  if (capacity_ - end_ < kPiece / 2) {
    const std::size_t capacity = std::max(2 * capacity_, end_ + kPiece);
    auto bigger = std::make_unique<char[]>(capacity + kPadding);
    std::memcpy(bigger.get(), buffer_.get(), end_);
    buffer_ = std::move(bigger);
    capacity_ = capacity;
  }
  const std::size_t got = input_.read(buffer_.get() + end_, capacity_ - end_);
  end_ += got;
  take_bad_bytes();
  return got > 0;
}

void Window::drop(std::size_t bytes) {
  begin_ += bytes;
  if (!bad_.empty() && bad_.front().at < offset_ + begin_) {
    const auto kept = std::find_if(bad_.begin(), bad_.end(), [this](const BadBytes& one) { return one.at >= offset_ + begin_; });
    bad_.erase(bad_.begin(), kept);
  }
}

void Window::take_bad_bytes() {
  for (const BadBytes& one : input_.take_bad_bytes()) bad_.push_back(one);
}

bool Window::look_for_bad(const char* begin, const char* end, std::uint64_t& in_file) const {
  const std::uint64_t from = offset_ + static_cast<std::uint64_t>(begin - buffer_.get());
  const std::uint64_t to = offset_ + static_cast<std::uint64_t>(end - buffer_.get());
  const auto found = std::find_if(bad_.begin(), bad_.end(), [from](const BadBytes& one) { return one.at >= from; });
  if (found == bad_.end() || found->at >= to) return false;
  in_file = found->in_file;
  return true;
}

}  // namespace fairprice::ingest::json
