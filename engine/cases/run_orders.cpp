#include "engine/cases/run_orders.hpp"

#include <algorithm>

#include "engine/base/problem.hpp"
#include "engine/cases/amounts.hpp"
#include "engine/ledger/canonical.hpp"
#include "engine/ledger/json_object.hpp"

namespace fairprice::cases {

using ingest::kNone;

std::string deals_text(const ingest::Month& month, const std::set<PartyProduct>& wanted) {
  std::set<std::string_view> names;
  for (const auto& [party, product] : wanted) names.insert(product);
  std::vector<Deal> deals;
  for (std::uint32_t product = 0; product < month.base_unit.size(); ++product) {
    if (month.orders_of.of(product).empty()) continue;
    const std::string name = month.keys->product_name(product);
    if (!names.contains(name)) continue;
    for (const std::uint32_t row : month.orders_of.of(product)) {
      const ingest::Order& order = month.orders[row];
      if (order.use != ingest::RowUse::used || order.in_period == kNone || !order.k.valid() || order.supplier == kNone) continue;
      const std::string& party = month.party_of[order.supplier];
      if (!wanted.contains({party, name})) continue;
      const ingest::PeriodOrder& texts = month.period_orders[order.in_period];
      Deal deal{party, name, texts.order_id, texts.line, order.date.to_string(), "", std::string(month.keys->suppliers[order.supplier])};
      if (order.listing != kNone) deal.listing = month.keys->listings[order.listing];
      deal.quantity = order.quantity;
      deal.unit_price = order.unit_price;
      deal.k = order.k;
      deals.push_back(std::move(deal));
    }
  }
  const auto key = [](const Deal& deal) { return std::tie(deal.order_id, deal.line, deal.listing, deal.supplier, deal.date); };
  std::stable_sort(deals.begin(), deals.end(), [&](const Deal& a, const Deal& b) { return key(a) < key(b); });
  std::string text;
  for (const Deal& deal : deals) {
    ledger::CanonicalObject line;
    line.text("party", deal.party).text("product", deal.product).text("order_id", deal.order_id).text("line", deal.line);
    line.text("date", deal.date).text("listing_id", deal.listing).text("supplier_id", deal.supplier);
    line.text("quantity", PackUnits::from_ten_thousandths(deal.quantity).to_string()).text("unit_price", deal.unit_price.to_string());
    text += line.text("k", deal.k.to_string()).str() + "\n";
  }
  return text;
}

std::vector<Deal> read_deals(std::string_view text) {
  std::vector<Deal> deals;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const auto object = ledger::JsonObject::parse(line);
    const auto count = [&](const char* name) { return object ? ten_thousandths_of(object->text(name)).value_or(-1) : -1; };
    const std::int64_t quantity = count("quantity"), price = count("unit_price"), k = count("k");
    if (quantity < 0 || price < 0 || k <= 0)
      throw FatalError("台账中的成交记录有误：" + std::string(line.substr(0, 80)),
                       "a deal in the ledger is wrong: " + std::string(line.substr(0, 80)));
    Deal deal{object->text("party"), object->text("product"),    object->text("order_id"),   object->text("line"),
              object->text("date"),  object->text("listing_id"), object->text("supplier_id")};
    deal.quantity = quantity;
    deal.unit_price = Money::from_ten_thousandths(price);
    deal.k = PackUnits::from_ten_thousandths(k);
    deals.push_back(std::move(deal));
  }
  return deals;
}

}  // namespace fairprice::cases
