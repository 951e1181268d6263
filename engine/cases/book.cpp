#include "engine/cases/book.hpp"

#include <algorithm>
#include <charconv>

#include "engine/base/problem.hpp"
#include "engine/ledger/canonical.hpp"
#include "engine/ledger/canonical_text.hpp"
#include "engine/ledger/database.hpp"
#include "engine/ledger/json_object.hpp"

namespace fairprice::cases {

using ledger::Event;
using ledger::JsonObject;
using ledger::StoredEvent;

namespace {

constexpr std::string_view kOpen = "state NOT IN ('justified', 'reduced', 'delisted', 'withdrawn')";

Event parsed(const StoredEvent& row) {
  auto event = ledger::parse_event(row.text);
  if (!event)
    throw FatalError("台账的第 " + std::to_string(row.seq) + " 个事件已损坏；请用 fairprice ledger verify 检查",
                     "event " + std::to_string(row.seq) + " of the ledger is damaged: see fairprice ledger verify");
  return std::move(*event);
}

/// Keys under which a case is found besides its id.
std::vector<std::pair<std::string, std::string>> keys_of(const Case& one) {
  std::vector<std::pair<std::string, std::string>> keys;
  std::set<std::string> suppliers;
  for (const auto& [id, listing] : one.listings) {
    keys.emplace_back("listing", id);
    suppliers.insert(listing.supplier);
  }
  for (const std::string& supplier : suppliers) keys.emplace_back("supplier", supplier);
  return keys;
}

}  // namespace

RunRecord run_of(const Event& event) {
  RunRecord run;
  const auto data = JsonObject::parse(event.data);
  if (data) {
    run.period = data->text("period");
    run.revision = static_cast<int>(data->integer("revision"));
  }
  run.seq = event.seq;
  run.data = event.data;
  return run;
}

std::string after_event(std::string_view body, const Event& event) {
  const std::string_view set = ledger::member_of(event.data, "set");
  return ledger::patched(body.empty() ? "{}" : body, set.starts_with('{') ? set : "{}");
}

std::vector<RunRecord> Book::runs() {
  std::vector<std::int64_t> places;
  std::int64_t seq = 0;
  soci::statement rows = (store_.database().sql().prepare << "SELECT seq FROM ledger_runs ORDER BY period, revision", soci::into(seq));
  rows.execute();
  while (rows.fetch()) places.push_back(seq);
  std::vector<RunRecord> runs;
  for (const std::int64_t place : places)
    if (const auto row = store_.event(place)) runs.push_back(run_of(parsed(*row)));
  return runs;
}

std::optional<RunRecord> Book::last_revision(const std::string& period) {
  std::int64_t seq = 0;
  store_.database().sql() << "SELECT seq FROM ledger_runs WHERE period = :period ORDER BY revision DESC LIMIT 1", soci::use(period),
      soci::into(seq);
  if (!store_.database().sql().got_data()) return std::nullopt;
  const auto row = store_.event(seq);
  if (!row) return std::nullopt;
  return run_of(parsed(*row));
}

std::optional<RunRecord> Book::last_run() {
  std::string period;
  store_.database().sql() << "SELECT period FROM ledger_runs ORDER BY period DESC LIMIT 1", soci::into(period);
  if (!store_.database().sql().got_data()) return std::nullopt;
  return last_revision(period);
}

std::vector<Case> Book::select(const std::string& where, const std::string& value) {
  std::string body;
  const std::string query = "SELECT body FROM ledger_cases " + where + " ORDER BY id";
  std::vector<Case> cases;
  soci::statement rows = value.empty() ? (store_.database().sql().prepare << query, soci::into(body))
                                       : (store_.database().sql().prepare << query, soci::use(value), soci::into(body));
  rows.execute();
  while (rows.fetch()) cases.push_back(read_case(body));
  return cases;
}

std::optional<Case> Book::find(const std::string& id) {
  const auto cases = select("WHERE id = :id", id);
  if (cases.empty()) return std::nullopt;
  return cases.front();
}

std::vector<Case> Book::in_state(const std::string& state) {
  return state.empty() ? select("", "") : select("WHERE state = :state", state);
}

std::vector<Case> Book::in_state_since(const std::string& state, const std::string& since) {
  std::string body;
  std::vector<Case> cases;
  soci::statement rows =
      (store_.database().sql().prepare << "SELECT body FROM ledger_cases WHERE state = :state AND id >= :since ORDER BY id",
       soci::use(state), soci::use(since), soci::into(body));
  rows.execute();
  while (rows.fetch()) cases.push_back(read_case(body));
  return cases;
}

std::vector<Case> Book::reduced_of(const std::function<bool(const std::pair<std::string, std::string>&)>& wanted) {
  std::pair<std::string, std::string> pair;  // its party and product
  std::string body;
  std::vector<Case> cases;
  soci::statement rows =
      (store_.database().sql().prepare << "SELECT party, product, body FROM ledger_cases WHERE state = 'reduced' ORDER BY id",
       soci::into(pair.first), soci::into(pair.second), soci::into(body));
  rows.execute();
  while (rows.fetch())
    if (wanted(pair)) cases.push_back(read_case(body));
  return cases;
}

std::vector<Case> Book::open() { return select("WHERE " + std::string(kOpen), ""); }

void Book::each_case(const std::string& first, const std::string& last, const std::function<void(const Case&)>& each) {
  const std::string end = last + ".";  // the character after the '-' of an id
  std::string body;
  soci::statement rows = (store_.database().sql().prepare << "SELECT body FROM ledger_cases WHERE id >= :first AND id < :end ORDER BY id",
                          soci::use(first), soci::use(end), soci::into(body));
  rows.execute();
  while (rows.fetch()) each(read_case_outline(body));
}

std::vector<Case> Book::with_key(const std::string& kind, const std::string& value) {
  return select("WHERE id IN (SELECT case_id FROM ledger_case_keys WHERE kind = '" +
                    std::string(kind == "listing" ? "listing" : "supplier") + "' AND value = :value)",
                value);
}

std::map<PartyProduct, std::vector<Case>> Book::of_parties(const std::vector<PartyProduct>& wanted) {
  // With a query each it would be tens of thousands of ways to a server; SQLite knows no way, but goes through the names of all parameters for each.
  const std::size_t at_once = store_.database().is_postgresql() ? 250 : 10;
  std::map<PartyProduct, std::vector<Case>> result;
  for (std::size_t begin = 0; begin < wanted.size(); begin += at_once) {
    const std::size_t end = std::min(wanted.size(), begin + at_once);
    std::string query = "SELECT c.body FROM (VALUES ";
    std::string body;
    soci::statement rows(store_.database().sql());
    for (std::size_t i = begin; i < end; ++i) {
      const std::string number = std::to_string(i - begin);
      query += (i == begin ? "(:a" : ", (:a") + number + ", :b" + number + ")";
      rows.exchange(soci::use(wanted[i].first));
      rows.exchange(soci::use(wanted[i].second));
    }
    rows.exchange(soci::into(body));
    rows.alloc();
    // CROSS JOIN: SQLite then looks the few up by the index of parties, and does not go through all cases.
    rows.prepare(query + ") AS w CROSS JOIN ledger_cases c WHERE c.party = w.column1 AND c.product = w.column2");
    rows.define_and_bind();
    rows.execute();
    while (rows.fetch()) {
      Case one = read_case(body);
      PartyProduct key{one.party, one.product};
      result[std::move(key)].push_back(std::move(one));
    }
  }
  for (auto& [key, cases] : result) std::sort(cases.begin(), cases.end(), [](const Case& a, const Case& b) { return a.id < b.id; });
  return result;
}

std::set<PartyProduct> Book::open_parties() {
  std::set<PartyProduct> result;
  std::string party, product;
  soci::statement rows = (store_.database().sql().prepare << "SELECT party, product FROM ledger_cases WHERE " + std::string(kOpen),
                          soci::into(party), soci::into(product));
  rows.execute();
  while (rows.fetch()) result.emplace(party, product);
  return result;
}

std::optional<Event> Book::event(std::int64_t seq) {
  const auto row = store_.event(seq);
  return row ? std::optional(parsed(*row)) : std::nullopt;
}

std::vector<Event> Book::history(const std::string& id) {
  StoredEvent row;
  std::vector<Event> events;
  soci::statement rows = (store_.database().sql().prepare << "SELECT seq, body FROM ledger_events WHERE subject = :id ORDER BY seq",
                          soci::use(id), soci::into(row.seq), soci::into(row.text));
  rows.execute();
  while (rows.fetch()) events.push_back(parsed(row));
  return events;
}

int Book::next_number(const std::string& period) {
  const std::string from = period + "-";
  const std::string to = period + ".";  // the character after '-'
  std::string last;
  store_.database().sql() << "SELECT id FROM ledger_cases WHERE id > :from AND id < :to ORDER BY id DESC LIMIT 1", soci::use(from),
      soci::use(to), soci::into(last);
  if (!store_.database().sql().got_data()) return 1;
  int number = 0;
  std::from_chars(last.data() + from.size(), last.data() + last.size(), number);
  return number + 1;
}

std::map<std::string, std::int64_t> Book::offences() {
  std::map<std::string, std::int64_t> counts;
  std::string party;
  long long count = 0;
  soci::statement rows =
      (store_.database().sql().prepare << "SELECT party, count(*) FROM ledger_cases WHERE state IN ('reduced', 'delisted') GROUP BY party",
       soci::into(party), soci::into(count));
  rows.execute();
  while (rows.fetch()) counts[party] = count;
  return counts;
}

void Book::change(const std::function<void(ledger::Store::Change&)>& work) {
  rows_.clear();
  keys_.clear();
  store_.change([&](ledger::Store::Change& change) {
    work(change);
    flush(change);
  });
}

void Book::write_case(const Case& one, std::string body) {
  rows_[one.id] = {one.party, one.product, std::string(rules::case_state_name(one.state)), one.deadline, std::move(body), one.fen_at_risk};
  for (auto& key : keys_of(one)) keys_.emplace(std::move(key), one.id);
}

void Book::flush(ledger::Store::Change& change) {
  change.flush();
  std::vector<std::string> values;
  for (auto& [id, row] : rows_)
    values.insert(values.end(),
                  {id, row.party, row.product, row.state, row.deadline, std::to_string(row.fen_at_risk), std::move(row.body)});
  store_.database().insert("ledger_cases (id, party, product, state, deadline, fen_at_risk, body)", 7, values,
                           "ON CONFLICT (id) DO UPDATE SET state = excluded.state, deadline = excluded.deadline, "
                           "fen_at_risk = excluded.fen_at_risk, body = excluded.body");
  values.clear();
  for (const auto& [key, id] : keys_) values.insert(values.end(), {key.first, key.second, id});
  store_.database().insert("ledger_case_keys (kind, value, case_id)", 3, values, "ON CONFLICT DO NOTHING");
  rows_.clear();
  keys_.clear();
}

Event Book::add(ledger::Store::Change& change, Event event) {
  event = change.append(std::move(event));
  if (event.type == kRunEvent) {
    const RunRecord run = run_of(event);
    store_.database().sql() << "INSERT INTO ledger_runs (period, revision, seq) VALUES (:period, :revision, :seq)", soci::use(run.period),
        soci::use(run.revision), soci::use(run.seq);
  }
  return event;
}

Event Book::add_case_event(ledger::Store::Change& change, Event event, const std::optional<Case>& before, const Case& after,
                           const std::function<void(std::map<std::string, std::string>&)>& more) {
  const std::string old_body = before ? case_body(*before) : "{}";
  const std::string new_body = case_body(after);
  std::map<std::string, std::string> members;
  members["set"] = ledger::patch_between(old_body, new_body);
  if (before && before->state != after.state) {
    members["from"] = ledger::json_text(rules::case_state_name(before->state));
    members["to"] = ledger::json_text(rules::case_state_name(after.state));
  }
  if (more) more(members);
  ledger::CanonicalObject data;
  for (auto& [name, value] : members) data.raw(name, std::move(value));
  event.data = data.str();
  event.subject = after.id;
  event = change.append(std::move(event));
  write_case(after, new_body);
  return event;
}

void Book::rebuild(ledger::Store::Change& change) {
  soci::session& sql = change.database().sql();
  for (const char* table : {"ledger_runs", "ledger_cases", "ledger_case_keys"}) sql << "DELETE FROM " + std::string(table);
  std::map<std::string, std::string> bodies;
  std::vector<RunRecord> runs;
  store_.events(0, [&](const StoredEvent& row) {
    const Event event = parsed(row);
    if (event.type == kRunEvent) runs.push_back(run_of(event));
    if (event.type.starts_with(kCaseEvent)) bodies[event.subject] = after_event(bodies[event.subject], event);
    return true;
  });
  for (const RunRecord& run : runs)
    sql << "INSERT INTO ledger_runs (period, revision, seq) VALUES (:period, :revision, :seq)", soci::use(run.period),
        soci::use(run.revision), soci::use(run.seq);
  for (const auto& [id, body] : bodies) write_case(read_case(body), body);
  flush(change);
}

}  // namespace fairprice::cases
