#pragma once

#include "engine/ingest/xlsx/place.hpp"

namespace fairprice::ingest::xlsx {

/// Refuses a file that does not begin as a zip archive does, saying what it is: empty, an OLE compound file ([MS-CFB]: an old .xls, or a
/// workbook behind a password, [MS-OFFCRYPTO] 2.3.4), a web page, a text.
void check_is_archive(int fd, const Place& place);

}  // namespace fairprice::ingest::xlsx
