#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace fairprice::matching {

/// What a number in a title can measure. Two products whose values of one kind contradict are seldom the same.
enum class Unit : std::uint8_t {
  none,
  bytes,      ///< GB
  megahertz,  ///< MHz
  hertz,      ///< Hz
  inches,     ///< screen and paper sizes, "
  millimetres,
  grams,
  watts,
  volts,
  milliampere_hours,
  litres,  ///< in millilitres
  sheets,  ///< sheets, pages
  pieces,  ///< pack, count, piece
  ports,
  users,
  pixels,           ///< megapixels
  dots,             ///< dpi
  turns,            ///< rpm
  times,            ///< zoom, speed of a drive
  bits_per_second,  ///< Mbit/s
  channels,
  hours,
  cores,
  percent,
  bits,
  cubic_feet,
  btu,
  feet,
  lines,  ///< 1080p
};
inline constexpr int kUnits = static_cast<int>(Unit::lines) + 1;

struct UnitSpelling {
  Unit unit;
  std::int64_t factor;     ///< to the unit's base, in 1/1000
  std::string_view canon;  ///< behind the number in a token's text
};

/// The unit that canonical `word` stands for behind a number of `value` 1/1000; nothing when it is none.
std::optional<UnitSpelling> unit_of(std::string_view word, std::int64_t value);

/// The same at the beginning of a run of ideographs; `length` becomes the bytes that the unit takes there.
std::optional<UnitSpelling> ideograph_unit(std::string_view run, std::size_t& length);

}  // namespace fairprice::matching
