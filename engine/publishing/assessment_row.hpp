#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/assessment/assessment.hpp"
#include "engine/ingest/tables.hpp"
#include "engine/publishing/csv_buffer.hpp"
#include "rules/policy.hpp"

namespace fairprice::publishing {

/// The columns of assessments.csv, in their order, and those that flagged.csv adds.
inline constexpr std::string_view kAssessmentColumns =
    "listing_id,supplier_id,product,match_basis,category,price,unit,pack_size,index_price,procurement_average,ecommerce_average,"
    "store_average,deviation_degree,monitoring_price,monitoring_basis,sources_kept,sources_screened,deviation_ratio,decision,"
    "max_fair_price,notices";
inline constexpr std::string_view kFlaggedColumns =
    ",units_12m,money_at_risk,newest_source,case_id,state,deadline,justified_until,safe_until";

/// The texts of a listing that more than one output prints.
std::string_view text_of(const Interner& texts, std::uint32_t number);
/// The unit as it stands in the listing's cell; where that is empty, the product's base unit.
std::string_view unit_of(const ingest::Month& month, const assessment::Assessment& assessment);

/// Writes assessments as rows, one thread each: it keeps the texts of notices and rungs that it has met.
class AssessmentRows {
 public:
  AssessmentRows(const ingest::Month& month, const rules::PolicySet& policy);

  /// The cells of one row, without its line end.
  void put(CsvBuffer& row, const assessment::Assessment& assessment) { put(row, assessment, texts_of(assessment)); }
  /// Many whole rows. Their texts lie all over the memory, so they are looked up for a few rows at once and the waits overlap.
  void put_rows(CsvBuffer& rows, std::span<const assessment::Assessment> assessments);

 private:
  struct Texts {
    const ingest::Listing* listing;
    std::string_view listing_id, supplier_id;
    std::string_view brand, between, model;  ///< the product as Keys::product_name has it, in parts
  };
  Texts texts_of(const assessment::Assessment& assessment) const;
  void find_product(Texts& texts) const;
  void put(CsvBuffer& row, const assessment::Assessment& assessment, const Texts& texts);
  void put_market(CsvBuffer& row, const assessment::Assessment& assessment, const ingest::Listing& listing);
  std::string_view basis_text(const assessment::Assessment& assessment, std::uint32_t category);
  void put_notices(CsvBuffer& row, const assessment::Assessment& assessment, PackUnits own);

  const ingest::Month& month_;
  const ingest::Keys& keys_;
  const rules::PolicySet& policy_;
  std::vector<const rules::Policy*> policy_of_;  ///< by category number
  struct Basis {
    const rules::Policy* policy;
    std::uint8_t rung, inputs;
    std::string text;
  };
  std::vector<Basis> bases_;
  std::unordered_map<std::uint32_t, std::string> notices_;  ///< by reason and set of notices
};

}  // namespace fairprice::publishing
