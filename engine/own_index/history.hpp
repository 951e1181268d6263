#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/date.hpp"
#include "engine/base/money.hpp"
#include "engine/ingest/tables.hpp"
#include "rules/policy.hpp"

/// The centre's own index: from months of market quotes, index prices of models and levels of categories, in the form of the table `index` with
/// origin `own`. Orders say which categories weigh how much and which price sells best; they never make an index price.
namespace fairprice::own_index {

/// What a product needs for an index price, and what a category needs for its level. Published with the index.
struct Rules {
  int sellers = 5;         ///< kept after screening, for an index price
  int best_suppliers = 3;  ///< behind a best-selling price
  int best_months = 3;     ///< of orders that it looks at, with the month itself
  int matched = 30;        ///< products with an index price in both months of a link
  int gap = 3;             ///< months that a link may span
  /// Clearance (清仓): both the price and the sales fell below these shares of the last month that counts. Denominator 0: not looked for.
  Ratio clearance_price{7, 10};
  Ratio clearance_sales{1, 2};
};

/// A product in a month.
struct ProductMonth {
  enum class State : std::uint8_t { priced, no_seller, too_few, dispersed, clearance, too_small };  // too_small: it would print as 0
  std::uint32_t product = 0;                                                                        ///< History::products
  std::uint32_t category = ingest::kNone;                                                           ///< History::categories
  State state = State::no_seller;
  std::uint32_t sellers = 0;  ///< kept
  std::int64_t price =
      -1;  ///< UnitPrice count: the mean of the sellers kept, as `pack` has it printed, so that the file alone gives it again
  std::int64_t best_selling = -1;  ///< UnitPrice count
  PackUnits pack;                  ///< in which it is quoted most often, else ordered; the smallest of equal ones
  Int128 units = 0;                ///< ordered in the month, base units × 10^8
  Int128 value = 0;                ///< of these orders, yuan × 10^8
  bool published = false;          ///< `price` is one that a folder states: links rest on it, whatever the quotes say by now
};

/// A product as its rows are written. Numbers are History's own, the same in every month.
struct Product {
  std::string name, brand, model, barcode, spec, unit;
};

struct MonthFacts {
  Period period;
  bool orders_known = false;           ///< an order of the month was read: a product without one was not ordered
  std::vector<ProductMonth> products;  ///< by number of the product
};

/// What the folders' tables state with origin own: it was published, and stays.
struct StatedPrice {
  std::string category;
  PackUnits pack;
  std::int64_t price = -1;           ///< UnitPrice count
  std::int64_t best_selling = -1;    ///< UnitPrice count
  Period stated_in, best_stated_in;  ///< the folders' months
};
struct StatedLevel {
  std::int64_t level = -1;  ///< count of 10^-8
  Period stated_in;
};
struct Stated {
  std::map<std::string, StatedLevel> levels;    ///< by category
  std::map<std::uint32_t, StatedPrice> prices;  ///< by number of the product
};
/// Two folders state different things of one month; the later folder's counts.
struct Restated {
  Period period;
  std::string what;  ///< the category, or the product's name
  Period before, now;
};

/// Gathers months one after another; a month may go once it was added.
class History {
 public:
  explicit History(Rules rules) : rules_(rules) {}

  /// Months in ascending order. A product is of the category that the month's listings and published index rows say, else of the one known last (of months
  /// before the first that says one, of that one); own index rows say nothing of it. Quotes are screened as `policy` says for the category; sellers that belong to a supplier of the mall (table `shops`)
  /// have no vote, so that nobody's own price goes into what it is held against.
  void add(const ingest::Month& month, const rules::PolicySet& policy, int threads);

  const Rules& rules() const { return rules_; }
  const std::vector<MonthFacts>& months() const { return months_; }
  /// Own prices and levels that the folders state, by the month that they are of: of any month, whether it has a folder or not.
  const std::map<Period, Stated>& stated() const { return stated_; }
  const std::vector<Restated>& restated() const { return restated_; }
  const std::vector<Product>& products() const { return products_; }
  const std::vector<std::string>& categories() const { return categories_; }
  /// The category that was known last of a product by that month, or first after it; ingest::kNone when none ever was.
  std::uint32_t category_at(std::uint32_t product, Period period) const;

 private:
  /// A product is the same in every month by its name; one without a unit is the one with it. Two units are two products.
  std::uint32_t product_number(const ingest::Month& month, std::uint32_t product, std::uint32_t unit);
  std::optional<std::uint32_t> known_product(const ingest::Month& month, std::uint32_t product, std::uint32_t unit) const;
  void set_category(std::uint32_t product, std::uint32_t category, Period period);
  std::uint32_t category_number(const std::string& name);
  void read_stated(const ingest::Month& month);
  void mark_clearance(MonthFacts& facts);

  Rules rules_;
  std::vector<MonthFacts> months_;
  std::map<Period, Stated> stated_;
  std::vector<Restated> restated_;
  std::vector<Product> products_;
  std::vector<std::string> categories_;
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> product_numbers_;  ///< by name
  std::map<std::string, std::uint32_t, std::less<>> category_numbers_;
  std::vector<std::vector<std::pair<Period, std::uint32_t>>>
      category_of_;  ///< by product: its categories, each from the month that says it first
  struct Counted {
    int period = INT32_MIN;
    std::int64_t price = 0;
    std::uint32_t sellers = 0;
    Int128 units = 0;
    bool orders_known = false;
  };
  std::vector<Counted> counted_;  ///< by product: the last month in which it was priced
};

}  // namespace fairprice::own_index
