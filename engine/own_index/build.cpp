#include "engine/own_index/build.hpp"

#include <algorithm>
#include <cmath>

#include "indices/aggregation.hpp"
#include "indices/panel.hpp"

namespace fairprice::own_index {

using State = CategoryMonth::State;

namespace {

constexpr std::int64_t kLevelStep = 10'000;  // of 10^-8: four decimals
constexpr std::int64_t kFirstLevel = 100 * std::int64_t{100'000'000};
constexpr std::int64_t kHighestSteps = std::int64_t{1'000'000'000} * 100'000'000 / kLevelStep;

/// A category's months before they have a level, and its index prices by position of the month in the history.
struct Gathered {
  std::vector<CategoryMonth> months;
  std::vector<indices::Observation> prices;  // relatives are made of them: not a price any more
};

void count_product(const ProductMonth& one, CategoryMonth& month) {
  using Product = ProductMonth::State;
  month.orders += one.value;
  if (one.state == Product::no_seller) return;
  ++month.products;
  if (one.state == Product::too_few) ++month.too_few_sellers;
  if (one.state == Product::dispersed) ++month.dispersed;
  if (one.state == Product::clearance) ++month.clearance;
  if (one.state != Product::priced) return;
  ++month.priced;
  month.sellers += one.sellers;
  month.orders_priced += one.value;
}

/// By category.
std::vector<Gathered> gather(const History& history) {
  std::vector<Gathered> gathered(history.categories().size());
  for (std::uint32_t category = 0; category < gathered.size(); ++category) {
    gathered[category].months.resize(history.months().size());
    for (std::size_t t = 0; t < history.months().size(); ++t) {
      gathered[category].months[t].period = history.months()[t].period;
      gathered[category].months[t].category = category;
    }
  }
  for (std::size_t t = 0; t < history.months().size(); ++t)
    for (const ProductMonth& one : history.months()[t].products) {
      if (one.category == ingest::kNone) continue;
      Gathered& category = gathered[one.category];
      count_product(one, category.months[t]);
      if (one.state == ProductMonth::State::priced)
        category.prices.push_back({static_cast<std::uint32_t>(t), one.product, static_cast<double>(one.price) / 1e8, 0});
    }
  return gathered;
}

/// level × change in whole steps, or −1 outside of what a level may be.
std::int64_t moved(std::int64_t level, double change) {  // not a price
  const std::int64_t before = level / kLevelStep;
  const double steps = static_cast<double>(before) * change;
  if (!(steps >= 1 && steps < static_cast<double>(kHighestSteps))) return -1;
  return std::llround(steps) * kLevelStep;
}

/// The series of one category.
std::vector<CategoryMonth> series_of(const History& history, std::uint32_t category, Gathered gathered, bool revise) {
  const auto& months = history.months();
  const indices::Panel panel(gathered.prices, months.size());
  const std::string& name = history.categories()[category];
  const auto is_published = [&](const MonthFacts& facts) { return facts.published.contains(name); };
  const bool published = !revise && std::any_of(months.begin(), months.end(), is_published);
  std::vector<CategoryMonth> series = std::move(gathered.months);
  bool begun = published;
  for (std::size_t t = 0; t < months.size(); ++t) {
    CategoryMonth& month = series[t];
    if (!revise && is_published(months[t])) {
      month.level = months[t].published.at(name);
      month.state = State::published;
    } else if (month.priced == 0) {
      month.state = State::no_product;
      continue;
    } else if (!begun && static_cast<int>(month.priced) >= history.rules().matched) {
      month.level = kFirstLevel;
      month.state = State::first;
    } else {
      month.state = State::too_few;
    }
    begun = begun || month.level >= 0;
    // The nearest earlier month that shares enough products; a published or first level is compared too, so that its change is known.
    for (std::size_t s = t; s-- > 0 && months[t].period - months[s].period <= history.rules().gap;) {
      const indices::MatchedChange change = indices::matched_change(panel, s, t);
      const bool enough = static_cast<int>(change.matched) >= history.rules().matched && change.index.ok();
      const bool linked = enough && series[s].level >= 0;
      if (linked || (month.state == State::too_few && change.matched > month.change.matched)) month.change = change;
      if (enough && !linked && month.state == State::too_few) month.state = State::broken;
      if (!linked) continue;
      month.linked_to = months[s].period;
      if (month.state == State::published || month.state == State::first) break;
      month.level = moved(series[s].level, change.index.value);
      month.state = month.level >= 0 ? State::linked : State::broken;
      break;
    }
  }
  return series;
}

std::vector<double> weights_of(const History& history) {
  std::vector<Int128> values(history.categories().size(), 0);
  Int128 all = 0;
  for (const MonthFacts& facts : history.months())
    for (const ProductMonth& one : facts.products)
      if (one.category != ingest::kNone) values[one.category] += one.value, all += one.value;
  std::vector<double> weights(values.size(), 0);
  if (all > 0)
    for (std::size_t c = 0; c < values.size(); ++c) weights[c] = static_cast<double>(values[c]) / static_cast<double>(all);
  return weights;
}

/// The change of all categories that have a level in both months, with what each adds to it.
TotalMonth total_change(const History& history, const std::vector<double>& weights, const std::vector<std::int64_t>& before,
                        const std::vector<std::int64_t>& now) {
  TotalMonth total;
  total.contribution.assign(weights.size(), 0);
  std::vector<indices::Category> tree = {{"", indices::Category::kNone, 0}};
  std::vector<std::vector<indices::IndexValue>> leaves = {{}};
  std::vector<std::size_t> category_of = {0};
  for (std::size_t c = 0; c < weights.size(); ++c) {
    if (before[c] < 0 || now[c] < 0 || !(weights[c] > 0)) continue;
    tree.push_back({history.categories()[c], 0, weights[c]});
    leaves.push_back({{1, indices::Status::ok}, indices::checked(static_cast<double>(now[c]) / static_cast<double>(before[c]))});
    category_of.push_back(c);
  }
  if (tree.size() == 1) return total;
  const indices::AggregatedTree aggregated = indices::aggregate(tree, leaves);
  if (!aggregated.index[0][1].ok()) return total;
  total.has_level = true;
  total.level = aggregated.index[0][1].value;
  for (std::size_t leaf = 1; leaf < tree.size(); ++leaf) total.contribution[category_of[leaf]] = aggregated.contribution[leaf][1];
  return total;
}

}  // namespace

std::string_view state_name(CategoryMonth::State state) {
  switch (state) {
    case State::published: return "published";
    case State::first: return "first";
    case State::linked: return "linked";
    case State::no_product: return "no_product";
    case State::too_few: return "too_few_matched";
    case State::broken: return "broken";
  }
  return "";
}

OwnIndex build_index(const History& history, bool revise) {
  OwnIndex result;
  result.weight = weights_of(history);
  std::vector<std::vector<CategoryMonth>> series;
  std::vector<Gathered> gathered = gather(history);
  for (std::uint32_t category = 0; category < gathered.size(); ++category)
    series.push_back(series_of(history, category, std::move(gathered[category]), revise));
  std::vector<std::size_t> by_name(series.size());
  for (std::size_t i = 0; i < by_name.size(); ++i) by_name[i] = i;
  std::sort(by_name.begin(), by_name.end(),
            [&](std::size_t a, std::size_t b) { return history.categories()[a] < history.categories()[b]; });

  std::vector<std::int64_t> before(series.size(), -1);
  double level = 0;
  for (std::size_t t = 0; t < history.months().size(); ++t) {
    std::vector<std::int64_t> now;
    for (const auto& one : series) now.push_back(one[t].level);
    for (const std::size_t i : by_name)
      if (series[i][t].products > 0 || series[i][t].orders > 0 || series[i][t].level >= 0) result.categories.push_back(series[i][t]);
    TotalMonth total = total_change(history, result.weight, before, now);
    if (level > 0) {
      total.level = total.has_level ? level * total.level : 0;
    } else {  // the first month in which a weighted category has a level
      total.has_level = false;
      for (std::size_t c = 0; c < now.size(); ++c) total.has_level = total.has_level || (now[c] >= 0 && result.weight[c] > 0);
      total.level = total.has_level ? 100 : 0;
    }
    if (total.has_level) level = total.level;
    total.period = history.months()[t].period;
    result.total.push_back(std::move(total));
    for (std::size_t c = 0; c < now.size(); ++c)
      if (now[c] >= 0) before[c] = now[c];  // a category that was away is compared with its last level
  }
  return result;
}

}  // namespace fairprice::own_index
