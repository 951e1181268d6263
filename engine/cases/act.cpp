#include "engine/cases/act.hpp"

#include <algorithm>
#include <set>

#include "engine/base/problem.hpp"
#include "engine/cases/amounts.hpp"
#include "engine/cases/repeat.hpp"
#include "engine/ledger/canonical.hpp"
#include "engine/ledger/json_object.hpp"

namespace fairprice::cases {

using rules::CaseEvent;
using rules::CaseState;

namespace {

constexpr int kReopenDays = 60;
constexpr int kJustifiedMonths = 6;

[[noreturn]] void refuse(const Case& one, const std::string& zh, const std::string& en) {
  throw FatalError("案件 " + one.id + "：" + zh + "；没有写入任何内容", "case " + one.id + ": " + en + "; nothing was written");
}

bool is_decision(CaseEvent event) {
  switch (event) {
    case CaseEvent::notify:
    case CaseEvent::submit_evidence:
    case CaseEvent::waive:
    case CaseEvent::object:
    case CaseEvent::reduce: return false;
    default: return true;
  }
}

class Carrying {
 public:
  Carrying(Case& one, const Act& act, const std::string& today, const WorkingCalendar& calendar, const std::vector<std::string>& excluders)
      : one_(one), act_(act), calendar_(calendar), excluders_(excluders), on_(day(act.on.empty() ? today : act.on)) {
    if (on_ > day(today)) refuse(one, "日期 " + act.on + " 在将来", "the day " + act.on + " is still to come");
    const auto opened = Date::parse(one.opened_on);
    const auto notified = Date::parse(one.notified_on);
    if (notified && on_ < *notified)
      refuse(one, "日期 " + act.on + " 早于通知日 " + one.notified_on,
             "the day " + act.on + " is before the supplier was notified, " + one.notified_on);
    if (opened && on_ < *opened)
      refuse(one, "日期 " + act.on + " 早于立案日 " + one.opened_on, "the day " + act.on + " is before it was opened, " + one.opened_on);
  }

  void run() {
    if (act_.event == CaseEvent::confirm && one_.state == CaseState::to_verify) judge();
    check_allowed();
    check_people();
    const auto step = rules::case_step(one_.state, act_.event, facts_of(one_));
    prepare();
    if (rules::is_closed(step->to) && !rules::is_closed(one_.state)) one_.last_open = one_.state;
    one_.state = step->to;
    one_.closing = step->closing;
    one_.closed_on = rules::is_closed(step->to) ? on_.to_string() : std::string();
    clocks();
    if (is_decision(act_.event)) one_.decided.insert(act_.actor);
    if (!act_.second_actor.empty()) one_.decided.insert(act_.second_actor);
  }

 private:
  Date day(const std::string& text) const {
    const auto parsed = Date::parse(text);
    if (!parsed) refuse(one_, "\"" + text + "\" 不是日期（应为 2023-12-01）", "\"" + text + "\" is no day (expected e.g. 2023-12-01)");
    return *parsed;
  }

  /// A price that is confirmed is judged by the bands.
  void judge() {
    one_.decision = rules::Decision::within_range;
    for (const rules::Decision flagged : {rules::Decision::evidence_required, rules::Decision::reduce_or_delist})
      if (one_.by_bands == rules::decision_name(flagged)) one_.decision = flagged;
    one_.by_bands.clear();
  }

  void check_allowed() const {
    const std::string name(rules::case_event_name(act_.event));
    if (!one_.held.empty() && act_.event != CaseEvent::withdraw)
      refuse(one_, "因 " + one_.held + " 大面积超出而暂缓；先用 fairprice case release-flood " + one_.held,
             "is held back by the flood " + one_.held + ": see fairprice case release-flood " + one_.held);
    if (!rules::is_of_run(act_.event) && rules::case_step(one_.state, act_.event, facts_of(one_))) {
      if (act_.event == CaseEvent::reopen) check_reopening();
      return;
    }
    std::string allowed;
    for (const CaseEvent event : rules::allowed_events(one_.state, facts_of(one_)))
      allowed += (allowed.empty() ? "" : ", ") + std::string(rules::case_event_name(event));
    refuse(one_, "状态为" + std::string(rules::case_state_name_zh(one_.state)) + "，不能 " + name + "（可以：" + allowed + "）",
           "is " + std::string(rules::case_state_name(one_.state)) + ", where " + name + " is not allowed (there are: " + allowed + ")");
  }

  void check_reopening() const {
    const auto closed = Date::parse(one_.closed_on);
    if (closed && on_.days() - closed->days() > kReopenDays)
      refuse(one_, "已于 " + one_.closed_on + " 结案，超过 60 天，不能重新打开",
             "was closed on " + one_.closed_on + ", more than 60 days ago: it cannot be reopened");
  }

  void check_people() const {
    if (act_.actor.empty()) refuse(one_, "缺少操作人（--actor）", "who does it is missing (--actor)");
    const bool reasoned = act_.event == CaseEvent::notify || act_.event == CaseEvent::submit_evidence || act_.event == CaseEvent::reduce;
    if (act_.reason.empty() && !reasoned) refuse(one_, "缺少理由（--reason）", "the reason is missing (--reason)");
    if (!is_decision(act_.event)) return;
    for (const std::string& name : {act_.actor, act_.second_actor})
      if (std::find(excluders_.begin(), excluders_.end(), name) != excluders_.end())
        refuse(one_, name + " 在该次监测中排除过来源，不能决定", name + " excluded sources in the run, and so may not decide");
    for (const std::string& name : {act_.actor, act_.second_actor})
      if (one_.filed.contains(name)) refuse(one_, name + " 提交过证据，不能决定", name + " filed evidence, and so may not decide");
    if (act_.event != CaseEvent::overturn) return;
    for (const std::string& name : {act_.actor, act_.second_actor})
      if (one_.decided.contains(name))
        refuse(one_, name + " 在本案中作过决定，不能改判", name + " took an earlier decision in the case, and so may not overturn it");
    if (one_.decision == rules::Decision::reduce_or_delist && (act_.second_actor.empty() || act_.second_actor == act_.actor))
      refuse(one_, "改判“降价或下架”须有两人署名（--second-actor）", "overturning a reduce_or_delist needs two names (--second-actor)");
  }

  void set_deadline(std::int64_t days) {
    const Deadline deadline = calendar_.deadline(on_, static_cast<int>(std::max<std::int64_t>(1, days)));
    one_.deadline = deadline.day.to_string();
    one_.deadline_estimated = deadline.estimated;
  }

  bool is_past(const std::string& deadline) const {
    const auto last = Date::parse(deadline);
    return last && on_ > *last;
  }

  /// What the event says besides where it leads. The case is still in its old state.
  void prepare() {
    switch (act_.event) {
      case CaseEvent::notify:
        if (act_.channel.empty()) refuse(one_, "缺少通知方式（--channel）", "how the supplier was told is missing (--channel)");
        one_.notified_on = on_.to_string();
        one_.notified_by_channel = act_.channel;
        one_.receipt = act_.receipt;
        one_.notified_decision = rules::decision_name(one_.decision);
        break;
      case CaseEvent::submit_evidence:
        if (act_.evidence.empty()) refuse(one_, "缺少证据文件（--file）", "the file with the evidence is missing (--file)");
        if (is_past(one_.deadline) && !act_.late)
          refuse(one_, "举证期限 " + one_.deadline + " 已过；确要收下请加 --late",
                 "the deadline " + one_.deadline + " has passed: to take it all the same add --late");
        for (const auto& [sha256, evidence] : act_.evidence) {
          Evidence& kept = one_.evidence[sha256] = evidence;
          kept.filed_by = act_.actor;
          kept.filed_on = on_.to_string();
        }
        one_.filed.insert(act_.actor);
        break;
      case CaseEvent::lapse:
        if (!is_past(one_.deadline))
          refuse(one_, "举证期限 " + one_.deadline + " 未过", "the deadline " + one_.deadline + " has not passed");
        break;
      case CaseEvent::object:
        if (is_past(one_.objection_until) && !act_.late)
          refuse(one_, "申诉期限 " + one_.objection_until + " 已过；确要受理请加 --late",
                 "the time for objections ended on " + one_.objection_until + ": to take it all the same add --late");
        if (const auto last = Date::parse(one_.deadline)) one_.days_left = calendar_.working_days_between(on_, *last);
        break;
      case CaseEvent::accept: justify(); break;
      case CaseEvent::reduce:
        if (!act_.price.empty())
          for (auto& [id, listing] : one_.listings) listing.price = price();
        break;
      default: break;
    }
  }

  Money price() const {
    std::set<std::int64_t> packs;
    for (const auto& [id, listing] : one_.listings)
      if (listing.offered) packs.insert(listing.k.ten_thousandths());
    if (packs.size() > 1)
      refuse(one_, "案中商品的包装不同，--price 不明确", "its listings are of several packs, so that --price could mean any of them");
    const auto count = ten_thousandths_of(act_.price);
    if (!count || *count == 0) refuse(one_, "价格 \"" + act_.price + "\" 不对", "\"" + act_.price + "\" is no price");
    return Money::from_ten_thousandths(*count);
  }

  void justify() {
    const Date most = on_.minus_months(-kJustifiedMonths);
    const Date until = act_.until.empty() ? most : day(act_.until);
    if (until < on_ || until > most)
      refuse(one_, "有效期 " + until.to_string() + " 应在 " + on_.to_string() + " 至 " + most.to_string() + " 之间（最多六个月）",
             "justified until " + until.to_string() + " should be between " + on_.to_string() + " and " + most.to_string() +
                 " (at most six months)");
    std::int64_t highest = 0;
    for (const auto& [id, listing] : one_.listings) {
      if (!listing.offered || !listing.k.valid()) continue;
      Money price = listing.price;
      if (!act_.price.empty()) price = this->price();
      highest = std::max(highest, UnitPrice::of(price, listing.k).count());
    }
    one_.justified_until = until.to_string();
    one_.justified_unit_price = std::to_string(highest);
  }

  /// The case is in its new state.
  void clocks() {
    const std::int64_t stopped = one_.days_left;
    one_.deadline.clear();
    one_.deadline_estimated = false;
    if (one_.state != CaseState::objected) one_.days_left = 0;
    if (one_.state == CaseState::awaiting_evidence) set_deadline(one_.evidence_days);
    if (one_.state == CaseState::objected) return;  // when it comes back, the time for another objection is what it was
    if (one_.state != CaseState::awaiting_reduction) {
      one_.objection_until.clear();
      return;
    }
    set_deadline(act_.event == CaseEvent::uphold ? stopped : one_.reduction_days);
    if (act_.event != CaseEvent::uphold)
      one_.objection_until = calendar_.deadline(on_, static_cast<int>(std::max<std::int64_t>(1, one_.objection_days))).day.to_string();
  }

  Case& one_;
  const Act& act_;
  const WorkingCalendar& calendar_;
  const std::vector<std::string>& excluders_;
  Date on_;
};

}  // namespace

Case carry_out(Book& book, ledger::Store::Change& change, const ledger::Event& like, const std::string& id, const Act& act,
               const WorkingCalendar& calendar) {
  book.flush(change);  // what was done just now counts
  const auto before = book.find(id);
  if (!before) throw FatalError("没有案件 " + id + "；没有写入任何内容", "there is no case " + id + "; nothing was written");
  Case after = *before;
  const std::string time = like.time.empty() ? std::max(like.received_at, change.last_time()) : like.time;
  std::vector<std::string> excluders;
  if (const auto run = book.last_revision(before->last_run.substr(0, before->last_run.find('/'))))
    if (const auto data = ledger::JsonObject::parse(run->data)) excluders = data->names("excluded_by");
  Carrying(after, act, time.substr(0, 10), calendar, excluders).run();
  ledger::Event event = like;
  event.type = "case:" + std::string(rules::case_event_name(act.event));
  event.actor = act.actor;
  event.reason = act.reason;
  book.add_case_event(change, std::move(event), before, after,
                      [&](std::map<std::string, std::string>& members) { members.merge(asked_of(act)); });
  return after;
}

int release_flood(Book& book, ledger::Store::Change& change, const ledger::Event& like, const std::string& flood) {
  int released = 0;
  book.flush(change);
  for (const Case& before : book.open()) {
    if (before.held != flood) continue;
    Case after = before;
    after.held.clear();
    ledger::Event event = like;
    event.type = "case:release_flood";
    book.add_case_event(change, std::move(event), before, after,
                        [&](std::map<std::string, std::string>& members) { members["flood"] = ledger::json_text(flood); });
    ++released;
  }
  return released;
}

}  // namespace fairprice::cases
