#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/assessment/assessment.hpp"

namespace fairprice::assessment {

/// A source row as it stood in the file, and what became of it.
struct SourceRow {
  std::string table;  ///< "quotes"
  std::string file;
  std::int64_t line = 0;
  std::string seller;  ///< operator or supplier; empty for index rows
  std::string date;    ///< day or period
  std::string fate;    ///< used, own, excluded, out_of_window, not_comparable, out_of_stock
  UnitPrice unit_price;
  PackUnits k;
  std::string raw;   ///< the row's text
  std::string note;  ///< who took an excluded row out and why; may be empty
};

/// One seller's vote in an indicator or population.
struct SellerVote {
  std::string seller;
  UnitPrice price;
  bool kept = true;               ///< otherwise screened out
  std::string why;                ///< "own" left out; "screened": distance beyond the threshold
  std::vector<std::size_t> rows;  ///< positions in Explanation::rows
};

/// An indicator or population with everything that went into it.
struct Evidence {
  std::string name;  ///< "ecommerce_average", "percentile:70(suppliers)"
  bool present = false;
  std::string absent_why;  ///< too_few_sellers, dispersed, no_source, too_old
  UnitPrice unit_price;
  Money in_pack = kAbsent;
  UnitPrice median;  ///< c of the screening
  std::uint32_t kept = 0;
  std::uint32_t screened = 0;
  std::vector<SellerVote> sellers;  ///< by price; own sellers last
};

/// How an index price came to period t.
struct RolledIndex {
  bool present = false;
  Period period;                 ///< s
  UnitPrice published;           ///< P(s)
  std::string level_s, level_t;  ///< I(s), I(t); empty when not used
  UnitPrice rolled;
  std::string why_absent;
};

/// Everything that went into the assessment of one listing.
struct Explanation {
  Assessment assessment;
  ingest::Listing listing;
  std::string listing_id, supplier_id, product, category, unit, basis, notices;
  std::string listing_file, listing_raw;
  std::int64_t listing_line = 0;
  std::string group;
  std::vector<std::string> own_sellers;
  RolledIndex index, own_index;
  std::vector<Evidence> evidence;  ///< indicators 2, 3, 4, then populations of the ladder
  std::vector<SourceRow> rows;     ///< every row of the product, by table, file, line
  std::string policy_name;
  int rung = 0;
  /// A flood holds the flag back (section 6): no case opens until a named person releases it.
  bool held_by_flood = false;
  /// What the market asks for such things, of a listing without reference (Assessments::estimates).
  std::optional<Estimate> estimate;
  std::vector<std::string> nearest;  ///< names of its nearest products
  int band = -1;                     ///< the band of the policy that decided, from 0; -1 when none did
};

/// Explains the listing in `row` of month.listings; reads the product's source rows again for file, line and text.
Explanation explain_listing(const ingest::Month& month, const rules::PolicySet& policy, std::uint32_t row);

}  // namespace fairprice::assessment
