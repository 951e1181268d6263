#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

#include "engine/base/int128.hpp"

namespace fairprice {

/// A result outside what 64 bits of 1/10000 yuan (or of 10^-8 yuan per base unit) can hold.
class MoneyOverflow : public std::overflow_error {
 public:
  MoneyOverflow() : std::overflow_error("amount of money out of range") {}
};

/// An amount of money: a whole count of 1/10000 yuan, so about +-922 337 203 685 477 yuan. What people list, pay and read.
/// Never made from a double. Order and equality are those of the count.
class Money {
 public:
  static constexpr std::int64_t kPerYuan = 10'000;
  static constexpr std::int64_t kPerFen = 100;

  constexpr Money() = default;
  static constexpr Money from_yuan(std::int64_t yuan) { return Money(yuan * kPerYuan); }
  static constexpr Money from_ten_thousandths(std::int64_t count) { return Money(count); }
  /// Throws MoneyOverflow when the count does not fit into 64 bits.
  static constexpr Money from_wide(Int128 count) {
    if (count > INT64_MAX || count < INT64_MIN) throw MoneyOverflow();
    return Money(static_cast<std::int64_t>(count));
  }

  constexpr std::int64_t ten_thousandths() const { return count_; }
  constexpr auto operator<=>(const Money&) const = default;

  /// Rounded to whole fen, half away from zero.
  constexpr Money to_fen() const { return Money(static_cast<std::int64_t>(divide_rounded(count_, kPerFen)) * kPerFen); }

  /// "1380.00", "0.0125", "-3.50": 2 decimals, 4 where needed.
  std::string to_string() const;

 private:
  explicit constexpr Money(std::int64_t count) : count_(count) {}
  std::int64_t count_ = 0;
};

/// The base units in one pack, k = pack size x unit factor: a count of 1/10000. Valid values are 0.01 <= k < 10^4.
class PackUnits {
 public:
  static constexpr std::int64_t kOne = 10'000;
  static constexpr std::int64_t kLeast = 100;
  static constexpr std::int64_t kBelow = 100'000'000;

  constexpr PackUnits() = default;
  static constexpr PackUnits from_ten_thousandths(std::int64_t count) { return PackUnits(count); }
  constexpr std::int64_t ten_thousandths() const { return count_; }
  constexpr bool valid() const { return count_ >= kLeast && count_ < kBelow; }
  constexpr auto operator<=>(const PackUnits&) const = default;
  /// "1", "500", "2.5": a plain decimal without trailing zeros.
  std::string to_string() const;

 private:
  explicit constexpr PackUnits(std::int64_t count) : count_(count) {}
  std::int64_t count_ = kOne;
};

/// A price per base unit: a whole count of 10^-8 yuan. What is compared across packs.
class UnitPrice {
 public:
  constexpr UnitPrice() = default;
  static constexpr UnitPrice from_count(std::int64_t count) { return UnitPrice(count); }

  /// price / k, rounded half away from zero. k valid.
  static constexpr UnitPrice of(Money price, PackUnits k) {
    if (k.ten_thousandths() == PackUnits::kOne && price.ten_thousandths() < 900'000'000'000'000)
      return UnitPrice(price.ten_thousandths() * 10'000);
    return from_wide(divide_rounded(Int128{price.ten_thousandths()} * 100'000'000, k.ten_thousandths()));
  }
  static constexpr UnitPrice from_wide(Int128 count) {
    if (count > INT64_MAX || count < INT64_MIN) throw MoneyOverflow();
    return UnitPrice(static_cast<std::int64_t>(count));
  }

  constexpr std::int64_t count() const { return count_; }
  constexpr auto operator<=>(const UnitPrice&) const = default;

  /// This price for a pack of k base units, rounded to Money half away from zero.
  constexpr Money for_pack(PackUnits k) const {
    return Money::from_wide(divide_rounded(Int128{count_} * k.ten_thousandths(), 100'000'000));
  }

 private:
  explicit constexpr UnitPrice(std::int64_t count) : count_(count) {}
  std::int64_t count_ = 0;
};

}  // namespace fairprice
