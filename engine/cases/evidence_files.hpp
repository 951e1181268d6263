#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/ledger/event.hpp"
#include "engine/ledger/verify.hpp"

/// The files that were filed as evidence, held against what the ledger says of them. A file lies in the folder under the SHA-256 of its bytes.
namespace fairprice::cases {

class EvidenceFiles {
 public:
  /// Every event of the ledger, in order.
  void next(const ledger::EventLook& event);
  std::size_t count() const { return files_.size(); }

  /// Adds what is missing or changed in the folder to the findings, each by the event that filed it. Returns the files that no event names, sorted: what was filed when
  /// the program was killed, or by somebody else.
  std::vector<std::string> check(const std::string& folder, ledger::Verified& result) const;

 private:
  struct Filed {
    std::int64_t seq = 0;  ///< the first event that named it
    std::int64_t size = 0;
    std::string name;  ///< as it was called
  };
  std::map<std::string, Filed> files_;  // by SHA-256
};

}  // namespace fairprice::cases
