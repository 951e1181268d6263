#include "rules/case_states.hpp"

#include <algorithm>
#include <array>

namespace fairprice::rules {

namespace {

using S = CaseState;
using E = CaseEvent;
using W = CaseTransition::When;

struct Name {
  std::string_view en, zh;
};

constexpr std::array<Name, kCaseStates> kStates = {{{"to_verify", "待核实"},
                                                    {"opened", "待通知"},
                                                    {"awaiting_evidence", "待举证"},
                                                    {"evidence_submitted", "已举证"},
                                                    {"awaiting_reduction", "待降价"},
                                                    {"objected", "申诉中"},
                                                    {"frozen", "冻结"},
                                                    {"justified", "举证通过"},
                                                    {"reduced", "已降价"},
                                                    {"delisted", "已下架"},
                                                    {"withdrawn", "撤销"}}};

constexpr std::array<Name, kCaseEvents> kEvents = {{{"confirm", "确认"},
                                                    {"mend", "更正"},
                                                    {"notify", "通知"},
                                                    {"submit_evidence", "提交证据"},
                                                    {"waive", "放弃举证"},
                                                    {"lapse", "逾期未举证"},
                                                    {"accept", "采信"},
                                                    {"reject", "不采信"},
                                                    {"object", "申诉"},
                                                    {"uphold", "维持"},
                                                    {"overturn", "改判"},
                                                    {"reduce", "降价"},
                                                    {"delist", "下架"},
                                                    {"freeze", "冻结"},
                                                    {"release", "解冻"},
                                                    {"withdraw", "撤销"},
                                                    {"reopen", "重新打开"},
                                                    {"run:unchanged", "监测：价格未变"},
                                                    {"run:reduced", "监测：已降价"},
                                                    {"run:reference_changed", "监测：参照变动"},
                                                    {"run:removed", "监测：供应商撤下"},
                                                    {"run:flagged_again", "监测：再次超出"}}};

constexpr CaseTransition kTable[] = {
    {S::to_verify, E::confirm, W::flagged, S::opened},
    {S::to_verify, E::confirm, W::not_flagged, S::withdrawn, Closing::data_right},
    {S::to_verify, E::mend, W::always, S::withdrawn, Closing::data_mended},
    {S::to_verify, E::run_unchanged, W::flagged, S::opened},
    {S::to_verify, E::run_unchanged, W::not_flagged, S::withdrawn, Closing::data_right},
    // A price that was typed wrong and is right now is no reduction, and saves nothing.
    {S::to_verify, E::run_reduced, W::always, S::withdrawn, Closing::data_mended},
    {S::to_verify, E::run_reference_changed, W::always, S::withdrawn, Closing::data_mended},
    {S::to_verify, E::run_removed, W::always, S::withdrawn, Closing::removed_by_supplier},

    {S::opened, E::notify, W::asks, S::awaiting_evidence},
    {S::opened, E::notify, W::demands, S::awaiting_reduction},
    {S::opened, E::reduce, W::always, S::reduced},
    {S::opened, E::withdraw, W::always, S::withdrawn, Closing::by_centre},
    {S::opened, E::run_reduced, W::always, S::reduced},
    {S::opened, E::run_reference_changed, W::always, S::withdrawn, Closing::reference_changed},
    {S::opened, E::run_removed, W::always, S::withdrawn, Closing::removed_by_supplier},

    {S::awaiting_evidence, E::notify, W::notice_due, S::awaiting_reduction},
    {S::awaiting_evidence, E::submit_evidence, W::always, S::evidence_submitted},
    {S::awaiting_evidence, E::waive, W::always, S::awaiting_reduction},
    {S::awaiting_evidence, E::lapse, W::always, S::awaiting_reduction},
    {S::awaiting_evidence, E::reduce, W::always, S::reduced},
    {S::awaiting_evidence, E::withdraw, W::always, S::withdrawn, Closing::by_centre},
    {S::awaiting_evidence, E::run_reduced, W::always, S::reduced},
    {S::awaiting_evidence, E::run_reference_changed, W::always, S::withdrawn, Closing::reference_changed},
    {S::awaiting_evidence, E::run_removed, W::always, S::withdrawn, Closing::removed_by_supplier},

    {S::evidence_submitted, E::accept, W::always, S::justified},
    {S::evidence_submitted, E::reject, W::always, S::awaiting_reduction},
    {S::evidence_submitted, E::reduce, W::always, S::reduced},
    {S::evidence_submitted, E::withdraw, W::always, S::withdrawn, Closing::by_centre},
    {S::evidence_submitted, E::run_reduced, W::always, S::reduced},
    {S::evidence_submitted, E::run_reference_changed, W::always, S::withdrawn, Closing::reference_changed},
    {S::evidence_submitted, E::run_removed, W::always, S::withdrawn, Closing::removed_by_supplier},

    {S::awaiting_reduction, E::object, W::always, S::objected},
    {S::awaiting_reduction, E::reduce, W::always, S::reduced},
    {S::awaiting_reduction, E::delist, W::always, S::delisted},
    {S::awaiting_reduction, E::freeze, W::always, S::frozen},
    {S::awaiting_reduction, E::withdraw, W::always, S::withdrawn, Closing::by_centre},
    {S::awaiting_reduction, E::run_reduced, W::always, S::reduced},
    {S::awaiting_reduction, E::run_reference_changed, W::always, S::withdrawn, Closing::reference_changed},
    {S::awaiting_reduction, E::run_removed, W::always, S::withdrawn, Closing::removed_by_supplier},

    {S::objected, E::uphold, W::always, S::awaiting_reduction},
    {S::objected, E::overturn, W::always, S::withdrawn, Closing::overturned},

    {S::frozen, E::release, W::always, S::awaiting_reduction},
    {S::frozen, E::reduce, W::always, S::reduced},
    {S::frozen, E::delist, W::always, S::delisted},
    {S::frozen, E::run_reduced, W::always, S::reduced},
    {S::frozen, E::run_reference_changed, W::always, S::withdrawn, Closing::reference_changed},
    {S::frozen, E::run_removed, W::always, S::withdrawn, Closing::removed_by_supplier},

    {S::justified, E::reopen, W::always, S::opened},
    {S::reduced, E::reopen, W::always, S::opened},
    {S::reduced, E::run_flagged_again, W::always, S::opened},
    {S::delisted, E::reopen, W::always, S::opened},
    {S::withdrawn, E::reopen, W::always, S::opened},
    {S::withdrawn, E::run_flagged_again, W::removed, S::opened},
};

bool holds(W when, const CaseFacts& facts) {
  switch (when) {
    case W::always: return true;
    case W::flagged: return facts.flagged;
    case W::not_flagged: return !facts.flagged;
    case W::asks: return !facts.strongest && !facts.continued;
    case W::demands: return facts.strongest || facts.continued;
    case W::notice_due: return facts.notice_due && facts.strongest;
    case W::removed: return facts.closing == Closing::removed_by_supplier;
  }
  return false;
}

template <std::size_t kCount>
std::optional<std::size_t> place_of(const std::array<Name, kCount>& names, std::string_view name) {
  const auto found = std::find_if(names.begin(), names.end(), [&](const Name& one) { return one.en == name || one.zh == name; });
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

}  // namespace

std::string_view case_state_name(CaseState state) { return kStates[static_cast<std::size_t>(state)].en; }
std::string_view case_state_name_zh(CaseState state) { return kStates[static_cast<std::size_t>(state)].zh; }
std::optional<CaseState> find_case_state(std::string_view name) {
  const auto place = place_of(kStates, name);
  return place ? std::optional(static_cast<CaseState>(*place)) : std::nullopt;
}

std::string_view case_event_name(CaseEvent event) { return kEvents[static_cast<std::size_t>(event)].en; }
std::string_view case_event_name_zh(CaseEvent event) { return kEvents[static_cast<std::size_t>(event)].zh; }
std::optional<CaseEvent> find_case_event(std::string_view name) {
  const auto place = place_of(kEvents, name);
  return place ? std::optional(static_cast<CaseEvent>(*place)) : std::nullopt;
}

std::string_view closing_name(Closing closing) {
  constexpr std::array<std::string_view, 7> kNames = {"",           "data_right", "data_mended", "reference_changed", "removed_by_supplier",
                                                      "overturned", "by_centre"};
  return kNames[static_cast<std::size_t>(closing)];
}

std::span<const CaseTransition> case_transitions() { return kTable; }

std::optional<CaseStep> case_step(CaseState state, CaseEvent event, const CaseFacts& facts) {
  for (const CaseTransition& one : kTable)
    if (one.from == state && one.event == event && holds(one.when, facts))
      return CaseStep{event == CaseEvent::reopen ? facts.last_open : one.to, one.closing};
  return std::nullopt;
}

std::vector<CaseEvent> allowed_events(CaseState state, const CaseFacts& facts) {
  std::vector<CaseEvent> events;
  for (int i = 0; i < kCaseEvents; ++i) {
    const auto event = static_cast<CaseEvent>(i);
    if (!is_of_run(event) && case_step(state, event, facts)) events.push_back(event);
  }
  return events;
}

}  // namespace fairprice::rules
