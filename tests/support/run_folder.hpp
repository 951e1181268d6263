#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "engine/fairprice.hpp"
#include "engine/publishing/publish.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fairprice::testing_support {

inline LoadOptions options_of(const std::string& folder, int threads = 1, Period period = Period::of(2023, 11)) {
  LoadOptions options;
  options.folder = folder;
  options.period = period;
  options.threads = threads;
  return options;
}

/// Loads and assesses the month in a folder.
inline Run run_folder(const std::string& folder, const rules::PolicySet& policy = rules::shipped_policy("hubei"), int threads = 1) {
  return run_month(options_of(folder, threads), policy);
}

/// The bytes of every file that a run writes, by name.
inline std::map<std::string, std::string> publish_run(const Run& run, const std::string& input, const rules::PolicySet& policy,
                                                      int threads = 1) {
  const TemporaryFolder place;
  const std::string output = place.path_of("output");
  publishing::OutputFolder folder(output, input);
  publishing::PublishOptions options;
  options.threads = threads;
  publishing::publish(*run.month, run.assessments, policy, options, folder);
  folder.commit();
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(output)) files[entry.path().filename().string()] = read_whole(entry.path());
  return files;
}

/// One row of assessments.csv in words, by listing.
struct Judged {
  std::string product, basis, index_price, procurement_average, ecommerce_average, store_average, monitoring_price, decision,
      max_fair_price, notices, match_basis;
  std::uint32_t kept = 0, screened = 0;
};

inline std::map<std::string, Judged> judged(const Run& run, const rules::PolicySet& policy = rules::shipped_policy("hubei")) {
  const auto text = [](Money amount) { return assessment::present(amount) ? amount.to_string() : std::string(); };
  std::map<std::string, Judged> result;
  for (const assessment::Assessment& a : run.assessments.listings) {
    const ingest::Listing& listing = run.month->listings[a.row];
    const ingest::Keys& keys = *run.month->keys;
    const rules::Policy& own = policy.of(listing.category == ingest::kNone ? std::string_view() : keys.categories[listing.category]);
    Judged& j = result[std::string(keys.listings[listing.listing])];
    j.product = listing.product == ingest::kNone ? "" : keys.product_name(listing.product);
    j.match_basis = match_basis_name(static_cast<MatchBasis>(listing.basis));
    j.basis = assessment::monitoring_basis(a, own);
    j.index_price = text(a.indicators[0]);
    j.procurement_average = text(a.indicators[1]);
    j.ecommerce_average = text(a.indicators[2]);
    j.store_average = text(a.indicators[3]);
    j.monitoring_price = text(a.monitoring_price);
    j.decision = rules::decision_name(a.decision);
    j.max_fair_price = text(a.max_fair_price);
    j.notices = assessment::notices_text(a, listing.k);
    j.kept = a.sources_kept;
    j.screened = a.sources_screened;
  }
  return result;
}

}  // namespace fairprice::testing_support
