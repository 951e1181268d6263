#include "engine/cli/case_states.hpp"

#include <map>
#include <vector>

#include "engine/cli/terminal.hpp"
#include "rules/case_states.hpp"

namespace fairprice::cli {

namespace {

using rules::CaseTransition;

std::string when_text(CaseTransition::When when, Language language) {
  const bool zh = language == Language::zh;
  switch (when) {
    case CaseTransition::When::always: return {};
    case CaseTransition::When::flagged: return zh ? "价格超出" : "flagged";
    case CaseTransition::When::not_flagged: return zh ? "价格合理" : "not flagged";
    case CaseTransition::When::asks: return zh ? "价格举证" : "evidence is asked for";
    case CaseTransition::When::demands: return zh ? "降价或下架，或接续原案" : "a cut is demanded, or it goes on";
    case CaseTransition::When::notice_due: return zh ? "档次加重" : "the band is worse by now";
    case CaseTransition::When::removed: return zh ? "供应商曾撤下" : "closed by removal";
  }
  return {};
}

/// Where it leads: of reopening, where the case was.
std::string target(const CaseTransition& one, Language language) {
  if (one.event == rules::CaseEvent::reopen) return language == Language::zh ? "（原状态）" : "(where it was)";
  return std::string(rules::case_state_name(one.to));
}

std::string as_diagram() {
  std::string text = "stateDiagram-v2\n  [*] --> to_verify: check_data\n  [*] --> opened: evidence_required, reduce_or_delist\n";
  // Arrows between the same two states are one; mermaid takes a colon for the end of a label.
  std::vector<std::pair<std::pair<rules::CaseState, rules::CaseState>, std::string>> arrows;
  for (const CaseTransition& one : rules::case_transitions()) {
    if (one.event == rules::CaseEvent::reopen) continue;
    std::string event(rules::case_event_name(one.event));
    if (const std::size_t colon = event.find(':'); colon != std::string::npos) event[colon] = ' ';
    const std::pair ends(one.from, one.to);
    bool known = false;
    for (auto& [place, events] : arrows)
      if (place == ends) {
        known = true;
        if ((", " + events + ",").find(", " + event + ",") == std::string::npos) events += ", " + event;
      }
    if (!known) arrows.emplace_back(ends, event);
  }
  for (const auto& [ends, events] : arrows)
    text.append("  ")
        .append(rules::case_state_name(ends.first))
        .append(" --> ")
        .append(rules::case_state_name(ends.second))
        .append(": ")
        .append(events)
        .append("\n");
  return text;
}

}  // namespace

std::string case_states(const std::string& format, const CommonOptions& common) {
  if (format == "mermaid") return as_diagram();
  const bool zh = common.terminal == Language::zh;
  const auto state = [&](rules::CaseState one) {
    return std::string(rules::case_state_name(one)) + (zh ? " " + std::string(rules::case_state_name_zh(one)) : "");
  };
  Page page(common.colour_out);
  TextTable table({TextTable::Align::left, TextTable::Align::left, TextTable::Align::left, TextTable::Align::left});
  table.row({zh ? "状态" : "state", zh ? "事件" : "event", zh ? "条件" : "when", zh ? "之后" : "then"});
  for (const CaseTransition& one : rules::case_transitions()) {
    std::string event(rules::case_event_name(one.event));
    if (zh) event += " " + std::string(rules::case_event_name_zh(one.event));
    std::string to = target(one, common.terminal);
    if (one.closing != rules::Closing::none) to += " (" + std::string(rules::closing_name(one.closing)) + ")";
    table.row({state(one.from), event, when_text(one.when, common.terminal), to});
  }
  table.print(page);
  return page.text();
}

}  // namespace fairprice::cli
