#include "engine/publishing/assessment_json.hpp"

#include <algorithm>

#include "engine/base/ratio.hpp"
#include "engine/publishing/assessment_row.hpp"
#include "engine/publishing/words.hpp"

namespace fairprice::publishing {

using assessment::present;

void put_amount(Json& json, Money amount) {
  if (present(amount)) {
    json.number(money_text(amount));
  } else {
    json.null();
  }
}

void put_notices(Json& json, std::string_view notices) {
  json.begin_array();
  while (!notices.empty()) {
    const std::size_t end = std::min(notices.find(';'), notices.size());
    json.text(notices.substr(0, end));
    notices.remove_prefix(std::min(end + 1, notices.size()));
  }
  json.end_array();
}

void put_assessment(Json& json, const ingest::Month& month, const rules::PolicySet& policy, const assessment::Assessment& one) {
  const ingest::Listing& listing = month.listings[one.row];
  const ingest::Keys& keys = *month.keys;
  const std::string_view category = text_of(keys.categories, listing.category);
  const auto put_ratio = [&](std::string_view key, Money reference) {
    json.key(key);
    if (!present(reference)) {
      json.null();
      return;
    }
    const std::int64_t whole = reference.ten_thousandths();
    json.number(ratio_to_string(Int128{one.judged.ten_thousandths()} - whole, whole));
  };
  json.begin_object();
  json.member("listing_id", text_of(keys.listings, listing.listing));
  json.member("supplier_id", text_of(keys.suppliers, listing.supplier));
  json.member("product", listing.product == ingest::kNone ? std::string() : keys.product_name(listing.product));
  json.member("match_basis", match_basis_name(static_cast<rules::MatchBasis>(listing.basis)));
  json.member("category", category);
  put_amount(json.key("price"), listing.price);
  json.member("unit", unit_of(month, one));
  json.key("pack_size").number(PackUnits::from_ten_thousandths(listing.pack_size).to_string());
  constexpr std::array<std::string_view, 4> kIndicators = {"index_price", "procurement_average", "ecommerce_average", "store_average"};
  for (std::size_t i = 0; i < kIndicators.size(); ++i) put_amount(json.key(kIndicators[i]), one.indicators[i]);
  put_ratio("deviation_degree", one.market_median);
  put_amount(json.key("monitoring_price"), one.monitoring_price);
  if (present(one.monitoring_price)) {
    json.member("monitoring_basis", monitoring_basis(one, policy.of(category)));
    json.member("sources_kept", std::int64_t{one.sources_kept});
    json.member("sources_screened", std::int64_t{one.sources_screened});
  } else {
    json.key("monitoring_basis").null().key("sources_kept").null().key("sources_screened").null();
  }
  put_ratio("deviation_ratio", one.monitoring_price);
  json.member("decision", decision_name(one.decision));
  put_amount(json.key("max_fair_price"), one.max_fair_price);
  put_notices(json.key("notices"), notices_text(one, listing.k));
  json.end_object();
}

}  // namespace fairprice::publishing
