#include <algorithm>
#include <memory>

#include "engine/catalogue/attributes.hpp"
#include "engine/catalogue/identity.hpp"
#include "engine/catalogue/texts.hpp"
#include "engine/ingest/text_hints.hpp"

namespace fairprice::catalogue {

using ingest::kNone;

namespace {

/// What the texts of rows make of products known by brand and model. Read by any number of threads.
class Configurator {
 public:
  explicit Configurator(const ingest::Month& month) : keys_(month.keys), table_(*month.keys), category_of_(categories_of_models(month)) {}

  /// Whether the texts of a row of this product are worth reading.
  bool wants(std::uint32_t product) const {
    return product < category_of_.size() && category_of_[product] != kNone && !table_.of(category_of_[product]).empty();
  }
  /// kNone when the texts contradict each other.
  std::uint32_t configured(std::uint32_t product, std::string_view spec, std::string_view title) const {
    if (!wants(product)) return product;
    ingest::TextHints hints;
    hints.look(spec);
    hints.look(title);
    if (!hints.number) return product;
    const std::uint32_t category = category_of_[product];
    std::bitset<title::kAttributes> contradictions;
    const auto configuration = title::read_stated(title, spec, title::device_of(keys_->categories[category]), contradictions);
    const StatedConfiguration stated =
        stated_configuration(table_.of(category), configuration, contradictions, keys_->products[product].substr(4));
    if (stated.contradictory) return kNone;
    return stated.text.empty() ? product : keys_->configured(product, stated.text);
  }
  const std::vector<std::uint32_t>& categories() const { return category_of_; }
  static bool is_used(std::string_view spec, std::string_view title) { return title::says_used(title) || title::says_used(spec); }

 private:
  std::shared_ptr<ingest::Keys> keys_;
  AttributeTable table_;
  std::vector<std::uint32_t> category_of_;  ///< by product of brand and model
};

std::string_view title_of_question(const ingest::Month& month, std::uint32_t row) {
  const auto found = month.title_of_question.find(row);
  return found == month.title_of_question.end() ? std::string_view() : month.titles[found->second];
}

void take_listing(ingest::Listing& listing, const Configurator& configurator, std::string_view spec, std::string_view title) {
  if (listing.may_be_used && Configurator::is_used(spec, title)) {
    listing.used = true;
    listing.model_product = kNone;
    return;
  }
  if (listing.model_product == kNone) return;
  const std::uint32_t product = configurator.configured(listing.model_product, spec, title);
  listing.contradictory = product == kNone;
  listing.model_product = product;
}

}  // namespace

void configure(ingest::Month& month, int threads) {
  const auto configurator = std::make_shared<const Configurator>(month);
  month.describe = [configurator](std::uint32_t product, std::string_view spec, std::string_view title) -> ingest::Month::Described {
    const bool used = Configurator::is_used(spec, title);
    return {product == kNone ? kNone : configurator->configured(product, spec, title), used};
  };
  // Keys::configured adds products, but no row of them is in category_of_: the order of the tables does not matter.
  month.category_of_model = configurator->categories();
  const std::uint32_t models = month.keys->products.size();
  month.configurable.assign(models, 0);
  bool read_any = false;  // whether any listing or order was read for its texts
  std::vector<std::pair<std::uint64_t, std::uint32_t>> rows;
  for (std::uint32_t row = 0; row < month.listings.size(); ++row) {
    ingest::Listing& listing = month.listings[row];
    if (!listing.may_be_used && !(listing.may_state && configurator->wants(listing.model_product))) continue;
    if (listing.probe)
      take_listing(listing, *configurator, listing.spec == kNone ? std::string_view() : month.keys->specs[listing.spec],
                   title_of_question(month, row));
    else
      rows.emplace_back(listing.offset, row);
  }
  read_any = !rows.empty() || !month.title_of_question.empty();
  read_texts(month, "listings", std::move(rows), threads,
             [&](const RowTexts& texts) { take_listing(month.listings[texts.row], *configurator, texts.spec, texts.title); });

  for (ingest::IndexPrice& row : month.index)
    if (row.spec != kNone && row.model_product != kNone)
      row.model_product = configurator->configured(row.model_product, month.keys->specs[row.spec], {});

  rows.clear();
  for (std::uint32_t row = 0; row < month.orders.size(); ++row)
    if (month.orders[row].may_state) rows.emplace_back(month.orders[row].offset, row);
  read_any = read_any || !rows.empty();
  read_texts(month, "orders", std::move(rows), threads, [&](const RowTexts& texts) {
    ingest::Order& order = month.orders[texts.row];
    order.used = title::says_used(texts.spec);
    if (order.product == kNone) return;
    const std::uint32_t product = configurator->configured(order.product, texts.spec, {});
    order.configured = product != order.product;
    order.product = product;
  });
  for (std::uint32_t product = 0; product < models; ++product) month.configurable[product] = configurator->wants(product) ? 1 : 0;
  const auto has_configuration = [&](std::uint32_t product) { return product != kNone && !month.keys->configuration(product).empty(); };
  const auto is_configured = [&](const auto& row) { return has_configuration(row.model_product); };
  month.any_configured =
      std::any_of(month.index.begin(), month.index.end(), [&](const auto& row) { return row.spec != kNone && is_configured(row); }) ||
      (read_any &&
       (std::any_of(month.listings.begin(), month.listings.end(), is_configured) ||
        std::any_of(month.orders.begin(), month.orders.end(), [&](const ingest::Order& row) { return has_configuration(row.product); })));
  month.any_used =
      read_any && (std::any_of(month.listings.begin(), month.listings.end(), [](const ingest::Listing& row) { return row.used; }) ||
                   std::any_of(month.orders.begin(), month.orders.end(), [](const ingest::Order& row) { return row.used; }));
}

}  // namespace fairprice::catalogue
