#include "engine/ingest/input_settings.hpp"

namespace fairprice::ingest {

std::shared_ptr<const InputSettings> input_settings_of(const std::string& folder, std::shared_ptr<const Mapping> mapping,
                                                       std::optional<Encoding> encoding) {
  auto settings = std::make_shared<InputSettings>();
  settings->encoding = encoding;
  settings->mapping = mapping ? std::move(mapping) : mapping_of_folder(folder);
  settings->aliases = HeadingAliases::of_folder(folder);
  return settings;
}

}  // namespace fairprice::ingest
