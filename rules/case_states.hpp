#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What may happen to a case, and where it leads: one table, from which the engine decides, `fairprice case` says what is allowed, and the
/// documentation's diagram is made.
namespace fairprice::rules {

enum class CaseState : std::uint8_t {
  to_verify,
  opened,
  awaiting_evidence,
  evidence_submitted,
  awaiting_reduction,
  objected,
  frozen,
  justified,
  reduced,
  delisted,
  withdrawn,
};
inline constexpr int kCaseStates = 11;
std::string_view case_state_name(CaseState state);     ///< "awaiting_evidence"
std::string_view case_state_name_zh(CaseState state);  ///< "待举证"
std::optional<CaseState> find_case_state(std::string_view name);
constexpr bool is_closed(CaseState state) { return state >= CaseState::justified; }

/// What people do, then what a run finds (`run_…`).
enum class CaseEvent : std::uint8_t {
  confirm,                ///< the price that was in doubt is right: the bands judge it
  mend,                   ///< it was wrong, and is mended
  notify,                 ///< the supplier was told; clocks start
  submit_evidence,        ///< the supplier filed evidence
  waive,                  ///< the supplier files none
  lapse,                  ///< the deadline for evidence passed without any, confirmed by a person
  accept,                 ///< the evidence justifies the price
  reject,                 ///< it does not
  object,                 ///< the supplier objects; the clock stops
  uphold,                 ///< the objection fails
  overturn,               ///< the objection succeeds
  reduce,                 ///< the supplier cut the price
  delist,                 ///< the listings were taken down
  freeze,                 ///< hidden until mended
  release,                ///< visible again
  withdraw,               ///< the centre takes the case back
  reopen,                 ///< a closed case goes on
  run_unchanged,          ///< a doubtful price stands unchanged in the next run
  run_reduced,            ///< all within range, and cheaper than when flagged
  run_reference_changed,  ///< all within range at no lower price: the reference moved
  run_removed,            ///< the supplier no longer offers the product
  run_flagged_again,      ///< flagged within 60 days after a closing by reduction or removal
};
inline constexpr int kCaseEvents = 22;
std::string_view case_event_name(CaseEvent event);     ///< "submit_evidence"; of a run "run:reduced"
std::string_view case_event_name_zh(CaseEvent event);  ///< "提交证据"
std::optional<CaseEvent> find_case_event(std::string_view name);
constexpr bool is_of_run(CaseEvent event) { return event >= CaseEvent::run_unchanged; }

/// Why a case was withdrawn, or how it otherwise ended where the state alone does not say.
enum class Closing : std::uint8_t { none, data_right, data_mended, reference_changed, removed_by_supplier, overturned, by_centre };
std::string_view closing_name(Closing closing);  ///< "removed_by_supplier"; empty for none

/// What a transition depends on besides state and event.
struct CaseFacts {
  bool flagged = false;                     ///< the bands flag a listing of it
  bool strongest = false;                   ///< one is reduce_or_delist
  bool notice_due = false;                  ///< its band is worse than the one last notified
  bool continued = false;                   ///< it goes on after a closing: straight to the reduction, once notified
  CaseState last_open = CaseState::opened;  ///< before it was closed
  Closing closing = Closing::none;          ///< with which it was closed
};

struct CaseTransition {
  CaseState from;
  CaseEvent event;
  /// What must hold besides.
  enum class When : std::uint8_t {
    always,
    flagged,
    not_flagged,
    asks,        ///< notify: evidence is asked for
    demands,     ///< notify: a reduction is demanded, or the case continues
    notice_due,  ///< and a reduction is demanded
    removed      ///< closed by removal
  } when;
  CaseState to;  ///< of reopen: CaseFacts::last_open instead
  Closing closing = Closing::none;
};

/// All of them, by state in the order of the contract.
std::span<const CaseTransition> case_transitions();

struct CaseStep {
  CaseState to;
  Closing closing;
};
/// Where `event` leads from `state`; nothing when it is not allowed there.
std::optional<CaseStep> case_step(CaseState state, CaseEvent event, const CaseFacts& facts);
/// What people may do in that state, in the order of the enumeration.
std::vector<CaseEvent> allowed_events(CaseState state, const CaseFacts& facts);

}  // namespace fairprice::rules
