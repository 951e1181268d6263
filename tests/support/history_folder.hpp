#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/fairprice.hpp"
#include "engine/own_index/build.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fairprice::testing_support {

/// Months of quotes for an index, written as files and gathered as `fairprice index build` does. Every quote is of a shop of its own unless it is
/// named; products are of the brand 甲 and the category 甲类, which a listing of the month says.
class HistoryFolder {
 public:
  /// One product's quotes in a month: a price for each shop, shop1, shop2 ...
  void quotes(const std::string& period, const std::string& model, const std::vector<std::string>& prices) {
    for (std::size_t i = 0; i < prices.size(); ++i)
      quotes_[period] += "ecommerce,shop" + std::to_string(i + 1) + ",甲," + model + "," + prices[i] + "," + period + "-05\n";
    listing(period, model);
  }
  void listing(const std::string& period, const std::string& model, const std::string& category = "甲类") {
    listings_[period] += "L" + model + ",S1," + category + ",甲," + model + ",100\n";
  }
  void order(const std::string& period, const std::string& model, const std::string& supplier, int quantity, const std::string& price) {
    orders_[period] += "O" + std::to_string(++number_) + "," + period + "-07," + supplier + ",甲," + model + "," +
                       std::to_string(quantity) + "," + price + "\n";
  }
  void file(const std::string& period, const std::string& name, const std::string& bytes) { folder_.write(period + "/" + name, bytes); }
  std::string path() const { return folder_.path(); }

  own_index::History history(const own_index::Rules& rules, int threads = 1) {
    const auto write = [&](const std::map<std::string, std::string>& rows, const std::string& name, const std::string& heading) {
      for (const auto& [period, text] : rows) folder_.write(period + "/" + name, heading + text);
    };
    write(quotes_, "quotes.csv", "channel,shop,brand,model,price,date\n");
    write(listings_, "listings.csv", "listing_id,supplier_id,category,brand,model,price\n");
    write(orders_, "orders.csv", "order_id,date,supplier_id,brand,model,quantity,unit_price\n");
    own_index::History history(rules);
    for (const auto& [period, text] : quotes_) {
      LoadOptions load;
      load.folder = folder_.path_of(period);
      load.period = *Period::parse(period);
      load.threads = threads;
      load.orders_months = rules.best_months;
      load.listings_optional = true;
      load.own_index_teaches = false;
      history.add(*load_month(load), rules::shipped_policy("hubei"), threads);
    }
    return history;
  }

 private:
  TemporaryFolder folder_;
  std::map<std::string, std::string> quotes_, listings_, orders_;
  int number_ = 0;
};

}  // namespace fairprice::testing_support
