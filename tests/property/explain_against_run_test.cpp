// What explain says of a listing is what the run says of it: the same decision, numbers and notices, those included that depend on other
// listings (floods, the lowest supplier, look-alikes). Held against assessments.csv as it is written.

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "engine/publishing/explanation.hpp"
#include "rules/json_tree.hpp"
#include "tests/support/run_folder.hpp"
#include "tests/support/slow_csv.hpp"

namespace fairprice {
namespace {

using Row = std::map<std::string, std::string>;

std::vector<Row> rows_of(const std::string& csv) {
  const auto rows = slow::read_csv(csv, ',');
  std::vector<Row> result;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    Row row;
    for (std::size_t c = 0; c < rows[0].cells.size(); ++c) row[rows[0].cells[c]] = rows[i].cells[c];
    result.push_back(std::move(row));
  }
  return result;
}

std::string text_at(const rules::Json& tree, const char* key) {
  const rules::Json* found = tree.find(key);
  if (found == nullptr) return "no such key";
  if (found->type != rules::Json::Type::array) return found->text;
  std::string joined;
  for (const rules::Json& item : found->items) joined += (joined.empty() ? "" : ";") + item.text;
  return joined;
}

/// Of the sample month's some thousands of listings: every `flagged_step`-th of those that are flagged or in doubt, every
/// `other_step`-th of the others. Each is explained as if alone, so a few hundred take seconds.
void expect_explained_as_judged(const std::string& folder, const std::string& policy_name, std::size_t flagged_step,
                                std::size_t other_step) {
  const rules::PolicySet policy = rules::shipped_policy(policy_name);
  const Run run = testing_support::run_folder(folder, policy, 2);
  const auto rows = rows_of(testing_support::publish_run(run, folder, policy).at("assessments.csv"));
  std::size_t compared = 0;
  std::size_t flagged_place = 0;
  std::size_t other_place = 0;
  for (const Row& row : rows) {
    const std::string& decision = row.at("decision");
    const bool flagged = decision == "evidence_required" || decision == "reduce_or_delist" || decision == "check_data";
    if (flagged ? flagged_place++ % flagged_step != 0 : other_place++ % other_step != 0) continue;
    const std::string& id = row.at("listing_id");
    const rules::Json json = rules::read_json(publishing::explanation_json(explain(*run.month, policy, id), policy), id);
    for (const char* key : {"listing_id", "supplier_id", "product", "match_basis", "category", "price", "unit", "pack_size",
                            "monitoring_price", "monitoring_basis", "deviation_ratio", "decision", "max_fair_price", "notices"})
      EXPECT_EQ(text_at(json, key), row.at(key)) << policy_name << ", " << id << ", " << key;
    for (const char* key : {"index_price", "procurement_average", "ecommerce_average", "store_average", "deviation_degree"})
      EXPECT_EQ(text_at(*json.find("indicators"), key), row.at(key)) << policy_name << ", " << id << ", " << key;
    for (const char* key : {"sources_kept", "sources_screened"})
      EXPECT_EQ(text_at(json, key), row.at("monitoring_price").empty() ? "0" : row.at(key)) << policy_name << ", " << id << ", " << key;
    ++compared;
  }
  EXPECT_GT(compared, 20U) << policy_name;
}

TEST(Explain, SaysOfAListingWhatTheRunSays) {
  const std::string sample = std::string(FAIRPRICE_SOURCE_DIR) + "/data/sample/2023-11";
  expect_explained_as_judged(sample, "hubei", 1, 61);
  expect_explained_as_judged(sample, "italy-anac", 41, 199);
}

}  // namespace
}  // namespace fairprice
