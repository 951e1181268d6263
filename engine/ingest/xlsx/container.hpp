#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "engine/ingest/xlsx/place.hpp"

namespace fairprice::ingest::xlsx {

/// One part of a workbook, unpacked as it is read, within limits.
class Part {
 public:
  virtual ~Part() = default;
  /// Up to `room` bytes; 0 only at the end. Throws FatalError: damaged, checksum wrong, larger than the limits.
  virtual std::size_t read(char* place, std::size_t room) = 0;
  /// How much of the packed part has been read, about; for progress.
  virtual std::uint64_t packed_position() const = 0;
};

/// The zip archive that a workbook is. Not for several threads at once. Throws FatalError that says what the file is instead: empty, cut
/// short, protected by a password, an old .xls, a web page or CSV under another name.
class Container {
 public:
  Container(const std::string& path, const std::string& name);
  ~Container();
  Container(const Container&) = delete;
  Container& operator=(const Container&) = delete;

  /// Names of parts are the same in any case (ECMA-376 part 2, 6.2.2).
  bool has(const std::string& part) const;
  /// The part must be there. `limit`: unpacked bytes.
  std::unique_ptr<Part> open(const std::string& part, std::uint64_t limit) const;

  const Place& place() const;
  std::uint64_t size() const;    ///< bytes on disk
  std::uint64_t digest() const;  ///< XXH3-64 of them; reads the file once more

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fairprice::ingest::xlsx
