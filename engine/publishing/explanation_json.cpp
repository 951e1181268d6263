#include "engine/base/ratio.hpp"
#include "engine/publishing/assessment_json.hpp"
#include "engine/publishing/explanation.hpp"
#include "engine/publishing/json.hpp"
#include "engine/publishing/words.hpp"

namespace fairprice::publishing {

using assessment::Explanation;
using assessment::present;

namespace {

/// A price per base unit with its 8 decimals, as many as it needs.
std::string unit_price_text(UnitPrice price) {
  constexpr std::int64_t kPerYuan = 100'000'000;
  std::string text = std::to_string(price.count() / kPerYuan);
  std::string behind = std::to_string(price.count() % kPerYuan + kPerYuan).substr(1);
  while (!behind.empty() && behind.back() == '0') behind.pop_back();
  return behind.empty() ? text : text + "." + behind;
}

void put_ratio(Json& json, std::string_view key, Money price, Money reference) {
  json.key(key);
  if (!present(reference)) {
    json.null();
    return;
  }
  const std::int64_t whole = reference.ten_thousandths();
  json.number(ratio_to_string(Int128{price.ten_thousandths()} - whole, whole));
}

void put_texts(Json& json, std::string_view key, const std::vector<std::string>& texts) {
  json.key(key).begin_array();
  for (const std::string& text : texts) json.text(text);
  json.end_array();
}

void put_index(Json& json, std::string_view key, const assessment::RolledIndex& index) {
  json.key(key).begin_object();
  json.key("present").boolean(index.present);
  if (index.present) {
    json.member("period", index.period.to_string());
    json.key("published_unit_price").number(unit_price_text(index.published));
    if (!index.level_s.empty()) {
      json.key("level_of_period").number(index.level_s);
      json.key("level_now").number(index.level_t);
    }
    json.key("unit_price").number(unit_price_text(index.rolled));
  } else {
    json.member("why_absent", index.why_absent);
  }
  json.end_object();
}

void put_estimate(Json& json, const Explanation& one) {
  json.key("estimate");
  if (!one.estimate) {
    json.null();
    return;
  }
  const assessment::Estimate& estimate = *one.estimate;
  json.begin_object();
  json.member("configuration", estimate.configuration);
  json.member("reason", estimate.reason);
  put_amount(json.key("price"), estimate.price);
  put_amount(json.key("lower"), estimate.lower);
  put_amount(json.key("upper"), estimate.upper);
  json.key("observations").number(std::to_string(estimate.observations));
  json.key("parameters").number(std::to_string(estimate.parameters));
  json.key("r_squared").number(ratio_to_string(estimate.r_squared, 1'000'000));
  json.member("characteristics", estimate.characteristics);
  json.key("nearest").begin_array();
  for (std::size_t i = 0; i < estimate.nearest.size(); ++i) {
    json.begin_object();
    json.member("product", one.nearest[i]);
    put_amount(json.key("price"), estimate.nearest[i].price);
    json.key("distance").number(ratio_to_string(estimate.nearest[i].distance, 1'000'000));
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void put_evidence(Json& json, const assessment::Evidence& evidence) {
  json.begin_object();
  json.member("name", evidence.name);
  json.key("present").boolean(evidence.present);
  if (!evidence.present) json.member("why_absent", evidence.absent_why);
  put_amount(json.key("value"), evidence.in_pack);
  json.key("unit_price");
  if (evidence.present) {
    json.number(unit_price_text(evidence.unit_price));
  } else {
    json.null();
  }
  json.key("median_unit_price").number(unit_price_text(evidence.median));
  json.member("kept", std::int64_t{evidence.kept});
  json.member("screened", std::int64_t{evidence.screened});
  json.key("sellers").begin_array();
  for (const assessment::SellerVote& vote : evidence.sellers) {
    json.begin_object();
    json.member("seller", vote.seller);
    json.key("unit_price").number(unit_price_text(vote.price));
    json.key("kept").boolean(vote.kept);
    if (!vote.kept) json.member("why", vote.why);
    json.key("rows").begin_array();
    for (const std::size_t row : vote.rows) json.integer(static_cast<std::int64_t>(row));
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void put_row(Json& json, const assessment::SourceRow& row) {
  json.begin_object();
  json.member("table", row.table);
  json.member("file", row.file);
  json.member("line", row.line);
  if (!row.seller.empty()) json.member("seller", row.seller);
  if (!row.date.empty()) json.member("date", row.date);
  json.key("unit_price").number(unit_price_text(row.unit_price));
  json.key("pack_units").number(row.k.to_string());
  json.member("fate", row.fate);
  if (!row.note.empty()) json.member("note", row.note);
  json.member("raw", row.raw);
  json.end_object();
}

void put_policy_line(Json& json, const Explanation& one, const rules::Policy& policy) {
  json.key("policy").begin_object();
  json.member("name", one.policy_name);
  json.member("currency", policy.currency);
  json.member("judge", policy.judge == rules::Judge::payable ? "payable" : "price");
  json.key("rung");
  if (one.rung > 0) {
    json.text("/ladder/" + std::to_string(one.rung - 1));
  } else {
    json.null();
  }
  json.key("band");
  if (one.band < 0) {
    json.null();
  } else {
    const rules::Band& band = policy.bands[static_cast<std::size_t>(one.band)];
    json.begin_object();
    json.member("line", "/bands/" + std::to_string(one.band));
    json.member("decision", decision_name(band.decision));
    if (band.limit == rules::Band::Limit::at_most) json.key("at_most").number(band.value.to_string());
    if (band.limit == rules::Band::Limit::below) json.key("below").number(band.value.to_string());
    json.end_object();
  }
  json.key("deadlines").begin_object();
  json.member("evidence_days", std::int64_t{policy.deadlines.first.evidence});
  json.member("reduction_days", std::int64_t{policy.deadlines.first.reduction});
  json.member("objection_days", std::int64_t{policy.deadlines.first.objection});
  json.end_object();
  json.end_object();
}

}  // namespace

std::string explanation_json(const Explanation& one, const rules::PolicySet& set) {
  const rules::Policy& policy = set.of(one.category);
  const assessment::Assessment& judged = one.assessment;
  Json json;
  json.begin_object();
  json.member("listing_id", one.listing_id);
  json.member("supplier_id", one.supplier_id);
  json.member("group_id", one.group);
  json.member("product", one.product);
  json.member("match_basis", match_basis_name(static_cast<rules::MatchBasis>(one.listing.basis)));
  json.member("category", one.category);
  put_amount(json.key("price"), one.listing.price);
  put_amount(json.key("judged_price"), judged.judged);
  json.member("unit", one.unit);
  json.key("pack_size").number(PackUnits::from_ten_thousandths(one.listing.pack_size).to_string());
  json.key("pack_units").number(one.listing.k.to_string());
  json.key("source").begin_object();
  json.member("file", one.listing_file);
  json.member("line", one.listing_line);
  json.member("raw", one.listing_raw);
  json.end_object();

  json.key("indicators").begin_object();
  for (std::size_t i = 0; i < judged.indicators.size(); ++i)
    put_amount(json.key(indicator_name(static_cast<rules::Indicator>(i))), judged.indicators[i]);
  put_amount(json.key("market_median"), judged.market_median);
  put_ratio(json, "deviation_degree", judged.judged, judged.market_median);
  json.end_object();
  put_amount(json.key("monitoring_price"), judged.monitoring_price);
  json.member("monitoring_basis", one.basis);
  json.member("sources_kept", std::int64_t{judged.sources_kept});
  json.member("sources_screened", std::int64_t{judged.sources_screened});
  json.member("newest_source", judged.newest_source.to_string());
  put_ratio(json, "deviation_ratio", judged.judged, judged.monitoring_price);
  json.member("formula", "(price - reference) / reference");
  json.member("decision", decision_name(judged.decision));
  json.member("decision_zh", decision_name_zh(judged.decision));
  put_amount(json.key("max_fair_price"), judged.max_fair_price);
  put_notices(json.key("notices"), one.notices);
  json.key("held_by_flood").boolean(one.held_by_flood);
  put_estimate(json, one);
  put_policy_line(json, one, policy);

  put_index(json, "index_price", one.index);
  put_index(json, "own_index_price", one.own_index);
  put_texts(json, "own_sellers", one.own_sellers);
  json.key("evidence").begin_array();
  for (const assessment::Evidence& evidence : one.evidence) put_evidence(json, evidence);
  json.end_array();
  json.key("rows").begin_array();
  for (const assessment::SourceRow& row : one.rows) put_row(json, row);
  json.end_array();
  json.end_object();
  return std::move(json).str();
}

}  // namespace fairprice::publishing
