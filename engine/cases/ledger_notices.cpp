#include "engine/cases/ledger_notices.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "engine/market/market.hpp"

namespace fairprice::cases {

using rules::Notice;

namespace {

/// Walks along a table while another one, also sorted by listing, is gone through.
class Alongside {
 public:
  explicit Alongside(const PriceTable& table) : at_(table.rows.begin()), end_(table.rows.end()) {}
  const PriceRow* find(std::string_view listing) {
    while (at_ != end_ && at_->listing < listing) ++at_;
    return at_ != end_ && at_->listing == listing ? &*at_ : nullptr;
  }

 private:
  std::vector<PriceRow>::const_iterator at_, end_;
};

const Publication* last_before(const std::vector<Publication>& list, std::int64_t seq, const std::string& period) {
  const Publication* last = nullptr;
  for (const Publication& one : list)
    if (one.seq < seq && one.period < period) last = &one;
  return last;
}

/// The last safe day of what relies on a publication before `next`; empty without one.
std::string safe_until(const Publication* next, const WorkingCalendar& calendar) {
  const auto from = next == nullptr ? std::nullopt : Date::parse(next->day);
  return from ? calendar.deadline(*from, kSafeWorkingDays).day.to_string() : std::string();
}

/// A case as it was before an event; nothing when it was not there yet or has no later event.
std::optional<Case> as_of(Book& book, const std::string& id, std::int64_t seq) {
  const std::vector<ledger::Event> history = book.history(id);
  if (history.empty() || history.back().seq < seq) return std::nullopt;
  std::string body;
  for (const ledger::Event& event : history)
    if (event.seq < seq) body = after_event(body, event);
  return body.empty() ? std::optional(Case()) : std::optional(read_case(body));
}

}  // namespace

EarlierRuns look_back(Book& book, ledger::Store& store, const RunPlace& place, const WorkingCalendar& calendar, int threads) {
  EarlierRuns earlier;
  const auto period = Period::parse(place.period);
  std::map<std::pair<std::string, int>, RunRecord> runs;
  for (RunRecord& run : book.runs())
    if (run.seq < place.seq) runs[{run.period, run.revision}] = std::move(run);
  const auto last_of = [&](const std::string& month) -> const RunRecord* {
    const auto after = runs.lower_bound({month, INT32_MAX});
    if (after == runs.begin() || std::prev(after)->first.first != month) return nullptr;
    return &std::prev(after)->second;
  };
  if (const RunRecord* run = last_of(place.period)) earlier.revision_before = read_prices(store, *run, threads);
  if (period)
    if (const RunRecord* run = last_of(period->minus_months(1).to_string())) earlier.month_before = read_prices(store, *run, threads);
  // A month that was published after a later one says nothing new.
  for (Publication& one : publications(book))
    if (one.seq < place.seq && (earlier.publications.empty() || earlier.publications.back().period <= one.period))
      earlier.publications.push_back(std::move(one));
  for (const Publication& one : earlier.publications) {
    if (one.period >= place.period) break;  // only ends what an earlier one began
    const auto later = std::find_if(earlier.publications.begin(), earlier.publications.end(),
                                    [&](const Publication& other) { return other.period > one.period; });
    const Publication* const next = later == earlier.publications.end() ? nullptr : &*later;
    const auto run = runs.find({one.period, one.revision});
    const std::string until = safe_until(next, calendar);
    if (run != runs.end() && (until.empty() || until >= place.day))
      earlier.published.push_back({one.seq, until, read_prices(store, run->second, threads)});
  }
  // A case may wait for a decision for long, but not for years.
  const std::string since = period ? period->minus_months(kCaseMonths).to_string() : std::string();
  for (Case& one : book.in_state_since("justified", since)) {
    if (const auto then = as_of(book, one.id, place.seq)) one = *then;
    if (one.state == rules::CaseState::justified && one.justified_until >= place.day) earlier.justified.push_back(std::move(one));
  }
  return earlier;
}

std::map<std::string, std::string> add_ledger_notices(const ingest::Month& month, assessment::Assessments& assessments,
                                                      const rules::PolicySet& policy, const EarlierRuns& earlier, const RunPlace& place,
                                                      PriceTable& prices) {
  std::map<std::string, std::string> safe;
  Alongside month_before(earlier.month_before), revision_before(earlier.revision_before);
  std::map<std::pair<std::string_view, std::string_view>, std::int64_t>
      justified;  // the highest justified unit price by listing and product
  for (const Case& one : earlier.justified)
    for (const auto& [id, listing] : one.listings) {
      std::int64_t& highest = justified[{id, one.product}];
      highest = std::max<std::int64_t>(highest, std::strtoll(one.justified_unit_price.c_str(), nullptr, 10));
    }
  const auto tell = [&](assessment::Assessment& a, Notice notice) {
    a.notices.add(notice);
    ++assessments.by_notice[static_cast<std::size_t>(notice)];
  };
  for (std::size_t i = 0; i < prices.rows.size(); ++i) {
    PriceRow& now = prices.rows[i];
    assessment::Assessment& a = assessments.listings[i];
    const PriceRow* const before = month_before.find(now.listing);
    const PriceRow* const earlier_revision = revision_before.find(now.listing);
    now.since = place.seq;
    for (const PriceRow* one : {before, earlier_revision})
      if (one != nullptr && one->since > 0 && now.same_price(*one)) now.since = std::min(now.since, one->since);
    const auto& notices = market::policy_of(month, policy, month.listings[a.row].category).notices;
    if (before != nullptr && is_dearer(now, *before, notices.price_jump)) tell(a, Notice::price_jump);
    if (!rules::is_flagged(a.decision) || !now.comparable()) continue;
    if (const auto known = justified.find({now.listing, now.product}); known != justified.end())
      if (UnitPrice::of(now.price, PackUnits::from_ten_thousandths(now.k)).count() <= known->second) tell(a, Notice::justified);
    const Publication* const relied_on = last_before(earlier.publications, now.since, place.period);
    if (relied_on == nullptr) continue;
    for (const PublishedPrices& published : earlier.published) {  // those whose time is not over
      if (published.seq != relied_on->seq) continue;
      const PriceRow* const then = published.prices.find(now.listing);
      if (then == nullptr || !then->comparable(now) || !assessment::present(then->max_fair_price)) continue;
      PriceRow limit = *then;
      limit.price = then->max_fair_price;
      if (is_dearer(now, limit, {0, 1})) continue;
      tell(a, Notice::safe_harbour);
      safe.emplace(now.listing, published.until);
    }
  }
  return safe;
}

}  // namespace fairprice::cases
