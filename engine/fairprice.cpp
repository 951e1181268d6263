#include "engine/fairprice.hpp"

#include <algorithm>

#include "engine/assessment/assess.hpp"
#include "engine/assessment/category_overrides.hpp"
#include "engine/base/text.hpp"
#include "engine/catalogue/confirm_packs.hpp"
#include "engine/catalogue/identity.hpp"
#include "engine/ingest/row.hpp"

namespace fairprice {

namespace {

ingest::ReadSettings settings_of(const LoadOptions& options) {
  ingest::ReadSettings settings;
  settings.threads = std::max(1, options.threads);
  settings.raw = options.raw;
  settings.input = options.input;
  settings.without_overrides = options.without_overrides;
  settings.orders_months = options.orders_months;
  settings.index_months = options.index_months;
  settings.level_months = options.level_months;
  settings.listings_optional = options.listings_optional;
  settings.progress = options.progress;
  return settings;
}

/// Rejects.csv is printed in the order of places, so that it does not depend on threads.
void sort_problems(std::vector<Problem>& problems) {
  std::sort(problems.begin(), problems.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.table, a.file, a.line, a.column, a.code, a.value) < std::tie(b.table, b.file, b.line, b.column, b.code, b.value);
  });
}

void count_index(ingest::Month& month) {
  auto& counts = month.tables["index"].counts;
  for (const auto& row : month.index) ++counts.by_use[static_cast<std::size_t>(row.use)];
  for (const auto& row : month.levels) ++counts.by_use[static_cast<std::size_t>(row.use)];
}

std::unique_ptr<ingest::Month> load(const LoadOptions& options, const std::vector<Question>* questions,
                                    std::vector<std::pair<std::size_t, Problem>>* problems);

}  // namespace

rules::PolicySet resolve_categories(const rules::PolicySet& policy, const std::string& folder) {
  return assessment::with_categories_of(policy, folder);
}

void use_windows(LoadOptions& options, const rules::PolicySet& policy) {
  options.orders_months = options.index_months = options.level_months = 0;
  const auto add = [&](const rules::Policy& p) {
    options.orders_months = std::max(options.orders_months, p.windows.orders_months);
    options.index_months = std::max(options.index_months, p.windows.index_months);
    for (const rules::Rung& rung : p.ladder) {
      options.orders_months = std::max(options.orders_months, rung.months);
      options.index_months = std::max(options.index_months, rung.max_age_months);
      if (rung.reindexed)
        options.level_months = std::max(options.level_months, (rung.months > 0 ? rung.months : p.windows.orders_months) - 1);
    }
  };
  add(policy.base);
  for (const auto& [category, p] : policy.by_category) add(p);
  options.level_months = std::max(options.level_months, options.index_months);
}

std::unique_ptr<ingest::Month> load_month(const LoadOptions& options) { return load(options, nullptr, nullptr); }

namespace {

std::unique_ptr<ingest::Month> load_once(const LoadOptions& options, const std::vector<Question>* questions,
                                         std::vector<std::pair<std::size_t, Problem>>* problems) {
  const ingest::ReadSettings settings = settings_of(options);
  auto month = std::make_unique<ingest::Month>();
  month->period = options.period;
  month->folder = options.folder;
  month->raw = options.raw;
  month->own_index_teaches = options.own_index_teaches;
  for (const char* table : {"listings", "quotes", "orders", "index"}) month->tables[table];
  const auto stage = [&](std::string_view name) {
    if (options.progress) options.progress(name, 0, 0);
  };
  stage("read dictionaries");
  month->keys = std::make_shared<ingest::Keys>(ingest::Dictionaries{});
  ingest::Dictionaries dictionaries;
  ingest::read_dictionaries(options.folder, *month, settings, dictionaries);
  month->keys = std::make_shared<ingest::Keys>(std::move(dictionaries));
  ingest::read_holidays(*month, settings);
  ingest::read_decisions(*month, settings);
  stage("read index");
  std::vector<std::string> kept;
  ingest::read_index(*month, settings, kept);
  catalogue::split_models(*month, kept);
  kept = {};
  stage("read listings");
  ingest::read_listings(*month, settings);
  if (questions != nullptr) ingest::add_questions(*month, *questions, *problems);
  stage("read orders");
  ingest::read_orders(*month, settings);
  catalogue::guess_units(*month);
  catalogue::configure(*month, settings.threads);
  stage("read quotes");
  ingest::read_quotes(*month, settings);
  stage("match");
  catalogue::read_groups(*month);
  catalogue::identify(*month, settings.threads);
  catalogue::group_by_product(*month, settings.threads);
  catalogue::confirm_packs(*month, settings.threads);
  count_index(*month);
  sort_problems(month->problems);
  return month;
}

/// Once more without each file that turns out to be damaged after rows of it have been read: what an archive gave before its end was
/// missing, or before its sum was wrong, is no evidence.
std::unique_ptr<ingest::Month> load(const LoadOptions& options, const std::vector<Question>* questions,
                                    std::vector<std::pair<std::size_t, Problem>>* problems) {
  LoadOptions remaining = options;
  for (;;) {
    try {
      return load_once(remaining, questions, problems);
    } catch (const ingest::UnreadableFile& damaged) {
      if (!remaining.input || remaining.input->strict || remaining.input->given_up.contains(damaged.file())) throw;
      auto input = std::make_shared<ingest::InputSettings>(*remaining.input);
      input->given_up[damaged.file()] = std::make_shared<const FatalError>(damaged);
      remaining.input = std::move(input);
      if (problems != nullptr) problems->clear();
    }
  }
}

}  // namespace

namespace {

assessment::Assessments assess_loaded(ingest::Month& month, const rules::PolicySet& policy, const LoadOptions& options,
                                      const Progress& progress) {
  if (progress) progress("assess", 0, 0);
  return assessment::assess_month(month, policy, std::max(1, options.threads), progress, options.keep_quotes ? nullptr : &month.quotes);
}

}  // namespace

assessment::Assessments assess(const ingest::Month& month, const rules::PolicySet& policy, int threads, const Progress& progress,
                               bool estimates) {
  if (progress) progress("assess", 0, 0);
  return assessment::assess_month(month, policy, std::max(1, threads), progress, nullptr, estimates);
}

Run run_month(const LoadOptions& options, const rules::PolicySet& policy) {
  LoadOptions load_options = options;
  use_windows(load_options, policy);
  Run run;
  run.month = load_month(load_options);
  run.assessments = assess_loaded(*run.month, policy, options, options.progress);
  if (options.without_overrides || (run.month->exclusions.empty() && run.month->matches.empty())) return run;

  load_options.without_overrides = true;
  const auto other_month = load_month(load_options);
  const auto other = assess_loaded(*other_month, policy, options, {});
  const auto name = [](const ingest::Month& month, const ingest::Listing& listing) {
    return listing.product == ingest::kNone ? std::string() : month.keys->product_name(listing.product);
  };
  std::size_t j = 0;
  for (const assessment::Assessment& a : run.assessments.listings) {
    const ingest::Listing& listing = run.month->listings[a.row];
    const std::string_view id = run.month->keys->listings[listing.listing];
    while (j < other.listings.size() && other_month->keys->listings[other_month->listings[other.listings[j].row].listing] < id) ++j;
    if (j == other.listings.size()) break;
    const assessment::Assessment& b = other.listings[j];
    const ingest::Listing& same = other_month->listings[b.row];
    if (other_month->keys->listings[same.listing] != id || a.decision == b.decision) continue;
    run.assessments.overrides.push_back({std::string(id), name(*run.month, listing), name(*other_month, same), a.decision, b.decision,
                                         a.monitoring_price, b.monitoring_price});
  }
  return run;
}

assessment::Explanation explain(const ingest::Month& month, const rules::PolicySet& policy, std::string_view listing_id) {
  const Interner& ids = month.keys->listings;
  const std::uint32_t listing = ids.find(trimmed(listing_id));
  if (listing != ingest::kNone && listing < month.listing_row.size() && month.listing_row[listing] != ingest::kNone)
    return assessment::explain_listing(month, policy, month.listing_row[listing]);

  std::vector<std::pair<std::size_t, std::string>> nearest;
  for (const ingest::Listing& row : month.listings) {
    const std::string_view id = ids[row.listing];
    nearest.emplace_back(edit_distance(id.substr(0, 64), listing_id.substr(0, 64)), id);
  }
  const std::size_t shown = std::min<std::size_t>(2, nearest.size());
  std::partial_sort(nearest.begin(), nearest.begin() + static_cast<std::ptrdiff_t>(shown), nearest.end());
  std::string names;
  for (std::size_t i = 0; i < shown; ++i) names += (i == 0 ? "" : ", ") + nearest[i].second;
  const std::string asked = quoted_for_message(listing_id);
  const std::string period = month.period.to_string();
  throw FatalError(period + " 没有商品 " + asked + "（最接近的：" + names + "）；若该行被拒，请看 rejects.csv",
                   "no listing " + asked + " in " + period + " (nearest: " + names + "); if its row was rejected, see rejects.csv");
}

Answers check(const LoadOptions& options, const rules::PolicySet& policy, const std::vector<Question>& questions) {
  LoadOptions load_options = options;
  use_windows(load_options, policy);
  Answers answers;
  answers.month = load(load_options, &questions, &answers.problems);
  const ingest::Month& month = *answers.month;
  const market::Levels levels(month);
  assessment::ProductMarket market(month, levels);
  std::size_t position = 0;
  std::size_t problem = 0;
  for (std::uint32_t row = 0; row < month.listings.size(); ++row) {
    const ingest::Listing& listing = month.listings[row];
    if (!listing.probe) continue;
    while (problem < answers.problems.size() && answers.problems[problem].first == position) ++problem, ++position;
    std::vector<std::uint32_t> rows{row};
    if (listing.product != ingest::kNone) {
      market.open(listing.product);
      for (const std::uint32_t other : month.listings_of.of(listing.product))
        if (!month.listings[other].probe) rows.push_back(other);
    }
    std::vector<assessment::Assessment> assessed(rows.size());
    assessment::assess_product(month, policy, market, rows, assessed);
    assessment::compare_with_lowest(month, policy, rows, assessed);
    answers.assessments.push_back(assessed.front());
    answers.question.push_back(position++);
  }
  return answers;
}

}  // namespace fairprice
