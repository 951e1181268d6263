#pragma once

#include <rapidjson/document.h>

#include <string>

namespace fairprice::ledger {

/// Appends the canonical spelling of a parsed value; false when it has none. For the sources of this folder: no other header shows the library.
bool append_canonical(std::string& to, const rapidjson::Value& value);

}  // namespace fairprice::ledger
