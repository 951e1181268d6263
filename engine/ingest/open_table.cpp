#include "engine/ingest/open_table.hpp"

#include "engine/ingest/encoding_reader.hpp"
#include "engine/ingest/json/reader.hpp"
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

std::unique_ptr<Unpacker> open_table(const SourceFile& file, Table table) {
  if (file.format == FileFormat::workbook) return xlsx::open_sheet(file.path, file.name, file.part);
  std::unique_ptr<Unpacker> bytes =
      file.member >= 0 ? open_zip_member(file.path, file.name, file.member) : open_unpacked(file.path, file.name);
  auto text = std::make_unique<EncodingReader>(std::move(bytes), forced_encoding(file));
  if (file.format == FileFormat::text) return text;
  json::JsonSettings settings;
  settings.rules.table = table;
  settings.rules.file = file.name;
  settings.ending = file.format == FileFormat::json ? json::Ending::json : json::Ending::lines;
  if (file.settings) {
    settings.rules.aliases = file.settings->aliases.get();
    settings.currency = file.settings->currency;
    if (const FileMapping* said = file.settings->mapping ? file.settings->mapping->of(file.name) : nullptr) {
      settings.rules.columns = &said->columns;
      settings.records = said->records;
    }
  }
  return std::make_unique<json::JsonReader>(std::move(text), std::move(settings));
}

}  // namespace fairprice::ingest
