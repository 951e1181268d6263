#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/problem.hpp"
#include "engine/ingest/headings.hpp"

namespace fairprice::ingest::json {

/// How the keys of a file are understood.
struct KeyRules {
  Table table = Table::listings;
  std::string file;                         ///< for messages
  const HeadingAliases* aliases = nullptr;  ///< null: the shipped ones
  const ColumnsByHeading* columns =
      nullptr;  ///< by a person: a key or a JSON Pointer ("/offer/price/value") by column; null: nobody said any
};

/// The keys of a file's records, and the columns that they stand for: as headings do, each for itself. A unit in a key (`价格(万元)`) is the
/// unit of the column; it must be the same in all records.
class KeyColumns {
 public:
  struct Key {
    std::string name;
    int column = HeadingMap::kAbsent;
    HeadingUnit unit = HeadingUnit::none;
    bool weak = false;                          ///< its note says nothing to us (型号（旧）): gives way to a key without one
    std::shared_ptr<const FatalError> refusal;  ///< amounts in a unit that cannot be read
    std::uint32_t next = 0;                     ///< the key that last stood behind this one
    std::uint64_t record = 0;                   ///< the record that last had it
  };
  /// Key 0 stands in front of the first of each record.
  static constexpr std::uint32_t kFirst = 0;

  explicit KeyColumns(KeyRules rules);

  /// The key that probably follows `before`, if it does; otherwise looked up, and added when it is new. Beyond kMostKeys: null, unknown.
  Key* key_behind(std::uint32_t& before, std::string_view name) {
    const std::uint32_t guess = keys_[before].next;
    if (guess != kFirst && keys_[guess].name == name) [[likely]] {
      before = guess;
      return &keys_[guess];
    }
    return look_up(before, name);
  }

  /// The columns that a person placed by a JSON Pointer.
  struct Pointed {
    int column;
    std::string pointer;
  };
  const std::vector<Pointed>& pointed() const { return pointed_; }

  /// Whether the keys so far have all required columns.
  bool complete() const;
  /// Throws FatalError as map_headings does when they have not. Of a file without records nothing is said.
  void require_all() const;
  /// Once the first records have shown their keys: the heading is made. Throws FatalError: amounts in a unit that cannot be read.
  void settle();
  /// After settle(): whether the key's unit is that of the column.
  bool fits(const Key& key) const { return key.unit == units_[static_cast<std::size_t>(key.column)]; }
  /// After settle(): every column of the table, in its order.
  const HeadingMap& headings() const { return headings_; }
  /// Keys that no column has, in the order in which they came.
  std::vector<std::string> unknown() const;

  const KeyRules& rules() const { return rules_; }
  std::size_t columns() const { return columns_of(rules_.table).size(); }

 private:
  Key* look_up(std::uint32_t& before, std::string_view name);
  void understand(Key& key) const;
  bool has(int column) const;
  int column_by_person(std::string_view name) const;

  KeyRules rules_;
  std::vector<Pointed> pointed_;
  std::array<bool, kMostColumns> by_person_{};
  std::deque<Key> keys_;  ///< in place for good
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
  std::array<HeadingUnit, kMostColumns> units_{};
  HeadingMap headings_;
};

}  // namespace fairprice::ingest::json
