#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <vector>

#include "engine/assessment/assessment.hpp"
#include "engine/catalogue/product_quotes.hpp"
#include "engine/market/market.hpp"
#include "rules/policy.hpp"

namespace fairprice::assessment {

/// What the market says of one product to one group of suppliers under one policy, per base unit. Indicators 2 to 4 by position
/// (0 procurement, 1 e-commerce, 2 store); populations by rung of the ladder.
struct Reference {
  market::IndexAnswer index;
  std::array<market::MarketAnswer, 3> averages;
  std::vector<market::IndexAnswer> rung_index;    ///< by rung: its index price (own or published, with the rung's greatest age)
  std::vector<market::MarketAnswer> populations;  ///< by rung
};

/// The sellers of one product, gathered once, and what they say to each group that asks. Kept for one product at a time.
class ProductMarket {
 public:
  ProductMarket(const ingest::Month& month, const market::Levels& levels) : month_(month), levels_(levels), quotes_(month) {}

  void open(std::uint32_t product);
  /// The reference for a group (market::kNobody for a newcomer). Valid until the next call of `open`.
  const Reference& reference(std::uint32_t group, const rules::Policy& policy);

  /// The sellers of a population as `policy`'s rung (or indicator, rung = -1) asks for them, own ones included.
  const std::vector<market::Seller>& sellers(rules::Population population, const rules::Rung* rung, const rules::Policy& policy);

  /// Distinct k of the product's understood rows in any table, ascending.
  const std::vector<PackUnits>& packs();

 private:
  struct Gathered {
    rules::Population population;
    ShopType shop_type;
    int months;
    bool reindexed;
    std::vector<market::Seller> sellers;
  };
  struct Known {
    std::uint32_t group;
    const rules::Policy* policy;
    Reference reference;
  };
  /// What the sellers say to a group; `newcomer`: what they say to somebody who is none of them, null when that is what is asked for.
  market::MarketAnswer ask(const std::vector<market::Seller>& sellers, rules::Population population, std::uint32_t group,
                           const market::Question& question, const rules::Policy& policy, const market::MarketAnswer* newcomer);
  /// The groups that have a seller in any population that the policy asks, ascending: for all others the answers are the newcomer's.
  const std::vector<std::uint32_t>& groups_with_sellers(const rules::Policy& policy);

  const ingest::Month& month_;
  const market::Levels& levels_;
  catalogue::ProductQuotes quotes_;
  std::uint32_t product_ = 0;
  std::deque<Gathered> gathered_;  ///< the first `gathered_count_` are of this product; the others keep their memory
  std::size_t gathered_count_ = 0;
  std::deque<Known> known_;
  std::size_t known_count_ = 0;
  std::vector<market::Seller> others_;
  std::vector<std::uint32_t> groups_;
  const rules::Policy* groups_policy_ = nullptr;  ///< whose populations groups_ was made of
  std::vector<PackUnits> packs_;
  bool packs_known_ = false;
};

/// The ladder's answer in a pack of k: indicators, monitoring price, its basis and the notices about the reference itself
/// (index_conflict, indicator_conflict, thin_evidence, stale_reference). `weak`: it rests on orders alone or an own index price.
struct LadderAnswer {
  bool weak = false;
};
LadderAnswer answer_ladder(const Reference& reference, PackUnits k, Period t, const rules::Policy& policy, Assessment& assessment);

}  // namespace fairprice::assessment
