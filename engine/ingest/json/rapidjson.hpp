#pragma once

/// RapidJSON as this folder uses it: strings are scanned sixteen bytes at a time. In a namespace of its own, because other sources of the
/// program include it without that, and the linker would keep one of the two.
/// Only for sources of this folder, and its headers that reader.hpp does not include.
/// Buffers that are parsed in place must be followed by Window::kPadding readable bytes.
#define RAPIDJSON_NAMESPACE fairprice_json_rapidjson
#define RAPIDJSON_NAMESPACE_BEGIN namespace fairprice_json_rapidjson {
#define RAPIDJSON_NAMESPACE_END }
#if defined(__SSE2__)
#define RAPIDJSON_SSE2
#endif
#include <rapidjson/document.h>
#include <rapidjson/pointer.h>
#include <rapidjson/reader.h>

namespace fairprice::ingest::json {
namespace rapidjson = fairprice_json_rapidjson;
}
