#include <algorithm>

#include "rules/policy_parts.hpp"

namespace fairprice::rules {

namespace {

// From position 1: the first enumerator of these types is the absence of one.
const std::vector<std::string_view> kPopulations = {"suppliers", "ecommerce", "store", "ecommerce+store", "listings"};
const std::vector<std::string_view> kShopTypes = {"self_operated", "flagship", "third_party"};
const std::vector<std::string_view> kIndicatorNames = {"index_price", "procurement_average", "ecommerce_average", "store_average",
                                                       "own_index_price"};
const std::vector<std::string_view> kPlainStatistics = {"median", "mean", "lowest", "highest"};
constexpr std::size_t kMostBands = 3;  // as many as there are decisions for them

std::optional<Statistic> parse_statistic(std::string text) {
  std::replace(text.begin(), text.end(), '-', '_');
  const auto plain = std::find(kPlainStatistics.begin(), kPlainStatistics.end(), text);
  if (plain != kPlainStatistics.end()) return Statistic{static_cast<Statistic::Kind>(plain - kPlainStatistics.begin()), 0};
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) return std::nullopt;
  const std::string name = text.substr(0, colon);
  const std::string digits = text.substr(colon + 1);
  const auto argument = Ratio::parse(digits);
  if (!argument || argument->denominator != 1 || digits.starts_with('0')) return std::nullopt;
  const std::int64_t value = argument->numerator;
  if (name == "mean_of_lowest" && value >= 1 && value <= 1000) return Statistic{Statistic::Kind::mean_of_lowest, static_cast<int>(value)};
  if (name == "percentile" && value >= 1 && value <= 100) return Statistic{Statistic::Kind::percentile, static_cast<int>(value)};
  return std::nullopt;
}

void read_statistic(Fields& fields, Rung& rung) {
  const Json* json = fields.take("statistic", rung.population != Population::none || rung.indicators.size() > 1);
  if (json == nullptr) return;
  const auto statistic = json->type == Json::Type::text ? parse_statistic(json->text) : std::nullopt;
  const bool of_indicators = !rung.indicators.empty();
  if (!statistic || (of_indicators && statistic->argument != 0)) {
    const std::string words =
        of_indicators ? "median, mean, lowest, highest" : "median, mean, lowest, highest, mean_of_lowest:3, percentile:70";
    fields.errors().add(fields.at("statistic"), *json, "不是可用的统计量（应如 " + words + "）",
                        "is not a statistic for this rung (expected e.g. " + words + ")");
    return;
  }
  rung.statistic = *statistic;
  rung.has_statistic = true;
}

void read_indicators(Fields& fields, Rung& rung) {
  fields.array("indicators", [&](const Json& item, const std::string& place) {
    const auto found =
        std::find(kIndicatorNames.begin(), kIndicatorNames.end(), item.type == Json::Type::text ? std::string_view(item.text) : "");
    if (found == kIndicatorNames.end()) {
      std::string names;
      for (const std::string_view name : kIndicatorNames) names.append(names.empty() ? "" : ", ").append(name);
      fields.errors().add(place, item, "不是指标（应为 " + names + " 之一）", "is not an indicator (expected one of " + names + ")");
      return;
    }
    const auto indicator = static_cast<Indicator>(found - kIndicatorNames.begin());
    if (std::find(rung.indicators.begin(), rung.indicators.end(), indicator) != rung.indicators.end())
      fields.errors().add(place, item, "重复了", "stands twice");
    else
      rung.indicators.push_back(indicator);
  });
  std::sort(rung.indicators.begin(), rung.indicators.end());
}

/// The keys that only some populations know.
void read_population(Fields& fields, Rung& rung) {
  const bool shops = rung.population != Population::suppliers && rung.population != Population::listings;
  if (shops)
    fields.word("shop_type", kShopTypes, [&](std::size_t i) { rung.shop_type = static_cast<ShopType>(i + 1); });
  else
    fields.refuse("shop_type", "只用于店铺的报价（ecommerce、store）", "is for quotes of shops alone (ecommerce, store)");
  if (rung.population == Population::suppliers) {
    fields.integer("months", rung.months, 1, 120);
    fields.boolean("reindexed", rung.reindexed);
  } else {
    for (const char* key : {"months", "reindexed"}) fields.refuse(key, "只用于成交价（suppliers）", "is for deals alone (suppliers)");
  }
  fields.boolean("screened", rung.screened);
  fields.integer("least", rung.least, 1, 1000);
  fields.refuse("max_age_months", "只用于指标（indicators）", "is for indicators alone");
}

Band read_band(const Json& json, const std::string& pointer, PolicyErrors& errors) {
  Band band;
  Fields fields(json, pointer, errors);
  fields.word(
      "decision", {"within_range", "evidence_required", "reduce_or_delist"},
      [&](std::size_t i) { band.decision = static_cast<Decision>(i); }, true);
  if (fields.has("at_most")) band.limit = Band::Limit::at_most;
  if (fields.has("below")) band.limit = Band::Limit::below;
  if (fields.has("at_most") && fields.has("below"))
    errors.add(pointer, json, "同时有 at_most 与 below（只能有一个）", "has both at_most and below (expected one of them)");
  fields.ratio("at_most", band.value, "-0.99", "1000");
  fields.ratio("below", band.value, "-0.99", "1000");
  fields.finish();
  return band;
}

void check_bands(const std::vector<Band>& bands, const Json& items, PolicyErrors& errors) {
  if (bands.size() < 2 || bands.size() > kMostBands)
    errors.add("/bands", items, "的档数不对（应为 2 或 3 档）", "has the wrong number of bands (expected 2 or 3)");
  if (bands.front().decision != Decision::within_range)
    errors.add("/bands/0", items.items[0], "的决定不是 within_range（第一档应为合理）",
               "does not decide within_range (expected of the first band)");
  for (std::size_t i = 0; i < bands.size(); ++i) {
    const std::string place = "/bands/" + std::to_string(i);
    const Json& item = items.items[i];
    const bool last = i + 1 == bands.size();
    const bool limited = bands[i].limit != Band::Limit::none;
    if (last && limited) errors.add(place, item, "有界限（最后一档不应有）", "has a limit (expected none in the last band)");
    if (!last && !limited) errors.add(place, item, "没有界限（应有 at_most 或 below）", "has no limit (expected at_most or below)");
    if (i == 0) continue;
    const Band& before = bands[i - 1];
    if (bands[i].decision <= before.decision)
      errors.add(place, item, "的决定不比前一档严（各档应由轻到重）",
                 "is not stricter than the band before (expected from lenient to strict)");
    if (!last && limited && before.limit != Band::Limit::none &&
        Int128{bands[i].value.numerator} * before.value.denominator <= Int128{before.value.numerator} * bands[i].value.denominator)
      errors.add(place, item, "的界限不高于前一档（界限应递增）",
                 "does not have a higher limit than the band before (expected rising limits)");
  }
}

}  // namespace

Rung read_rung(const Json& json, const std::string& pointer, PolicyErrors& errors) {
  Rung rung;
  Fields fields(json, pointer, errors);
  if (!fields.is_object()) return rung;
  const std::size_t errors_before = errors.count();
  read_indicators(fields, rung);
  fields.word("population", kPopulations, [&](std::size_t i) { rung.population = static_cast<Population>(i + 1); });
  const bool understood = errors.count() == errors_before;
  const bool has_one = rung.indicators.empty() != (rung.population == Population::none);
  if (understood && !has_one)
    errors.add(pointer, json, "应有 indicators 与 population 之一",
               "needs either indicators or a population (expected exactly one of them)");
  if (!understood || !has_one) return rung;  // which other keys apply cannot be said
  read_statistic(fields, rung);
  if (rung.population != Population::none) {
    read_population(fields, rung);
  } else {
    fields.integer("max_age_months", rung.max_age_months, 0, 120);
    for (const char* key : {"shop_type", "screened", "least", "months", "reindexed"})
      fields.refuse(key, "只用于总体（population）", "is for populations alone");
  }
  fields.finish();
  return rung;
}

std::vector<Band> read_bands(Fields& policy) {
  std::vector<Band> bands;
  PolicyErrors& errors = policy.errors();
  const std::size_t errors_before = errors.count();
  policy.array(
      "bands", [&](const Json& item, const std::string& place) { bands.push_back(read_band(item, place, errors)); }, true);
  // A band that was not understood would only be found misplaced as well.
  if (const Json* items = policy.find("bands"); errors.count() == errors_before && items != nullptr && !bands.empty())
    check_bands(bands, *items, errors);
  return bands;
}

}  // namespace fairprice::rules
