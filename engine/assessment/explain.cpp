#include "engine/assessment/explain.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <thread>

#include "engine/assessment/assess.hpp"
#include "engine/ingest/relocate.hpp"
#include "engine/ingest/row.hpp"
#include "engine/ingest/values.hpp"
#include "rules/bands.hpp"

namespace fairprice::assessment {

using ingest::kNone;
using ingest::RowUse;
using rules::Population;

namespace {

constexpr std::array<const char*, 6> kFates = {"used", "excluded", "out_of_window", "not_comparable", "out_of_stock", "unmatched"};

const int kThreads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));

class Explainer {
 public:
  Explainer(const ingest::Month& month, const rules::PolicySet& policies, std::uint32_t row)
      : month_(month), levels_(month), market_(month, levels_), listing_(month.listings[row]),
        policy_(policy_of(month, policies, listing_.category)), policies_(policies), row_(row) {}

  Explanation explain();

 private:
  void names();
  void source_rows();
  bool is_rejected(const ingest::Quote& quote) const;
  void add_rows(const char* table, const std::map<std::uint64_t, SourceRow>& rows);
  Evidence evidence(std::string name, Population population, const rules::Rung* rung, const market::MarketAnswer& answer);
  RolledIndex rolled(const market::IndexAnswer& answer) const;
  std::vector<std::size_t> rows_of_seller(Population population, const rules::Rung* rung, std::uint32_t seller) const;
  std::string fate_of(RowUse use, Population population, std::uint32_t seller) const;
  std::string exclusion_of(const char* table, const ingest::SourceFile& file, const ingest::RowScanner& scanner);

  const ingest::Month& month_;
  market::Levels levels_;
  ProductMarket market_;
  const ingest::Listing& listing_;
  const rules::Policy& policy_;
  const rules::PolicySet& policies_;
  std::uint32_t row_;
  std::vector<ingest::QuoteRow> quotes_;  ///< of the product
  Explanation result_;
  std::map<std::pair<std::string, std::uint64_t>, std::size_t> position_;  ///< of a row in result_.rows, by table and offset
  struct OneExclusion {
    const ingest::Exclusion* exclusion;
    ingest::Table table;
    ingest::ExclusionMatcher matcher;
  };
  std::vector<OneExclusion> exclusions_;  ///< made when the first excluded row is met
};

std::string level_text(std::int64_t level) {
  std::string text = std::to_string(level / 100'000'000) + "." + std::to_string(level % 100'000'000 + 100'000'000).substr(1);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

void Explainer::names() {
  const ingest::Keys& keys = *month_.keys;
  result_.listing = listing_;
  result_.listing_id = keys.listings[listing_.listing];
  result_.supplier_id = listing_.supplier == kNone ? "" : keys.suppliers[listing_.supplier];
  result_.product = listing_.product == kNone ? "" : keys.product_name(listing_.product);
  result_.category = listing_.category == kNone ? "" : keys.categories[listing_.category];
  const std::uint32_t base = listing_.product == kNone ? kNone : month_.base_unit[listing_.product];
  result_.unit = listing_.unit_text != kNone ? std::string(month_.unit_texts[listing_.unit_text])
                 : base == kNone             ? ""
                                             : std::string(keys.units[base]);
  result_.basis = monitoring_basis(result_.assessment, policy_);
  result_.notices = notices_text(result_.assessment, listing_.k);
  result_.policy_name = policy_.name;
  result_.rung = result_.assessment.rung;
  if (listing_.probe) return;
  ingest::relocate(month_, "listings", {listing_.offset},
                   [&](std::uint64_t, const ingest::SourceFile& file, std::int64_t line, const ingest::RowScanner& row) {
                     result_.listing_file = file.name;
                     result_.listing_line = line;
                     result_.listing_raw = row.raw();
                   });
}

void Explainer::add_rows(const char* table, const std::map<std::uint64_t, SourceRow>& rows) {
  std::vector<std::uint64_t> offsets;
  for (const auto& [offset, row] : rows) offsets.push_back(offset);
  ingest::relocate(month_, table, offsets,
                   [&](std::uint64_t offset, const ingest::SourceFile& file, std::int64_t line, const ingest::RowScanner& scanner) {
                     SourceRow row = rows.at(offset);
                     row.table = table;
                     row.file = file.name;
                     row.line = line;
                     row.raw = scanner.raw();
                     if (row.fate == kFates[static_cast<std::size_t>(RowUse::excluded)]) row.note = exclusion_of(table, file, scanner);
                     position_[{table, offset}] = result_.rows.size();
                     result_.rows.push_back(std::move(row));
                   });
}

/// A quote whose unit is not its product's does not count; it stands in rejects.csv.
bool Explainer::is_rejected(const ingest::Quote& quote) const {
  const std::uint32_t unit = month_.quotes.pack(quote.pack).first;
  return unit != kNone && unit != month_.base_unit[listing_.product];
}

void Explainer::source_rows() {
  const ingest::Keys& keys = *month_.keys;
  const std::uint32_t product = listing_.product;
  std::map<std::uint64_t, SourceRow> rows;
  for (const std::uint32_t i : month_.index_of.of(product)) {
    const auto& price = month_.index[i];
    SourceRow row;
    row.date = price.period.to_string();
    row.fate = kFates[static_cast<std::size_t>(price.use)];
    row.unit_price = UnitPrice::from_count(std::max<std::int64_t>(price.index_price, 0));
    row.k = price.k;
    rows[price.offset] = std::move(row);
  }
  add_rows("index", rows);
  rows.clear();
  for (const std::uint32_t i : month_.orders_of.of(product)) {
    const auto& order = month_.orders[i];
    SourceRow row;
    row.seller = keys.suppliers[order.supplier];
    row.date = order.date.to_string();
    row.fate = fate_of(order.use, Population::suppliers, order.supplier);
    row.unit_price = UnitPrice::of(order.unit_price, order.k);
    row.k = order.k;
    rows[order.offset] = std::move(row);
  }
  add_rows("orders", rows);
  rows.clear();
  const std::int32_t before = first_day(month_.period).days() - 1;
  if (month_.quotes.has(product))
    quotes_ = ingest::find_quotes(month_, kThreads, [product](std::uint32_t other, const ingest::Quote&) { return other == product; });
  std::erase_if(quotes_, [&](const ingest::QuoteRow& row) { return is_rejected(row.quote); });
  for (const ingest::QuoteRow& found : quotes_) {
    const ingest::Quote& quote = found.quote;
    SourceRow row;
    row.seller = keys.operators[quote.operator_];
    row.date = quote.day == 0 ? "" : Date::from_days(before + static_cast<std::int32_t>(quote.day)).to_string();
    row.fate = fate_of(static_cast<RowUse>(quote.use), quote.store != 0 ? Population::store : Population::ecommerce, quote.operator_);
    row.unit_price = month_.quotes.unit_price(quote);
    row.k = month_.quotes.pack(quote.pack).second;
    rows[found.offset] = std::move(row);
  }
  add_rows("quotes", rows);
  rows.clear();
  for (const std::uint32_t i : month_.listings_of.of(product)) {
    const auto& other = month_.listings[i];
    if (other.probe) continue;
    SourceRow row;
    row.seller = keys.suppliers[other.supplier];
    row.fate = fate_of(other.excluded ? RowUse::excluded : RowUse::used, Population::listings, other.supplier);
    row.unit_price = UnitPrice::of(other.price, other.k);
    row.k = other.k;
    rows[other.offset] = std::move(row);
  }
  add_rows("listings", rows);
}

std::vector<std::size_t> Explainer::rows_of_seller(Population population, const rules::Rung* rung, std::uint32_t seller) const {
  std::vector<std::size_t> rows;
  const auto add = [&](const char* table, std::uint64_t offset) {
    if (const auto found = position_.find({table, offset}); found != position_.end()) rows.push_back(found->second);
  };
  if (population == Population::suppliers) {
    const int months = rung != nullptr && rung->months > 0 ? rung->months : policy_.windows.orders_months;
    const Date from = first_day(month_.period.minus_months(months - 1));
    for (const std::uint32_t i : month_.orders_of.of(listing_.product)) {
      const auto& order = month_.orders[i];
      if (order.supplier == seller && order.use == RowUse::used && order.date >= from) add("orders", order.offset);
    }
  } else if (population == Population::listings) {
    for (const std::uint32_t i : month_.listings_of.of(listing_.product))
      if (!month_.listings[i].probe && month_.listings[i].supplier == seller) add("listings", month_.listings[i].offset);
  } else {
    for (const ingest::QuoteRow& found : quotes_) {
      const ingest::Quote& quote = found.quote;
      const bool channel = population == Population::ecommerce_and_store || (population == Population::store) == (quote.store != 0);
      const bool type =
          rung == nullptr || rung->shop_type == ShopType::unknown || static_cast<unsigned>(rung->shop_type) == quote.shop_type;
      if (quote.operator_ == seller && quote.use == static_cast<unsigned>(RowUse::used) && channel && type) add("quotes", found.offset);
    }
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

/// A row that would be used, but for a seller that is the listing's own: nobody sets the price it is judged by.
std::string Explainer::fate_of(RowUse use, Population population, std::uint32_t seller) const {
  if (use == RowUse::used && market::is_own(month_, population, seller, group_of(month_, listing_))) return "own";
  return kFates[static_cast<std::size_t>(use)];
}

/// "exclusions.csv:2: wrong model; by, on, approved by": the first exclusion that takes the row out.
std::string Explainer::exclusion_of(const char* table, const ingest::SourceFile& file, const ingest::RowScanner& scanner) {
  const ingest::Table of = *ingest::find_table(table);
  if (exclusions_.empty()) {
    ingest::Month one;  // a matcher answers for all exclusions of a month; here each has to answer for itself
    one.keys = month_.keys;
    for (const ingest::Exclusion& exclusion : month_.exclusions) {
      one.exclusions = {exclusion};
      if (const auto its_table = ingest::find_table(exclusion.table)) exclusions_.push_back({&exclusion, *its_table, {one, *its_table}});
    }
  }
  ingest::ReadSettings settings;
  settings.raw = month_.raw;
  const ingest::Block block;
  ingest::RowsOfThread ignored;
  ingest::Row row(of, settings, ignored);
  row.open(block, file, scanner);
  for (OneExclusion& one : exclusions_) {
    if (one.table != of || !one.matcher.excludes(row)) continue;
    std::string people;
    for (const std::string& part : {one.exclusion->by, one.exclusion->on, one.exclusion->approved_by})
      if (!part.empty()) people.append(people.empty() ? "" : ", ").append(part);
    std::string note = one.exclusion->file + ":" + std::to_string(one.exclusion->line);
    if (!one.exclusion->reason.empty()) note += ": " + one.exclusion->reason;
    return people.empty() ? note : note + "; " + people;
  }
  return {};
}

Evidence Explainer::evidence(std::string name, Population population, const rules::Rung* rung, const market::MarketAnswer& answer) {
  Evidence evidence;
  evidence.name = std::move(name);
  evidence.present = answer.present();
  switch (answer.why) {
    case market::MarketAnswer::Why::present: break;
    case market::MarketAnswer::Why::no_source: evidence.absent_why = "no_source"; break;
    case market::MarketAnswer::Why::too_few: evidence.absent_why = "too_few_sellers"; break;
    case market::MarketAnswer::Why::dispersed: evidence.absent_why = "dispersed"; break;
  }
  evidence.unit_price = UnitPrice::from_count(answer.price);
  if (evidence.present) evidence.in_pack = evidence.unit_price.for_pack(listing_.k);
  evidence.median = UnitPrice::from_count(answer.median);
  evidence.kept = answer.kept;
  evidence.screened = answer.screened;

  const std::uint32_t group = group_of(month_, listing_);
  std::vector<std::int64_t> prices;
  const auto& sellers = market_.sellers(population, rung, policy_);
  for (const auto& seller : sellers)
    if (!market::is_own(month_, population, seller.seller, group)) prices.push_back(seller.price);
  market::KeptRun kept{0, prices.size()};
  if (rung == nullptr || rung->screened) kept = market::screen(prices, policy_.screening);
  std::vector<SellerVote> own;
  std::size_t place = 0;
  for (const auto& seller : sellers) {
    SellerVote vote;
    const bool orders = population == Population::suppliers || population == Population::listings;
    vote.seller = orders ? month_.keys->suppliers[seller.seller] : month_.keys->operators[seller.seller];
    vote.price = UnitPrice::from_count(seller.price);
    vote.rows = rows_of_seller(population, rung, seller.seller);
    if (market::is_own(month_, population, seller.seller, group)) {
      vote.kept = false;
      vote.why = "own";
      own.push_back(std::move(vote));
      continue;
    }
    vote.kept = place >= kept.first && place < kept.last;
    if (!vote.kept) vote.why = "screened";
    ++place;
    evidence.sellers.push_back(std::move(vote));
  }
  std::sort(evidence.sellers.begin(), evidence.sellers.end(),
            [](const SellerVote& a, const SellerVote& b) { return a.price != b.price ? a.price < b.price : a.seller < b.seller; });
  for (SellerVote& vote : own) {
    result_.own_sellers.push_back(vote.seller);
    evidence.sellers.push_back(std::move(vote));
  }
  return evidence;
}

RolledIndex Explainer::rolled(const market::IndexAnswer& answer) const {
  RolledIndex index;
  index.present = answer.present();
  index.period = answer.period;
  index.published = UnitPrice::from_count(answer.published);
  index.rolled = UnitPrice::from_count(answer.price);
  if (answer.levels) {
    index.level_s = level_text(answer.levels->then);
    index.level_t = level_text(answer.levels->now);
  }
  if (answer.why == market::IndexAnswer::Why::none) index.why_absent = "no_source";
  if (answer.why == market::IndexAnswer::Why::too_old) index.why_absent = "too_old";
  return index;
}

Explanation Explainer::explain() {
  // The run's own assessment, so that notices that depend on other listings (floods, the lowest supplier) are the same.
  if (!listing_.probe) {
    const Assessments all = assess_month(month_, policies_, kThreads, {});
    for (const Assessment& assessment : all.listings)
      if (assessment.row == row_) result_.assessment = assessment;
    for (const Estimate& estimate : all.estimates)
      if (estimate.row == row_) result_.estimate = estimate;
    if (result_.estimate)
      for (const Estimate::Near& near : result_.estimate->nearest) result_.nearest.push_back(month_.keys->product_name(near.product));
  } else {
    if (listing_.product != kNone) market_.open(listing_.product);
    assess_product(month_, policies_, market_, {&row_, 1}, {&result_.assessment, 1});
  }
  const rules::Notices& notices = result_.assessment.notices;
  const bool published_index = (result_.assessment.inputs & 1U << static_cast<unsigned>(rules::Indicator::index_price)) != 0;
  result_.held_by_flood = notices.has(rules::Notice::category_flood) || (notices.has(rules::Notice::product_flood) && !published_index);
  names();
  if (listing_.product == kNone) return std::move(result_);
  source_rows();
  market_.open(listing_.product);
  const Reference& reference = market_.reference(group_of(month_, listing_), policy_);
  result_.index = rolled(reference.index);
  result_.own_index = rolled(market::index_price(month_, levels_, listing_.product, true, policy_, -1));
  result_.evidence.push_back(evidence("procurement_average", Population::suppliers, nullptr, reference.averages[0]));
  result_.evidence.push_back(evidence("ecommerce_average", Population::ecommerce, nullptr, reference.averages[1]));
  result_.evidence.push_back(evidence("store_average", Population::store, nullptr, reference.averages[2]));
  for (std::size_t r = 0; r < policy_.ladder.size(); ++r) {
    const rules::Rung& rung = policy_.ladder[r];
    if (rung.population == Population::none) continue;
    result_.evidence.push_back(evidence(
        std::to_string(r + 1) + ":" + rung.statistic.to_string() + "(" + std::string(rules::population_name(rung.population)) + ")",
        rung.population, &rung, reference.populations[r]));
  }
  std::sort(result_.own_sellers.begin(), result_.own_sellers.end());
  result_.own_sellers.erase(std::unique(result_.own_sellers.begin(), result_.own_sellers.end()), result_.own_sellers.end());
  if (present(result_.assessment.monitoring_price))
    result_.band = rules::band_of(result_.assessment.judged, result_.assessment.monitoring_price, policy_);
  return std::move(result_);
}

}  // namespace

Explanation explain_listing(const ingest::Month& month, const rules::PolicySet& policy, std::uint32_t row) {
  return Explainer(month, policy, row).explain();
}

}  // namespace fairprice::assessment
