#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/matching/corpus.hpp"

namespace fairprice::matching {

/// A pair worth measuring.
struct Candidate {
  std::uint32_t left;
  std::uint32_t right;
  auto operator<=>(const Candidate&) const = default;
};

struct BlockingSettings {
  /// Candidates kept of each left record, and of each right one the other way round. 0: as many as `most_pairs` allows, 3 to 20.
  std::size_t most = 0;
  std::size_t most_pairs = 5'000'000;  ///< held in memory at once, about 200 bytes each
  std::size_t most_postings = 8000;    ///< records looked at for one record at most: its rarest tokens come first
};

/// For each record of one side the records of the other that share most weight of tokens in title and model numbers: an inverted index,
/// asked from the rarest token on until `most_postings` records have been seen. Both directions, so that a crowded record on one side
/// hides none on the other. A self-join gives each pair once, left < right. Sorted; no pair twice; independent of `threads`.
std::vector<Candidate> find_candidates(const Corpus& corpus, const BlockingSettings& settings, int threads);

}  // namespace fairprice::matching
