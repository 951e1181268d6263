#include "engine/cases/figures.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "engine/ledger/canonical.hpp"
#include "tests/support/any_ledger.hpp"

namespace fairprice::cases {
namespace {

using rules::CaseState;

ledger::Event like(const char* type = "case:open") {
  ledger::Event event;
  event.received_at = "2024-02-01T10:00:00+08:00";
  event.actor = "a";
  event.type = type;
  return event;
}

void expect_adds_up(const CaseCounts& counts) {
  EXPECT_EQ(counts.suspected, counts.justified + counts.reduced + counts.taken_down + counts.withdrawn + counts.open);
  EXPECT_LE(counts.evidence_asked, counts.suspected);
}

// Random cases of few listings and models, counted again one listing and one model at a time.
TEST(CaseFigures, AddUpByCaseByListingAndByModel) {
  std::mt19937_64 random(11);
  for (int round = 0; round < 40; ++round) {
    const testing_support::LedgerPlace place(false);
    ledger::Store store(place.address(), ledger::Access::write);
    Book book(store);
    std::vector<Case> cases;
    const auto count = static_cast<int>(random() % 30);
    for (int i = 0; i < count; ++i) {
      Case one;
      const std::string month = "2023-" + std::string(random() % 2 == 0 ? "10" : "11");
      one.id = month + "-" + std::to_string(10'000 + i);
      one.opened_in = month;
      one.party = "S" + std::to_string(random() % 3);
      one.product = "甲 " + std::to_string(random() % 4);
      one.state = static_cast<CaseState>(random() % rules::kCaseStates);
      one.decision = random() % 5 == 0 ? rules::Decision::check_data : rules::Decision::evidence_required;
      if (random() % 2 == 0) one.notified_decision = "evidence_required";
      for (std::uint64_t n = random() % 3 + 1; n > 0; --n) one.listings["L" + std::to_string(random() % 6)].basis = "1:index_price";
      cases.push_back(one);
    }
    book.change([&](ledger::Store::Change& change) {
      for (const Case& one : cases) book.add_case_event(change, like(), std::nullopt, one);
    });
    Figures figures;
    store.read([&] { figures = figures_between(book, store, "2023-11-01", "2023-11-30"); });
    expect_adds_up(figures.cases);
    expect_adds_up(figures.listings);
    expect_adds_up(figures.models);
    std::map<std::string, std::set<CaseState>> listings, models;
    std::int64_t suspected = 0;
    for (const Case& one : cases) {
      if (one.opened_in != "2023-11" || one.decision == rules::Decision::check_data) continue;
      ++suspected;
      for (const auto& [id, listing] : one.listings) listings[id].insert(one.state);
      models[one.product].insert(one.state);
    }
    EXPECT_EQ(figures.cases.suspected, suspected);
    const auto open = [](const auto& known) {
      return std::count_if(known.begin(), known.end(), [](const auto& one) { return *one.second.begin() < CaseState::justified; });
    };
    EXPECT_EQ(figures.listings.suspected, static_cast<std::int64_t>(listings.size()));
    EXPECT_EQ(figures.listings.open, open(listings));
    EXPECT_EQ(figures.models.suspected, static_cast<std::int64_t>(models.size()));
    EXPECT_EQ(figures.models.open, open(models));
  }
}

// Ten decided under one rung: two justified, one overturned, one taken back, four reduced, two taken down: four of ten were reversed. A reference that moved and a
// product that went are no decision.
TEST(CaseFigures, CountReversedDecisionsByRungAndMatch) {
  const testing_support::LedgerPlace place(false);
  ledger::Store store(place.address(), ledger::Access::write);
  Book book(store);
  using C = rules::Closing;
  const std::pair<CaseState, C> ends[] = {{CaseState::justified, C::none},
                                          {CaseState::justified, C::none},
                                          {CaseState::withdrawn, C::overturned},
                                          {CaseState::withdrawn, C::by_centre},
                                          {CaseState::reduced, C::none},
                                          {CaseState::reduced, C::none},
                                          {CaseState::reduced, C::none},
                                          {CaseState::reduced, C::none},
                                          {CaseState::delisted, C::none},
                                          {CaseState::delisted, C::none},
                                          {CaseState::withdrawn, C::reference_changed},
                                          {CaseState::withdrawn, C::removed_by_supplier},
                                          {CaseState::opened, C::none}};
  book.change([&](ledger::Store::Change& change) {
    int number = 0;
    for (const auto& [state, closing] : ends) {
      Case one;
      one.id = "2023-11-" + std::to_string(10'000 + ++number);
      one.party = "S";
      one.product = "甲 1";
      one.state = state;
      one.closing = closing;
      one.listings["L" + std::to_string(number)].basis = "1:index_price";
      one.listings.begin()->second.match = "model";
      book.add_case_event(change, like(), std::nullopt, one);
    }
  });
  Figures figures;
  store.read([&] { figures = figures_between(book, store, "2023-01-01", "2023-12-31"); });
  EXPECT_EQ(figures.by_rung.at("1:index_price").decided, 10);
  EXPECT_EQ(figures.by_rung.at("1:index_price").reversed, 4);
  EXPECT_EQ(figures.by_match.at("model").reversed, 4);
}

// Cut in January and again in July: what is bought in March was saved by the first, in August by the second only, on the day of the second closing by the first.
TEST(CaseFigures, CountADealOnceUnderTheLastCutBefore) {
  const testing_support::LedgerPlace place(false);
  ledger::Store store(place.address(), ledger::Access::write);
  Book book(store);
  std::string deals;
  for (const char* date : {"2024-03-01", "2024-07-02", "2024-08-01"})
    deals += ledger::CanonicalObject()
                 .text("party", "S")
                 .text("product", "甲 1")
                 .text("order_id", date)
                 .text("line", "")
                 .text("date", date)
                 .text("listing_id", "L")
                 .text("supplier_id", "S")
                 .text("quantity", "1")
                 .text("unit_price", "80.00")
                 .text("k", "1")
                 .str() +
             "\n";
  book.change([&](ledger::Store::Change& change) {
    for (const auto& [month, closed, flagged] :
         {std::tuple{"2023-12", "2024-01-02", 1'300'000}, std::tuple{"2024-06", "2024-07-02", 1'000'000}}) {
      Case one;
      one.id = std::string(month) + "-00001";
      one.opened_in = month;
      one.party = "S";
      one.product = "甲 1";
      one.state = CaseState::reduced;
      one.closed_on = closed;
      one.listings["L"].flagged_price = Money::from_ten_thousandths(flagged);
      book.add_case_event(change, like(), std::nullopt, one);
    }
    ledger::Event run = like("run");
    run.data = R"({"blobs":{"deals":")" + change.keep(deals) + R"("},"period":"2024-08","revision":1})";
    book.add(change, run);
  });
  Figures figures;
  store.read([&] { figures = figures_between(book, store, "2024-01-01", "2024-12-31"); });
  ASSERT_EQ(figures.saved.size(), 2U);
  EXPECT_EQ(figures.saved[0].savings.deals, 2);
  EXPECT_EQ(static_cast<std::int64_t>(figures.saved[0].savings.gross), 2 * 50'00);
  EXPECT_EQ(figures.saved[1].savings.deals, 1);
  EXPECT_EQ(static_cast<std::int64_t>(figures.savings.gross), 2 * 50'00 + 20'00);
  EXPECT_EQ(figures.deals.size(), 3U);
}

TEST(RunFigures, AreTheSameWhenReadAgain) {
  RunFigures figures;
  figures.listings = 3;
  figures.above_promise = 1;
  figures.coverage = {2, 3};
  figures.deal_to_best_selling = {Int128{INT64_MAX} * 1000, Int128{INT64_MAX} * -77};
  figures.levels = {{"打印机", "9900000000"}};
  EXPECT_EQ(quotient_text(figures.deal_to_best_selling), "9223372036854775807000/-710199646837817737139");
  const RunFigures again = read_figures(figures_body(figures));
  EXPECT_EQ(figures_body(again), figures_body(figures));
  EXPECT_EQ(again.deal_to_best_selling.part, figures.deal_to_best_selling.part);
  EXPECT_EQ(again.levels, figures.levels);
  EXPECT_EQ(read_quotient("").whole, 0);
}

}  // namespace
}  // namespace fairprice::cases
