#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>

#include "engine/assessment/assessment.hpp"
#include "engine/base/problem.hpp"
#include "engine/catalogue/suggest_brands.hpp"
#include "engine/ingest/tables.hpp"
#include "engine/publishing/csv_buffer.hpp"
#include "rules/policy.hpp"

/// The smaller outputs of a run, each as the bytes of its file below the heading. assessments.csv, which is too large for that, is
/// written in stretches by publish.cpp.
namespace fairprice::publishing {

inline constexpr std::string_view kRejectsColumns = "table,file,line,column,code,message,value,action";
inline constexpr std::string_view kReviewColumns =
    "listing_id,supplier_id,brand,model,title,barcode,reason,candidate_1,candidate_2,candidate_3,candidate_4,candidate_5";
inline constexpr std::string_view kOrdersColumns =
    "order_id,line,status,list_price,promised_discount,unit_price,highest_promised_price,compliant,monitoring_price,deal_ratio";
inline constexpr std::string_view kEstimatesColumns =
    "listing_id,supplier_id,product,category,price,configuration,reason,estimate,lower,upper,ratio,observations,parameters,r_squared,"
    "characteristics,nearest_1,nearest_1_price,nearest_1_distance,nearest_2,nearest_2_price,nearest_2_distance,nearest_3,nearest_3_price,"
    "nearest_3_distance";
inline constexpr std::string_view kOverridesColumns =
    "listing_id,product,decision,monitoring_price,product_without,decision_without,monitoring_price_without";

/// `cases`: the last five columns, by listing; null: they are empty.
CsvBuffer flagged_rows(const ingest::Month& month, const assessment::Assessments& assessments, const rules::PolicySet& policy,
                       const std::function<std::array<std::string, 5>(std::string_view listing)>& cases = {});
/// By table, file, line, column and code; the order in which threads met the problems leaves no trace.
CsvBuffer rejects_rows(const ingest::Month& month, Language language);
/// Rows of brands.suggested.csv: alias, brand, evidence, count, example.
CsvBuffer suggested_brand_rows(const std::vector<catalogue::BrandSuggestion>& suggestions);
CsvBuffer review_rows(const ingest::Month& month, const assessment::Assessments& assessments);
CsvBuffer orders_rows(const ingest::Month& month, const assessment::Assessments& assessments);
CsvBuffer estimates_rows(const ingest::Month& month, const assessment::Assessments& assessments);
CsvBuffer overrides_rows(const assessment::Assessments& assessments);

}  // namespace fairprice::publishing
