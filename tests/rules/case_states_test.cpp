#include "rules/case_states.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

namespace fairprice::rules {
namespace {

/// The contract's table, written down once more: from, event -> to. What depends on more than that stands with a mark.
const std::map<std::string, std::map<std::string, std::string>>& diagram() {
  static const std::map<std::string, std::map<std::string, std::string>> kDiagram = {
      {"to_verify",
       {{"confirm", "opened|withdrawn"},
        {"mend", "withdrawn"},
        {"run:unchanged", "opened|withdrawn"},
        {"run:reduced", "withdrawn"},
        {"run:reference_changed", "withdrawn"},
        {"run:removed", "withdrawn"}}},
      {"opened",
       {{"notify", "awaiting_evidence|awaiting_reduction"},
        {"reduce", "reduced"},
        {"withdraw", "withdrawn"},
        {"run:reduced", "reduced"},
        {"run:reference_changed", "withdrawn"},
        {"run:removed", "withdrawn"}}},
      {"awaiting_evidence",
       {{"submit_evidence", "evidence_submitted"},
        {"waive", "awaiting_reduction"},
        {"lapse", "awaiting_reduction"},
        {"notify", "awaiting_reduction|"},
        {"reduce", "reduced"},
        {"withdraw", "withdrawn"},
        {"run:reduced", "reduced"},
        {"run:reference_changed", "withdrawn"},
        {"run:removed", "withdrawn"}}},
      {"evidence_submitted",
       {{"accept", "justified"},
        {"reject", "awaiting_reduction"},
        {"reduce", "reduced"},
        {"withdraw", "withdrawn"},
        {"run:reduced", "reduced"},
        {"run:reference_changed", "withdrawn"},
        {"run:removed", "withdrawn"}}},
      {"awaiting_reduction",
       {{"object", "objected"},
        {"reduce", "reduced"},
        {"delist", "delisted"},
        {"freeze", "frozen"},
        {"withdraw", "withdrawn"},
        {"run:reduced", "reduced"},
        {"run:reference_changed", "withdrawn"},
        {"run:removed", "withdrawn"}}},
      {"objected", {{"uphold", "awaiting_reduction"}, {"overturn", "withdrawn"}}},
      {"frozen",
       {{"release", "awaiting_reduction"},
        {"reduce", "reduced"},
        {"delist", "delisted"},
        {"run:reduced", "reduced"},
        {"run:reference_changed", "withdrawn"},
        {"run:removed", "withdrawn"}}},
      {"justified", {{"reopen", "*"}}},
      {"reduced", {{"reopen", "*"}, {"run:flagged_again", "opened"}}},
      {"delisted", {{"reopen", "*"}}},
      {"withdrawn", {{"reopen", "*"}, {"run:flagged_again", "opened|"}}}};
  return kDiagram;
}

// Every state, every event, every combination of what a transition may depend on.
TEST(CaseStates, DoWhatTheDiagramSaysAndNothingElse) {
  for (int s = 0; s < kCaseStates; ++s)
    for (int e = 0; e < kCaseEvents; ++e)
      for (unsigned bits = 0; bits < 32; ++bits) {
        CaseFacts facts;
        facts.flagged = (bits & 1U) != 0;
        facts.strongest = (bits & 2U) != 0;
        facts.notice_due = (bits & 4U) != 0;
        facts.continued = (bits & 8U) != 0;
        facts.closing = (bits & 16U) != 0 ? Closing::removed_by_supplier : Closing::by_centre;
        facts.last_open = CaseState::awaiting_reduction;
        const auto state = static_cast<CaseState>(s);
        const auto event = static_cast<CaseEvent>(e);
        const auto step = case_step(state, event, facts);
        const auto& row = diagram().at(std::string(case_state_name(state)));
        const auto expected = row.find(std::string(case_event_name(event)));
        if (expected == row.end()) {
          EXPECT_FALSE(step) << case_state_name(state) << " " << case_event_name(event);
          continue;
        }
        const std::string to = step ? std::string(case_state_name(step->to)) : "";
        if (expected->second == "*")
          EXPECT_EQ(to, "awaiting_reduction");
        else
          EXPECT_NE(("|" + expected->second + "|").find("|" + to + "|"), std::string::npos)
              << case_state_name(state) << " " << case_event_name(event) << " -> " << to;
      }
}

TEST(CaseStates, NamesAreReadAsTheyArePrinted) {
  std::set<std::string_view> names;
  for (int s = 0; s < kCaseStates; ++s) {
    const auto state = static_cast<CaseState>(s);
    EXPECT_EQ(find_case_state(case_state_name(state)), state);
    EXPECT_EQ(find_case_state(case_state_name_zh(state)), state);
    names.insert(case_state_name(state));
  }
  for (int e = 0; e < kCaseEvents; ++e) {
    const auto event = static_cast<CaseEvent>(e);
    EXPECT_EQ(find_case_event(case_event_name(event)), event);
    names.insert(case_event_name(event));
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kCaseStates + kCaseEvents));
  EXPECT_FALSE(find_case_state("open"));
}

// From each open state a closed one can be reached, and every state can be reached from the two in which a case begins.
TEST(CaseStates, EveryCaseCanEnd) {
  std::map<CaseState, std::set<CaseState>> ways;
  for (const CaseTransition& one : case_transitions()) ways[one.from].insert(one.to);
  for (int s = 0; s < kCaseStates; ++s) {
    std::set<CaseState> seen = {static_cast<CaseState>(s)};
    for (bool grown = true; grown;) {
      grown = false;
      for (const CaseState from : std::set<CaseState>(seen))
        for (const CaseState to : ways[from]) grown |= seen.insert(to).second;
    }
    EXPECT_TRUE(std::any_of(seen.begin(), seen.end(), is_closed));
    if (static_cast<CaseState>(s) == CaseState::to_verify) {
      EXPECT_EQ(seen.size(), static_cast<std::size_t>(kCaseStates));
    }
  }
}

}  // namespace
}  // namespace fairprice::rules
