#include "engine/publishing/tables.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include "engine/publishing/assessment_row.hpp"

namespace fairprice::publishing {

using assessment::present;

namespace {

void put_optional(CsvBuffer& row, Money amount) {
  if (present(amount)) row.put_money(amount);
}

}  // namespace

CsvBuffer flagged_rows(const ingest::Month& month, const assessment::Assessments& assessments, const rules::PolicySet& policy,
                       const std::function<std::array<std::string, 5>(std::string_view listing)>& cases) {
  CsvBuffer rows;
  AssessmentRows writer(month, policy);
  for (const assessment::Flagged& flagged : assessments.flagged) {
    const assessment::Assessment& one = assessments.listings[flagged.assessment];
    writer.put(rows, one);
    rows.comma();
    if (flagged.has_units) {
      // units = numerator / 10^8 / (k / 10^4), so numerator / k is a count of 1/10000.
      rows.put_decimal(divide_rounded(flagged.units_numerator, month.listings[one.row].k.ten_thousandths()), 4);
      rows.comma();
      if (flagged.has_money_at_risk) rows.put_fen(flagged.fen_at_risk);
      rows.comma();
      rows.put_date(one.newest_source);
    } else {
      rows.empty_cells(2);
    }
    if (cases) {
      for (const std::string& cell : cases(month.keys->listings[month.listings[one.row].listing])) {
        rows.comma();
        rows.put_text(cell);
      }
    } else {
      rows.empty_cells(5);
    }
    rows.end_row();
  }
  return rows;
}

CsvBuffer rejects_rows(const ingest::Month& month, Language language) {
  std::vector<const Problem*> sorted;
  sorted.reserve(month.problems.size());
  for (const Problem& problem : month.problems) sorted.push_back(&problem);
  const auto key = [](const Problem& p) {
    return std::tuple<std::string_view, std::string_view, std::int64_t, std::string_view, std::string_view, std::string_view,
                      std::string_view>(p.table, p.file, p.line, p.column, code_name(p.code), p.value, p.detail);
  };
  std::sort(sorted.begin(), sorted.end(), [&](const Problem* a, const Problem* b) { return key(*a) < key(*b); });
  CsvBuffer rows;
  for (const Problem* problem : sorted) {
    rows.put_plain(problem->table);
    rows.comma();
    rows.put_text(problem->file);
    rows.comma();
    rows.put_integer(problem->line);
    rows.comma();
    rows.put_text(problem->column);
    rows.comma();
    rows.put_plain(code_name(problem->code));
    rows.comma();
    rows.put_text(problem_message(*problem, language));
    rows.comma();
    rows.put_text(problem->value);
    rows.comma();
    rows.put_plain(action_name(problem->action));
    rows.end_row();
  }
  return rows;
}

CsvBuffer suggested_brand_rows(const std::vector<catalogue::BrandSuggestion>& suggestions) {
  CsvBuffer rows;
  for (const catalogue::BrandSuggestion& one : suggestions) {
    rows.put_text(one.alias);
    rows.comma();
    rows.put_text(one.brand);
    rows.comma();
    rows.put_plain(one.evidence);
    rows.comma();
    rows.put_integer(one.count);
    rows.comma();
    rows.put_text(one.example);
    rows.end_row();
  }
  return rows;
}

CsvBuffer review_rows(const ingest::Month& month, const assessment::Assessments& assessments) {
  constexpr std::size_t kCandidates = 5;
  CsvBuffer rows;
  for (const assessment::Review& review : assessments.review) {
    const ingest::Listing& listing = month.listings[review.row];
    for (const std::string_view cell :
         {text_of(month.keys->listings, listing.listing), text_of(month.keys->suppliers, listing.supplier), std::string_view(review.brand),
          std::string_view(review.model), std::string_view(review.title), std::string_view(review.barcode)}) {
      rows.put_text(cell);
      rows.comma();
    }
    rows.put_plain(review.reason);
    for (std::size_t i = 0; i < kCandidates; ++i) {
      rows.comma();
      if (i < review.candidates.size()) rows.put_text(review.candidates[i]);
    }
    rows.end_row();
  }
  return rows;
}

CsvBuffer orders_rows(const ingest::Month& month, const assessment::Assessments& assessments) {
  CsvBuffer rows;
  for (const assessment::OrderAssessment& one : assessments.orders) {
    const ingest::Order& order = month.orders[one.row];
    const ingest::PeriodOrder& texts = month.period_orders[order.in_period];
    for (const std::string& cell : {texts.order_id, texts.line, texts.status}) {
      rows.put_text(cell);
      rows.comma();
    }
    put_optional(rows, texts.list_price);
    rows.comma();
    if (texts.discount >= 0) rows.put_millionths(texts.discount);
    rows.comma();
    rows.put_money(order.unit_price);
    rows.comma();
    if (present(one.highest_promised_price)) {
      rows.put_money(one.highest_promised_price);
      rows.comma();
      rows.put_plain(order.unit_price <= one.highest_promised_price ? "true" : "false");
    } else {
      rows.comma();
    }
    rows.comma();
    if (present(one.monitoring_price)) {
      const std::int64_t reference = one.monitoring_price.ten_thousandths();
      rows.put_money(one.monitoring_price);
      rows.comma();
      rows.put_ratio(Int128{order.unit_price.ten_thousandths()} - reference, reference);
    } else {
      rows.comma();
    }
    rows.end_row();
  }
  return rows;
}

CsvBuffer overrides_rows(const assessment::Assessments& assessments) {
  CsvBuffer rows;
  for (const assessment::Override& one : assessments.overrides) {
    rows.put_text(one.listing_id);
    rows.comma();
    rows.put_text(one.product);
    rows.comma();
    rows.put_plain(decision_name(one.decision));
    rows.comma();
    put_optional(rows, one.monitoring_price);
    rows.comma();
    rows.put_text(one.product_without);
    rows.comma();
    rows.put_plain(decision_name(one.decision_without));
    rows.comma();
    put_optional(rows, one.monitoring_price_without);
    rows.end_row();
  }
  return rows;
}

}  // namespace fairprice::publishing
