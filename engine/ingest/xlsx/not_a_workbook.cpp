#include "engine/ingest/xlsx/not_a_workbook.hpp"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string>
#include <string_view>

namespace fairprice::ingest::xlsx {

namespace {

std::string bytes_at(int fd, std::uint64_t place, std::size_t size) {
  std::string bytes(size, '\0');
  const ssize_t got = ::pread(fd, bytes.data(), size, static_cast<off_t>(place));
  bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return bytes;
}

std::uint32_t number_at(std::string_view bytes, std::size_t place, int width) {
  std::uint32_t value = 0;
  for (int i = width - 1; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[place + static_cast<std::size_t>(i)]);
  return value;
}

std::string in_utf16(std::string_view ascii) {
  std::string wide;
  for (const char c : ascii) wide += {c, '\0'};
  return wide;
}

/// [MS-CFB] 2.2: the directory, in which streams have their names, starts at the sector that bytes 48 to 51 name; sectors have
/// 2^(bytes 30 and 31) bytes, and the header stands before number 0. A workbook behind a password names its stream among the first.
bool has_password(int fd, std::string_view header) {
  const std::uint32_t shift = number_at(header, 30, 2);
  if (shift < 9 || shift > 12) return false;
  const std::uint64_t directory = (std::uint64_t{number_at(header, 48, 4)} + 1) << shift;
  return bytes_at(fd, directory, 4096).find(in_utf16("EncryptedPackage")) != std::string::npos;
}

bool is_page(std::string_view bytes) {
  const std::size_t start = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return start != std::string_view::npos && bytes[start] == '<';
}

/// Whether the bytes may be text: no control characters but white space.
bool is_text(std::string_view bytes) {
  return std::none_of(bytes.begin(), bytes.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && std::isspace(byte) == 0;
  });
}

}  // namespace

void check_is_archive(int fd, const Place& place) {
  const std::string header = bytes_at(fd, 0, 512);
  if (header.empty()) refuse(place, "文件是空的（0 字节）；请重新导出", "the file is empty (0 bytes): export it again");
  if (header.starts_with("PK")) return;
  if (header.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) {
    if (header.size() >= 52 && has_password(fd, header))
      refuse(place, "工作簿有密码保护；请用 Excel 打开，去掉密码（文件-信息-保护工作簿）后另存为 .xlsx",
             "the workbook is protected by a password: open it in Excel, take the password off (File, Info, Protect Workbook) and save it "
             "as .xlsx");
    refuse(place, "是旧式 .xls 工作簿，不是 .xlsx；请用 Excel 打开后另存为 .xlsx",
           "is an old .xls workbook, not .xlsx: open it in Excel and save it as .xlsx");
  }
  if (is_page(header))
    refuse(place, "是网页或 XML，不是 .xlsx 工作簿；请用 Excel 打开后另存为 .xlsx",
           "is a web page or XML, not an .xlsx workbook: open it in Excel and save it as .xlsx");
  if (is_text(header))
    refuse(place, "是文本，不是 .xlsx 工作簿；如果是 CSV，请改名为 .csv", "is text, not an .xlsx workbook: if it is CSV, name it .csv");
  refuse(place, "不是 .xlsx 工作簿（不是 zip 压缩包）；请用 Excel 打开后另存为 .xlsx",
         "is no .xlsx workbook (no zip archive): open it in Excel and save it as .xlsx");
}

}  // namespace fairprice::ingest::xlsx
