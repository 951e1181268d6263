#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "engine/ingest/xlsx/number_format.hpp"
#include "engine/ingest/xlsx/xml.hpp"

namespace fairprice::ingest::xlsx {

/// The number formats of a workbook's cells, from its part `styles`.
class Styles {
 public:
  Styles() = default;

  /// The format of a cell's attribute `s`; plain numbers where the workbook has no such style.
  const NumberFormat& of_cell(std::size_t style) const {
    return style < formats_of_cells_.size() ? formats_[formats_of_cells_[style]] : plain_;
  }

 private:
  friend class StylesReader;
  NumberFormat plain_;
  std::vector<NumberFormat> formats_;
  std::vector<std::uint32_t> formats_of_cells_;
};

/// Fills Styles from the part's elements: numFmts (code by number) and cellXfs (number by style).
class StylesReader : public XmlHandler {
 public:
  explicit StylesReader(Place place) : place_(std::move(place)) {}
  void start(std::string_view element, const char** attributes, int depth) override;
  Then end(std::string_view element, int depth) override;
  /// Once the part has been read.
  Styles take();

 private:
  enum class Inside : std::uint8_t { other, codes, cells };
  std::uint32_t slot_of(int id);

  Place place_;
  Inside inside_ = Inside::other;
  std::unordered_map<int, NumberFormat> codes_;
  std::vector<int> ids_of_cells_;
  std::unordered_map<int, std::uint32_t> slots_;
  Styles styles_;
};

}  // namespace fairprice::ingest::xlsx
