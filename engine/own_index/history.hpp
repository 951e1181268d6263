#pragma once

#include <cstdint>
#include <map>
#include <string>
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
  enum class State : std::uint8_t { priced, no_seller, too_few, dispersed, clearance };
  std::uint32_t product = 0;               ///< History::products
  std::uint32_t category = ingest::kNone;  ///< History::categories
  State state = State::no_seller;
  bool published = false;          ///< the month's tables state an own index price of it already
  std::uint32_t sellers = 0;       ///< kept
  std::int64_t price = -1;         ///< UnitPrice count: the mean of the sellers kept
  std::int64_t best_selling = -1;  ///< UnitPrice count
  PackUnits pack;                  ///< in which it is quoted most often; the smallest of equal ones
  Int128 units = 0;                ///< ordered in the month, base units × 10^8
  Int128 value = 0;                ///< of these orders, yuan × 10^8
};

/// A product as its rows are written. Numbers are History's own, the same in every month.
struct Product {
  std::string name, brand, model, barcode, spec, unit;
};

struct MonthFacts {
  Period period;
  std::vector<ProductMonth> products;             ///< by number of the product
  std::map<std::string, std::int64_t> published;  ///< levels with origin own that the month's tables state for it, counts of 10^-8
};

/// Gathers months one after another; a month may go once it was added.
class History {
 public:
  explicit History(Rules rules) : rules_(rules) {}

  /// Months in ascending order. Quotes are screened as `policy` says for the category; sellers that belong to a supplier of the mall (table `shops`)
  /// have no vote, so that nobody's own price goes into what it is held against.
  void add(const ingest::Month& month, const rules::PolicySet& policy, int threads);

  const Rules& rules() const { return rules_; }
  const std::vector<MonthFacts>& months() const { return months_; }
  const std::vector<Product>& products() const { return products_; }
  const std::vector<std::string>& categories() const { return categories_; }

 private:
  std::uint32_t product_number(const ingest::Month& month, std::uint32_t product);
  std::uint32_t category_number(const std::string& name);
  void mark_clearance(MonthFacts& facts);

  Rules rules_;
  std::vector<MonthFacts> months_;
  std::vector<Product> products_;
  std::vector<std::string> categories_;
  std::map<std::string, std::uint32_t, std::less<>> product_numbers_, category_numbers_;
  struct Counted {
    int period = INT32_MIN;
    std::int64_t price = 0;
    std::uint32_t sellers = 0;
    Int128 units = 0;
  };
  std::vector<Counted> counted_;  ///< by product: the last month in which it was priced
};

}  // namespace fairprice::own_index
