#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/date.hpp"
#include "engine/base/money.hpp"
#include "engine/ingest/tables.hpp"
#include "engine/market/screening.hpp"
#include "rules/policy.hpp"

namespace fairprice::market {

inline constexpr std::uint32_t kNobody = UINT32_MAX;  ///< the group of a newcomer, to whom no seller belongs

/// The policy of a category; kNone: of none.
inline const rules::Policy& policy_of(const ingest::Month& month, const rules::PolicySet& policy, std::uint32_t category) {
  if (policy.by_category.empty() || category == ingest::kNone) return policy.base;
  return policy.of(month.keys->categories[category]);
}

/// The category levels of a month's index rows, to bring an old price to the period.
class Levels {
 public:
  explicit Levels(const ingest::Month& month);
  struct Pair {
    std::int64_t then, now;  ///< I(s), I(t), counts of 10^-8
  };
  /// Both levels of a category, published ones for both periods, else own ones for both.
  std::optional<Pair> between(std::uint32_t category, Period s, Period t) const;

 private:
  std::optional<std::int64_t> level(std::uint32_t category, Period period, bool own) const;
  struct Entry {
    std::uint32_t category;
    int period;
    bool own;
    std::int64_t level;
  };
  std::vector<Entry> entries_;
};

/// Indicator 1, 指数价格 (and the own index price of a later rung): the product's newest index price, brought to the period.
struct IndexAnswer {
  enum class Why : std::uint8_t { present, none, too_old };
  Why why = Why::none;
  std::int64_t price = 0;              ///< UnitPrice count at t
  std::int64_t published = 0;          ///< P(s)
  Period period;                       ///< s
  std::uint64_t offset = 0;            ///< of its row
  std::optional<Levels::Pair> levels;  ///< used for rolling
  bool present() const { return why == Why::present; }
};
IndexAnswer index_price(const ingest::Month& month, const Levels& levels, std::uint32_t product, bool own, const rules::Policy& policy,
                        int max_age_months);

/// One seller of a product: its price per base unit, the newest day behind it.
struct Seller {
  std::int64_t price;    ///< UnitPrice count
  std::uint32_t seller;  ///< supplier or operator
  std::int32_t newest;   ///< Date::days, or Date::kNone
};

/// The sellers of one product in one population, ordered by price, then number. One vote each.
/// Suppliers by their orders: sum of unit price x quantity over sum of quantity x k. Operators: the median of their quotes.
/// Listings: a supplier's median over its listings. Contract section 5.
void supplier_sellers(const ingest::Month& month, const Levels& levels, std::uint32_t product, int months, bool reindexed,
                      std::vector<Seller>& sellers);
void operator_sellers(const ingest::Month& month, std::span<const ingest::Quote> quotes, rules::Population channels, ShopType shop_type,
                      std::vector<Seller>& sellers);
void listing_sellers(const ingest::Month& month, std::uint32_t product, std::vector<Seller>& sellers);

/// Whether a seller of a population is the group's own.
bool is_own(const ingest::Month& month, rules::Population population, std::uint32_t seller, std::uint32_t group);

/// What a market says to one group of suppliers.
struct MarketAnswer {
  enum class Why : std::uint8_t { present, no_source, too_few, dispersed };
  Why why = Why::no_source;
  std::int64_t price = 0;   ///< UnitPrice count
  std::int64_t median = 0;  ///< c of the screening
  std::uint32_t kept = 0;
  std::uint32_t screened = 0;
  std::int32_t newest = Date::kNone;  ///< of kept sellers
  bool present() const { return why == Why::present; }
};

struct Question {
  rules::Statistic statistic;  ///< of those kept
  bool screened = true;
  bool dispersed_rule = true;
  int least = 3;
};

/// Screens the sellers that are not the group's own and takes the statistic of those kept. `others` must hold no own seller.
MarketAnswer ask_market(std::span<const Seller> others, const Question& question, const rules::Policy& policy);

}  // namespace fairprice::market
