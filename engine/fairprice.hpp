#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/assessment/assessment.hpp"
#include "engine/assessment/explain.hpp"
#include "engine/ingest/tables.hpp"
#include "rules/policy.hpp"

/// The engine as a library: load a month, assess it, explain a listing, check a price. No global state, no clock, no printing; files are
/// read by `load` and `explain` alone.
namespace fairprice {

/// Where the run is, for a progress line: called from one thread at a time, at most a few hundred times. Stages: "read index",
/// "read listings", "read orders", "read quotes", "match", "assess".
using Progress = std::function<void(std::string_view stage, std::uint64_t done, std::uint64_t whole)>;

struct LoadOptions {
  std::string folder;
  Period period;
  int threads = 1;
  /// How files are opened: encoding, mapping, what a file that cannot be read means. Null: the folder's own mapping, strict.
  std::shared_ptr<const ingest::InputSettings> input;
  bool raw = false;                ///< keep a leading ' in front of = + - @ tab CR
  bool without_overrides = false;  ///< as if nobody had excluded or matched anything
  int orders_months = 12;          ///< windows in which rows count as used: `use_windows` takes the longest of a policy
  bool own_index_teaches = true;   ///< false: index rows of origin own say nothing of a product's category and unit (for who makes them)
  int index_months = 6;
  int level_months = 6;
  bool listings_optional = false;  ///< a month of quotes and orders is a month too: for what asks of the market alone
  bool keep_quotes =
      true;  ///< false: `run_month` lets them go as it assesses, a fifth of its memory; no `explain` of that month afterwards
  Progress progress;
};

/// Reads all tables of a month. Rows that cannot be understood are in Month::problems, and so are files, unless `input` is strict: then, and
/// when nothing can go on without the file, it is a FatalError as everything else that ends a run.
std::unique_ptr<ingest::Month> load_month(const LoadOptions& options);

/// The policy with its overrides by category under the names that the folder's dictionaries lead to, so that an override of an alias reaches
/// the category. Use the result for everything that follows. Throws FatalError when two overrides turn out to be of one category.
rules::PolicySet resolve_categories(const rules::PolicySet& policy, const std::string& folder);

/// Sets the windows to the longest that a policy looks at, rungs and categories included.
void use_windows(LoadOptions& options, const rules::PolicySet& policy);

/// Assesses every listing of a month. Tables in, assessments out; the same bytes whatever the threads.
/// `estimates` false: listings without reference get none, which is for who only counts decisions.
assessment::Assessments assess(const ingest::Month& month, const rules::PolicySet& policy, int threads, const Progress& progress = {},
                               bool estimates = true);

/// Loads, assesses, and, when people excluded or matched anything, does both once more without them for overrides.csv.
struct Run {
  std::unique_ptr<ingest::Month> month;
  assessment::Assessments assessments;
};
Run run_month(const LoadOptions& options, const rules::PolicySet& policy);

/// Everything that went into the assessment of one listing. Throws FatalError naming the nearest listings when there is none of that name.
assessment::Explanation explain(const ingest::Month& month, const rules::PolicySet& policy, std::string_view listing_id);

/// A supplier's own row to ask about: cells as they would stand in listings.csv. An empty supplier_id is a newcomer who has sold nothing.
using Question = ingest::Question;

/// Loads a month and assesses questions against it: each as if it were a listing, but no source for anything. Rows that cannot be
/// understood are returned as problems, by position.
struct Answers {
  std::unique_ptr<ingest::Month> month;
  std::vector<assessment::Assessment> assessments;  ///< those understood; `row` is a position in month->listings
  std::vector<std::size_t> question;                ///< which question each answers
  std::vector<std::pair<std::size_t, Problem>> problems;
};
Answers check(const LoadOptions& options, const rules::PolicySet& policy, const std::vector<Question>& questions);

}  // namespace fairprice
