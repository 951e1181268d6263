#include "engine/cases/act.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "engine/base/problem.hpp"
#include "engine/cases/settle.hpp"
#include "engine/ledger/transfer.hpp"
#include "engine/ledger/verify.hpp"
#include "tests/support/any_ledger.hpp"

namespace fairprice::cases {
namespace {

using rules::CaseEvent;
using rules::CaseState;
using rules::Decision;
using testing::HasSubstr;

ListingFacts listing(const std::string& id, std::int64_t yuan, Decision decision) {
  ListingFacts facts;
  facts.id = id;
  facts.listing.supplier = "S1";
  facts.listing.price = facts.listing.flagged_price = Money::from_yuan(yuan);
  facts.listing.monitoring_price = Money::from_yuan(100);
  facts.listing.max_fair_price = Money::from_yuan(120);
  facts.listing.decision = rules::decision_name(decision);
  facts.decision = facts.by_bands = decision;
  facts.unit_price = UnitPrice::of(facts.listing.price, facts.listing.k).count();
  return facts;
}

/// A ledger of one supplier and product, run by run. The database is the test server's where a test asks for it.
class CaseLedger {
 public:
  explicit CaseLedger(bool server = false)
      : place_(server), store_(place_.address(), ledger::Access::write), book_(store_), calendar_(shipped_calendar()) {}

  RunCounts run(const std::string& period, const std::string& day, const std::vector<ListingFacts>& listings, int revision = 1) {
    RunCounts counts;
    RunStep step;
    step.period = period;
    step.revision = revision;
    step.day = day;
    step.calendar = &calendar_;
    step.not_all_read = not_all_read;
    step.auto_delist = auto_delist;
    std::vector<PartyFacts> facts;
    if (!listings.empty()) facts.push_back({"G1", "甲 A1", "打印机", listings});
    book_.change([&](ledger::Store::Change& change) {
      ledger::Event event = like(day);
      event.type = "run";
      event.subject = period;
      event.data = "{\"period\":\"" + period + "\",\"revision\":" + std::to_string(revision) + "}";
      book_.add(change, event);
      counts = settle_run(book_, change, like(day), step, facts);
    });
    return counts;
  }

  /// The refusal; empty when it was done.
  std::string act(CaseEvent event, const std::string& on, const std::string& actor = "张三", const std::function<void(Act&)>& more = {}) {
    Act one;
    one.event = event;
    one.actor = actor;
    one.on = on;
    one.reason = "理由";
    one.channel = "平台消息";
    if (event == CaseEvent::submit_evidence) one.evidence.emplace_back(std::string(64, 'a'), Evidence{});
    if (more) more(one);
    const std::string latest = id();
    try {
      book_.change([&](ledger::Store::Change& change) { carry_out(book_, change, like(on), latest, one, calendar_); });
    } catch (const FatalError& error) {
      return error.what();
    }
    return "";
  }
  Case now() {
    std::optional<Case> found;
    const std::string latest = id();
    store_.read([&] { found = book_.find(latest); });
    return *found;
  }
  std::vector<Case> all() {
    std::vector<Case> cases;
    store_.read([&] { cases = book_.in_state(""); });
    return cases;
  }
  /// What `ledger verify` finds.
  std::string verified() {
    const ledger::Verified result = book_.verify(std::nullopt);
    return result.ok() ? "" : result.findings.front().en;
  }
  ledger::Store& store() { return store_; }
  Book& book() { return book_; }
  std::string id() { return all().back().id; }
  std::set<std::string, std::less<>> not_all_read;
  bool auto_delist = false;

 private:
  static ledger::Event like(const std::string& day) {
    ledger::Event event;
    event.time = event.received_at = day + "T10:00:00+08:00";
    event.actor = "机器";
    return event;
  }
  testing_support::LedgerPlace place_;
  ledger::Store store_;
  Book book_;
  WorkingCalendar calendar_;
};

// Friday 2023-11-24: five working days end on Friday 2023-12-01. Evidence, rejected on 2023-12-04: five days for the cut and for an objection end on Monday 2023-12-11.
// Objected on Wednesday 2023-12-06, three working days are left of it (7, 8, 11); upheld on Friday 2023-12-15 they end on Wednesday 2023-12-20.
TEST(CaseActs, ClocksRunInWorkingDays) {
  CaseLedger one;
  one.run("2023-11", "2023-11-23", {listing("L1", 130, Decision::evidence_required)});
  EXPECT_EQ(one.now().state, CaseState::opened);
  EXPECT_EQ(one.act(CaseEvent::notify, "2023-11-24"), "");
  EXPECT_EQ(one.now().state, CaseState::awaiting_evidence);
  EXPECT_EQ(one.now().deadline, "2023-12-01");
  EXPECT_EQ(one.act(CaseEvent::submit_evidence, "2023-12-01", "李四"), "");
  EXPECT_EQ(one.now().deadline, "");
  EXPECT_THAT(one.act(CaseEvent::reject, "2023-12-04", "李四"), HasSubstr("filed evidence"));
  EXPECT_EQ(one.act(CaseEvent::reject, "2023-12-04"), "");
  EXPECT_EQ(one.now().deadline, "2023-12-11");
  EXPECT_EQ(one.now().objection_until, "2023-12-11");
  EXPECT_EQ(one.act(CaseEvent::object, "2023-12-06", "供应商"), "");
  EXPECT_EQ(one.now().days_left, 3);
  EXPECT_EQ(one.act(CaseEvent::uphold, "2023-12-15", "王五"), "");
  EXPECT_EQ(one.now().deadline, "2023-12-20");
  EXPECT_EQ(one.verified(), "");
}

// Over the National Day of 2023: 29 September to 6 October are off, 7 and 8 October (a weekend) are worked.
TEST(CaseActs, ClocksKnowHolidaysAndMakeUpDays) {
  CaseLedger one;
  one.run("2023-09", "2023-09-27", {listing("L1", 160, Decision::reduce_or_delist)});
  EXPECT_EQ(one.act(CaseEvent::notify, "2023-09-28"), "");
  EXPECT_EQ(one.now().state, CaseState::awaiting_reduction);
  EXPECT_EQ(one.now().deadline, "2023-10-11");  // 7, 8, 9, 10, 11
  EXPECT_FALSE(one.now().deadline_estimated);
}

TEST(CaseActs, WhatIsNotAllowedSaysWhatIs) {
  CaseLedger one;
  one.run("2023-11", "2023-11-23", {listing("L1", 130, Decision::evidence_required)});
  EXPECT_THAT(one.act(CaseEvent::accept, "2023-11-24"),
              HasSubstr("is opened, where accept is not allowed (there are: notify, reduce, withdraw)"));
  EXPECT_THAT(one.act(CaseEvent::notify, "2023-11-22"), HasSubstr("before"));
  EXPECT_THAT(one.act(CaseEvent::notify, "2023-11-24", ""), HasSubstr("--actor"));
  EXPECT_THAT(one.act(CaseEvent::withdraw, "2023-11-24", "张三", [](Act& act) { act.reason.clear(); }), HasSubstr("--reason"));
  EXPECT_EQ(one.act(CaseEvent::notify, "2023-11-24"), "");
  EXPECT_THAT(one.act(CaseEvent::lapse, "2023-12-01"), HasSubstr("has not passed"));
  EXPECT_EQ(one.act(CaseEvent::lapse, "2023-12-02"), "");
  EXPECT_THAT(one.act(CaseEvent::object, "2023-12-12"), HasSubstr("ended on 2023-12-08"));
}

// Who decided before may not overturn, and a reduce_or_delist needs two names.
TEST(CaseActs, OverturningNeedsOthers) {
  CaseLedger one;
  one.run("2023-11", "2023-11-23", {listing("L1", 160, Decision::reduce_or_delist)});
  one.act(CaseEvent::notify, "2023-11-24");
  one.act(CaseEvent::freeze, "2023-11-25", "张三");
  one.act(CaseEvent::release, "2023-11-26", "张三");
  EXPECT_EQ(one.act(CaseEvent::object, "2023-11-27", "供应商"), "");
  EXPECT_THAT(one.act(CaseEvent::overturn, "2023-11-28", "张三"), HasSubstr("earlier decision"));
  EXPECT_THAT(one.act(CaseEvent::overturn, "2023-11-28", "王五"), HasSubstr("two names"));
  EXPECT_EQ(one.act(CaseEvent::overturn, "2023-11-28", "王五", [](Act& act) { act.second_actor = "赵六"; }), "");
  EXPECT_EQ(one.now().closing, rules::Closing::overturned);
}

TEST(CaseActs, AJustificationHoldsSixMonthsAtMost) {
  CaseLedger one;
  one.run("2023-11", "2023-11-23", {listing("L1", 130, Decision::evidence_required)});
  one.act(CaseEvent::notify, "2023-11-24");
  one.act(CaseEvent::submit_evidence, "2023-11-27", "李四");
  EXPECT_THAT(one.act(CaseEvent::accept, "2023-11-28", "张三", [](Act& act) { act.until = "2024-06-01"; }),
              HasSubstr("at most six months"));
  EXPECT_EQ(one.act(CaseEvent::accept, "2023-11-28", "张三", [](Act& act) { act.until = "2024-05-28", act.price = "128.5"; }), "");
  EXPECT_EQ(one.now().justified_unit_price, "12850000000");
  EXPECT_EQ(one.now().closed_on, "2023-11-28");
}

TEST(CaseActs, AReopenedCaseIsWhereItWas) {
  CaseLedger one;
  one.run("2023-11", "2023-11-23", {listing("L1", 160, Decision::reduce_or_delist)});
  one.act(CaseEvent::notify, "2023-11-24");
  one.act(CaseEvent::delist, "2023-12-04");
  EXPECT_THAT(one.act(CaseEvent::reopen, "2024-02-03"), HasSubstr("more than 60 days"));
  EXPECT_EQ(one.act(CaseEvent::reopen, "2024-02-02"), "");
  EXPECT_EQ(one.now().state, CaseState::awaiting_reduction);
}

// 150 and 160 flagged; both at 110 in the next month: reduced. The reference moved up instead: withdrawn. Gone: withdrawn as removed, unless its row may have been rejected.
TEST(CaseRuns, CloseWhatTheyFindInOrder) {
  const std::vector<ListingFacts> flagged = {listing("L1", 150, Decision::reduce_or_delist),
                                             listing("L2", 160, Decision::reduce_or_delist)};
  const auto after = [&](const std::vector<ListingFacts>& next, const std::string& rejected = "none") {
    CaseLedger one;
    one.run("2023-10", "2023-11-01", flagged);
    if (rejected != "none") one.not_all_read.insert(rejected);
    one.run("2023-11", "2023-12-01", next);
    EXPECT_EQ(one.verified(), "");
    const Case now = one.now();
    return std::string(rules::case_state_name(now.state)) + " " + std::string(rules::closing_name(now.closing));
  };
  using D = Decision;
  EXPECT_EQ(after({listing("L1", 110, D::within_range), listing("L2", 110, D::within_range)}), "reduced ");
  EXPECT_EQ(after({listing("L1", 150, D::within_range), listing("L2", 110, D::within_range)}), "withdrawn reference_changed");
  EXPECT_EQ(after({listing("L1", 110, D::within_range), listing("L2", 130, D::evidence_required)}), "opened ");
  EXPECT_EQ(after({listing("L9", 110, D::within_range)}), "reduced ");  // a new listing_id, cheaper than all that were flagged
  EXPECT_EQ(after({listing("L9", 155, D::within_range)}), "withdrawn reference_changed");
  EXPECT_EQ(after({}), "withdrawn removed_by_supplier");
  EXPECT_EQ(after({}, "S1"), "opened ");
  EXPECT_EQ(after({}, ""), "opened ");
  EXPECT_EQ(after({}, "S2"), "withdrawn removed_by_supplier");
}

// Flagged again after 60 days the case goes on, to the reduction at once; a day later it is a new case, linked to the old one.
TEST(CaseRuns, AReductionThatDoesNotLastGoesOn) {
  for (const bool late : {false, true}) {
    CaseLedger one;
    one.run("2023-10", "2023-11-01", {listing("L1", 130, Decision::evidence_required)});
    const std::string first = one.id();
    one.run("2023-11", "2023-12-01", {listing("L1", 110, Decision::within_range)});
    EXPECT_EQ(one.now().state, CaseState::reduced);
    one.run("2023-12", late ? "2024-01-31" : "2024-01-30", {listing("L1", 130, Decision::evidence_required)});
    EXPECT_EQ(one.all().size(), late ? 2U : 1U);
    EXPECT_EQ(one.now().state, CaseState::opened);
    if (late) {
      EXPECT_EQ(one.now().previous, first);
      EXPECT_EQ(one.now().offences, 1);
    } else {
      one.act(CaseEvent::notify, "2024-01-30");
      EXPECT_EQ(one.now().state, CaseState::awaiting_reduction);
    }
    EXPECT_EQ(one.verified(), "");
  }
}

// Told on Friday 2023-12-01, the time to cut and to object ends on Friday 2023-12-08: a run on that day leaves the case alone, one on the next
// takes it down, but never where the reference is in doubt.
TEST(CaseRuns, TakeDownWhatIsOverdueWhenAsked) {
  const auto after = [](const std::string& day, bool asked, bool doubtful) {
    CaseLedger one;
    ListingFacts facts = listing("L1", 160, Decision::reduce_or_delist);
    facts.doubtful = doubtful;
    one.run("2023-11", "2023-12-01", {facts});
    EXPECT_EQ(one.act(CaseEvent::notify, "2023-12-01"), "");
    EXPECT_EQ(one.now().deadline, "2023-12-08");
    one.auto_delist = asked;
    one.run("2023-12", day, {facts});
    EXPECT_EQ(one.verified(), "");
    EXPECT_EQ(one.all().size(), 1U);  // its row of that month is no new one
    return one.now().state;
  };
  EXPECT_EQ(after("2023-12-09", true, false), CaseState::delisted);
  EXPECT_EQ(after("2023-12-08", true, false), CaseState::awaiting_reduction);
  EXPECT_EQ(after("2023-12-09", false, false), CaseState::awaiting_reduction);
  EXPECT_EQ(after("2023-12-09", true, true), CaseState::awaiting_reduction);
}

// What is protected, in doubt or without reference is never taken down; nor is a supplier who complied kept from closing by another, justified listing.
TEST(CaseRuns, TakeNothingDownThatIsProtectedOrInDoubt) {
  const auto after = [](const ListingFacts& now, const std::vector<ListingFacts>& more = {}) {
    CaseLedger one;
    one.run("2023-11", "2023-12-01", {listing("L1", 160, Decision::reduce_or_delist)});
    EXPECT_EQ(one.act(CaseEvent::notify, "2023-12-01"), "");
    one.auto_delist = true;
    std::vector<ListingFacts> listings = {now};
    listings.insert(listings.end(), more.begin(), more.end());
    one.run("2023-12", "2023-12-20", listings);
    EXPECT_EQ(one.verified(), "");
    return one.now().state;
  };
  ListingFacts protected_price = listing("L1", 119, Decision::evidence_required);
  protected_price.spared = true;
  EXPECT_EQ(after(protected_price), CaseState::awaiting_reduction);
  EXPECT_EQ(after(listing("L1", 160, Decision::no_reference)), CaseState::awaiting_reduction);
  EXPECT_EQ(after(listing("L1", 1600, Decision::check_data)), CaseState::awaiting_reduction);
  ListingFacts justified = listing("L2", 130, Decision::evidence_required);
  justified.spared = true;
  EXPECT_EQ(after(listing("L1", 110, Decision::within_range), {justified}), CaseState::reduced);
  EXPECT_EQ(after(listing("L1", 160, Decision::reduce_or_delist), {justified}), CaseState::delisted);
}

// A supplier with one earlier reduction has two days where others have five: Friday 2024-02-02, two working days end on Sunday the 4th, a day at work before
// the Spring Festival.
TEST(CaseRuns, GiveRepeatOffendersTheDaysOfThePolicy) {
  CaseLedger one;
  ListingFacts facts = listing("L1", 130, Decision::evidence_required);
  facts.days.repeat_offences = 1;
  facts.days.repeated.evidence = 2;
  one.run("2023-10", "2023-11-01", {facts});
  EXPECT_EQ(one.now().evidence_days, 5);
  one.run("2023-11", "2023-12-01", {listing("L1", 110, Decision::within_range)});
  one.run("2024-01", "2024-02-01", {facts});
  EXPECT_EQ(one.now().evidence_days, 2);
  EXPECT_EQ(one.act(CaseEvent::notify, "2024-02-02"), "");
  EXPECT_EQ(one.now().deadline, "2024-02-05");
}

// A price ten times too high is verified first: unchanged in the next run it is judged by the bands, changed it was a typing error.
TEST(CaseRuns, ADoubtfulPriceIsVerifiedFirst) {
  ListingFacts doubted = listing("L1", 1000, Decision::check_data);
  doubted.by_bands = Decision::reduce_or_delist;
  for (const bool mended : {false, true}) {
    CaseLedger one;
    one.run("2023-10", "2023-11-01", {doubted});
    EXPECT_EQ(one.now().state, CaseState::to_verify);
    EXPECT_EQ(one.now().deadline, "2023-11-08");
    one.run("2023-11", "2023-12-01", {mended ? listing("L1", 100, Decision::within_range) : doubted});
    EXPECT_EQ(one.now().state, mended ? CaseState::withdrawn : CaseState::opened);
    EXPECT_EQ(one.now().closing, mended ? rules::Closing::data_mended : rules::Closing::none);
  }
}

// A person who confirms a price in doubt has it judged by the bands; a correction of the same month is no next run.
TEST(CaseRuns, AConfirmedPriceIsJudgedByTheBands) {
  for (const bool flagged : {true, false}) {
    ListingFacts doubted = listing("L1", 1000, Decision::check_data);
    doubted.by_bands = flagged ? Decision::reduce_or_delist : Decision::within_range;
    CaseLedger one;
    one.run("2023-10", "2023-11-01", {doubted});
    one.run("2023-10", "2023-11-02", {doubted}, 2);
    EXPECT_EQ(one.now().state, CaseState::to_verify);
    EXPECT_EQ(one.act(CaseEvent::confirm, "2023-11-03"), "");
    EXPECT_EQ(one.now().state, flagged ? CaseState::opened : CaseState::withdrawn);
    EXPECT_EQ(one.now().closing, flagged ? rules::Closing::none : rules::Closing::data_right);
    EXPECT_EQ(one.now().decision, flagged ? Decision::reduce_or_delist : Decision::within_range);
    EXPECT_EQ(one.verified(), "");
  }
}

// Objection possible until Monday 2023-12-11. Upheld, the time for another one is still that.
TEST(CaseActs, AnObjectionThatFailedIsNotFollowedByOthersForEver) {
  CaseLedger one;
  one.run("2023-11", "2023-12-04", {listing("L1", 160, Decision::reduce_or_delist)});
  EXPECT_EQ(one.act(CaseEvent::notify, "2023-12-04"), "");
  EXPECT_EQ(one.now().objection_until, "2023-12-11");
  EXPECT_EQ(one.act(CaseEvent::object, "2023-12-05", "供应商"), "");
  EXPECT_EQ(one.act(CaseEvent::uphold, "2023-12-18", "王五"), "");
  EXPECT_THAT(one.act(CaseEvent::object, "2023-12-19", "供应商"), HasSubstr("ended on 2023-12-11"));
  EXPECT_THAT(one.act(CaseEvent::delist, "2023-12-01", "王五"), HasSubstr("is before"));
}

TEST(CaseRuns, AFloodHoldsCasesBackUntilReleased) {
  CaseLedger one;
  ListingFacts facts = listing("L1", 130, Decision::evidence_required);
  facts.held = "category:打印机";
  one.run("2023-11", "2023-11-23", {facts});
  EXPECT_THAT(one.act(CaseEvent::notify, "2023-11-24"), HasSubstr("release-flood"));
  int released = 0;
  one.book().change([&](ledger::Store::Change& change) {
    ledger::Event like;
    like.received_at = "2023-11-24T10:00:00+08:00";
    released = release_flood(one.book(), change, like, "category:打印机");
  });
  EXPECT_EQ(released, 1);
  EXPECT_EQ(one.act(CaseEvent::notify, "2023-11-24"), "");
}

// Nothing new, no event: the same month again changes nothing.
TEST(CaseRuns, TheSameFactsWriteNoEvent) {
  CaseLedger one;
  const std::vector<ListingFacts> flagged = {listing("L1", 130, Decision::evidence_required)};
  EXPECT_EQ(one.run("2023-11", "2023-11-23", flagged).by_event.size(), 1U);
  EXPECT_TRUE(one.run("2023-12", "2023-12-23", flagged).by_event.empty());
}

// Random people and runs: whatever is done, the tables are what the events say, an import gives the same ledger, and no closed case has a clock.
TEST(CaseRuns, RandomHistoriesVerify) {
  std::mt19937 random(5);
  const bool server = !testing_support::test_server().empty();
  int done = 0;
  for (int round = 0; round < 12; ++round) {
    CaseLedger one(server && round % 3 == 0);
    Date day = Date::of(2023, 1, 2);
    int month = 0;
    for (int step = 0; step < 40; ++step) {
      day = day.plus_days(static_cast<int>(random() % 9));
      const std::string today = day.to_string();
      if (step == 0 || random() % 5 == 0) {
        std::vector<ListingFacts> listings;
        for (int l = 0; l < 3; ++l) {
          constexpr Decision kDecisions[] = {Decision::within_range, Decision::evidence_required, Decision::reduce_or_delist,
                                             Decision::check_data, Decision::no_reference};
          if (step == 0 || random() % 4 != 0)
            listings.push_back(
                listing("L" + std::to_string(l), 90 + static_cast<std::int64_t>(random() % 90), kDecisions[step == 0 ? 1 : random() % 5]));
        }
        one.run("20" + std::to_string(23 + month / 12) + (month % 12 < 9 ? "-0" : "-") + std::to_string(month % 12 + 1), today, listings);
        ++month;
      } else {
        const auto event = static_cast<CaseEvent>(random() % 17);
        const std::string actor = std::string("person ") + static_cast<char>('A' + random() % 4);
        done += one.act(event, today, actor, [&](Act& act) { act.second_actor = "person Z"; }).empty() ? 1 : 0;
      }
      for (const Case& each : one.all())
        if (rules::is_closed(each.state)) {
          EXPECT_EQ(each.deadline, "");
          EXPECT_NE(each.closed_on, "");
        }
    }
    EXPECT_EQ(one.verified(), "");
    std::string text;
    ledger::export_ledger(one.store(), true, [&](std::string_view part) { text += part; });
    testing_support::LedgerPlace place(false);
    ledger::Store copy(place.address(), ledger::Access::write);
    ledger::import_ledger(copy, text, "copy");
    Book book(copy);
    book.change([&](ledger::Store::Change& change) { book.rebuild(change); });
    std::vector<Case> cases;
    copy.read([&] { cases = book.in_state(""); });
    const std::vector<Case> expected = one.all();
    ASSERT_EQ(cases.size(), expected.size());
    for (std::size_t i = 0; i < cases.size(); ++i) EXPECT_EQ(case_body(cases[i]), case_body(expected[i]));
  }
  EXPECT_GT(done, 30);
}

// A row of the tables that the events do not say.
TEST(CaseRuns, AChangedCaseIsFound) {
  CaseLedger one;
  one.run("2023-11", "2023-11-23", {listing("L1", 130, Decision::evidence_required)});
  one.store().database().sql() << "UPDATE ledger_cases SET state = 'withdrawn'";
  EXPECT_THAT(one.verified(), HasSubstr("the case 2023-11-00001 is not what its events say"));
  one.store().database().sql() << "DELETE FROM ledger_case_keys WHERE kind = 'listing'";
  one.store().database().sql() << "UPDATE ledger_cases SET state = 'opened'";
  EXPECT_THAT(one.verified(), HasSubstr("lacks 1 of its keys"));
}

}  // namespace
}  // namespace fairprice::cases
