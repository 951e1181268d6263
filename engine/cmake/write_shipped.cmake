# cmake -D FOLDER=data -D FILES=a;b -D OUTPUT=file -P write_shipped.cmake
# Writes shipped.cpp: the named files of FOLDER as raw string literals, byte for byte.
set(entries "")
foreach(name IN LISTS FILES)
  file(READ "${FOLDER}/${name}" hex HEX)
  if(hex MATCHES "^efbbbf")
    message(FATAL_ERROR "data/${name} starts with a byte order mark: shipped files have none")
  endif()
  # Byte by byte: reading as text would drop carriage returns.
  string(REGEX REPLACE "(..)" "\\1;" bytes "${hex}")
  string(FIND "${bytes}" "0d;" carriage_return)
  if(NOT carriage_return EQUAL -1)
    message(FATAL_ERROR "data/${name} has a carriage return: shipped files end their lines with LF alone")
  endif()
  file(READ "${FOLDER}/${name}" text)
  string(FIND "${text}" ")shipped\"" end)
  if(NOT end EQUAL -1)
    message(FATAL_ERROR "data/${name} contains the end mark of the literal that should hold it")
  endif()
  string(APPEND entries "    {\"${name}\", R\"shipped(${text})shipped\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "// Written by engine/cmake/write_shipped.cmake from data/.
#include \"engine/base/shipped.hpp\"

#include <iterator>

namespace fairprice {
namespace {

struct ShippedFile {
  std::string_view name;
  std::string_view content;
};

// Sorted by name. The first entry is no file: it keeps the array from being empty.
const ShippedFile kShippedFiles[] = {
    {\"\", \"\"},
${entries}};

}  // namespace

std::string_view shipped_file(std::string_view name) {
  for (const ShippedFile& file : kShippedFiles) {
    if (!name.empty() && file.name == name) return file.content;
  }
  return {};
}

std::vector<std::string_view> shipped_files() {
  std::vector<std::string_view> names;
  for (const ShippedFile& file : kShippedFiles) {
    if (!file.name.empty()) names.push_back(file.name);
  }
  return names;
}

}  // namespace fairprice
")
