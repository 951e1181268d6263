#include "engine/assessment/estimates.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/assessment/assess.hpp"
#include "engine/catalogue/product_category.hpp"
#include "engine/catalogue/title/read_title.hpp"
#include "engine/estimation/category_model.hpp"

namespace fairprice::assessment {

using estimation::Why;
using ingest::kNone;

namespace {

std::string_view spec_text(const ingest::Month& month, std::uint32_t spec) {
  return spec == kNone ? std::string_view() : std::string_view(month.keys->specs[spec]);
}

/// What a product's name and a specification say together.
title::Configuration stated(const ingest::Month& month, std::uint32_t product, std::uint32_t spec, title::Device device) {
  std::bitset<title::kAttributes> contradictions;
  const std::string_view named = product == kNone ? std::string_view() : month.keys->configuration(product);
  return title::read_stated(named, spec_text(month, spec), device, contradictions);
}

std::string text_of(const title::Configuration& configuration) {
  std::string text;
  for (std::size_t i = 0; i < title::kAttributes; ++i)
    if (const std::string one = configuration.text(static_cast<title::Attribute>(i)); !one.empty())
      text.append(text.empty() ? "" : " ").append(one);
  return text;
}

std::string names_of(estimation::Stated used) {
  std::string names;
  for (std::size_t i = 0; i < used.size(); ++i)
    if (used[i]) names.append(names.empty() ? "" : "+").append(estimation::feature_name(i));
  return names;
}

estimation::Make make_of(const ingest::Month& month, std::uint32_t product) {
  const std::uint32_t brand = month.keys->product_brand(product);
  if (brand == kNone) return {};
  return estimation::make_of(month.keys->brands[brand], std::string_view(month.keys->products[month.keys->base_of(product)]).substr(4));
}

/// Whether it says what it is made of. Quotes of its product are no hindrance: they may be too few for a reference, or too dispersed.
bool may_need(const ingest::Month& month, const ingest::Listing& listing) {
  if (listing.probe || listing.category == kNone) return false;
  return listing.spec != kNone || (listing.product != kNone && !month.keys->configuration(listing.product).empty());
}

}  // namespace

EstimateMarket::EstimateMarket(const ingest::Month& month, const rules::PolicySet& policy, bool asked) : month_(month), policy_(policy) {
  if (!asked) return;
  std::vector<std::uint8_t> categories(month.keys->categories.size(), 0);
  bool any = false;
  for (const ingest::Listing& listing : month.listings)
    if (may_need(month, listing)) any = true, categories[listing.category] = 1;
  if (!any) return;
  for (const auto& row : month.quotes.specs) {
    if (row.spec == kNone || row.product == kNone) continue;
    const auto [found, added] = spec_of_.emplace(row.product, row.spec);
    if (!added && spec_text(month, row.spec) < spec_text(month, found->second)) found->second = row.spec;
  }
  wanted_.assign(month.base_unit.size(), 0);
  for (std::uint32_t product = 0; product < wanted_.size(); ++product) {
    if (!month.quotes.has(product)) continue;
    const std::uint32_t category = catalogue::product_category(month, product);
    if (category == kNone || categories[category] == 0) continue;
    if (spec_of_.contains(product) || !month.keys->configuration(product).empty()) wanted_[product] = 1;
  }
}

void EstimateMarket::take(std::uint32_t product, ProductMarket& market) {
  const rules::Policy& policy = policy_of(month_, policy_, catalogue::product_category(month_, product));
  const Reference& reference = market.reference(market::kNobody, policy);
  std::vector<std::int64_t> prices;
  for (const market::MarketAnswer* answer : {&reference.averages[1], &reference.averages[2]})
    if (answer->present()) prices.push_back(answer->price);
  std::sort(prices.begin(), prices.end());
  if (!prices.empty() && prices[0] > 0)
    prices_[product % ingest::QuoteTable::kPartitions].emplace_back(product, market::median_of_sorted(prices));
}

void EstimateMarket::conclude(Assessments& assessments) const {
  std::map<std::uint32_t, std::vector<estimation::Configured>> market;  // by category
  for (const auto& part : prices_)
    for (const auto& [product, price] : part) {
      const std::uint32_t category = catalogue::product_category(month_, product);
      const auto spec = spec_of_.find(product);
      estimation::Configured one;
      one.product = product;
      one.name = month_.keys->product_name(product);
      one.make = make_of(month_, product);
      const title::Device device = title::device_of(month_.keys->categories[category]);
      one.features = estimation::features_of(stated(month_, product, spec == spec_of_.end() ? kNone : spec->second, device));
      one.price = price;
      if (one.features.stated().any()) market[category].push_back(std::move(one));
    }
  if (market.empty()) return;
  std::map<std::uint32_t, estimation::CategoryModel> models;
  for (auto& [category, configured] : market) models.emplace(category, std::move(configured));

  for (const Assessment& assessment : assessments.listings) {
    const ingest::Listing& listing = month_.listings[assessment.row];
    if (assessment.decision != rules::Decision::no_reference || !may_need(month_, listing)) continue;
    const auto model = models.find(listing.category);
    if (model == models.end()) continue;
    const title::Configuration configuration =
        stated(month_, listing.product, listing.spec, title::device_of(month_.keys->categories[listing.category]));
    const estimation::Features features = estimation::features_of(configuration);
    if (features.stated().none()) continue;
    estimation::Make make = listing.product == kNone ? estimation::Make{} : make_of(month_, listing.product);
    if (make.brand.empty() && listing.brand != kNone) make.brand = month_.keys->brands[listing.brand];
    const auto estimated = model->second.estimate(make, features);
    const auto in_pack = [&](std::int64_t unit_price) {  // an estimate is no more exact than a fen
      const Money price = UnitPrice::from_count(unit_price).for_pack(listing.k);
      return price < Money::from_yuan(1) ? price : price.to_fen();
    };
    Estimate estimate;
    estimate.row = assessment.row;
    estimate.configuration = text_of(configuration);
    estimate.reason = estimation::why_name(estimated.why);
    if (estimated.why == Why::estimated) {
      estimate.price = in_pack(estimated.price);
      estimate.lower = in_pack(estimated.lower);
      estimate.upper = in_pack(estimated.upper);
    }
    estimate.observations = static_cast<std::uint32_t>(estimated.observations);
    estimate.parameters = static_cast<std::uint32_t>(estimated.parameters);
    estimate.r_squared = static_cast<std::int32_t>(std::lround(estimated.r_squared * 1'000'000));
    estimate.characteristics = names_of(estimated.used);
    for (const auto& near : model->second.nearest(make, features, Estimate::kNearest)) {
      Estimate::Near one;
      one.product = near.configured->product;
      one.price = UnitPrice::from_count(near.configured->price).for_pack(listing.k);
      one.distance = std::llround(near.distance * 1'000'000);
      estimate.nearest.push_back(one);
    }
    assessments.estimates.push_back(std::move(estimate));
  }
}

}  // namespace fairprice::assessment
