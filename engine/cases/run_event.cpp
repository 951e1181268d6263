#include "engine/cases/run_event.hpp"

#include <algorithm>
#include <fstream>

#include "engine/base/parallel.hpp"
#include "engine/base/problem.hpp"
#include "engine/base/version.hpp"
#include "engine/cases/calendar.hpp"
#include "engine/cases/ledger_notices.hpp"
#include "engine/cases/run_figures.hpp"
#include "engine/cases/run_orders.hpp"
#include "engine/ledger/canonical.hpp"
#include "engine/ledger/json_object.hpp"
#include "engine/ledger/sha256.hpp"

namespace fairprice::cases {

using ledger::CanonicalObject;

namespace {

InputHash hashed(const std::string& name, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  ledger::Sha256 sum;
  InputHash result{name, 0, ""};
  std::vector<char> part(std::size_t{1} << 20);
  while (file.read(part.data(), static_cast<std::streamsize>(part.size())), file.gcount() > 0) {
    sum.add({part.data(), static_cast<std::size_t>(file.gcount())});
    result.size += file.gcount();
  }
  if (!file.eof()) throw FatalError(path + "：无法再次读取", path + ": cannot be read again");
  result.sha256 = sum.hex();
  return result;
}

/// A row of listings that no supplier could be read from.
bool names_nobody(const Problem& problem) {
  if (problem.action != ProblemAction::rejected || std::string_view(problem.table) != "listings") return false;
  switch (problem.code) {
    case ProblemCode::field_count:
    case ProblemCode::bad_quotes:
    case ProblemCode::unreadable_file:
    case ProblemCode::bad_record: return true;
    default: return false;
  }
}

}  // namespace

std::vector<InputHash> hash_inputs(const ingest::Month& month, int threads) {
  std::map<std::string, std::string> files;  // a workbook of several sheets once
  for (const auto& [table, file] : month.tables)
    for (const ingest::SourceFile& source : file.files) files.emplace(source.name, source.path);
  const std::vector<std::pair<std::string, std::string>> list(files.begin(), files.end());
  std::vector<InputHash> hashes(list.size());
  for_each_part(list.size(), threads, [&](std::size_t part, int) { hashes[part] = hashed(list[part].first, list[part].second); });
  return hashes;
}

namespace {

std::string files_of(const RunToRecord& run) {
  CanonicalObject files;
  for (const InputHash& input : run.inputs.get())
    files.raw(input.name, CanonicalObject().integer("size", input.size).text("sha256", input.sha256).str());
  return files.str();
}

/// What a run is made of: the same again adds nothing. The month before is part of it, since prices are held against it.
std::string identity_of(Book& book, const RunToRecord& run, const std::string& files, const std::string& policy_hash) {
  std::string before;
  if (const auto last = book.last_revision(run.month.period.minus_months(1).to_string()))
    if (const auto data = ledger::JsonObject::parse(last->data)) before = data->text("identity");
  return ledger::sha256_hex(
      CanonicalObject().raw("inputs", files).text("month_before", before).text("policy", policy_hash).text("program", kVersion).str());
}

/// Deals of the month may lie in the twelve months after its closing.
bool may_still_save(const Case& one, Period period) {
  const auto closed = Period::parse(one.closed_on.substr(0, 7));
  return closed && period - *closed <= 12;
}

void refuse_excluders(const RunToRecord& run) {
  for (const auto& exclusion : run.month.exclusions)
    if (exclusion.by == run.like.actor)
      throw FatalError(run.like.actor + " 排除过本月的来源，不能 --auto-delist；没有写入任何内容",
                       run.like.actor + " excluded sources of this month, and so may not --auto-delist; nothing was written");
}

/// Everything the event says of the run but what it did to the cases.
std::string event_data(ledger::Store::Change& change, const RunToRecord& run, const Recorded& recorded, const std::string& identity,
                       const std::string& files, const std::string& policy_hash, const PriceTable& prices, const std::string& deals) {
  CanonicalObject decisions;
  for (int i = 0; i < rules::kDecisions; ++i)
    decisions.integer(rules::decision_name(static_cast<rules::Decision>(i)), run.assessments.by_decision[static_cast<std::size_t>(i)]);
  CanonicalObject excluders;  // who took sources out may not decide what rests on them
  for (const auto& exclusion : run.month.exclusions)
    if (!exclusion.by.empty()) excluders.boolean(exclusion.by, true);
  CanonicalObject blobs;
  blobs.text("policy", change.keep(run.policy.text));
  if (!(run.month.calendar == shipped_calendar())) blobs.text("holidays", change.keep(calendar_text(run.month.calendar)));
  if (!deals.empty()) blobs.text("deals", change.keep(deals));
  for (const auto& [name, sha256] : keep_prices(change, prices, run.threads)) blobs.text(name, sha256);
  return CanonicalObject()
      .text("period", run.month.period.to_string())
      .integer("revision", recorded.revision)
      .text("identity", identity)
      .text("program", kVersion)
      .raw("policy", CanonicalObject().text("name", run.policy.base.name).text("sha256", policy_hash).str())
      .raw("inputs", files)
      .raw("decisions", decisions.str())
      .raw("figures", figures_body(figures_of(run.month, run.assessments)))
      .raw("excluded_by", excluders.str())
      .raw("blobs", blobs.str())
      .str();
}

}  // namespace

Recorded record_run(Book& book, ledger::Store& store, ledger::Store::Change& change, const RunToRecord& run) {
  Recorded recorded;
  const ingest::Month& month = run.month;
  const std::string period = month.period.to_string();
  const std::string policy_hash = ledger::sha256_hex(run.policy.text);
  const std::string& time = run.like.time;
  RunPlace place{period, change.head().count + 1, (time.empty() ? std::max(run.like.received_at, change.last_time()) : time).substr(0, 10)};
  if (const auto last = book.last_revision(period)) {
    const auto data = ledger::JsonObject::parse(last->data);
    recorded.revision = last->revision;
    recorded.same = data && data->text("identity") == identity_of(book, run, files_of(run), policy_hash);
    if (!recorded.same) ++recorded.revision;
    if (const auto event = recorded.same ? book.event(last->seq) : std::nullopt) {
      place.seq = last->seq;  // its files say what they said then
      place.day = event->time.substr(0, 10);
    }
  }
  PriceTable prices = prices_of(month, run.assessments);
  recorded.safe_until =
      add_ledger_notices(month, run.assessments, run.policy, look_back(book, store, place, month.calendar, run.threads), place, prices);
  if (recorded.same) return recorded;
  if (run.auto_delist) refuse_excluders(run);
  for (const RunRecord& one : book.runs()) recorded.earlier = recorded.earlier || one.period > period;

  std::set<PartyProduct> wanted = wanted_facts(book);
  const std::vector<PartyFacts> facts = party_facts(month, run.assessments, run.policy, wanted);
  for (const PartyFacts& one : facts) wanted.emplace(one.party, one.product);
  for (const Case& one : book.in_state_since("reduced", month.period.minus_months(kCaseMonths).to_string()))
    if (may_still_save(one, month.period)) wanted.emplace(one.party, one.product);
  const std::string deals = deals_text(month, wanted);
  const std::string files = files_of(run);  // from here on the inputs must have been gone through
  ledger::Event event = run.like;
  event.type = kRunEvent;
  event.subject = period;
  event.data = event_data(change, run, recorded, identity_of(book, run, files, policy_hash), files, policy_hash, prices, deals);
  event = book.add(change, std::move(event));
  if (recorded.earlier) return recorded;

  RunStep step;
  step.period = period;
  step.revision = recorded.revision;
  step.day = event.time.substr(0, 10);
  step.calendar = &month.calendar;
  step.auto_delist = run.auto_delist;
  step.not_all_read = month.suppliers_with_rejected_rows;
  if (std::any_of(month.problems.begin(), month.problems.end(), names_nobody)) step.not_all_read.insert("");
  ledger::Event of_cases = run.like;
  of_cases.time = event.time;
  recorded.counts = settle_run(book, change, of_cases, step, facts);
  return recorded;
}

std::map<std::string, CaseColumns> case_columns(Book& book) {
  std::map<std::string, CaseColumns> columns;
  const auto add = [&](const std::vector<Case>& cases) {
    for (const Case& one : cases)
      for (const auto& [id, listing] : one.listings)
        columns[id] = {one.id, std::string(rules::case_state_name(one.state)), one.deadline, one.justified_until};
  };
  add(book.in_state("justified"));
  add(book.open());
  return columns;
}

}  // namespace fairprice::cases
