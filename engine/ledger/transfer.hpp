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

struct Imported {
  std::int64_t events = 0;
  bool same = false;  ///< the ledger held just these events already: nothing was written
};

/// Into an empty ledger: all of it or nothing. Throws FatalError with the line that is wrong, and when the ledger holds other events or a blob that an event names does
/// not come. `then` is done in the same transaction, when all is there.
Imported import_ledger(Store& store, std::string_view text, const std::string& name, const std::function<void(Store::Change&)>& then = {});

}  // namespace fairprice::ledger
