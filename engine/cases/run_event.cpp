#include "engine/cases/run_event.hpp"

#include <algorithm>
#include <fstream>

#include "engine/base/parallel.hpp"
#include "engine/base/problem.hpp"
#include "engine/base/version.hpp"
#include "engine/cases/calendar.hpp"
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

Recorded record_run(Book& book, ledger::Store::Change& change, const ledger::Event& like, const ingest::Month& month,
                    const assessment::Assessments& assessments, const rules::PolicySet& policy, const std::vector<InputHash>& inputs,
                    bool auto_delist) {
  Recorded recorded;
  const std::string period = month.period.to_string();
  CanonicalObject files;
  for (const InputHash& input : inputs)
    files.raw(input.name, CanonicalObject().integer("size", input.size).text("sha256", input.sha256).str());
  const std::string policy_hash = ledger::sha256_hex(policy.text);
  const std::string identity =
      ledger::sha256_hex(CanonicalObject().raw("inputs", files.str()).text("policy", policy_hash).text("program", kVersion).str());
  if (const auto last = book.last_revision(period)) {
    const auto data = ledger::JsonObject::parse(last->data);
    recorded.revision = last->revision;
    if (data && data->text("identity") == identity) {
      recorded.same = true;
      return recorded;
    }
    ++recorded.revision;
  }
  for (const RunRecord& run : book.runs()) recorded.earlier = recorded.earlier || run.period > period;

  CanonicalObject decisions;
  for (int i = 0; i < rules::kDecisions; ++i)
    decisions.integer(rules::decision_name(static_cast<rules::Decision>(i)), assessments.by_decision[static_cast<std::size_t>(i)]);
  CanonicalObject excluders;  // who took sources out may not decide what rests on them
  for (const auto& exclusion : month.exclusions)
    if (!exclusion.by.empty()) excluders.boolean(exclusion.by, true);
  const bool excluded_some =
      std::any_of(month.exclusions.begin(), month.exclusions.end(), [&](const auto& one) { return one.by == like.actor; });
  if (auto_delist && excluded_some)
    throw FatalError(like.actor + " 排除过本月的来源，不能 --auto-delist；没有写入任何内容",
                     like.actor + " excluded sources of this month, and so may not --auto-delist; nothing was written");
  CanonicalObject blobs;
  blobs.text("policy", change.keep(policy.text));
  if (!(month.calendar == shipped_calendar())) blobs.text("holidays", change.keep(calendar_text(month.calendar)));
  ledger::Event event = like;
  event.type = kRunEvent;
  event.subject = period;
  event.data = CanonicalObject()
                   .text("period", period)
                   .integer("revision", recorded.revision)
                   .text("identity", identity)
                   .text("program", kVersion)
                   .raw("policy", CanonicalObject().text("name", policy.base.name).text("sha256", policy_hash).str())
                   .raw("inputs", files.str())
                   .raw("decisions", decisions.str())
                   .raw("excluded_by", excluders.str())
                   .raw("blobs", blobs.str())
                   .str();
  event = book.add(change, std::move(event));
  if (recorded.earlier) return recorded;

  RunStep step;
  step.period = period;
  step.revision = recorded.revision;
  step.day = event.time.substr(0, 10);
  step.calendar = &month.calendar;
  step.auto_delist = auto_delist;
  step.not_all_read = month.suppliers_with_rejected_rows;
  if (std::any_of(month.problems.begin(), month.problems.end(), names_nobody)) step.not_all_read.insert("");
  ledger::Event of_cases = like;
  of_cases.time = event.time;
  recorded.counts = settle_run(book, change, of_cases, step, party_facts(month, assessments, policy, wanted_facts(book)));
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
