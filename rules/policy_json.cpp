#include <algorithm>

#include "engine/base/text.hpp"
#include "rules/policy_overrides.hpp"
#include "rules/policy_parts.hpp"

namespace fairprice::rules {

namespace {

const std::vector<std::string_view> kMethods = {"ratio_z", "modified_z", "tukey", "hidiroglou_berthelot", "none"};
constexpr std::size_t kMostRungs = 16;

void read_screening(Fields& fields, ScreeningPolicy& screening) {
  fields.word("method", kMethods, [&](std::size_t i) { screening.method = static_cast<ScreeningMethod>(i); });
  if (screening.method == ScreeningMethod::modified_z || screening.method == ScreeningMethod::hidiroglou_berthelot)
    screening.floor = {10, 100};
  fields.ratio("cutoff", screening.cutoff, "0", "1000");
  fields.ratio("floor", screening.floor, "0", "1000");
  fields.ratio("max_distance", screening.max_distance, "0", "1000");
  fields.ratio("fences", screening.fences, "0", "1000");
  fields.ratio("reach", screening.reach, "0", "1000");
  fields.ratio("median_share", screening.median_share, "0", "1000");
}

void read_notices(Fields& fields, NoticePolicy& n) {
  fields.ratio("index_conflict", n.index_conflict, "0", "100");
  fields.ratio("indicator_conflict", n.indicator_conflict, "1", "100");
  fields.integer("thin_evidence", n.thin_evidence, 0, 1000);
  fields.integer("stale_index_months", n.stale_index_months, 0, 120);
  fields.integer("stale_orders_months", n.stale_orders_months, 0, 120);
  fields.ratio("abnormally_low", n.abnormally_low, "0", "1");
  fields.ratio("above_ecommerce", n.above_ecommerce, "0", "100");
  fields.ratio("above_lowest_supplier", n.above_lowest_supplier, "0", "100");
  fields.ratio("price_jump", n.price_jump, "0", "100");
  fields.integer("promotion_days", n.promotion_days, 1, 366);
  fields.integer("promotion_months", n.promotion_months, 1, 120);
  fields.object("product_flood", [&](Fields& f) {
    f.ratio("share", n.product_flood_share, "0", "1");
    f.integer("least_suppliers", n.product_flood_suppliers, 1, 1'000'000);
  });
  fields.object("category_flood", [&](Fields& f) {
    f.ratio("share", n.category_flood_share, "0", "1");
    f.integer("least_listings", n.category_flood_listings, 1, 1'000'000);
  });
}

void read_days(Fields& fields, Days& days) {
  fields.integer("evidence_days", days.evidence, 1, 366);
  fields.integer("reduction_days", days.reduction, 1, 366);
  fields.integer("objection_days", days.objection, 1, 366);
}

Policy read_one(const Json& json, PolicyErrors& errors) {
  Policy p;
  Fields fields(json, "", errors);
  std::string ignored;
  fields.text("$schema", ignored);
  fields.text("name", p.name, true);
  fields.object("description", [&](Fields& f) {
    f.text("zh", p.description_zh);
    f.text("en", p.description_en);
  });
  fields.text("source", p.source);
  fields.array("ours", [&](const Json& item, const std::string& place) {
    if (item.type != Json::Type::text || !item.text.starts_with('/'))
      errors.add(place, item, "不是 JSON Pointer（应如 \"/bands/0\"）", "is no JSON Pointer (expected e.g. \"/bands/0\")");
  });
  fields.text("currency", p.currency);
  const bool is_code =
      p.currency.size() == 3 && std::all_of(p.currency.begin(), p.currency.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!is_code) errors.add("/currency", *json.find("currency"), "不是货币代码（应如 CNY）", "is not a currency code (expected e.g. CNY)");
  fields.word("judge", {"price", "payable"}, [&](std::size_t i) { p.judge = static_cast<Judge>(i); });
  fields.array(
      "ladder", [&](const Json& item, const std::string& place) { p.ladder.push_back(read_rung(item, place, errors)); }, true);
  if (p.ladder.size() > kMostRungs) errors.add("/ladder", "梯级过多（至多 16 级）", "too many rungs (at most 16)");
  p.bands = read_bands(fields);
  fields.boolean("weakening", p.weakening);
  fields.object("screening", [&](Fields& f) { read_screening(f, p.screening); });
  fields.object("market", [&](Fields& f) {
    f.integer("least_sellers", p.market.least_sellers, 1, 1000);
    f.ratio("max_screened_share", p.market.max_screened_share, "0", "1");
    f.ratio("max_spread", p.market.max_spread, "1", "1000");
  });
  fields.object("windows", [&](Fields& f) {
    f.integer("index_months", p.windows.index_months, 0, 120);
    f.integer("index_unrolled_months", p.windows.index_unrolled_months, 0, 120);
    f.integer("orders_months", p.windows.orders_months, 1, 120);
  });
  fields.object("index_roll", [&](Fields& f) {
    f.ratio("at_least", p.roll_at_least, "0", "1");
    f.ratio("at_most", p.roll_at_most, "1", "100");
  });
  fields.object("check_data", [&](Fields& f) {
    f.integer("factor", p.check_factor, 2, 1000);
    f.ratio("tolerance", p.check_tolerance, "0", "0.5");
  });
  fields.object("notices", [&](Fields& f) { read_notices(f, p.notices); });
  fields.object("deadlines", [&](Fields& f) {
    read_days(f, p.deadlines.first);
    p.deadlines.repeated = p.deadlines.first;
    f.object("repeated", [&](Fields& again) {
      p.deadlines.repeat_offences = 1;
      again.integer("offences", p.deadlines.repeat_offences, 1, 1000);
      read_days(again, p.deadlines.repeated);
    });
  });
  fields.array("overrides", [](const Json&, const std::string&) {});  // read_policy reads them, with this policy below each
  fields.finish();
  return p;
}

}  // namespace

PolicySet read_policy(std::string_view text, std::string_view where, std::optional<Period> period) {
  Json json = read_json(text, where);
  PolicySet set;
  set.text = text;
  PolicyErrors errors;
  set.base = read_one(json, errors);
  const PolicyErrors of_base = errors;
  Json list;
  if (const Json* found = json.find("overrides"); found != nullptr) list = *found;
  std::erase_if(json.members, [](const auto& member) { return member.first == "overrides"; });
  const std::vector<PolicyOverride> overrides = read_overrides(list, errors);
  // Each is tried on the policy as it stands, and those of a category also on what the months make of it.
  const auto tried = [&](const PolicyOverride& one, const Json& base, const PolicyErrors& before) {
    PolicyErrors of_merged;
    read_one(merged(base, one.change), of_merged);
    errors.add_override(one.place, of_merged, before);
  };
  for (const PolicyOverride& one : overrides) tried(one, json, of_base);
  if (errors.count() == 0)
    for (const PolicyOverride& month : overrides)
      for (const PolicyOverride& one : overrides)
        if (month.category.empty() && !one.category.empty() && overlap(month, one)) tried(one, merged(json, month.change), of_base);
  errors.fail(where);

  const auto holds = [&](const PolicyOverride& one) { return period ? one.holds_in(*period) : !one.has_dates(); };
  PolicyErrors none;
  for (const PolicyOverride& one : overrides) {
    set.has_dates = set.has_dates || one.has_dates();
    if (one.category.empty() && holds(one)) json = merged(json, one.change);
  }
  set.base = read_one(json, none);
  for (const PolicyOverride& one : overrides)
    if (!one.category.empty() && holds(one)) set.by_category.emplace(one.category, read_one(merged(json, one.change), none));
  return set;
}

PolicySet policy_in(const PolicySet& set, Period period) { return set.has_dates ? read_policy(set.text, set.base.name, period) : set; }

}  // namespace fairprice::rules
