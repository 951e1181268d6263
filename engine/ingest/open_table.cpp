#include "engine/ingest/open_table.hpp"

#include "engine/ingest/encoding_reader.hpp"
#include "engine/ingest/xlsx/sheet.hpp"
#include "engine/ingest/zip_member.hpp"

namespace fairprice::ingest {

namespace {

std::optional<Encoding> forced_encoding(const SourceFile& file) {
  if (!file.settings) return std::nullopt;
  const FileMapping* said = file.settings->mapping ? file.settings->mapping->of(file.name) : nullptr;
  return said != nullptr && said->encoding ? said->encoding : file.settings->encoding;
}

}  // namespace

std::unique_ptr<Unpacker> open_table(const SourceFile& file) {
  if (file.format == FileFormat::workbook) return xlsx::open_sheet(file.path, file.name, file.part);
  std::unique_ptr<Unpacker> bytes =
      file.member >= 0 ? open_zip_member(file.path, file.name, file.member) : open_unpacked(file.path, file.name);
  return std::make_unique<EncodingReader>(std::move(bytes), forced_encoding(file));
}

}  // namespace fairprice::ingest
