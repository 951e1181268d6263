#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ingest/xlsx/xml.hpp"

namespace fairprice::ingest::xlsx {

/// The texts that cells share, by number, each ready as a CSV field (append_text). The only part of a workbook that stays in memory: the
/// bytes once, and 8 more a text. Nothing is moved while it grows, so the peak is what it holds in the end.
class SharedStrings : public XmlHandler {
 public:
  explicit SharedStrings(Place place) : place_(std::move(place)) {}

  std::size_t size() const { return entries_.size(); }
  /// `number` < size().
  std::string_view at(std::size_t number) const;
  /// Whether the text had line ends, which are spaces now.
  bool had_line_ends(std::size_t number) const { return (entries_[number] & kLineEnds) != 0; }

  // Runs of rich text (r) are joined, phonetic ones (rPh) left out.
  void start(std::string_view element, const char** attributes, int depth) override;
  Then end(std::string_view element, int depth) override;
  void text(std::string_view piece) override;

 private:
  // Stored as page 19 bits, place in the page 22, size 22, line ends 1: a field is at most twice kLargestCell and two quotes long.
  static constexpr std::size_t kPage = std::size_t{1} << 22;
  static constexpr std::uint64_t kLineEnds = 1;
  void store();
  void add_page();

  Place place_;
  std::vector<std::unique_ptr<char[]>> pages_;
  std::size_t room_ = 0;  ///< of the last page
  std::size_t used_ = 0;  ///< of it
  std::deque<std::uint64_t> entries_;
  std::string raw_;
  std::string field_;
  int phonetic_ = 0;  ///< depth of the phonetic run that is being left out
  bool collecting_ = false;
};

}  // namespace fairprice::ingest::xlsx
