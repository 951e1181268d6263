#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/cases/case.hpp"
#include "engine/ledger/store.hpp"
#include "engine/ledger/verify.hpp"

/// What the events of a ledger come to: its runs and its cases. Tables beside the events, made of them alone.
namespace fairprice::cases {

/// A run as its event says. `data` is the event's: canonical JSON.
struct RunRecord {
  std::string period;
  int revision = 0;  ///< 1, 2 …
  std::int64_t seq = 0;
  std::string data;
};

/// Of an event that is a run's.
RunRecord run_of(const ledger::Event& event);

inline constexpr std::string_view kRunEvent = "run";
inline constexpr std::string_view kCaseEvent = "case:";  ///< begins the type of every event of a case

/// A case whose events were laid one over another: its body. The member `set` of an event's data is a merge patch (RFC 7386).
std::string after_event(std::string_view body, const ledger::Event& event);

using PartyProduct = std::pair<std::string, std::string>;

/// Reads in a Store::read, reads and writes in its own `change`. What was written is read only after a flush().
class Book {
 public:
  explicit Book(ledger::Store& store) : store_(store) {}

  /// One transaction: all of it is kept, or nothing.
  void change(const std::function<void(ledger::Store::Change&)>& work);
  void flush(ledger::Store::Change& change);

  std::vector<RunRecord> runs();
  std::optional<RunRecord> last_revision(const std::string& period);
  /// The last revision of the latest month.
  std::optional<RunRecord> last_run();

  std::optional<Case> find(const std::string& id);
  /// Cases in the order of their ids. `state` empty: all.
  std::vector<Case> in_state(const std::string& state);
  /// Those that ended in a reduction, of the wanted parties and products.
  std::vector<Case> reduced_of(const std::function<bool(const std::pair<std::string, std::string>&)>& wanted);
  /// Those that a month from `since` on ("2023-01") opened.
  std::vector<Case> in_state_since(const std::string& state, const std::string& since);
  std::vector<Case> open();
  /// Of the months from `first` to `last` ("2023-01"), in the order of their ids, one at a time: outlines.
  void each_case(const std::string& first, const std::string& last, const std::function<void(const Case&)>& each);
  /// `kind`: "supplier", "listing".
  std::vector<Case> with_key(const std::string& kind, const std::string& value);
  /// Of each of these all cases, closed ones too, in the order of their ids.
  std::map<PartyProduct, std::vector<Case>> of_parties(const std::vector<PartyProduct>& wanted);
  /// Those that have an open case.
  std::set<PartyProduct> open_parties();
  /// An event by its place.
  std::optional<ledger::Event> event(std::int64_t seq);
  /// The events of a case, in their order.
  std::vector<ledger::Event> history(const std::string& id);
  /// Cases of each party that ended in a reduction or a delisting.
  std::map<std::string, std::int64_t> offences();
  /// The first number that no case of the period has.
  int next_number(const std::string& period);

  /// Adds the event and writes what it changes. Of a case the event's `set` leads from `before` (nothing: a new case) to `after`.
  ledger::Event add(ledger::Store::Change& change, ledger::Event event);
  ledger::Event add_case_event(ledger::Store::Change& change, ledger::Event event, const std::optional<Case>& before, const Case& after,
                               const std::function<void(std::map<std::string, std::string>& members)>& more = {});

  /// Makes the tables anew from the events: after an import.
  void rebuild(ledger::Store::Change& change);
  /// ledger::verify(), and every row of the tables against the events; `each` sees them in the same pass.
  ledger::Verified verify(const std::optional<ledger::Head>& expected, const std::function<void(const ledger::EventLook&)>& each = {});

 private:
  void write_case(const Case& one, std::string body);
  std::vector<Case> select(const std::string& where, const std::string& value);

  ledger::Store& store_;
  struct Row {
    std::string party, product, state, deadline, body;
    long long fen_at_risk;
  };
  std::map<std::string, Row> rows_;                                             // not sent yet, by case
  std::set<std::pair<std::pair<std::string, std::string>, std::string>> keys_;  // kind and value, case
};

}  // namespace fairprice::cases
