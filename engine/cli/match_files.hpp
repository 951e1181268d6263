#pragma once

#include <string>
#include <vector>

#include "engine/cli/command.hpp"
#include "engine/matching/catalogue_file.hpp"
#include "engine/matching/evaluate.hpp"

namespace fairprice::cli {

/// The catalogues of `fairprice match`. The same file on both sides, or none on the right, is one catalogue with itself.
struct MatchInput {
  matching::CatalogueFile left, right;  ///< right is empty with `self`
  bool self = false;

  const matching::Catalogue& right_records() const { return self ? left.records : right.records; }
};
MatchInput read_match_input(const std::string& left, const std::string& right);

/// What could not be used of the files: said on standard error, nothing is left out in silence.
struct MatchProblems {
  std::vector<Problem> rows;     ///< of the catalogues and of the files of pairs
  std::vector<Problem> unknown;  ///< ids of pairs that no catalogue has: value is the id
};

/// Pairs by their ids. A row with an id that no catalogue has is left out and reported. Only rows whose column `split` is one of
/// `splits` (divided by commas) where that is not empty. Throws FatalError: no column label or split, a label that is neither 1 nor 0,
/// no row left.
std::vector<matching::LabelledPair> read_labelled(const std::string& path, const std::string& splits, const MatchInput& input,
                                                  MatchProblems& problems);
/// True pairs, sorted, each once.
std::vector<matching::Candidate> read_truth(const std::string& path, const MatchInput& input, MatchProblems& problems);

/// The pairs to score, sorted, each once.
std::vector<matching::Candidate> read_pairs_to_score(const std::string& path, const std::string& splits, const MatchInput& input,
                                                     MatchProblems& problems);

/// left_id,right_id,score,basis, sorted by the ids; with a column match (1 or 0) where all pairs that were asked for are given.
enum class PairColumns : std::uint8_t { matches, all_asked };
std::string scored_csv(const std::vector<matching::ScoredPair>& pairs, const MatchInput& input, PairColumns columns);

/// Precision, recall, F1 and the curve, for a terminal.
std::string evaluation_text(const matching::Evaluation& evaluation, const CommonOptions& common);
/// Rows that could not be used, on standard error: each code with its count and three examples.
void report_match_problems(const MatchProblems& problems, const CommonOptions& common);

}  // namespace fairprice::cli
