#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <unordered_set>

#include "engine/cases/book.hpp"
#include "engine/ledger/canonical_text.hpp"
#include "engine/ledger/database.hpp"

namespace fairprice::cases {

using ledger::Event;
using ledger::member_of;
using ledger::text_of;

namespace {

/// What stands in the tables, held against what the events come to. Bodies are looked at as text: there are hundreds of thousands.
class TableCheck {
 public:
  explicit TableCheck(soci::session& sql) : sql_(sql) {}

  void next(const Event& event) {
    if (event.type == kRunEvent) runs_[event.seq] = run_of(event);
    if (!event.type.starts_with(kCaseEvent)) return;
    std::string& body = bodies_[event.subject];
    body = after_event(body, event);
  }

  void finish(ledger::Verified& result) {
    result_ = &result;
    check_runs();
    check_cases();
    check_keys();
  }

 private:
  void found(const std::string& zh, const std::string& en) { result_->findings.push_back({0, zh, en}); }

  void check_runs() {
    std::string period;
    int revision = 0;
    std::int64_t seq = 0;
    soci::statement rows = (sql_.prepare << "SELECT period, revision, seq FROM ledger_runs ORDER BY seq", soci::into(period),
                            soci::into(revision), soci::into(seq));
    rows.execute();
    while (rows.fetch()) {
      const auto run = runs_.find(seq);
      if (run == runs_.end() || run->second.period != period || run->second.revision != revision)
        found("监测记录 " + period + "/" + std::to_string(revision) + " 与事件不符",
              "the run " + period + "/" + std::to_string(revision) + " is not what the events say");
      else
        runs_.erase(run);
    }
    for (const auto& [place, run] : runs_)
      found("缺少第 " + std::to_string(place) + " 个事件的监测记录", "the run of event " + std::to_string(place) + " is missing");
  }

  void check_cases() {
    std::string id, party, product, state, deadline, body;
    long long money = 0;
    soci::statement rows =
        (sql_.prepare << "SELECT id, party, product, state, deadline, fen_at_risk, body FROM ledger_cases ORDER BY id", soci::into(id),
         soci::into(party), soci::into(product), soci::into(state), soci::into(deadline), soci::into(money), soci::into(body));
    rows.execute();
    while (rows.fetch()) {
      const auto expected = bodies_.find(id);
      const bool known = expected != bodies_.end();
      if (known && expected->second == body && columns_of(body) == Columns{id, party, product, state, deadline, money})
        add_keys(id);
      else
        found("案件 " + id + " 与事件不符", "the case " + id + " is not what its events say");
      if (known) bodies_.erase(expected);
    }
    std::vector<std::string> missing;
    for (const auto& [one, unused] : bodies_) missing.push_back(one);
    std::sort(missing.begin(), missing.end());
    for (const std::string& one : missing) found("缺少案件 " + one, "the case " + one + " is missing");
  }

  struct Columns {
    std::string id, party, product, state, deadline;
    long long fen_at_risk = 0;
    bool operator==(const Columns&) const = default;
  };

  /// What the columns beside a body should be; keeps its listings for add_keys().
  Columns columns_of(std::string_view body) {
    Columns columns;
    listings_ = {};
    ledger::MemberReader reader(body);
    for (ledger::TextMember one; reader.next(one);) {
      std::string* text = nullptr;
      if (one.name == "id") text = &columns.id;
      if (one.name == "party") text = &columns.party;
      if (one.name == "product") text = &columns.product;
      if (one.name == "state") text = &columns.state;
      if (one.name == "deadline") text = &columns.deadline;
      if (text != nullptr && one.value.starts_with('"')) *text = ledger::unescaped(one.value.substr(1, one.value.size() - 2));
      if (one.name == "fen_at_risk") std::from_chars(one.value.data(), one.value.data() + one.value.size(), columns.fen_at_risk);
      if (one.name == "listings" && one.value.starts_with('{')) listings_ = one.value;
    }
    return columns;
  }

  void add_keys(const std::string& id) {
    if (listings_.empty()) return;
    ledger::MemberReader reader(listings_);
    for (ledger::TextMember listing; reader.next(listing);) {
      keys_.insert(key("listing", ledger::unescaped(listing.name), id));
      if (listing.value.starts_with('{')) keys_.insert(key("supplier", text_of(listing.value, "supplier"), id));
    }
  }

  static std::string key(std::string_view kind, std::string_view value, std::string_view id) {
    std::string text;
    text.reserve(kind.size() + value.size() + id.size() + 2);
    return text.append(kind).append(1, '\0').append(value).append(1, '\0').append(id);
  }

  void check_keys() {
    std::string kind, value, id;
    soci::statement rows =
        (sql_.prepare << "SELECT kind, value, case_id FROM ledger_case_keys", soci::into(kind), soci::into(value), soci::into(id));
    rows.execute();
    std::vector<std::string> strange;
    while (rows.fetch())
      if (keys_.erase(key(kind, value, id)) == 0) strange.push_back(key(kind, value, id));
    std::sort(strange.begin(), strange.end());
    for (const std::string& one : strange) {
      const auto [what, which] = shown(one);
      found("检索项 " + what + " 与案件 " + which + " 不符", "the key " + what + " is none of the case " + which);
    }
    std::vector<std::string> missing(keys_.begin(), keys_.end());
    std::sort(missing.begin(), missing.end());
    for (const std::string& one : missing) {
      const auto [what, which] = shown(one);
      found("案件 " + which + " 缺少检索项 " + what, "the case " + which + " lacks its key " + what);
    }
  }

  /// Kind and value; case.
  static std::pair<std::string, std::string> shown(std::string one) {
    const std::size_t second = one.rfind('\0');
    std::replace(one.begin(), one.end(), '\0', ' ');
    return {one.substr(0, second), one.substr(second + 1)};
  }

  soci::session& sql_;
  ledger::Verified* result_ = nullptr;
  std::map<std::int64_t, RunRecord> runs_;
  std::unordered_map<std::string, std::string> bodies_;
  std::unordered_set<std::string> keys_;
  std::string_view listings_;
};

}  // namespace

ledger::Verified Book::verify(const std::optional<ledger::Head>& expected) {
  TableCheck tables(store_.database().sql());
  return ledger::verify(
      store_, expected, [&](const Event& event) { tables.next(event); }, [&](ledger::Verified& result) { tables.finish(result); });
}

}  // namespace fairprice::cases
