#pragma once

#include <functional>
#include <string>

#include "engine/ledger/store.hpp"

namespace fairprice::ledger {

/// A row of the ledger with what reading its line gives.
struct DigestedEvent {
  StoredEvent row;
  std::string sum;  ///< SHA-256 of the line
  bool is_event = false;
  EventLook look;  ///< of the line when it is an event
};

/// All events in their order. They are read on a thread of their own and digested on another, while `each` is busy with earlier ones; what these throw, this throws.
/// Inside of a Store::read.
void read_digested(Store& store, const std::function<void(const DigestedEvent&)>& each);

}  // namespace fairprice::ledger
