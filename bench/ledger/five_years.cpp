// Five years of a province in a ledger, made by the engine's own code: five_years --store FILE|URL [--periods 60] [--cases 500000]
//
// Every period is one transaction with its run, the cases that it opens and what happens to earlier ones: six events a case on average, in the order in which a case
// has them. Prices, suppliers and reasons are made up; the same options give the same ledger.

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "engine/base/problem.hpp"
#include "engine/cases/book.hpp"
#include "engine/ledger/canonical.hpp"
#include "engine/ledger/database.hpp"

namespace {

using fairprice::Date;
using fairprice::Money;
using fairprice::cases::Book;
using fairprice::cases::Case;
using fairprice::cases::CaseListing;
using fairprice::ledger::Event;
using fairprice::rules::CaseState;
using fairprice::rules::Decision;

constexpr int kSuppliers = 30000;
constexpr int kProducts = 100000;

struct Options {
  std::string store;
  int periods = 60;
  int cases = 500000;
};

class Province {
 public:
  Province(fairprice::ledger::Store& store, const Options& options) : store_(store), book_(store), options_(options) {}

  void make() {
    for (int period = 0; period < options_.periods; ++period) {
      book_.change([&](fairprice::ledger::Store::Change& change) { make_period(change, period); });
      std::fprintf(stderr, "%d of %d periods, %zu events\n", period + 1, options_.periods, events_);
    }
  }

 private:
  static std::string name_of(int period) { return fmt::format("{}-{:02}", 2019 + period / 12, period % 12 + 1); }
  static std::string day_of(int period, int day) { return name_of(period) + fmt::format("-{:02}", day); }

  Event like(const std::string& day, const std::string& actor, const std::string& reason) const {
    Event event;
    event.time = event.received_at = day + "T09:30:00+08:00";
    event.actor = actor;
    event.os_user = "pricing";
    event.reason = reason;
    return event;
  }

  int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }

  void run_event(fairprice::ledger::Store::Change& change, int period) {
    fairprice::ledger::CanonicalObject files;
    for (const char* file : {"listings.csv", "quotes.csv", "orders.csv", "index.csv"})
      files.raw(file, fairprice::ledger::CanonicalObject().integer("size", 1000000 + period).text("sha256", std::string(64, 'a')).str());
    Event event = like(day_of(period, 1), "核价员甲", "");
    event.type = fairprice::cases::kRunEvent;
    event.subject = name_of(period);
    event.data = fairprice::ledger::CanonicalObject()
                     .text("period", name_of(period))
                     .integer("revision", 1)
                     .raw("inputs", files.str())
                     .raw("blobs", fairprice::ledger::CanonicalObject().text("policy", change.keep("{\"name\":\"hubei\"}")).str())
                     .str();
    book_.add(change, std::move(event));
    ++events_;
  }

  void add(fairprice::ledger::Store::Change& change, Event event, const std::string& type, const std::optional<Case>& before,
           const Case& after) {
    event.type = type;
    book_.add_case_event(change, std::move(event), before, after);
    ++events_;
  }

  Case opened(int period, int number) {
    Case one;
    one.id = fmt::format("{}-{:05}", name_of(period), number);
    const int product = below(kProducts);
    one.party = fmt::format("S{:05}", below(kSuppliers));
    one.product = fmt::format("品牌{} M{}", product % 300, product);
    one.category = fmt::format("品目{}", product % 1000);
    one.opened_in = name_of(period);
    one.opened_on = day_of(period, 1);
    one.decision = below(3) == 0 ? Decision::reduce_or_delist : Decision::evidence_required;
    one.evidence_days = one.reduction_days = one.objection_days = 5;
    one.last_run = name_of(period) + "/1";
    one.fen_at_risk = below(10000000);
    const int listings = 1 + (below(4) == 0 ? 1 : 0);
    for (int i = 0; i < listings; ++i) {
      CaseListing listing;
      listing.supplier = one.party;
      listing.monitoring_price = Money::from_yuan(100 + below(10000));
      listing.flagged_price = listing.price = Money::from_ten_thousandths(listing.monitoring_price.ten_thousandths() / 10 * 14);
      listing.max_fair_price = Money::from_ten_thousandths(listing.monitoring_price.ten_thousandths() / 10 * 12);
      listing.decision = fairprice::rules::decision_name(one.decision);
      listing.basis = "1:index_price";
      listing.match = "model";
      listing.notices = "above_ecommerce;above_lowest_supplier";
      listing.units_12m = std::to_string(below(300));
      listing.fen_at_risk = one.fen_at_risk / listings;
      one.listings[fmt::format("L{:07}", below(520000))] = listing;
    }
    return one;
  }

  /// Next of what happens to a case: notice, evidence, a decision, and a run now and then that sees another price. False: it is closed.
  bool go_on(fairprice::ledger::Store::Change& change, Case& one, int step, int period, const std::string& day, bool by_run) {
    const Case before = one;
    if (by_run) {
      one.last_run = name_of(period) + "/1";
      for (auto& [id, listing] : one.listings) listing.monitoring_price = Money::from_yuan(100 + below(10000));
      add(change, like(day, "核价员甲", ""), "case:noted", before, one);
      return true;
    }
    if (step == 0) {
      one.notified_on = day;
      one.notified_by_channel = "平台消息";
      one.receipt = fmt::format("M-{}", below(1000000));
      one.notified_decision = fairprice::rules::decision_name(one.decision);
      one.state = one.decision == Decision::evidence_required ? CaseState::awaiting_evidence : CaseState::awaiting_reduction;
      one.deadline = day;
      add(change, like(day, "经办人乙", ""), "case:notify", before, one);
      return true;
    }
    one.last_open = one.state;
    one.closed_on = day;
    one.deadline.clear();
    switch (below(3)) {
      case 0: one.state = CaseState::delisted; break;
      case 1: one.state = CaseState::withdrawn; break;
      default: one.state = CaseState::reduced;
    }
    one.decided.insert("负责人丙");
    add(change, like(day, "负责人丙", "供应商来函说明，经核实"), "case:" + std::string(fairprice::rules::case_state_name(one.state)),
        before, one);
    return false;
  }

  void make_period(fairprice::ledger::Store::Change& change, int period) {
    run_event(change, period);
    const std::string first = day_of(period, 1);
    for (Followed& one : open_)
      if (one.noted < 3) go_on(change, one.now, one.step, period, first, true), ++one.noted;
    const int count = options_.cases / options_.periods;
    for (int i = 0; i < count; ++i) {
      Followed one{opened(period, i + 1), 0, 0};
      add(change, like(first, "核价员甲", ""), "case:open", std::nullopt, one.now);
      open_.push_back(std::move(one));
    }
    const std::string later = day_of(period, 10);
    std::vector<Followed> still;
    for (Followed& one : open_) {
      const bool last = one.step == 1 && one.noted >= 3 && below(20) != 0;  // one in twenty stays open for longer
      if (one.step == 0 || last) {
        if (!go_on(change, one.now, one.step, period, later, false)) continue;
        ++one.step;
      }
      still.push_back(std::move(one));
    }
    open_ = std::move(still);
  }

  struct Followed {
    Case now;
    int step, noted;
  };
  fairprice::ledger::Store& store_;
  Book book_;
  const Options& options_;
  std::mt19937 random_{20231101};
  std::vector<Followed> open_;
  std::size_t events_ = 0;
};

Options options_of(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i];
    if (name == "--store") options.store = argv[i + 1];
    if (name == "--periods") options.periods = std::atoi(argv[i + 1]);
    if (name == "--cases") options.cases = std::atoi(argv[i + 1]);
  }
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = options_of(argc, argv);
  if (options.store.empty()) {
    std::fputs("five_years --store FILE|URL [--periods 60] [--cases 500000]\n", stderr);
    return 2;
  }
  try {
    fairprice::ledger::Store store(options.store, fairprice::ledger::Access::write);
    Province(store, options).make();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "five_years: %s\n", error.what());
    return 1;
  }
  return 0;
}
