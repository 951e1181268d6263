#include <algorithm>
#include <array>
#include <utility>

#include "engine/ingest/values.hpp"
#include "engine/market/market.hpp"

namespace fairprice::market {

using ingest::RowUse;

namespace {

void order_by_price(std::vector<Seller>& sellers) {
  std::sort(sellers.begin(), sellers.end(),
            [](const Seller& a, const Seller& b) { return a.price != b.price ? a.price < b.price : a.seller < b.seller; });
}

/// One quote that counts.
struct Vote {
  std::int64_t price;
  std::uint32_t seller;
  std::int32_t day;
};

/// A seller's price: the median of prices[0, count), which are sorted in place.
std::int64_t median_of(std::int64_t* prices, std::size_t count) {
  if (count == 1) return prices[0];
  for (std::size_t i = 1; i < count; ++i) {  // a handful: one after another to its place
    const std::int64_t price = prices[i];
    std::size_t j = i;
    for (; j > 0 && prices[j - 1] > price; --j) prices[j] = prices[j - 1];
    prices[j] = price;
  }
  return median_of_sorted({prices, count});
}

/// Brings the votes of one seller together and takes their median and newest day; sellers in no order. A product has some dozen sellers, so
/// they are found in a table of a few hundred places that stays in the first-level cache; with very many votes, by sorting.
void group_votes(std::vector<Vote>& votes, std::vector<Seller>& sellers) {
  constexpr std::size_t kFew = 400;
  constexpr std::size_t kPlaces = 1024;
  thread_local std::vector<std::int64_t> prices;
  if (votes.size() > kFew) {
    std::sort(votes.begin(), votes.end(),
              [](const Vote& a, const Vote& b) { return a.seller != b.seller ? a.seller < b.seller : a.price < b.price; });
    for (std::size_t i = 0; i < votes.size();) {
      Seller seller{0, votes[i].seller, 0};
      prices.clear();
      for (; i < votes.size() && votes[i].seller == seller.seller; ++i) {
        prices.push_back(votes[i].price);
        seller.newest = std::max(seller.newest, votes[i].day);
      }
      seller.price = median_of_sorted(prices);
      sellers.push_back(seller);
    }
    return;
  }
  struct Place {
    std::uint32_t turn;  ///< of this function: an older one means that the place is free
    std::uint32_t position;
  };
  thread_local std::array<Place, kPlaces> places{};
  thread_local std::uint32_t turn = 0;
  thread_local std::array<std::uint16_t, kFew> seller_of;
  thread_local std::array<std::uint16_t, kFew + 1> first;
  if (++turn == 0) {
    places.fill({});
    turn = 1;
  }
  for (std::size_t i = 0; i < votes.size(); ++i) {
    const Vote& vote = votes[i];
    for (std::size_t at = vote.seller * 0x9E3779B1U >> 22;; at = (at + 1) % kPlaces) {
      Place& place = places[at];
      if (place.turn != turn) {
        place = {turn, static_cast<std::uint32_t>(sellers.size())};
        first[sellers.size()] = 0;
        sellers.push_back({0, vote.seller, 0});
      } else if (sellers[place.position].seller != vote.seller) {
        continue;
      }
      seller_of[i] = static_cast<std::uint16_t>(place.position);
      ++first[place.position];
      sellers[place.position].newest = std::max(sellers[place.position].newest, vote.day);
      break;
    }
  }
  std::uint16_t total = 0;
  for (std::size_t i = 0; i < sellers.size(); ++i) total = static_cast<std::uint16_t>(total + std::exchange(first[i], total));
  prices.resize(votes.size());
  for (std::size_t i = 0; i < votes.size(); ++i) prices[first[seller_of[i]]++] = votes[i].price;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < sellers.size(); ++i) {
    sellers[i].price = median_of(prices.data() + begin, first[i] - begin);
    begin = first[i];
  }
}

/// Sum(price x quantity) / sum(quantity x k) as a UnitPrice: both sums are counts of 10^-8, the quotient is yuan per base unit.
/// The whole part first, so that the remainder can be scaled by 10^8 within 128 bits: it is below the divisor, which is at most
/// 10^21 times the number of orders.
std::int64_t quantity_weighted(Int128 value, Int128 units, std::int64_t scale_left) {
  // Hardware divides 64 bits at a fraction of the cost, and nearly all sums fit.
  if (value <= INT64_MAX && units <= INT64_MAX / scale_left) {
    const auto narrow_value = static_cast<std::int64_t>(value);
    const auto narrow_units = static_cast<std::int64_t>(units);
    const std::int64_t whole = narrow_value / narrow_units;
    if (whole < INT64_MAX / scale_left - 1)
      return whole * scale_left + divide_rounded_64(narrow_value % narrow_units * scale_left, narrow_units);
  }
  const Int128 whole = value / units;
  const Int128 rest = value % units;
  return UnitPrice::from_wide(whole * scale_left + divide_rounded(rest * scale_left, units)).count();
}

}  // namespace

void supplier_sellers(const ingest::Month& month, const Levels& levels, std::uint32_t product, int months, bool reindexed,
                      std::vector<Seller>& sellers) {
  sellers.clear();
  const std::int32_t from = first_day(month.period.minus_months(months - 1)).days();
  const std::int32_t to = last_day(month.period).days();
  const auto rows = month.orders_of.of(product);
  thread_local std::vector<const ingest::Order*> orders;
  orders.clear();
  for (const std::uint32_t row : rows) {
    const ingest::Order& order = month.orders[row];
    if (order.use == RowUse::used && order.date.days() >= from && order.date.days() <= to) orders.push_back(&order);
  }
  std::sort(orders.begin(), orders.end(), [](const ingest::Order* a, const ingest::Order* b) { return a->supplier < b->supplier; });
  for (std::size_t i = 0; i < orders.size();) {
    Seller seller{0, orders[i]->supplier, Date::kNone};
    Int128 value = 0;
    Int128 units = 0;
    for (; i < orders.size() && orders[i]->supplier == seller.seller; ++i) {
      const ingest::Order& order = *orders[i];
      Int128 price = order.unit_price.ten_thousandths();
      if (reindexed) {
        price *= 10'000;  // to 10^-8 yuan, so that the re-indexed price is rounded as a unit price is
        const auto pair = levels.between(month.category_of[product], order.date.period(), month.period);
        if (pair) price = divide_rounded(price * pair->now, pair->then);
      }
      value += price * order.quantity;
      units += Int128{order.quantity} * order.k.ten_thousandths();
      seller.newest = std::max(seller.newest, order.date.days());
    }
    seller.price = quantity_weighted(value, units, reindexed ? 10'000 : 100'000'000);
    sellers.push_back(seller);
  }
  order_by_price(sellers);
}

void operator_sellers(const ingest::Month& month, std::span<const ingest::Quote> quotes, rules::Population channels, ShopType shop_type,
                      std::vector<Seller>& sellers) {
  sellers.clear();
  const bool ecommerce = channels != rules::Population::store;
  const bool store = channels != rules::Population::ecommerce;
  const std::int32_t before = first_day(month.period).days() - 1;
  thread_local std::vector<Vote> votes;
  votes.clear();
  for (const ingest::Quote& quote : quotes) {
    if (quote.use != static_cast<unsigned>(RowUse::used) || !(quote.store != 0 ? store : ecommerce)) continue;
    if (shop_type != ShopType::unknown && quote.shop_type != static_cast<unsigned>(shop_type)) continue;
    votes.push_back(
        {month.quotes.unit_price(quote).count(), static_cast<std::uint32_t>(quote.operator_), static_cast<std::int32_t>(quote.day)});
  }
  group_votes(votes, sellers);
  for (Seller& seller : sellers) seller.newest += before;
  order_by_price(sellers);
}

void listing_sellers(const ingest::Month& month, std::uint32_t product, std::vector<Seller>& sellers) {
  sellers.clear();
  thread_local std::vector<std::pair<std::uint32_t, std::int64_t>> prices;
  prices.clear();
  for (const std::uint32_t row : month.listings_of.of(product)) {
    const ingest::Listing& listing = month.listings[row];
    if (listing.probe || listing.excluded || listing.identity_conflict || listing.pack_unconfirmed) continue;
    if (listing.unit != ingest::kNone && listing.unit != month.base_unit[product]) continue;
    prices.emplace_back(listing.supplier, UnitPrice::of(listing.price, listing.k).count());
  }
  std::sort(prices.begin(), prices.end());
  thread_local std::vector<std::int64_t> one;
  for (std::size_t i = 0; i < prices.size();) {
    const std::uint32_t supplier = prices[i].first;
    one.clear();
    for (; i < prices.size() && prices[i].first == supplier; ++i) one.push_back(prices[i].second);
    sellers.push_back({median_of_sorted(one), supplier, Date::kNone});
  }
  order_by_price(sellers);
}

bool is_own(const ingest::Month& month, rules::Population population, std::uint32_t seller, std::uint32_t group) {
  if (group == kNobody) return false;
  if (population == rules::Population::suppliers || population == rules::Population::listings) return month.group_of[seller] == group;
  const auto& groups = month.groups_of_operator[seller];
  return !groups.empty() && std::find(groups.begin(), groups.end(), group) != groups.end();
}

MarketAnswer ask_market(std::span<const Seller> others, const Question& question, const rules::Policy& policy) {
  MarketAnswer answer;
  if (others.empty()) return answer;
  thread_local std::vector<std::int64_t> prices;
  prices.clear();
  for (const Seller& seller : others) prices.push_back(seller.price);
  answer.median = median_of_sorted(prices);
  KeptRun kept{0, prices.size()};
  if (question.screened) kept = screen(prices, policy.screening);
  answer.kept = static_cast<std::uint32_t>(kept.count());
  answer.screened = static_cast<std::uint32_t>(prices.size() - kept.count());
  for (std::size_t i = kept.first; i < kept.last; ++i) answer.newest = std::max(answer.newest, others[i].newest);
  if (kept.count() == 0 || static_cast<int>(kept.count()) < question.least) {
    answer.why = MarketAnswer::Why::too_few;
  } else if (question.dispersed_rule && is_dispersed(prices, kept, policy.market)) {
    answer.why = MarketAnswer::Why::dispersed;
  } else {
    answer.why = MarketAnswer::Why::present;
    answer.price = statistic_of_sorted(std::span<const std::int64_t>(prices).subspan(kept.first, kept.count()), question.statistic);
  }
  return answer;
}

}  // namespace fairprice::market
