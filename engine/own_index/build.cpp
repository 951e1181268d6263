#include "engine/own_index/build.hpp"

#include <algorithm>
#include <cmath>
#include <map>

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

/// The months that take part: those with a folder, their prices as published where they were, and those of which only the published index is left.
std::vector<MonthFacts> months_of(const History& history, bool revise) {
  std::map<Period, MonthFacts> months;
  for (const MonthFacts& facts : history.months()) months[facts.period] = facts;
  if (!revise)
    for (const auto& [period, stated] : history.stated()) {
      const bool folder = months.contains(period);
      MonthFacts& facts = months[period];
      facts.period = period;
      for (const auto& [number, price] : stated.prices) {
        if (price.price < 0) continue;
        auto one = std::lower_bound(facts.products.begin(), facts.products.end(), number,
                                    [](const ProductMonth& a, std::uint32_t product) { return a.product < product; });
        if (one != facts.products.end() && one->product == number) {
          one->price = price.price;
          one->published = true;
          continue;
        }
        ProductMonth left;
        left.product = number;
        left.category = history.category_at(number, period);
        left.state = folder ? ProductMonth::State::no_seller : ProductMonth::State::priced;
        left.price = price.price;
        left.published = true;
        facts.products.insert(one, left);
      }
    }
  // Where nothing else ever says what a product is, its own published rows do.
  std::map<std::uint32_t, std::string> stated_category;
  if (!revise)
    for (const auto& [period, stated] : history.stated())
      for (const auto& [number, price] : stated.prices)
        if (!price.category.empty()) stated_category.emplace(number, price.category);
  std::vector<MonthFacts> result;
  for (auto& [period, facts] : months) {
    for (ProductMonth& one : facts.products) {
      if (one.category != ingest::kNone) continue;
      const auto found = stated_category.find(one.product);
      if (found == stated_category.end()) continue;
      const auto place = std::find(history.categories().begin(), history.categories().end(), found->second);
      one.category = static_cast<std::uint32_t>(place - history.categories().begin());
    }
    result.push_back(std::move(facts));
  }
  return result;
}

/// By category.
std::vector<Gathered> gather(const History& history, const std::vector<MonthFacts>& months) {
  std::vector<Gathered> gathered(history.categories().size());
  for (std::uint32_t category = 0; category < gathered.size(); ++category) {
    gathered[category].months.resize(months.size());
    for (std::size_t t = 0; t < months.size(); ++t) {
      gathered[category].months[t].period = months[t].period;
      gathered[category].months[t].category = category;
    }
  }
  for (std::size_t t = 0; t < months.size(); ++t)
    for (const ProductMonth& one : months[t].products) {
      if (one.category == ingest::kNone) continue;
      Gathered& category = gathered[one.category];
      count_product(one, category.months[t]);
      if (one.state == ProductMonth::State::priced || one.published)
        category.prices.push_back({static_cast<std::uint32_t>(t), one.product, static_cast<double>(one.price) / 1e8, 0});
    }
  return gathered;
}

/// level × change in whole steps, or −1 outside of what a level may be.
std::int64_t moved(std::int64_t level, double change) {  // not a price
  const double steps = static_cast<double>(level) / static_cast<double>(kLevelStep) * change;
  if (!(steps >= 1 && steps < static_cast<double>(kHighestSteps))) return -1;
  return std::llround(steps) * kLevelStep;
}

/// What is stated of a category, whatever month's folder states it.
std::map<Period, std::int64_t> published_of(const History& history, std::uint32_t category) {
  std::map<Period, std::int64_t> levels;
  for (const auto& [period, stated] : history.stated())
    if (const auto found = stated.levels.find(history.categories()[category]); found != stated.levels.end())
      levels[period] = found->second.level;
  return levels;
}

/// The series of one category.
std::vector<CategoryMonth> series_of(const History& history, const std::vector<MonthFacts>& months, std::uint32_t category,
                                     Gathered gathered, bool revise) {
  const indices::Panel panel(gathered.prices, months.size());
  const std::map<Period, std::int64_t> published = revise ? std::map<Period, std::int64_t>() : published_of(history, category);
  std::vector<CategoryMonth> series = std::move(gathered.months);
  bool begun = !published.empty();
  for (std::size_t t = 0; t < months.size(); ++t) {
    CategoryMonth& month = series[t];
    if (const auto stated = published.find(month.period); stated != published.end()) {
      month.level = stated->second;
      month.state = State::published;
    } else if (!published.empty() && month.period < published.begin()->first) {
      month.state = State::before_published;
      continue;
    } else if (panel.period(t).size() == 0) {
      month.state = State::no_product;
      continue;
    } else if (!begun && static_cast<int>(panel.period(t).size()) >= history.rules().matched) {
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

std::vector<double> weights_of(const History& history, const std::vector<MonthFacts>& months) {
  std::vector<Int128> values(history.categories().size(), 0);
  Int128 all = 0;
  for (const MonthFacts& facts : months)
    for (const ProductMonth& one : facts.products)
      if (one.category != ingest::kNone) values[one.category] += one.value, all += one.value;
  std::vector<double> weights(values.size(), 0);
  if (all > 0)
    for (std::size_t c = 0; c < values.size(); ++c) weights[c] = static_cast<double>(values[c]) / static_cast<double>(all);
  return weights;
}

/// Where the categories stand for the total: a category's last level, moved with the total since it has none, and what it weighs by now: its weight
/// times what became of its level since it came in, and of the total until then. Not prices.
class Total {
 public:
  Total(const History& history, const std::vector<double>& weights)
      : history_(history), weights_(weights), stands_(weights.size(), 0), weighs_(weights.size(), 0),
        any_orders_(std::any_of(weights.begin(), weights.end(), [](const auto& one) { return one > 0; })) {}

  TotalMonth next(Period period, const std::vector<std::int64_t>& levels) {
    TotalMonth total;
    total.period = period;
    total.contribution.assign(weights_.size(), 0);
    total.state = any_orders_ ? TotalMonth::State::no_level : TotalMonth::State::no_orders;
    const bool first = level_ == 0;
    if (!first) move(levels, total);
    if (first && any(levels)) {
      total.state = TotalMonth::State::first;
      total.level = 100;
    }
    if (!total.has_level()) return total;
    level_ = total.level;
    for (std::size_t c = 0; c < levels.size(); ++c)
      if (counts(levels, c) && !(stands_[c] > 0)) {  // it comes in
        stands_[c] = static_cast<double>(levels[c]);
        weighs_[c] = weights_[c] * level_ / 100;
      }
    return total;
  }

 private:
  bool counts(const std::vector<std::int64_t>& levels, std::size_t category) const {
    return levels[category] >= 0 && weights_[category] > 0;
  }

  bool any(const std::vector<std::int64_t>& levels) const {
    for (std::size_t c = 0; c < levels.size(); ++c)
      if (counts(levels, c)) return true;
    return false;
  }

  void move(const std::vector<std::int64_t>& levels, TotalMonth& total) {
    std::vector<indices::Category> tree = {{"", indices::Category::kNone, 0}};
    std::vector<std::vector<indices::IndexValue>> leaves = {{}};
    std::vector<std::size_t> category_of = {0};
    for (std::size_t c = 0; c < levels.size(); ++c) {
      if (!counts(levels, c) || !(stands_[c] > 0)) continue;
      tree.push_back({history_.categories()[c], 0, weighs_[c]});
      leaves.push_back({{1, indices::Status::ok}, indices::checked(static_cast<double>(levels[c]) / stands_[c])});
      category_of.push_back(c);
    }
    if (tree.size() == 1) return;
    const indices::AggregatedTree aggregated = indices::aggregate(tree, leaves);
    const indices::IndexValue change = aggregated.index[0][1];
    if (!change.ok()) return;
    total.state = TotalMonth::State::linked;
    total.level = level_ * change.value;
    for (std::size_t leaf = 1; leaf < tree.size(); ++leaf) total.contribution[category_of[leaf]] = aggregated.contribution[leaf][1];
    for (std::size_t c = 0; c < levels.size(); ++c) {
      if (!(stands_[c] > 0)) continue;
      const auto now = counts(levels, c) ? static_cast<double>(levels[c]) : stands_[c] * change.value;
      weighs_[c] *= now / stands_[c];
      stands_[c] = now;
    }
  }

  const History& history_;
  const std::vector<double>& weights_;
  std::vector<double> stands_;  ///< by category; 0: it had no level yet
  std::vector<double> weighs_;
  bool any_orders_;
  double level_ = 0;
};

}  // namespace

std::string_view state_name(CategoryMonth::State state) {
  switch (state) {
    case State::published: return "published";
    case State::first: return "first";
    case State::linked: return "linked";
    case State::before_published: return "before_published";
    case State::no_product: return "no_product";
    case State::too_few: return "too_few_matched";
    case State::broken: return "broken";
  }
  return "";
}

std::string_view state_name(TotalMonth::State state) {
  switch (state) {
    case TotalMonth::State::first: return "first";
    case TotalMonth::State::linked: return "linked";
    case TotalMonth::State::no_orders: return "no_orders";
    case TotalMonth::State::no_level: return "no_level";
  }
  return "";
}

OwnIndex build_index(const History& history, bool revise) {
  OwnIndex result;
  std::vector<std::vector<CategoryMonth>> series;
  const std::vector<MonthFacts> months = months_of(history, revise);
  result.weight = weights_of(history, months);
  std::vector<Gathered> gathered = gather(history, months);
  for (std::uint32_t category = 0; category < gathered.size(); ++category)
    series.push_back(series_of(history, months, category, std::move(gathered[category]), revise));
  std::vector<std::size_t> by_name(series.size());
  for (std::size_t i = 0; i < by_name.size(); ++i) by_name[i] = i;
  std::sort(by_name.begin(), by_name.end(),
            [&](std::size_t a, std::size_t b) { return history.categories()[a] < history.categories()[b]; });

  Total total(history, result.weight);
  for (std::size_t t = 0; t < months.size(); ++t) {
    std::vector<std::int64_t> levels;
    for (const auto& one : series) levels.push_back(one[t].level);
    for (const std::size_t i : by_name)
      if (series[i][t].products > 0 || series[i][t].orders > 0 || series[i][t].level >= 0) result.categories.push_back(series[i][t]);
    result.total.push_back(total.next(months[t].period, levels));
  }
  return result;
}

}  // namespace fairprice::own_index
