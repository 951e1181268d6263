#include "engine/cases/run_prices.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "engine/base/problem.hpp"
#include "engine/cases/amounts.hpp"
#include "engine/cases/run_diff.hpp"
#include "engine/ledger/canonical.hpp"
#include "tests/support/any_ledger.hpp"

namespace fairprice::cases {
namespace {

PriceRow row(std::string_view listing, const char* price, const char* k = "1", rules::Decision decision = rules::Decision::within_range) {
  PriceRow one;
  one.listing = listing;
  one.unit = "台";
  one.price = Money::from_ten_thousandths(*ten_thousandths_of(price));
  one.k = *ten_thousandths_of(k);
  one.decision = decision;
  return one;
}

// 1150 is 15 % above 1000 and no more; a box of twelve at 13.80 is as dear a piece as one at 1.15.
TEST(RunPrices, AreComparedPerBaseUnit) {
  const Ratio share{15, 100};
  EXPECT_FALSE(is_dearer(row("a", "1150"), row("a", "1000"), share));
  EXPECT_TRUE(is_dearer(row("a", "1150.01"), row("a", "1000"), share));
  EXPECT_FALSE(is_dearer(row("a", "13.80", "12"), row("a", "1"), share));
  EXPECT_TRUE(is_dearer(row("a", "13.81", "12"), row("a", "1"), share));
  EXPECT_TRUE(row("a", "13.80", "12").same_price(row("a", "1.15")));
  EXPECT_FALSE(row("a", "13.81", "12").same_price(row("a", "1.15")));
  PriceRow other = row("a", "9");
  other.unit = "张";
  EXPECT_FALSE(is_dearer(other, row("a", "1"), share));  // of another unit
  other = row("a", "9");
  other.product = "乙 B2";
  EXPECT_FALSE(is_dearer(other, row("a", "1"), share));  // the listing is of another product by now
  other = row("a", "9");
  other.k = 0;
  EXPECT_FALSE(is_dearer(other, row("a", "1"), share));  // in doubt
  EXPECT_FALSE(is_dearer(row("a", "1"), other, share));
}

class KeptPrices : public testing::Test {
 protected:
  KeptPrices() : place_(false), store_(place_.address(), ledger::Access::write), book_(store_) {}
  RunRecord keep(const PriceTable& table, int threads) {
    book_.change([&](ledger::Store::Change& change) {
      ledger::CanonicalObject blobs;
      for (const auto& [name, sha256] : keep_prices(change, table, threads)) blobs.text(name, sha256);
      ledger::Event event;
      event.received_at = "2023-12-01T10:00:00+08:00";
      event.type = "run";
      event.subject = "2023-11";
      event.data = ledger::CanonicalObject().text("period", "2023-11").integer("revision", ++revision_).raw("blobs", blobs.str()).str();
      book_.add(change, event);
    });
    RunRecord run;
    store_.read([&] { run = *book_.last_revision("2023-11"); });
    return run;
  }
  PriceTable read(const RunRecord& run, int threads) {
    PriceTable table;
    store_.read([&] { table = read_prices(store_, run, threads); });
    return table;
  }

  testing_support::LedgerPlace place_;
  ledger::Store store_;
  Book book_;
  int revision_ = 0;
};

void expect_equal(const PriceTable& a, const PriceTable& b) {
  ASSERT_EQ(a.rows.size(), b.rows.size());
  for (std::size_t i = 0; i < a.rows.size(); ++i) {
    const PriceRow &x = a.rows[i], &y = b.rows[i];
    ASSERT_EQ(std::tuple(x.listing, x.product, x.unit, x.price, x.k, x.decision, x.monitoring_price, x.max_fair_price, x.since),
              std::tuple(y.listing, y.product, y.unit, y.price, y.k, y.decision, y.monitoring_price, y.max_fair_price, y.since))
        << i;
  }
}

// More rows than one part has; texts with line ends, zero bytes and nothing; amounts at both ends.
TEST_F(KeptPrices, AreTheSameWhenReadAgain) {
  std::mt19937_64 random(20231101);
  const auto below = [&](std::uint64_t most) { return random() % most; };
  std::vector<std::string> names;
  for (int i = 0; i < 40'000; ++i) names.push_back("L" + std::to_string(1'000'000 + i) + (below(9) == 0 ? std::string("\n\0,碎", 6) : ""));
  std::sort(names.begin(), names.end());
  PriceTable table;
  for (const std::string& name : names) {
    PriceRow one;
    one.listing = name;
    one.product = names[below(500)];
    one.unit = below(3) == 0 ? "" : below(2) == 0 ? "台" : "包";
    one.price = Money::from_ten_thousandths(static_cast<std::int64_t>(below(1ULL << below(50))));
    one.k = static_cast<std::int64_t>(below(1ULL << below(40)));
    one.decision = static_cast<rules::Decision>(below(rules::kDecisions));
    if (below(2) == 0) one.monitoring_price = Money::from_ten_thousandths(static_cast<std::int64_t>(below(1ULL << below(60))));
    if (below(2) == 0) one.max_fair_price = Money::from_ten_thousandths(0);
    one.since = static_cast<std::int64_t>(below(3'000'000));
    table.rows.push_back(one);
  }
  const RunRecord first = keep(table, 2);
  const RunRecord again = keep(table, 1);
  EXPECT_EQ(first.data.substr(0, first.data.find("\"period\"")), again.data.substr(0, again.data.find("\"period\"")));  // the same parts
  expect_equal(read(first, 1), table);
  const PriceTable kept = read(again, 2);
  expect_equal(kept, table);
  EXPECT_EQ(kept.find(names[31'000])->price, table.rows[31'000].price);
  EXPECT_EQ(kept.find("L0"), nullptr);
  EXPECT_TRUE(read(keep({}, 2), 2).rows.empty());
}

TEST_F(KeptPrices, ThatAreDamagedOrGoneAreSaidToBe) {
  PriceTable table;
  table.rows = {row("a", "1"), row("b", "2")};
  const RunRecord run = keep(table, 1);
  store_.database().sql() << "UPDATE ledger_blobs SET packed = substr(packed, 1, 8)";
  EXPECT_THROW(read(run, 1), FatalError);
  store_.database().sql() << "DELETE FROM ledger_blobs";
  EXPECT_THROW(read(run, 1), FatalError);
}

// Held against each listing looked up by itself.
TEST(RunDiffs, CountWhatTheListingsSay) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> names;
    for (int i = 0; i < 30; ++i) names.push_back("L" + std::to_string(100 + i));
    PriceTable before, now;
    for (const std::string& name : names)
      for (PriceTable* table : {&before, &now}) {
        if (random() % 4 == 0) continue;
        PriceRow one = row(name, "100", "1", static_cast<rules::Decision>(random() % rules::kDecisions));
        one.price = Money::from_yuan(static_cast<std::int64_t>(100 + random() % 3));
        one.monitoring_price = Money::from_yuan(static_cast<std::int64_t>(50 + random() % 3));
        if (random() % 10 == 0) one.k = 0;
        table->rows.push_back(one);
      }
    const RunDiff diff = compare_runs(before, now);
    std::int64_t all = 0, dearer = 0, cheaper = 0, changed = 0;
    decltype(diff.decisions) decisions{};
    for (const std::string& name : names) {
      const PriceRow *a = before.find(name), *b = now.find(name);
      if (a == nullptr && b == nullptr) continue;
      ++all;
      ++decisions[a == nullptr ? kNotThere : static_cast<std::size_t>(a->decision)]
                 [b == nullptr ? kNotThere : static_cast<std::size_t>(b->decision)];
      const bool both = a != nullptr && b != nullptr;
      const bool compared = both && a->k > 0 && b->k > 0;
      dearer += compared && b->price > a->price;
      cheaper += compared && b->price < a->price;
      changed += !both || a->decision != b->decision || a->price != b->price;
    }
    EXPECT_EQ(diff.decisions, decisions);
    EXPECT_EQ(diff.dearer, dearer);
    EXPECT_EQ(diff.cheaper, cheaper);
    EXPECT_EQ(static_cast<std::int64_t>(diff.changes.size()), changed);
    EXPECT_EQ(diff.before + diff.now - diff.dearer - diff.cheaper - diff.same_price - diff.not_comparable, all);
    bool flags_first = true;  // what is newly flagged stands before all that is not
    for (const ListingChange& one : diff.changes) {
      const bool newly =
          one.now != nullptr && rules::is_flagged(one.now->decision) && (one.before == nullptr || !rules::is_flagged(one.before->decision));
      EXPECT_TRUE(flags_first || !newly);
      flags_first = flags_first && newly;
    }
  }
}

}  // namespace
}  // namespace fairprice::cases
