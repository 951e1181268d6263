#include <algorithm>

#include "engine/base/problem.hpp"
#include "engine/base/text.hpp"
#include "rules/policy_fields.hpp"

namespace fairprice::rules {

namespace {

const std::vector<std::string_view> kMethods = {"ratio_z", "modified_z", "tukey", "hidiroglou_berthelot", "none"};
const std::vector<std::string_view> kPopulations = {"", "suppliers", "ecommerce", "store", "ecommerce+store", "listings"};
const std::vector<std::string_view> kShopTypes = {"", "self_operated", "flagship", "third_party"};
const std::vector<std::string_view> kIndicatorNames = {"index_price", "procurement_average", "ecommerce_average", "store_average", "own_index_price"};

void read_screening(Fields& fields, ScreeningPolicy& screening) {
  fields.word("method", kMethods, [&](std::size_t i) { screening.method = static_cast<ScreeningMethod>(i); });
  if (screening.method == ScreeningMethod::modified_z || screening.method == ScreeningMethod::hidiroglou_berthelot) screening.floor = {10, 100};
  fields.ratio("cutoff", screening.cutoff, "0", "1000");
  fields.ratio("floor", screening.floor, "0", "1000");
  fields.ratio("max_distance", screening.max_distance, "0", "1000");
  fields.ratio("fences", screening.fences, "0", "1000");
  fields.ratio("reach", screening.reach, "0", "1000");
  fields.ratio("median_share", screening.median_share, "0", "1000");
}

void read_statistic(Fields& fields, Rung& rung) {
  const Json* json = fields.take("statistic");
  if (json == nullptr) return;
  const std::vector<std::string_view> plain = {"median", "mean", "lowest", "highest"};
  const std::string text = json->type == Json::Type::text ? json->text : std::string();
  rung.has_statistic = true;
  for (std::size_t i = 0; i < plain.size(); ++i)
    if (text == plain[i]) {
      rung.statistic = {static_cast<Statistic::Kind>(i), 0};
      return;
    }
  const std::size_t colon = text.find(':');
  std::string name = text.substr(0, colon);
  std::replace(name.begin(), name.end(), '-', '_');
  const Ratio argument = colon == std::string::npos ? Ratio{} : Ratio::parse(std::string_view(text).substr(colon + 1)).value_or(Ratio{});
  const std::int64_t most = name == "percentile" ? 100 : 1000;
  if ((name == "mean_of_lowest" || name == "percentile") && argument.denominator == 1 && argument.numerator >= 1 && argument.numerator <= most) {
    rung.statistic = {name == "percentile" ? Statistic::Kind::percentile : Statistic::Kind::mean_of_lowest, static_cast<int>(argument.numerator)};
    return;
  }
  fields.errors().add(fields.at("statistic"), *json, "不是统计量（应为 median、mean、lowest、highest、mean_of_lowest:3 或 percentile:70）",
                      "is no statistic (expected median, mean, lowest, highest, mean_of_lowest:3 or percentile:70)");
}

Rung read_rung(const Json& json, const std::string& pointer, PolicyErrors& errors) {
  Rung rung;
  Fields fields(json, pointer, errors);
  fields.array("indicators", [&](const Json& item, const std::string& place) {
    const auto found = std::find(kIndicatorNames.begin(), kIndicatorNames.end(), item.type == Json::Type::text ? std::string_view(item.text) : "");
    if (found == kIndicatorNames.end()) {
      errors.add(place, item, "不是指标（应为 index_price、procurement_average、ecommerce_average、store_average 或 own_index_price）",
                 "is no indicator (expected index_price, procurement_average, ecommerce_average, store_average or own_index_price)");
      return;
    }
    const auto indicator = static_cast<Indicator>(found - kIndicatorNames.begin());
    if (std::find(rung.indicators.begin(), rung.indicators.end(), indicator) != rung.indicators.end()) errors.add(place, item, "重复了", "stands twice");
    else rung.indicators.push_back(indicator);
  });
  std::sort(rung.indicators.begin(), rung.indicators.end());
  fields.word("population", kPopulations, [&](std::size_t i) { rung.population = static_cast<Population>(i); });
  read_statistic(fields, rung);
  fields.word("shop_type", kShopTypes, [&](std::size_t i) { rung.shop_type = static_cast<ShopType>(i); });
  fields.boolean("screened", rung.screened);
  fields.integer("least", rung.least, 1, 1000);
  fields.integer("months", rung.months, 1, 120);
  fields.boolean("reindexed", rung.reindexed);
  fields.integer("max_age_months", rung.max_age_months, 0, 120);
  fields.finish();
  if (fields.is_object() && rung.indicators.empty() == (rung.population == Population::none))
    errors.add(pointer, json, "应有 indicators 或 population 中的一个", "needs either indicators or a population");
  if (fields.is_object() && (rung.indicators.size() > 1 || rung.population != Population::none) && !rung.has_statistic && json.find("statistic") == nullptr)
    errors.add(pointer + "/statistic", Json{}, "缺少统计量", "is missing (a statistic over several prices)");
  return rung;
}

Band read_band(const Json& json, const std::string& pointer, PolicyErrors& errors) {
  Band band;
  Fields fields(json, pointer, errors);
  fields.word("decision", {"within_range", "evidence_required", "reduce_or_delist"}, [&](std::size_t i) { band.decision = static_cast<Decision>(i); }, true);
  if (json.find("at_most") != nullptr) band.limit = Band::Limit::at_most;
  if (json.find("below") != nullptr) band.limit = Band::Limit::below;
  if (json.find("at_most") != nullptr && json.find("below") != nullptr) errors.add(pointer, json, "只能有 at_most 或 below 之一", "has both at_most and below");
  fields.ratio("at_most", band.value, "-0.99", "1000");
  fields.ratio("below", band.value, "-0.99", "1000");
  fields.finish();
  return band;
}

void check_bands(const Policy& policy, const Json& json, PolicyErrors& errors) {
  const auto& bands = policy.bands;
  if (bands.empty()) return;
  const Json* array = json.find("bands");
  if (bands.front().decision != Decision::within_range || bands.size() < 2)
    errors.add("/bands", *array, "第一档应为 within_range，且至少两档", "must begin with within_range and have at least two bands");
  for (std::size_t i = 0; i < bands.size(); ++i) {
    const std::string place = "/bands/" + std::to_string(i);
    const bool last = i + 1 == bands.size();
    if ((bands[i].limit == Band::Limit::none) != last)
      errors.add(place, array->items[i], last ? "最后一档不应有界限" : "缺少界限 at_most 或 below", last ? "is the last band and has no limit" : "needs a limit: at_most or below");
    if (i == 0) continue;
    if (bands[i].decision <= bands[i - 1].decision) errors.add(place, array->items[i], "各档的决定应由轻到重", "must be stricter than the band before");
    if (!last && bands[i].limit != Band::Limit::none && bands[i - 1].limit != Band::Limit::none &&
        Int128{bands[i].value.numerator} * bands[i - 1].value.denominator <= Int128{bands[i - 1].value.numerator} * bands[i].value.denominator)
      errors.add(place, array->items[i], "界限应高于前一档", "must have a higher limit than the band before");
  }
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
    if (item.type != Json::Type::text) errors.add(place, item, "不是文字（应为 \"…\"）", "is not a text (expected \"…\")");
  });
  fields.text("currency", p.currency);
  fields.word("judge", {"price", "payable"}, [&](std::size_t i) { p.judge = static_cast<Judge>(i); });
  fields.array("ladder", [&](const Json& item, const std::string& place) { p.ladder.push_back(read_rung(item, place, errors)); }, true);
  if (p.ladder.size() > 64) errors.add("/ladder", Json{}, "梯级过多（至多 64 级）", "has too many rungs (at most 64)");
  fields.array("bands", [&](const Json& item, const std::string& place) { p.bands.push_back(read_band(item, place, errors)); }, true);
  check_bands(p, json, errors);
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
    f.integer("evidence_days", p.deadlines.evidence_days, 1, 366);
    f.integer("reduction_days", p.deadlines.reduction_days, 1, 366);
    f.integer("objection_days", p.deadlines.objection_days, 1, 366);
  });
  fields.take("overrides");
  fields.finish();
  return p;
}

void fail_on(const PolicyErrors& errors, std::string_view where) {
  if (errors.en.empty()) return;
  std::string zh;
  std::string en;
  for (std::size_t i = 0; i < errors.en.size(); ++i) {
    zh += std::string(where) + ": " + errors.zh[i] + "\n";
    en += std::string(where) + ": " + errors.en[i] + "\n";
  }
  throw FatalError(zh + "未运行", en + "nothing was run");
}

}  // namespace

PolicySet read_policy(std::string_view text, std::string_view where) {
  const Json json = read_json(text, where);
  PolicyErrors errors;
  PolicySet set;
  set.text = text;
  set.base = read_one(json, errors);
  if (const Json* overrides = json.find("overrides"); overrides != nullptr) {
    if (overrides->type != Json::Type::array) errors.add("/overrides", *overrides, "不是列表（应为 […]）", "is not a list (expected […])");
    for (std::size_t i = 0; i < overrides->items.size(); ++i) {
      const std::string place = "/overrides/" + std::to_string(i);
      const Json& item = overrides->items[i];
      const Json* category = item.find("category");
      if (category == nullptr || category->type != Json::Type::text || trimmed(category->text).empty()) {
        errors.add(place + "/category", category == nullptr ? Json{} : *category, "缺少品目", "is missing: the category that is meant");
        continue;
      }
      Json change = item;
      std::erase_if(change.members, [](const auto& member) { return member.first == "category"; });
      for (const char* fixed : {"name", "overrides", "ladder_name"})
        if (change.find(fixed) != nullptr) errors.add(place + "/" + fixed, *change.find(fixed), "不能按品目改", "cannot differ by category");
      PolicyErrors inner;
      Policy policy = read_one(merged(json, change), inner);
      if (errors.en.empty())  // mistakes of the policy itself would be repeated in each override
        for (std::size_t e = 0; e < inner.en.size(); ++e) {
          errors.zh.push_back(place + inner.zh[e]);
          errors.en.push_back(place + inner.en[e]);
        }
      const std::string key = compatible_text(category->text);
      if (!set.by_category.emplace(key, std::move(policy)).second) errors.add(place + "/category", *category, "重复了", "stands twice");
    }
  }
  fail_on(errors, where);
  return set;
}

}  // namespace fairprice::rules
