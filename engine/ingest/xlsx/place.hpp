#pragma once

#include <string>
#include <string_view>

#include "engine/base/problem.hpp"

namespace fairprice::ingest::xlsx {

/// Where in a workbook something is wrong, as the message begins: `quotes.xlsx, sheet "11月", row 88, column C`.
struct Place {
  std::string zh;
  std::string en;

  static Place of_file(const std::string& name) { return {name, name}; }
  Place part(std::string_view path) const { return {zh + "，部件 " + std::string(path), en + ", part " + std::string(path)}; }
  Place sheet(std::string_view title) const {
    return {zh + "，工作表“" + std::string(title) + "”", en + ", sheet \"" + std::string(title) + "\""};
  }
  Place row(long long number) const { return {zh + "，第 " + std::to_string(number) + " 行", en + ", row " + std::to_string(number)}; }
  Place column(std::string_view letters) const { return {zh + "，列 " + std::string(letters), en + ", column " + std::string(letters)}; }
};

/// The file cannot be read on: what is wrong, and how to mend it.
[[noreturn]] inline void refuse(const Place& place, const std::string& zh, const std::string& en) {
  throw FatalError(place.zh + "：" + zh, place.en + ": " + en);
}

}  // namespace fairprice::ingest::xlsx
