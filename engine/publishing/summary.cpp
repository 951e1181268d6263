#include "engine/publishing/summary.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <array>
#include <map>

#include "engine/base/ratio.hpp"
#include "engine/base/version.hpp"
#include "engine/publishing/json.hpp"

namespace fairprice::publishing {

namespace {

constexpr std::array<std::string_view, 6> kUses = {"used", "excluded", "out_of_window", "not_comparable", "out_of_stock", "unmatched"};

void put_share(Json& json, std::string_view key, const assessment::Share& share) {
  json.key(key);
  if (share.whole > 0) {
    json.number(ratio_to_string(share.part, share.whole));
  } else {
    json.null();
  }
}

std::string hex(std::uint64_t value) {
  std::string text(16, '0');
  for (std::size_t i = text.size(); i-- > 0; value >>= 4) text[i] = "0123456789abcdef"[value & 15];
  return text;
}

void put_decisions(Json& json, const std::array<std::int64_t, rules::kDecisions>& counts) {
  json.begin_object();
  for (std::size_t i = 0; i < counts.size(); ++i) json.member(decision_name(static_cast<rules::Decision>(i)), counts[i]);
  json.end_object();
}

void put_counts(Json& json, const assessment::Assessments& assessments) {
  json.key("decisions");
  put_decisions(json, assessments.by_decision);
  json.key("categories").begin_object();
  for (const auto& [category, counts] : assessments.by_category) {
    json.key(category);
    put_decisions(json, counts.by_decision);
  }
  json.end_object();
  json.key("bases").begin_object();
  for (const auto& [basis, count] : assessments.by_basis) json.member(basis.empty() ? "none" : basis, count);
  json.end_object();
  json.key("match_basis").begin_object();
  for (std::size_t i = 0; i < assessments.by_match.size(); ++i)
    json.member(match_basis_name(static_cast<rules::MatchBasis>(i)), assessments.by_match[i]);
  json.end_object();
  json.key("notices").begin_object();
  for (std::size_t i = 0; i < assessments.by_notice.size(); ++i)
    json.member(notice_name(static_cast<rules::Notice>(i)), assessments.by_notice[i]);
  for (std::size_t i = 1; i < assessments.by_reason.size(); ++i)  // a reason stands in the column `notices` too
    if (const auto reason = static_cast<rules::CheckReason>(i); reason != rules::CheckReason::far)
      json.member(check_reason_name(reason), assessments.by_reason[i]);
  json.end_object();
  json.key("reasons").begin_object();
  for (std::size_t i = 1; i < assessments.by_reason.size(); ++i) {
    const auto reason = static_cast<rules::CheckReason>(i);
    json.member(reason == rules::CheckReason::far ? "beyond_factor" : check_reason_name(reason), assessments.by_reason[i]);
  }
  json.end_object();
}

void put_rows(Json& json, const ingest::Month& month) {
  json.key("rows").begin_object();
  for (const auto& [table, file] : month.tables) {
    json.key(table).begin_object();
    json.member("read", file.counts.read);
    json.member("rejected", file.counts.rejected);
    json.member("duplicate", file.counts.duplicate);
    json.member("understood", file.counts.understood());
    for (std::size_t i = 0; i < kUses.size(); ++i) json.member(kUses[i], file.counts.by_use[i]);
    json.end_object();
  }
  json.end_object();
  json.member("rounded_amounts", month.rounded_amounts);
  std::map<std::string_view, std::int64_t> problems;
  for (const Problem& problem : month.problems) ++problems[code_name(problem.code)];
  json.key("problems").begin_object();
  for (const auto& [code, count] : problems) json.member(code, count);
  json.end_object();
}

void put_list(Json& json, std::string_view key, const std::vector<std::string>& texts) {
  json.key(key).begin_array();
  for (const std::string& text : texts) json.text(text);
  json.end_array();
}

void put_inputs(Json& json, const ingest::Month& month) {
  std::map<std::string_view, const ingest::SourceFile*> files;
  for (const auto& [table, file] : month.tables)
    for (const ingest::SourceFile& source : file.files) files[source.name] = &source;
  json.key("inputs").begin_object();
  for (const auto& [name, source] : files) {
    json.key(name).begin_object();
    if (source->unreadable) {
      json.key("unreadable").boolean(true);
      json.end_object();
      continue;
    }
    json.member("bytes", static_cast<std::int64_t>(source->size));
    json.key("xxh3").text(hex(source->xxh3));
    json.member("format", format_name(source->format));
    if (source->format == ingest::FileFormat::text) json.member("encoding", encoding_name(source->encoding));
    json.end_object();
  }
  json.end_object();
}

}  // namespace

std::string summary_json(const ingest::Month& month, const assessment::Assessments& assessments, const rules::PolicySet& policy,
                         Language language) {
  Json json;
  json.begin_object();
  json.key("program").begin_object();
  json.key("name").text("fairprice");
  json.key("version").text(kVersion);
  json.end_object();
  json.key("period").text(month.period.to_string());
  json.key("policy").begin_object();
  json.key("name").text(policy.base.name);
  json.key("currency").text(policy.base.currency);
  json.key("xxh3").text(hex(XXH3_64bits(policy.text.data(), policy.text.size())));
  json.end_object();
  json.member("listings", static_cast<std::int64_t>(assessments.listings.size()));
  json.member("products", assessments.products);
  put_counts(json, assessments);
  put_share(json, "coverage", assessments.coverage);
  json.key("high_price_share").begin_object();
  put_share(json, "by_listing", assessments.high_price_by_listing);
  put_share(json, "by_product", assessments.high_price_by_product);
  put_share(json, "by_order_value", assessments.high_price_by_order_value);
  json.end_object();
  json.key("orders").begin_object();
  json.member("in_period", static_cast<std::int64_t>(assessments.orders.size()));
  json.member("with_promise", assessments.orders_with_promise);
  json.member("above_promise", assessments.orders_above_promise);
  json.end_object();
  json.member("review", static_cast<std::int64_t>(assessments.review.size()));
  json.member("overrides", static_cast<std::int64_t>(assessments.overrides.size()));
  json.key("floods").begin_object();
  put_list(json, "products", assessments.flooded_products);
  put_list(json, "categories", assessments.flooded_categories);
  json.end_object();
  put_list(json, "ambiguous_barcodes", assessments.ambiguous_barcodes);
  put_list(json, "warnings", language == Language::zh ? month.warnings_zh : month.warnings_en);
  put_rows(json, month);
  put_inputs(json, month);
  json.end_object();
  return std::move(json).str();
}

}  // namespace fairprice::publishing
