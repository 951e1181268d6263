#include <algorithm>
#include <charconv>
#include <set>
#include <unordered_map>

#include "engine/cases/book.hpp"
#include "engine/ledger/canonical_text.hpp"
#include "engine/ledger/database.hpp"

namespace fairprice::cases {

using ledger::Event;
using ledger::text_of;

namespace {

/// What stands in the tables, held against what the events come to. Bodies are looked at as text: there are hundreds of thousands.
class TableCheck {
 public:
  explicit TableCheck(soci::session& sql) : sql_(sql) { cases_.reserve(std::size_t{1} << 16); }

  void next(const ledger::EventLook& event) {
    if (event.type == kRunEvent) {
      Event run;
      run.seq = event.seq;
      run.data = event.data;
      runs_[event.seq] = run_of(run);
    }
    if (!event.type.starts_with(kCaseEvent)) return;
    std::string& body = cases_[event.subject].body;
    patched_.clear();
    ledger::append_patched(patched_, body.empty() ? "{}" : body, event.set.empty() ? "{}" : event.set);
    body.assign(patched_);
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
      const auto expected = cases_.find(id);
      if (expected != cases_.end()) expected->second.there = true;
      if (expected != cases_.end() && expected->second.body == body &&
          columns_of(body) == Columns{id, party, product, state, deadline, money}) {
        expected->second.take_listings(listings_, listings_.empty() ? 0 : static_cast<std::size_t>(listings_.data() - body.data()));
        expected->second.keys = keys_in(listings_);
      } else {
        found("案件 " + id + " 与事件不符", "the case " + id + " is not what its events say");
      }
    }
    std::vector<std::string> missing;
    for (const auto& [one, expected] : cases_)
      if (!expected.there) missing.push_back(one);
    std::sort(missing.begin(), missing.end());
    for (const std::string& one : missing) found("缺少案件 " + one, "the case " + one + " is missing");
  }

  struct Columns {
    std::string id, party, product, state, deadline;
    long long fen_at_risk = 0;
    bool operator==(const Columns&) const = default;
  };

  /// What the columns beside a body should be; keeps its listings for keys_in().
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

  static int keys_in(std::string_view listings) {
    if (listings.empty()) return 0;
    int count = 0;
    std::vector<std::string> suppliers;
    ledger::MemberReader reader(listings);
    for (ledger::TextMember listing; reader.next(listing); ++count)
      if (listing.value.starts_with('{')) suppliers.push_back(text_of(listing.value, "supplier"));
    std::sort(suppliers.begin(), suppliers.end());
    return count + static_cast<int>(std::unique(suppliers.begin(), suppliers.end()) - suppliers.begin());
  }

  static bool has_key(std::string_view listings, const std::string& kind, const std::string& value) {
    if (listings.empty()) return false;
    ledger::MemberReader reader(listings);
    for (ledger::TextMember listing; reader.next(listing);) {
      if (kind == "listing" && ledger::unescaped(listing.name) == value) return true;
      if (kind == "supplier" && listing.value.starts_with('{') && text_of(listing.value, "supplier") == value) return true;
    }
    return false;
  }

  void check_keys() {
    std::string kind, value, id;
    soci::statement rows =
        (sql_.prepare << "SELECT kind, value, case_id FROM ledger_case_keys", soci::into(kind), soci::into(value), soci::into(id));
    rows.execute();
    std::set<std::string> strange;
    while (rows.fetch()) {
      const auto one = cases_.find(id);
      if (one != cases_.end() && has_key(one->second.listings(), kind, value))
        --one->second.keys;
      else
        strange.insert(kind + " " + value + " / " + id);
    }
    for (const std::string& one : strange) found("检索项 " + one + " 不属于该案件", "the key " + one + " is none of the case");
    std::set<std::string> incomplete;
    for (const auto& [one, expected] : cases_)
      if (expected.there && expected.keys > 0) incomplete.insert(one);
    for (const std::string& one : incomplete)
      found("案件 " + one + " 缺少 " + std::to_string(cases_.at(one).keys) + " 个检索项",
            "the case " + one + " lacks " + std::to_string(cases_.at(one).keys) + " of its keys");
  }

  struct Expected {
    std::string body;
    int keys = 0;        // that are still to be found
    bool there = false;  // its row was read
    std::uint32_t listings_at = 0, listings_size = 0;

    void take_listings(std::string_view listings, std::size_t at) {
      listings_at = static_cast<std::uint32_t>(at);
      listings_size = static_cast<std::uint32_t>(listings.size());
    }
    std::string_view listings() const { return std::string_view(body).substr(listings_at, listings_size); }
  };
  soci::session& sql_;
  ledger::Verified* result_ = nullptr;
  std::map<std::int64_t, RunRecord> runs_;
  std::unordered_map<std::string, Expected> cases_;
  std::string patched_;
  std::string_view listings_;
};

}  // namespace

ledger::Verified Book::verify(const std::optional<ledger::Head>& expected, const std::function<void(const ledger::EventLook&)>& each) {
  TableCheck tables(store_.database().sql());
  return ledger::verify(
      store_, expected,
      [&](const ledger::EventLook& event) {
        tables.next(event);
        if (each) each(event);
      },
      [&](ledger::Verified& result) { tables.finish(result); });
}

}  // namespace fairprice::cases
