#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "engine/ledger/store.hpp"

/// A ledger as text: one event a line, as its hash is taken of; with the blobs, a line for each behind the event that names it first:
/// {"blob":"<SHA-256>","packed":"<base64 of zstd>"}.
namespace fairprice::ledger {

/// `write` takes the lines in parts.
void export_ledger(Store& store, bool with_blobs, const std::function<void(std::string_view)>& write);

/// Into an empty ledger: all of it or nothing. Returns the number of events. Throws FatalError with the line that is wrong, and when the ledger is not empty or a
/// blob that an event names does not come. `then` is done in the same transaction, when all is there.
std::int64_t import_ledger(Store& store, std::string_view text, const std::string& name,
                           const std::function<void(Store::Change&)>& then = {});

}  // namespace fairprice::ledger
