#include "engine/cases/figures.hpp"

#include <algorithm>
#include <unordered_map>

#include "engine/base/problem.hpp"
#include "engine/ledger/json_object.hpp"

namespace fairprice::cases {

using rules::CaseState;
using rules::Closing;

namespace {

/// What became of it, the one that counts first last.
enum class Outcome { withdrawn, justified, reduced, taken_down, open };

Outcome outcome_of(const Case& one) {
  switch (one.state) {
    case CaseState::justified: return Outcome::justified;
    case CaseState::reduced: return Outcome::reduced;
    case CaseState::delisted: return Outcome::taken_down;
    case CaseState::withdrawn: return Outcome::withdrawn;
    default: return Outcome::open;
  }
}

void count(CaseCounts& counts, Outcome outcome, bool asked) {
  ++counts.suspected;
  counts.evidence_asked += asked;
  switch (outcome) {
    case Outcome::justified: ++counts.justified; break;
    case Outcome::reduced: ++counts.reduced; break;
    case Outcome::taken_down: ++counts.taken_down; break;
    case Outcome::withdrawn: ++counts.withdrawn; break;
    case Outcome::open: ++counts.open; break;
  }
}

struct Known {
  Outcome outcome = Outcome::withdrawn;
  bool asked = false;
};

void add_reversal(const Case& one, Figures& figures) {
  const bool reversed = one.state == CaseState::justified ||
                        (one.state == CaseState::withdrawn && (one.closing == Closing::overturned || one.closing == Closing::by_centre));
  const bool upheld = one.state == CaseState::reduced || one.state == CaseState::delisted;
  if (one.listings.empty() || (!reversed && !upheld)) return;
  const CaseListing& first = one.listings.begin()->second;
  for (Reversals* to : {&figures.by_rung[first.basis], &figures.by_match[first.match]}) {
    ++to->decided;
    to->reversed += reversed;
  }
}

void add_cases(Book& book, const std::string& first, const std::string& last, Figures& figures) {
  std::unordered_map<std::string, Known> listings, models;
  book.each_case(first, last, [&](const Case& one) {
    if (!rules::is_flagged(one.decision)) return;  // a doubtful price that was none
    const Outcome outcome = outcome_of(one);
    const bool asked = !one.continued && one.notified_decision == rules::decision_name(rules::Decision::evidence_required);
    count(figures.cases, outcome, asked);
    const auto note = [&](Known& known) {
      known.outcome = std::max(known.outcome, outcome);
      known.asked = known.asked || asked;
    };
    for (const auto& [id, listing] : one.listings) note(listings[id]);
    note(models[one.product]);
    add_reversal(one, figures);
  });
  for (const auto& [id, known] : listings) count(figures.listings, known.outcome, known.asked);
  for (const auto& [name, known] : models) count(figures.models, known.outcome, known.asked);
}

void add(Quotient& to, const Quotient& more) {
  to.part += more.part;
  to.whole += more.whole;
}

std::string blob_of(ledger::Store& store, const RunRecord& run, const std::string& name) {
  const auto data = ledger::JsonObject::parse(run.data);
  const auto blobs = data ? ledger::JsonObject::parse(data->raw("blobs")) : std::nullopt;
  const std::string sha256 = blobs ? blobs->text(name) : std::string();
  if (sha256.empty()) return {};
  auto bytes = store.blob(sha256);
  if (!bytes)
    throw FatalError("台账中缺少 " + run.period + " 的数据 " + name + "；请用 fairprice ledger verify 检查",
                     "the ledger lacks " + name + " of " + run.period + ": see fairprice ledger verify");
  return std::move(*bytes);
}

}  // namespace

Figures figures_between(Book& book, ledger::Store& store, const std::string& from, const std::string& to) {
  Figures figures;
  figures.from = from;
  figures.to = to;
  const std::string first = from.substr(0, 7), last = to.substr(0, 7);
  add_cases(book, first, last, figures);

  std::map<std::string, RunRecord> runs;  // the last revision of each month
  for (RunRecord& run : book.runs()) runs[run.period] = std::move(run);
  std::map<std::string, RunFigures> of_month;
  for (const auto& [period, run] : runs) {
    const auto data = ledger::JsonObject::parse(run.data);
    if (!data || !data->has("figures")) continue;
    const RunFigures& read = of_month[period] = read_figures(data->raw("figures"));
    if (period < first || period > last) continue;
    figures.months.push_back({period, run.revision, read});
    add(figures.deal_to_best_selling, read.deal_to_best_selling);
    figures.orders += read.orders;
    figures.with_promise += read.with_promise;
    figures.above_promise += read.above_promise;
    figures.above_listing_price += read.above_listing_price;
  }
  const LevelOf level = [&](const std::string& category, const std::string& month) -> std::optional<std::int64_t> {
    const auto known = of_month.find(month);
    if (known == of_month.end()) return std::nullopt;
    const auto found = known->second.levels.find(category);
    if (found == known->second.levels.end()) return std::nullopt;
    return std::strtoll(found->second.c_str(), nullptr, 10);
  };

  std::vector<std::vector<Deal>> deals;
  for (const auto& [period, run] : runs)
    if (period >= first && period <= last) deals.push_back(read_deals(blob_of(store, run, "deals")));
  std::map<PartyProduct, std::vector<const Deal*>> sold;
  for (const std::vector<Deal>& month : deals)
    for (const Deal& deal : month) sold[{deal.party, deal.product}].push_back(&deal);
  std::vector<Case> reduced = book.reduced_of([&](const PartyProduct& pair) { return sold.contains(pair); });
  std::erase_if(reduced, [&](const Case& one) { return one.closed_on > to; });
  std::map<PartyProduct, std::set<std::pair<std::string, std::string>>> closings;  // a deal is saved by the last cut before it, once
  for (const Case& one : reduced) closings[{one.party, one.product}].emplace(one.closed_on, one.id);
  for (const Case& one : reduced) {
    std::vector<SavedDeal> list;
    const PartyProduct pair{one.party, one.product};
    const auto& all = closings.at(pair);
    const auto next = all.upper_bound({one.closed_on, one.id});
    const std::string until = next == all.end() ? to : next->first;
    const Savings savings = savings_of(one, sold.at(pair), level, from, until, &list);
    if (savings.deals == 0) continue;
    figures.savings += savings;
    figures.saved.push_back({one.id, one.party, one.product, one.category, one.closed_on, savings});
    for (const SavedDeal& saved : list)
      figures.deals.push_back({one.id, *saved.deal, saved.flagged, saved.prudent.value_or(-1), saved.gross_fen, saved.prudent_fen});
  }
  return figures;
}

}  // namespace fairprice::cases
