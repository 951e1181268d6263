#include "engine/ledger/store.hpp"

#include <stdexcept>

#include "engine/base/problem.hpp"
#include "engine/ledger/blob.hpp"
#include "engine/ledger/canonical_text.hpp"
#include "engine/ledger/database.hpp"
#include "engine/ledger/schema.hpp"
#include "engine/ledger/sha256.hpp"

namespace fairprice::ledger {

namespace {

constexpr int kAtOnce = 5000;  // events of one query: a server sends all of a result at a time

StoredEvent last_of(Database& database) {
  StoredEvent last;
  database.sql() << "SELECT seq, hash, body FROM ledger_events ORDER BY seq DESC LIMIT 1", soci::into(last.seq), soci::into(last.hash),
      soci::into(last.text);
  return last;
}

}  // namespace

Store::Change::Change(Database& database, Head head, std::string last_time)
    : database_(database), head_(std::move(head)), last_time_(std::move(last_time)) {}

Event Store::Change::append(Event event) {
  if (event.time.empty()) event.time = std::max(event.received_at, last_time_);
  if (event.time < last_time_)
    throw FatalError(
        "时间 " + event.time + " 早于台账最后一个事件的时间 " + last_time_ + "；台账的时间只能向前",
        "the time " + event.time + " is before " + last_time_ + ", that of the ledger's last event: time in a ledger only goes on");
  event.seq = head_.count + 1;
  event.previous = head_.hash;
  std::string line = event_text(event);
  if (!event.data.starts_with('{') || !is_canonical(line))
    throw std::logic_error("an event that is not written as one: " + line.substr(0, 200));
  add(event, std::move(line));
  return event;
}

void Store::Change::add(const Event& event, std::string line) {
  head_ = {event.seq, sha256_hex(line)};
  last_time_ = event.time;
  rows_.insert(rows_.end(), {std::to_string(event.seq), head_.hash, event.subject, std::move(line)});
  if (rows_.size() >= std::size_t{4} * kAtOnce) flush();
}

void Store::Change::append_line(std::string_view line) {
  const auto event = parse_event(line);
  const std::string number = std::to_string(head_.count + 1);
  if (!event) throw FatalError("第 " + number + " 个事件不是台账的事件", "event " + number + " is no event of a ledger");
  if (event->seq != head_.count + 1 || event->previous != head_.hash)
    throw FatalError("第 " + number + " 个事件接不上前一个：应为 " + head_.hash + "，实为 " + event->previous,
                     "event " + number + " does not follow the one before: expected " + head_.hash + ", found " + event->previous);
  if (event->time < last_time_)
    throw FatalError("第 " + number + " 个事件的时间 " + event->time + " 早于前一个的 " + last_time_,
                     "event " + number + " is of " + event->time + ", before " + last_time_ + " of the one before it");
  add(*event, std::string(line));
}

void Store::Change::flush() {
  database_.insert("ledger_events (seq, hash, subject, body)", 4, rows_);
  rows_.clear();
}

std::string Store::Change::keep(std::string_view bytes) {
  std::string sha256 = sha256_hex(bytes);
  keep_packed(sha256, packed(bytes));
  return sha256;
}

void Store::Change::keep_packed(const std::string& sha256, std::string_view text) {
  int there = 0;
  database_.sql() << "SELECT count(*) FROM ledger_blobs WHERE sha256 = :sha256", soci::use(sha256), soci::into(there);
  if (there > 0) return;
  const std::string value(text);
  database_.sql() << "INSERT INTO ledger_blobs (sha256, packed) VALUES (:sha256, :packed)", soci::use(sha256), soci::use(value);
}

Store::Store(const std::string& address, Access access) : database_(std::make_unique<Database>(address, access)) {
  if (access == Access::write)
    prepare_schema(*database_);
  else
    check_schema(*database_);
}

Store::~Store() = default;

const std::string& Store::shown() const { return database_->shown(); }

void Store::change(const std::function<void(Change&)>& work) {
  database_->transaction([&] {
    const StoredEvent last = last_of(*database_);
    std::string time;
    if (last.seq > 0) {
      const auto event = parse_event(last.text);
      if (!event || event->seq != last.seq || sha256_hex(last.text) != last.hash)
        throw FatalError(
            shown() + "：台账的最后一个事件（" + std::to_string(last.seq) + "）已损坏；请用 fairprice ledger verify 检查，没有写入任何内容",
            shown() + ": the ledger's last event (" + std::to_string(last.seq) +
                ") is damaged: see fairprice ledger verify; nothing was written");
      time = event->time;
    }
    Change change(*database_, last.seq == 0 ? Head{} : Head{last.seq, last.hash}, std::move(time));
    work(change);
    change.flush();
  });
}

void Store::read(const std::function<void()>& work) { database_->reading(work); }

Head Store::head() {
  const StoredEvent last = last_of(*database_);
  return last.seq == 0 ? Head{} : Head{last.seq, last.hash};
}

void Store::events(std::int64_t after, const std::function<bool(const StoredEvent&)>& each) {
  for (;;) {
    StoredEvent row;
    int count = 0;
    const int most = kAtOnce;
    soci::statement rows =
        (database_->sql().prepare << "SELECT seq, hash, subject, body FROM ledger_events WHERE seq > :after ORDER BY seq LIMIT :most",
         soci::use(after), soci::use(most), soci::into(row.seq), soci::into(row.hash), soci::into(row.subject), soci::into(row.text));
    rows.execute();
    std::int64_t last = after;
    while (rows.fetch()) {
      last = row.seq;
      ++count;
      if (!each(row)) return;
    }
    after = last;
    if (count < kAtOnce) return;
  }
}

std::optional<StoredEvent> Store::event(std::int64_t seq) {
  StoredEvent row;
  database_->sql() << "SELECT seq, hash, body FROM ledger_events WHERE seq = :seq", soci::use(seq), soci::into(row.seq),
      soci::into(row.hash), soci::into(row.text);
  if (!database_->sql().got_data()) return std::nullopt;
  return row;
}

std::optional<std::string> Store::blob(const std::string& sha256) {
  std::string text;
  database_->sql() << "SELECT packed FROM ledger_blobs WHERE sha256 = :sha256", soci::use(sha256), soci::into(text);
  if (!database_->sql().got_data()) return std::nullopt;
  auto bytes = unpacked(text);
  if (!bytes || sha256_hex(*bytes) != sha256)
    throw FatalError(shown() + "：台账中的数据 " + sha256 + " 已损坏", shown() + ": what the ledger keeps as " + sha256 + " is damaged");
  return bytes;
}

void Store::blobs(const std::function<void(const std::string&, const std::string&)>& each) {
  std::vector<std::string> names;
  std::string name;
  soci::statement rows = (database_->sql().prepare << "SELECT sha256 FROM ledger_blobs ORDER BY sha256", soci::into(name));
  rows.execute();
  while (rows.fetch()) names.push_back(name);
  for (const std::string& one : names) {
    std::string text;
    database_->sql() << "SELECT packed FROM ledger_blobs WHERE sha256 = :sha256", soci::use(one), soci::into(text);
    each(one, text);
  }
}

}  // namespace fairprice::ledger
