#include "engine/cases/settle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "engine/base/problem.hpp"

namespace fairprice::cases {

using rules::CaseEvent;
using rules::CaseState;
using rules::Decision;

namespace {

std::int64_t unit_price_of(Money price, PackUnits k) { return k.valid() ? UnitPrice::of(price, k).count() : 0; }

/// a ranks above b: reduce_or_delist, evidence_required, check_data.
int rank(Decision decision) {
  switch (decision) {
    case Decision::reduce_or_delist: return 3;
    case Decision::evidence_required: return 2;
    case Decision::check_data: return 1;
    default: return 0;
  }
}

class Settlement {
 public:
  Settlement(Book& book, ledger::Store::Change& change, const ledger::Event& like, const RunStep& step)
      : book_(book), change_(change), like_(like), step_(step), run_(step.period + "/" + std::to_string(step.revision)) {}

  RunCounts settle(const std::vector<PartyFacts>& all) {
    std::map<PartyProduct, std::vector<Case>> cases;
    for (Case& one : book_.open()) cases[{one.party, one.product}].push_back(std::move(one));
    offences_ = book_.offences();
    number_ = book_.next_number(step_.period);
    std::map<PartyProduct, const PartyFacts*> facts;
    for (const PartyFacts& one : all) facts[{one.party, one.product}] = &one;
    // Cases first, by party and product, then what has no case.
    for (auto& [key, list] : cases)
      for (Case& one : list)
        if (!rules::is_closed(one.state)) go_on(one, facts.contains(key) ? facts.at(key) : nullptr);
    std::vector<PartyProduct> asked;
    for (const PartyFacts& one : all) asked.emplace_back(one.party, one.product);
    auto earlier = book_.of_parties(asked);
    for (const PartyFacts& one : all) {
      const PartyProduct key{one.party, one.product};
      open(one, as_changed(std::move(earlier[key]), cases[key]));
    }
    return counts_;
  }

 private:
  /// The listings that a case looks at: a verification its own, another one all but those of a verification.
  std::vector<const ListingFacts*> of_case(const Case& one, const PartyFacts* facts) const {
    std::vector<const ListingFacts*> result;
    if (facts == nullptr) return result;
    for (const ListingFacts& listing : facts->listings) {
      const bool own = one.listings.contains(listing.id);
      if (one.state == CaseState::to_verify ? own : own || (listing.decision != Decision::check_data && !listing.spared))
        result.push_back(&listing);
    }
    return result;
  }

  void go_on(Case& one, const PartyFacts* facts) {
    const std::vector<const ListingFacts*> listings = of_case(one, facts);
    const Case before = one;
    if (listings.empty()) {
      if (facts != nullptr && !facts->listings.empty() && one.state != CaseState::to_verify) return;  // it still offers the product
      if (one.state != CaseState::objected && !may_be_unread(one)) return take(before, one, CaseEvent::run_removed);
      return;
    }
    look(one, listings);
    if (one.state == CaseState::objected) return note(before, one);
    if (one.state == CaseState::to_verify) return verify(before, one, listings);
    const bool all_within =
        std::all_of(listings.begin(), listings.end(), [](const ListingFacts* each) { return each->decision == Decision::within_range; });
    if (!all_within && may_be_delisted(one, listings)) {
      enter(one, CaseState::delisted, rules::Closing::none);
      one.last_run = run_;
      one.decided.insert(like_.actor);
      return write("case:" + std::string(rules::case_event_name(CaseEvent::delist)), before, one, "--auto-delist: " + before.deadline);
    }
    if (!all_within) return note(before, one);
    take(before, one, is_cheaper(before, listings) ? CaseEvent::run_reduced : CaseEvent::run_reference_changed);
  }

  bool may_be_delisted(const Case& one, const std::vector<const ListingFacts*>& listings) const {
    bool dear = false;
    for (const ListingFacts* each : listings) {
      if (!one.listings.contains(each->id) || each->decision == Decision::within_range) continue;
      if (!rules::is_flagged(each->decision) || each->spared || each->doubtful)
        return false;  // no reference, a doubtful price, a price that is protected
      dear = true;
    }
    if (!dear) return false;
    return step_.auto_delist && one.state == CaseState::awaiting_reduction && rules::is_flagged(one.decision) && !one.doubtful &&
           one.held.empty() && !one.deadline.empty() && one.deadline < step_.day && !one.deadline_estimated &&
           one.objection_until < step_.day && !one.filed.contains(like_.actor);
  }

  /// A listing was flagged at a price, and is cheaper now; one that was not in the case, cheaper than the cheapest flagged.
  static bool is_cheaper(const Case& before, const std::vector<const ListingFacts*>& listings) {
    std::int64_t least = INT64_MAX;
    for (const auto& [id, listing] : before.listings) least = std::min(least, unit_price_of(listing.flagged_price, listing.flagged_k));
    return std::all_of(listings.begin(), listings.end(), [&](const ListingFacts* each) {
      const auto known = before.listings.find(each->id);
      return each->unit_price <
             (known == before.listings.end() ? least : unit_price_of(known->second.flagged_price, known->second.flagged_k));
    });
  }

  bool may_be_unread(const Case& one) const {
    if (step_.not_all_read.contains("")) return true;
    return std::any_of(one.listings.begin(), one.listings.end(),
                       [&](const auto& listing) { return step_.not_all_read.contains(listing.second.supplier); });
  }

  /// Writes what the run saw of the case's listings, and lets flagged ones join.
  void look(Case& one, const std::vector<const ListingFacts*>& listings) const {
    for (auto& [id, listing] : one.listings) listing.offered = false;
    Decision worst = one.state == CaseState::to_verify ? Decision::check_data : Decision::no_reference;
    std::int64_t fen = 0;
    bool doubtful = false;
    for (const ListingFacts* each : listings) {
      const auto known = one.listings.find(each->id);
      const bool joins = known == one.listings.end() && rules::is_flagged(each->decision) && !each->spared;
      if (known == one.listings.end() && !joins) continue;
      CaseListing listing = each->listing;
      if (known != one.listings.end()) {
        listing.flagged_price = known->second.flagged_price;
        listing.flagged_k = known->second.flagged_k;
        listing.flagged_monitoring = known->second.flagged_monitoring;
      }
      listing.offered = true;
      const rules::Days& days = each->days.after(one.offences);
      one.evidence_days = days.evidence;
      one.reduction_days = days.reduction;
      one.objection_days = days.objection;
      one.listings[each->id] = listing;
      if (rules::is_flagged(each->decision) && rank(each->decision) > rank(worst)) worst = each->decision;
      if (rules::is_flagged(each->decision) || one.state == CaseState::to_verify)
        fen += std::max<std::int64_t>(0, listing.fen_at_risk), doubtful |= each->doubtful;
    }
    if (rank(worst) > 0 && one.state != CaseState::to_verify) one.decision = worst;
    one.by_bands = one.state == CaseState::to_verify ? confirmed(listings) : std::string();
    one.fen_at_risk = fen;
    one.doubtful = doubtful;
  }

  /// What the bands say of prices in doubt; empty where they cannot judge one.
  static std::string confirmed(const std::vector<const ListingFacts*>& listings) {
    Decision worst = Decision::within_range;
    for (const ListingFacts* each : listings) {
      if (each->by_bands == Decision::no_reference) return {};
      if (rank(each->by_bands) > rank(worst)) worst = each->by_bands;
    }
    return std::string(rules::decision_name(worst));
  }

  void verify(const Case& before, Case& one, const std::vector<const ListingFacts*>& listings) {
    const bool still =
        std::all_of(listings.begin(), listings.end(), [](const ListingFacts* each) { return each->decision == Decision::check_data; });
    const bool unchanged = std::all_of(listings.begin(), listings.end(), [&](const ListingFacts* each) {
      const auto& listing = before.listings.at(each->id);
      return each->unit_price == unit_price_of(listing.flagged_price, listing.flagged_k);
    });
    Decision worst = Decision::no_reference;
    for (const ListingFacts* each : listings)
      if (rank(each->by_bands) > rank(worst)) worst = each->by_bands;
    const bool judged =
        std::all_of(listings.begin(), listings.end(), [](const ListingFacts* each) { return each->by_bands != Decision::no_reference; });
    const bool next = before.last_run.substr(0, before.last_run.find('/')) != step_.period;  // a correction of the month is no next run
    if (still && unchanged && judged && !next) return note(before, one);
    if (still && unchanged && judged) {
      one.decision = rules::is_flagged(worst) ? worst : Decision::within_range;
      return take(before, one, CaseEvent::run_unchanged);
    }
    const bool none_left =
        std::none_of(listings.begin(), listings.end(), [](const ListingFacts* each) { return each->decision == Decision::check_data; });
    if (none_left) return take(before, one, CaseEvent::run_reference_changed);
    note(before, one);
  }

  /// New facts of an open case; nothing is written when there are none.
  void note(const Case& before, Case& one) {
    if (case_body(before) == case_body(one)) return;
    one.last_run = run_;
    write("case:noted", before, one);
  }

  void take(const Case& before, Case& one, CaseEvent event) {
    const auto next = rules::case_step(one.state, event, facts_of(one));
    if (!next) return note(before, one);
    enter(one, next->to, next->closing);
    one.last_run = run_;
    write("case:" + std::string(rules::case_event_name(event)), before, one);
  }

  void enter(Case& one, CaseState to, rules::Closing closing) const {
    if (rules::is_closed(to) && !rules::is_closed(one.state)) one.last_open = one.state;
    one.state = to;
    one.closing = closing;
    one.deadline.clear();
    one.deadline_estimated = false;
    one.objection_until.clear();
    one.days_left = 0;
    one.closed_on = rules::is_closed(to) ? step_.day : std::string();
  }

  /// The party's cases about the product; those that this run changed, as they are by now.
  static std::vector<Case> as_changed(std::vector<Case> all, const std::vector<Case>& now) {
    for (Case& one : all)
      if (const auto changed = std::find_if(now.begin(), now.end(), [&](const Case& each) { return each.id == one.id; });
          changed != now.end())
        one = *changed;
    return all;
  }

  /// Taken down since the month that this run is of, so that its row there is no new one: by this run, or before a correction of the month.
  bool is_of_before(const Case& one) const {
    return one.state == CaseState::delisted && one.last_run.substr(0, one.last_run.find('/')) == step_.period;
  }

  /// The price is justified until a day that has not passed, and is not above what was justified.
  bool is_justified(const ListingFacts& listing, const std::vector<Case>& cases) const {
    return std::any_of(cases.begin(), cases.end(), [&](const Case& one) {
      return one.state == CaseState::justified && one.justified_until >= step_.day && one.listings.contains(listing.id) &&
             listing.unit_price <= std::strtoll(one.justified_unit_price.c_str(), nullptr, 10);
    });
  }

  void open(const PartyFacts& facts, std::vector<Case> cases) {
    std::vector<const ListingFacts*> flagged, doubted;
    for (const ListingFacts& one : facts.listings) {
      const bool in_case = std::any_of(cases.begin(), cases.end(), [&](const Case& each) {
        return (!rules::is_closed(each.state) || is_of_before(each)) && each.listings.contains(one.id);
      });
      if (in_case || one.spared || is_justified(one, cases)) continue;
      if (rules::is_flagged(one.decision)) flagged.push_back(&one);
      if (one.decision == Decision::check_data) doubted.push_back(&one);
    }
    const bool open_case = std::any_of(
        cases.begin(), cases.end(), [](const Case& each) { return !rules::is_closed(each.state) && each.state != CaseState::to_verify; });
    if (!flagged.empty() && !open_case) {
      if (Case* const again = goes_on(cases)) {
        const Case before = *again;
        look(*again, flagged);
        for (const ListingFacts* each : flagged) {  // what it asks now is what counts from now on
          again->listings[each->id].flagged_price = each->listing.price;
          again->listings[each->id].flagged_k = each->listing.k;
          again->listings[each->id].flagged_monitoring = each->listing.monitoring_price;
        }
        again->continued = true;
        again->held = held_by(flagged);
        take(before, *again, CaseEvent::run_flagged_again);
      } else {
        make(facts, flagged, CaseState::opened, cases);
      }
    }
    if (!doubted.empty()) make(facts, doubted, CaseState::to_verify, cases);
  }

  /// The case that was closed by reduction or removal so lately that it goes on.
  Case* goes_on(std::vector<Case>& cases) const {
    const auto today = Date::parse(step_.day);
    for (std::size_t i = cases.size(); i-- > 0;) {
      Case* const one = &cases[i];
      if (!rules::case_step(one->state, CaseEvent::run_flagged_again, facts_of(*one))) continue;
      const auto closed = Date::parse(one->closed_on);
      if (today && closed && today->days() - closed->days() <= kGoesOnDays) return one;
    }
    return nullptr;
  }

  static std::string held_by(const std::vector<const ListingFacts*>& listings) {
    for (const ListingFacts* one : listings)
      if (!one->held.empty()) return one->held;
    return {};
  }

  void make(const PartyFacts& facts, const std::vector<const ListingFacts*>& listings, CaseState state, const std::vector<Case>& earlier) {
    Case one;
    one.id = fmt::format("{}-{:05}", step_.period, number_++);
    one.party = facts.party;
    one.product = facts.product;
    one.category = facts.category;
    one.opened_in = step_.period;
    one.opened_on = step_.day;
    one.mean_deal_before = facts.mean_deal;
    one.state = state;
    one.decision = state == CaseState::to_verify ? Decision::check_data : Decision::evidence_required;
    if (const auto known = offences_.find(one.party); known != offences_.end()) one.offences = known->second;
    for (const ListingFacts* each : listings) one.listings[each->id] = each->listing;
    look(one, listings);
    if (state == CaseState::opened) one.held = held_by(listings);
    if (!earlier.empty()) one.previous = earlier.back().id;
    if (state == CaseState::to_verify && step_.calendar != nullptr)
      if (const auto today = Date::parse(step_.day)) {
        const Deadline deadline = step_.calendar->deadline(*today, static_cast<int>(one.evidence_days));
        one.deadline = deadline.day.to_string();
        one.deadline_estimated = deadline.estimated;
      }
    one.last_run = run_;
    write("case:open", std::nullopt, one);
  }

  void write(const std::string& type, const std::optional<Case>& before, const Case& after, const std::string& reason = {}) {
    ledger::Event event = like_;
    event.type = type;
    if (!reason.empty()) event.reason = reason;
    book_.add_case_event(change_, std::move(event), before, after);
    ++counts_.by_event[type];
  }

  Book& book_;
  ledger::Store::Change& change_;
  const ledger::Event& like_;
  const RunStep& step_;
  std::string run_;
  std::map<std::string, std::int64_t> offences_;
  int number_ = 1;
  RunCounts counts_;
};

}  // namespace

RunCounts settle_run(Book& book, ledger::Store::Change& change, const ledger::Event& like, const RunStep& step,
                     const std::vector<PartyFacts>& facts) {
  return Settlement(book, change, like, step).settle(facts);
}

std::set<PartyProduct> wanted_facts(Book& book) { return book.open_parties(); }

}  // namespace fairprice::cases
