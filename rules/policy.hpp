#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/date.hpp"
#include "engine/base/ratio.hpp"
#include "engine/base/shop_type.hpp"
#include "rules/decision.hpp"

namespace fairprice::rules {

enum class ScreeningMethod : std::uint8_t { ratio_z, modified_z, tukey, hidiroglou_berthelot, none };

/// Constants of a screening method; those that a method does not use are ignored. Formulas: engine/market/screening.hpp.
struct ScreeningPolicy {
  ScreeningMethod method = ScreeningMethod::ratio_z;
  Ratio cutoff{51891, 10000};  ///< ratio_z, modified_z: 3.5 x 1.4826 (Iglewicz & Hoaglin 1993)
  Ratio floor{30, 100};        ///< ratio_z 0.30; modified_z and hidiroglou_berthelot 0.10
  Ratio max_distance{2, 1};    ///< ratio_z
  Ratio fences{15, 10};        ///< tukey
  Ratio reach{4, 1};           ///< hidiroglou_berthelot
  Ratio median_share{5, 100};  ///< hidiroglou_berthelot
};

struct MarketPolicy {
  int least_sellers = 3;
  Ratio max_screened_share{30, 100};
  Ratio max_spread{3, 1};
};

struct WindowPolicy {
  int index_months = 6;           ///< oldest index price used: t - s
  int index_unrolled_months = 2;  ///< oldest one used without a category level
  int orders_months = 12;
};

enum class Indicator : std::uint8_t { index_price, procurement_average, ecommerce_average, store_average, own_index_price };
inline constexpr int kIndicators = 5;
std::string_view indicator_name(Indicator indicator);

enum class Population : std::uint8_t { none, suppliers, ecommerce, store, ecommerce_and_store, listings };
std::string_view population_name(Population population);  ///< "ecommerce+store"

struct Statistic {
  enum class Kind : std::uint8_t { median, mean, lowest, highest, mean_of_lowest, percentile };
  Kind kind = Kind::median;
  int argument = 0;               ///< k of mean_of_lowest, p (1..100) of percentile
  std::string to_string() const;  ///< "mean_of_lowest:3"
};

/// One rung of the reference ladder: either indicators, or a population of seller prices.
struct Rung {
  std::vector<Indicator> indicators;  ///< in the order of the contract; empty for a population
  Population population = Population::none;
  Statistic statistic;
  bool has_statistic = false;              ///< a single indicator needs none, and prints none
  ShopType shop_type = ShopType::unknown;  ///< unknown: all
  bool screened = true;                    ///< populations
  int least = 3;                           ///< populations: sellers kept
  int months = 0;                          ///< populations of orders: window; 0 = the policy's
  bool reindexed = false;                  ///< each order's price brought to t by the category's level
  int max_age_months = -1;                 ///< index prices; -1 = the policy's
};

struct Band {
  enum class Limit : std::uint8_t { at_most, below, none };
  Decision decision = Decision::within_range;
  Limit limit = Limit::none;
  Ratio value;
};

struct NoticePolicy {
  Ratio index_conflict{30, 100};
  Ratio indicator_conflict{130, 100};
  int thin_evidence = 5;
  int stale_index_months = 2;
  int stale_orders_months = 3;
  Ratio abnormally_low{60, 100};
  Ratio above_ecommerce{110, 100};
  Ratio above_lowest_supplier{110, 100};
  Ratio price_jump{15, 100};
  int promotion_days = 7;
  int promotion_months = 12;
  Ratio product_flood_share{50, 100};
  int product_flood_suppliers = 5;
  Ratio category_flood_share{20, 100};
  int category_flood_listings = 20;
};

/// Working days that a supplier has.
struct Days {
  int evidence = 5;
  int reduction = 5;
  int objection = 5;
};
struct DeadlinePolicy {
  Days first;
  int repeat_offences = 0;  ///< from so many earlier cases on that ended in a reduction or delisting; 0: all have the same
  Days repeated;

  const Days& after(std::int64_t offences) const { return repeat_offences > 0 && offences >= repeat_offences ? repeated : first; }
};

enum class Judge : std::uint8_t { price, payable };

/// Everything that turns indicators into a decision. Read from JSON by `read_policy`; every number is exact.
struct Policy {
  std::string name;
  std::string description_zh;
  std::string description_en;
  std::string source;
  std::string currency = "CNY";
  Judge judge = Judge::price;
  std::vector<Rung> ladder;  ///< at least one
  std::vector<Band> bands;   ///< the first is within_range, limits rise, the last has none
  bool weakening = true;
  ScreeningPolicy screening;
  MarketPolicy market;
  WindowPolicy windows;
  Ratio roll_at_least{85, 100};  ///< I(t)/I(s) of an index price that is rolled forward
  Ratio roll_at_most{115, 100};
  int check_factor = 5;
  Ratio check_tolerance{2, 100};
  NoticePolicy notices;
  DeadlinePolicy deadlines;
};

/// A policy file: the policy, and for some categories another one.
struct PolicySet {
  Policy base;
  std::map<std::string, Policy, std::less<>> by_category;  ///< canonical category -> base with the override merged in
  std::string text;                                        ///< the file as read, for hashes and ledgers
  bool has_dates = false;                                  ///< some overrides hold for some months only: see policy_in()

  const Policy& of(std::string_view category) const {
    const auto found = by_category.find(category);
    return found == by_category.end() ? base : found->second;
  }
};

/// Reads a policy. `where` names it in messages (a path, or the preset's name). Throws FatalError with the JSON Pointer of
/// each mistake, every mistake at once: unknown key (with the nearest known one), wrong type, number out of range,
/// bands not rising. Numbers are read as exact decimals, never as floating point.
/// With a period, its overrides are those that hold in it; without one those that hold always. All of them are checked.
PolicySet read_policy(std::string_view json, std::string_view where, std::optional<Period> period = std::nullopt);
/// The policy as it is in a month.
PolicySet policy_in(const PolicySet& set, Period period);

/// A shipped preset by name; hyphen and underscore are the same. Throws FatalError listing the names when there is none.
PolicySet shipped_policy(std::string_view name);
std::vector<std::string> shipped_policy_names();

}  // namespace fairprice::rules
