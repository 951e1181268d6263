#include "engine/assessment/reference.hpp"

#include <algorithm>
#include <bit>

namespace fairprice::assessment {

using market::MarketAnswer;
using rules::Indicator;
using rules::Population;

namespace {
constexpr std::array<Population, 3> kAverages = {Population::suppliers, Population::ecommerce, Population::store};
}

void ProductMarket::open(std::uint32_t product) {
  product_ = product;
  gathered_count_ = 0;
  known_count_ = 0;
  packs_known_ = false;
  groups_policy_ = nullptr;
}

const std::vector<market::Seller>& ProductMarket::sellers(Population population, const rules::Rung* rung, const rules::Policy& policy) {
  const bool orders = population == Population::suppliers;
  const ShopType shop_type = rung != nullptr && !orders && population != Population::listings ? rung->shop_type : ShopType::unknown;
  const int months = !orders ? 0 : rung != nullptr && rung->months > 0 ? rung->months : policy.windows.orders_months;
  const bool reindexed = orders && rung != nullptr && rung->reindexed;
  for (std::size_t i = 0; i < gathered_count_; ++i) {
    const Gathered& g = gathered_[i];
    if (g.population == population && g.shop_type == shop_type && g.months == months && g.reindexed == reindexed) return g.sellers;
  }
  if (gathered_count_ == gathered_.size()) {
    gathered_.emplace_back();
  }
  Gathered& g = gathered_[gathered_count_++];
  g.population = population;
  g.shop_type = shop_type;
  g.months = months;
  g.reindexed = reindexed;
  if (orders)
    market::supplier_sellers(month_, levels_, product_, months, reindexed, g.sellers);
  else if (population == Population::listings)
    market::listing_sellers(month_, product_, g.sellers);
  else
    market::operator_sellers(month_, quotes_.of(product_), population, shop_type, g.sellers);
  return g.sellers;
}

MarketAnswer ProductMarket::ask(const std::vector<market::Seller>& sellers, Population population, std::uint32_t group,
                                const market::Question& question, const rules::Policy& policy, const MarketAnswer* newcomer) {
  if (newcomer == nullptr) return market::ask_market(sellers, question, policy);
  const bool operators = population != Population::suppliers && population != Population::listings;
  const auto own = [&](const market::Seller& s) {
    return (!operators || month_.has_groups(s.seller)) && market::is_own(month_, population, s.seller, group);
  };
  if (std::none_of(sellers.begin(), sellers.end(), own)) return *newcomer;
  others_.clear();
  std::remove_copy_if(sellers.begin(), sellers.end(), std::back_inserter(others_), own);
  return market::ask_market(others_, question, policy);
}

const std::vector<std::uint32_t>& ProductMarket::groups_with_sellers(const rules::Policy& policy) {
  if (groups_policy_ == &policy) return groups_;
  groups_policy_ = &policy;
  groups_.clear();
  const auto add = [&](Population population, const rules::Rung* rung) {
    const auto& all = sellers(population, rung, policy);
    if (population == Population::suppliers || population == Population::listings) {
      for (const market::Seller& seller : all) groups_.push_back(month_.group_of[seller.seller]);
    } else {
      for (const market::Seller& seller : all)
        if (month_.has_groups(seller.seller))
          groups_.insert(groups_.end(), month_.groups_of_operator[seller.seller].begin(), month_.groups_of_operator[seller.seller].end());
    }
  };
  for (const Population population : kAverages) add(population, nullptr);
  for (const rules::Rung& rung : policy.ladder)
    if (rung.population != Population::none) add(rung.population, &rung);
  std::sort(groups_.begin(), groups_.end());
  groups_.erase(std::unique(groups_.begin(), groups_.end()), groups_.end());
  return groups_;
}

const Reference& ProductMarket::reference(std::uint32_t group, const rules::Policy& policy) {
  if (const auto& groups = groups_with_sellers(policy); !std::binary_search(groups.begin(), groups.end(), group)) group = market::kNobody;
  for (std::size_t i = 0; i < known_count_; ++i)
    if (known_[i].group == group && known_[i].policy == &policy) return known_[i].reference;
  // Where a group has no seller of its own, what a newcomer hears holds for it too.
  const Reference* const newcomer = group == market::kNobody ? nullptr : &reference(market::kNobody, policy);
  if (known_count_ == known_.size()) known_.emplace_back();
  Known& known = known_[known_count_++];
  known.group = group;
  known.policy = &policy;
  Reference& reference = known.reference;
  if (newcomer != nullptr) {
    reference.index = newcomer->index;
    reference.rung_index = newcomer->rung_index;
  } else {
    reference.index = market::index_price(month_, levels_, product_, false, policy, -1);
    reference.rung_index.assign(policy.ladder.size(), {});
  }
  for (std::size_t i = 0; i < kAverages.size(); ++i) {
    const market::Question question{{rules::Statistic::Kind::mean, 0}, true, true, policy.market.least_sellers};
    reference.averages[i] = ask(sellers(kAverages[i], nullptr, policy), kAverages[i], group, question, policy,
                                newcomer == nullptr ? nullptr : &newcomer->averages[i]);
  }
  reference.populations.assign(policy.ladder.size(), {});
  for (std::size_t r = 0; r < policy.ladder.size(); ++r) {
    const rules::Rung& rung = policy.ladder[r];
    if (rung.population != Population::none) {
      const market::Question question{rung.statistic, rung.screened, rung.screened, rung.least};
      reference.populations[r] = ask(sellers(rung.population, &rung, policy), rung.population, group, question, policy,
                                     newcomer == nullptr ? nullptr : &newcomer->populations[r]);
    }
    if (newcomer != nullptr) continue;
    for (const Indicator indicator : rung.indicators) {
      if (indicator == Indicator::own_index_price)
        reference.rung_index[r] = market::index_price(month_, levels_, product_, true, policy, rung.max_age_months);
      if (indicator == Indicator::index_price)
        reference.rung_index[r] = market::index_price(month_, levels_, product_, false, policy, rung.max_age_months);
    }
  }
  return reference;
}

const std::vector<PackUnits>& ProductMarket::packs() {
  if (packs_known_) return packs_;
  packs_.clear();
  const auto add = [&](PackUnits k) {
    if (std::find(packs_.begin(), packs_.end(), k) == packs_.end()) packs_.push_back(k);
  };
  std::uint32_t last = ingest::kNone;
  for (const auto& quote : quotes_.of(product_))
    if (quote.pack != last) {
      last = quote.pack;
      add(month_.quotes.pack(last).second);
    }
  for (const std::uint32_t row : month_.orders_of.of(product_)) add(month_.orders[row].k);
  for (const std::uint32_t row : month_.index_of.of(product_)) add(month_.index[row].k);
  for (const std::uint32_t row : month_.listings_of.of(product_)) {
    const auto& listing = month_.listings[row];
    if (!listing.probe) add(listing.k);
  }
  std::sort(packs_.begin(), packs_.end());
  packs_known_ = true;
  return packs_;
}

namespace {

/// A price per base unit in a pack of k; absent when it would round to nothing.
Money in_pack(std::int64_t price, PackUnits k) {
  const Money money = UnitPrice::from_count(price).for_pack(k);
  return money.ten_thousandths() > 0 ? money : kAbsent;
}

Money statistic_of(std::vector<std::int64_t>& amounts, const rules::Statistic& statistic) {
  std::sort(amounts.begin(), amounts.end());
  return Money::from_ten_thousandths(market::statistic_of_sorted(amounts, statistic));
}

/// a > ratio x b
bool above(Money a, Ratio ratio, Money b) {
  return Int128{a.ten_thousandths()} * ratio.denominator > Int128{b.ten_thousandths()} * ratio.numerator;
}

}  // namespace

LadderAnswer answer_ladder(const Reference& reference, PackUnits k, Period t, const rules::Policy& policy, Assessment& assessment) {
  LadderAnswer result;
  if (reference.index.present()) assessment.indicators[0] = in_pack(reference.index.price, k);
  thread_local std::vector<std::int64_t> amounts;
  amounts.clear();
  for (std::size_t i = 0; i < 3; ++i) {
    if (!reference.averages[i].present()) continue;
    assessment.indicators[i + 1] = in_pack(reference.averages[i].price, k);
    if (present(assessment.indicators[i + 1])) amounts.push_back(assessment.indicators[i + 1].ten_thousandths());
  }
  if (!amounts.empty()) assessment.market_median = statistic_of(amounts, {rules::Statistic::Kind::median, 0});

  const Money m = assessment.market_median;
  if (present(assessment.indicators[0]) && present(m)) {
    const Int128 gap = Int128{assessment.indicators[0].ten_thousandths()} - m.ten_thousandths();
    if ((gap < 0 ? -gap : gap) * policy.notices.index_conflict.denominator >
        Int128{m.ten_thousandths()} * policy.notices.index_conflict.numerator)
      assessment.notices.add(rules::Notice::index_conflict);
  }

  for (std::size_t r = 0; r < policy.ladder.size() && assessment.rung == 0; ++r) {
    const rules::Rung& rung = policy.ladder[r];
    std::uint32_t kept = 0;
    std::uint32_t screened = 0;
    std::uint8_t inputs = 0;
    std::int32_t newest = Date::kNone;
    std::int32_t newest_order = Date::kNone;
    bool index_is_old = false;
    bool uses_index = false;
    Money answer = kAbsent;
    amounts.clear();
    if (rung.population != Population::none) {
      const MarketAnswer& market = reference.populations[r];
      if (!market.present()) continue;
      answer = in_pack(market.price, k);
      kept = market.kept;
      screened = market.screened;
      newest = market.newest;
      if (rung.population == Population::suppliers) newest_order = market.newest;
    } else {
      for (const Indicator indicator : rung.indicators) {
        const auto position = static_cast<std::size_t>(indicator);
        Money money = kAbsent;
        if (indicator == Indicator::index_price || indicator == Indicator::own_index_price) {
          const auto& index = reference.rung_index[r];
          if (!index.present()) continue;
          money = in_pack(index.price, k);
          if (!present(money)) continue;
          uses_index = true;
          ++kept;
          newest = std::max(newest, last_day(index.period).days());
          index_is_old |= t - index.period > policy.notices.stale_index_months;
        } else {
          const MarketAnswer& market = reference.averages[position - 1];
          money = assessment.indicators[position];
          if (!market.present() || !present(money)) continue;
          kept += market.kept;
          screened += market.screened;
          newest = std::max(newest, market.newest);
          if (indicator == Indicator::procurement_average) newest_order = market.newest;
        }
        inputs = static_cast<std::uint8_t>(inputs | (1U << position));
        amounts.push_back(money.ten_thousandths());
      }
      if (amounts.empty()) continue;
      answer = statistic_of(amounts, rung.statistic);
    }
    if (!present(answer)) continue;

    assessment.rung = static_cast<std::uint8_t>(r + 1);
    assessment.inputs = inputs;
    assessment.monitoring_price = answer;
    assessment.sources_kept = kept;
    assessment.sources_screened = screened;
    assessment.newest_source = Date::from_days(newest);

    const bool orders_alone =
        rung.population == Population::suppliers || inputs == 1U << static_cast<unsigned>(Indicator::procurement_average);
    if (amounts.size() >= 2 && rung.statistic.kind == rules::Statistic::Kind::median && rung.has_statistic &&
        above(Money::from_ten_thousandths(amounts.back()), policy.notices.indicator_conflict, Money::from_ten_thousandths(amounts.front())))
      assessment.notices.add(rules::Notice::indicator_conflict);
    if (!uses_index && kept < static_cast<std::uint32_t>(policy.notices.thin_evidence))
      assessment.notices.add(rules::Notice::thin_evidence);
    if (index_is_old ||
        (orders_alone && newest_order != Date::kNone && t - Date::from_days(newest_order).period() > policy.notices.stale_orders_months))
      assessment.notices.add(rules::Notice::stale_reference);
    result.weak = inputs == 1U << static_cast<unsigned>(Indicator::procurement_average) ||
                  (inputs >> static_cast<unsigned>(Indicator::own_index_price) & 1U) != 0;
  }
  return result;
}

}  // namespace fairprice::assessment
