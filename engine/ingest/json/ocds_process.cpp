#include "engine/ingest/json/ocds_process.hpp"

#include <algorithm>
#include <set>

#include "engine/base/text.hpp"
#include "engine/ingest/values.hpp"

namespace fairprice::ingest::json {

namespace {

/// Runs over the elements of an array under a key; nothing when there is none.
template <class Use>
void each(const Value& value, std::string_view key, Use&& use) {
  const Value* const array = member(value, key);
  if (array != nullptr && array->IsArray())
    for (const Value& element : array->GetArray()) use(element);
}

std::string name_of(const Value* organisation) {
  if (organisation == nullptr) return {};
  const std::string_view id = text_under(*organisation, "id");
  return std::string(id.empty() ? text_under(*organisation, "name") : id);
}

/// Suppliers that won together are one seller, whatever their order.
std::string suppliers_of(const Value& deal) {
  std::vector<std::string> names;
  each(deal, "suppliers", [&](const Value& one) {
    if (std::string name = name_of(&one); !name.empty()) names.push_back(std::move(name));
  });
  std::sort(names.begin(), names.end());
  std::string joined;
  for (const std::string& name : names) joined += (joined.empty() ? "" : "+") + name;
  return joined;
}

std::string first_of(std::initializer_list<std::string_view> texts) {
  for (const std::string_view text : texts)
    if (!text.empty()) return std::string(text);
  return {};
}

/// awardStatus and contractStatus: neither `pending` nor `unsuccessful` is a deal; `cancelled` was one. No status: it is in force.
bool is_deal(std::string_view status) { return status != "pending" && status != "unsuccessful"; }

}  // namespace

void OcdsProcess::Dated::set(std::string_view value, const std::string& date) {
  if (value.empty() || (!text.empty() && date < as_of)) return;
  text = value;
  as_of = date;
}

void OcdsProcess::add(const Value& release) {
  const std::string date(text_under(release, "date"));
  date_.set(date, date);
  buyer_.set(name_of(member(release, "buyer")), date);
  if (const Value* const tender = member(release, "tender")) {
    buyer_.set(buyer_.text.empty() ? name_of(member(*tender, "procuringEntity")) : std::string(), date);
    std::int64_t items = 0;
    each(*tender, "items", [&](const Value&) { ++items; });
    tender_items_ = std::max(tender_items_, items);
  }
  add_deals(release, "awards", date, awards_);
  add_deals(release, "contracts", date, contracts_);
}

void OcdsProcess::add_deals(const Value& release, const char* key, const std::string& date, Deals& deals) {
  each(release, key, [&](const Value& value) {
    const std::string id(text_under(value, "id"));
    const auto [place, is_new] = deals.numbers.try_emplace(id, deals.deals.size());
    if (is_new || id.empty()) {
      deals.deals.emplace_back().id = id;
      size_ += sizeof(Deal) + id.size();
    }
    Deal* const deal = &deals.deals[is_new || id.empty() ? deals.deals.size() - 1 : place->second];
    deal->award.set(text_under(value, "awardID"), date);
    deal->status.set(text_under(value, "status"), date);
    deal->suppliers.set(suppliers_of(value), date);
    const Value* const period = member(value, "period");
    deal->date.set(first_of({text_under(value, "dateSigned"), text_under(value, "date"),
                             period == nullptr ? std::string_view() : text_under(*period, "startDate")}),
                   date);
    const Value* const items = member(value, "items");
    if (items == nullptr || !items->IsArray() || items->Empty() || (!deal->items.empty() && date < deal->items_as_of)) return;
    deal->items.clear();
    deal->items_as_of = date;
    for (const Value& item : items->GetArray()) {
      const Item& added = deal->items.emplace_back(read_item(item));
      size_ += sizeof(Item) + added.description.size();
    }
  });
}

OcdsProcess::Item OcdsProcess::read_item(const Value& value) const {
  Item item;
  item.id = text_under(value, "id");
  item.description = text_under(value, "description");
  item.quantity = text_under(value, "quantity");
  if (const Value* const unit = member(value, "unit")) {
    item.unit = first_of({text_under(*unit, "name"), text_under(*unit, "id")});
    if (const Value* const price = member(*unit, "value")) {
      item.amount = text_under(*price, "amount");
      item.currency = text_under(*price, "currency");
    }
  }
  // Extension "item attributes": what brand and model are, if anything says so.
  each(value, "attributes", [&](const Value& attribute) {
    const std::string_view name = text_under(attribute, "name");
    const int column = is_utf8(name) ? aliases_->column_of(Table::orders, read_heading(name).name) : -1;
    const std::string_view text = text_under(attribute, "value");
    if (column == orders_column::brand) item.brand = text;
    if (column == orders_column::model) item.model = text;
    if (column == orders_column::barcode) item.barcode = text;
  });
  return item;
}

const OcdsProcess::Deal* OcdsProcess::award_of(const Deal& contract) const {
  if (contract.award.text.empty() && awards_.deals.size() == 1) return &awards_.deals.front();
  const auto found = awards_.numbers.find(contract.award.text);
  return found == awards_.numbers.end() ? nullptr : &awards_.deals[found->second];
}

OcdsOrder OcdsProcess::order_of(const Item& item, const Deal& deal, const Deal* award) const {
  OcdsOrder order;
  order.order_id = ocid_ + (deal.id.empty() ? "" : "/" + deal.id);
  order.line = item.id;
  order.date = first_of({deal.date.text, award == nullptr ? std::string_view() : std::string_view(award->date.text), date_.text});
  order.supplier = first_of({deal.suppliers.text, award == nullptr ? std::string_view() : std::string_view(award->suppliers.text)});
  order.buyer = buyer_.text;
  order.brand = item.brand;
  order.model = item.model;
  order.barcode = item.barcode;
  order.spec = item.description;
  order.unit = item.unit;
  order.quantity = item.quantity;
  order.unit_price = item.amount;
  order.currency = item.currency;
  if (deal.status.text == "cancelled" || (award != nullptr && award->status.text == "cancelled")) order.status = "cancelled";
  return order;
}

/// What the contracts of one award say, as far as they are or were in force.
struct OcdsProcess::Contracts {
  std::set<std::string_view> ids;                                        ///< of their items
  std::set<std::pair<std::string_view, std::string_view>> descriptions;  ///< and quantities
  std::vector<const Deal*> bare;                                         ///< those without items

  void add(const Deal& contract) {
    if (!is_deal(contract.status.text)) return;
    if (contract.items.empty()) bare.push_back(&contract);
    for (const Item& item : contract.items) {
      if (!item.id.empty()) ids.insert(item.id);
      if (!item.description.empty()) descriptions.emplace(item.description, item.quantity);
    }
  }
  bool have(const Item& item) const { return ids.contains(item.id) || descriptions.contains({item.description, item.quantity}); }
  bool called_off() const {
    return !bare.empty() && std::all_of(bare.begin(), bare.end(), [](const Deal* one) { return one->status.text == "cancelled"; });
  }
};

std::vector<OcdsOrder> OcdsProcess::orders(OcdsCounts& counts) const {
  std::vector<OcdsOrder> orders;
  counts.tender_items += tender_items_;
  const auto take = [&](const Item& item, const Deal& deal, const Deal* award) {
    if (!is_deal(deal.status.text))
      ++counts.no_deal;
    else if (item.amount.empty())
      ++counts.without_unit_value;
    else
      return orders.push_back(order_of(item, deal, award)), true;
    return false;
  };
  std::map<const Deal*, Contracts> contracts;  // looked up by award, never walked
  for (const Deal& contract : contracts_.deals) {
    const Deal* const award = award_of(contract);
    if (award != nullptr) contracts[award].add(contract);
    for (const Item& item : contract.items) take(item, contract, award);
  }
  for (const Deal& award : awards_.deals) {
    const Contracts& own = contracts[&award];
    for (const Item& item : award.items) {
      if (own.have(item)) {
        ++counts.same_in_contract;
        continue;
      }
      if (!take(item, award, nullptr)) continue;
      if (own.bare.size() == 1 && !own.bare[0]->date.text.empty()) orders.back().date = own.bare[0]->date.text;
      if (own.called_off()) orders.back().status = "cancelled";
    }
  }
  return orders;
}

}  // namespace fairprice::ingest::json
