#include "engine/ledger/verify.hpp"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <xxhash.h>

#include <algorithm>
#include <future>

#include "engine/ledger/blob.hpp"
#include "engine/ledger/database.hpp"
#include "engine/ledger/read_ahead.hpp"
#include "engine/ledger/sha256.hpp"

namespace fairprice::ledger {

namespace {

/// The member `blobs` of an event's data: an object, name -> SHA-256.
void collect_blobs(const EventLook& event, std::vector<std::string>& to) {
  if (event.data.find("\"blobs\":{") == std::string::npos) return;
  rapidjson::Document data;
  data.Parse(event.data.data(), event.data.size());
  if (data.HasParseError() || !data.IsObject() || !data.HasMember("blobs") || !data["blobs"].IsObject()) return;
  const rapidjson::Value& blobs = data["blobs"];
  for (auto blob = blobs.MemberBegin(); blob < blobs.MemberEnd(); ++blob)  // clang 14 finds != ambiguous
    if (blob->value.IsString()) to.emplace_back(blob->value.GetString(), blob->value.GetStringLength());
}

}  // namespace

namespace {

/// Subjects and numbers of events, whatever their order: two sums that agree are of the same events. Another ledger has another seed. This guards the index against accidents;
/// events prove themselves by their chain.
class SubjectSum {
 public:
  explicit SubjectSum(std::uint64_t seed) : seed_(seed) {}
  void add(std::string_view subject, std::int64_t seq) {
    const XXH128_hash_t hash =
        XXH3_128bits_withSeed(subject.data(), subject.size(), seed_ + static_cast<std::uint64_t>(seq) * 0x9E3779B97F4A7C15U);
    low_ += hash.low64;
    high_ += hash.high64;
  }
  bool operator==(const SubjectSum&) const = default;

 private:
  std::uint64_t seed_, low_ = 0, high_ = 0;
};

/// What SQLite's file says of itself. It is gone through by SQLite's own check, which would look for the entry of each event in the index of subjects; the index is
/// read as it lies, instead, and must hold in its order what the rows hold.
struct FileCheck {
  std::string damage;
  SubjectSum subjects;
};

FileCheck check_file(Database& database, std::uint64_t seed) {
  FileCheck check{database.damage("ledger_events"), SubjectSum(seed)};
  std::string subject, before;
  long long seq = 0, seq_before = 0;
  soci::statement rows =
      (database.sql().prepare << "SELECT subject, seq FROM ledger_events INDEXED BY ledger_events_subject ORDER BY subject, seq",
       soci::into(subject), soci::into(seq));
  rows.execute();
  for (bool first = true; rows.fetch(); first = false) {
    const int order = first ? 1 : subject.compare(before);
    if ((order < 0 || (order == 0 && seq <= seq_before)) && check.damage.empty())
      check.damage = "ledger_events_subject: out of order at " + subject;
    if (order != 0) before = subject;
    seq_before = seq;
    check.subjects.add(subject, seq);
  }
  return check;
}

/// The same on a thread of its own, over a connection of its own; nothing when that is not let in.
std::optional<FileCheck> check_beside(const std::string& file, std::uint64_t seed) {
  try {
    Database database(file, Access::read);
    return check_file(database, seed);
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace

void ChainCheck::found(std::int64_t seq, std::string zh, std::string en) {
  findings_.push_back({seq, fmt::format("第 {} 个事件：{}", seq, zh), fmt::format("event {}: {}", seq, en)});
}

void ChainCheck::missing(std::int64_t before) {
  const std::int64_t first = head_.count + 1;
  const std::int64_t last = before - 1;
  if (first == last)
    found(first, "缺失", "is missing");
  else
    findings_.push_back(
        {first, fmt::format("第 {} 至 {} 个事件：缺失", first, last), fmt::format("events {} to {}: are missing", first, last)});
}

void ChainCheck::next(std::int64_t seq, std::string_view hash, std::string_view line) {
  EventLook event;
  const bool is_event = look_at_event(line, event);
  next(seq, hash, sha256_hex(line), is_event ? &event : nullptr);
}

void ChainCheck::next(std::int64_t seq, std::string_view hash, const std::string& sum, const EventLook* event) {
  const bool gap = seq > head_.count + 1;
  if (gap) missing(seq);
  const bool changed = !hash.empty() && hash != sum;
  if (changed)
    found(seq, fmt::format("内容被改动：应为 {}，实为 {}", hash, sum),
          fmt::format("was changed: its hash should be {} and is {}", hash, sum));
  if (event == nullptr) {
    if (!changed) found(seq, "不是规范写法的事件", "is not written as an event is");
  } else {
    if (event->seq != seq)
      found(seq, fmt::format("此处的事件自称第 {} 个", event->seq), fmt::format("what stands here calls itself event {}", event->seq));
    // What follows a changed or missing event cannot fit: it was told already.
    if (event->previous != head_.hash && !gap && !last_is_bad_)
      found(seq, fmt::format("接不上第 {} 个：应为 {}，实为 {}", head_.count, head_.hash, event->previous),
            fmt::format("does not follow event {}: expected {}, found {}", head_.count, head_.hash, event->previous));
    if (event->time < last_time_)
      found(seq, fmt::format("时间 {} 早于前一个的 {}", event->time, last_time_),
            fmt::format("is of {}, before {} of the one before it", event->time, last_time_));
    last_time_ = event->time;
    collect_blobs(*event, blobs_);
  }
  last_is_bad_ = changed || event == nullptr;
  head_ = {seq, sum};
}

void ChainCheck::wrong_subject(std::string_view there, std::string_view expected) {
  found(head_.count, fmt::format("所列对象应为 {}，实为 {}", expected, there),
        fmt::format("is listed under {} and is about {}", there, expected));
}

std::optional<Finding> compare_head(const Head& expected, const Head& head, const std::string& hash_there) {
  if (head.count < expected.count)
    return Finding{expected.count, fmt::format("台账只有 {} 个事件，而公布过第 {} 个：末尾被截去", head.count, expected.count),
                   fmt::format("the ledger has {} events, and event {} was published: its end was cut off", head.count, expected.count)};
  if (hash_there != expected.hash)
    return Finding{expected.count, fmt::format("第 {} 个事件：公布过的是 {}，实为 {}", expected.count, expected.hash, hash_there),
                   fmt::format("event {}: {} was published, and {} is there", expected.count, expected.hash, hash_there)};
  return std::nullopt;
}

Verified verify(Store& store, const std::optional<Head>& expected, const std::function<void(const EventLook&)>& each,
                const std::function<void(Verified&)>& then) {
  Verified result;
  store.read([&] {
    const bool file = !store.database().is_postgresql();
    std::future<std::optional<FileCheck>> beside;
    const std::string head = store.head().hash;  // from here on nobody can write, and the other connection reads the same state
    const std::uint64_t seed = XXH3_64bits(head.data(), head.size());
    SubjectSum subjects(seed);
    if (file) beside = std::async(std::launch::async, check_beside, store.shown(), seed);
    ChainCheck chain;
    std::string hash_there(no_hash());
    read_digested(store, [&](const DigestedEvent& one) {
      chain.next(one.row.seq, one.row.hash, one.sum, one.is_event ? &one.look : nullptr);
      if (one.is_event && one.look.subject != one.row.subject) chain.wrong_subject(one.row.subject, one.look.subject);
      if (expected && one.row.seq == expected->count) hash_there = chain.head().hash;
      if (one.is_event && each) each(one.look);
      if (file) subjects.add(one.row.subject, one.row.seq);
    });
    result.head = chain.head();
    result.findings = chain.findings();
    if (file) {
      std::optional<FileCheck> check = beside.get();
      if (!check) check = check_file(store.database(), seed);
      if (check->damage.empty() && check->subjects != subjects) check->damage = "ledger_events_subject: is not of the events";
      if (!check->damage.empty())
        result.findings.push_back({0, "数据库文件损坏：" + check->damage, "the database file is damaged: " + check->damage});
    }
    if (expected)
      if (auto finding = compare_head(*expected, result.head, hash_there)) result.findings.push_back(std::move(*finding));
    std::vector<std::string> named = chain.blobs();
    std::sort(named.begin(), named.end());
    named.erase(std::unique(named.begin(), named.end()), named.end());
    std::vector<std::string> there;
    const auto found = [&](const std::string& sha256, const char* zh, const char* en) {
      result.findings.push_back({0, "数据 " + sha256 + zh, "data " + sha256 + en});
    };
    store.blobs([&](const std::string& sha256, const std::string& text) {
      ++result.blobs;
      there.push_back(sha256);
      const auto bytes = unpacked(text);
      if (!bytes || sha256_hex(*bytes) != sha256) found(sha256, "：内容被改动", ": was changed");
      if (!std::binary_search(named.begin(), named.end(), sha256)) found(sha256, "：没有事件提到它", ": no event names it");
    });
    std::sort(there.begin(), there.end());
    for (const std::string& sha256 : named)
      if (!std::binary_search(there.begin(), there.end(), sha256)) found(sha256, "：缺失", ": is missing");
    if (then) then(result);
  });
  return result;
}

}  // namespace fairprice::ledger
