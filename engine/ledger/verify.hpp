#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/ledger/store.hpp"

namespace fairprice::ledger {

/// Something that is not as it was written.
struct Finding {
  std::int64_t seq = 0;  ///< the event; 0 for what belongs to none
  std::string zh, en;    ///< where, what was expected, what stands there
};

/// Holds a chain of events, one after another, against what each says of itself and of the one before. Goes on behind a break, so that all breaks are found.
class ChainCheck {
 public:
  /// `hash` empty: not kept beside the line (an export).
  void next(std::int64_t seq, std::string_view hash, std::string_view line);
  /// The same of a line whose SHA-256 is `sum` and which is that event, or none (null).
  void next(std::int64_t seq, std::string_view hash, const std::string& sum, const EventLook* event);
  /// Says that the last event's `subject` beside the line is another one.
  void wrong_subject(std::string_view there, std::string_view expected);
  const Head& head() const { return head_; }
  const std::vector<Finding>& findings() const { return findings_; }
  /// Blobs that the events name.
  const std::vector<std::string>& blobs() const { return blobs_; }

 private:
  void found(std::int64_t seq, std::string zh, std::string en);
  void missing(std::int64_t before);

  Head head_;
  std::string last_time_;
  bool last_is_bad_ = false;
  std::vector<Finding> findings_;
  std::vector<std::string> blobs_;
};

struct Verified {
  Head head;
  std::int64_t blobs = 0;
  std::vector<Finding> findings;  ///< by event
  bool ok() const { return findings.empty(); }
};

/// Reads every row of the ledger. `expected`: a head that was published: the ledger must have it still, whatever came after. What is told of the events is checked in the
/// same pass and on the same state: `each` gets every line that is an event, `then` what was found so far.
Verified verify(Store& store, const std::optional<Head>& expected, const std::function<void(const EventLook&)>& each = {},
                const std::function<void(Verified&)>& then = {});

/// What a head says of a chain that was read: nothing, when it is there.
std::optional<Finding> compare_head(const Head& expected, const Head& head, const std::string& hash_there);

}  // namespace fairprice::ledger
