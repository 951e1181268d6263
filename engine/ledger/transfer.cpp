#include "engine/ledger/transfer.hpp"

#include <rapidjson/document.h>

#include <algorithm>
#include <set>

#include "engine/base/problem.hpp"
#include "engine/ledger/blob.hpp"
#include "engine/ledger/canonical.hpp"
#include "engine/ledger/sha256.hpp"
#include "engine/ledger/verify.hpp"

namespace fairprice::ledger {

namespace {

constexpr std::size_t kAtOnce = std::size_t{1} << 20;
constexpr std::string_view kBlob = R"({"blob":")";

[[noreturn]] void refuse(const std::string& name, std::size_t line, const std::string& zh, const std::string& en) {
  const std::string place = name + ":" + std::to_string(line);
  throw FatalError(place + "：" + zh + "；没有写入任何内容", place + ": " + en + "; nothing was written");
}

/// Whether the last line of an export is the last event of a ledger, and so are all before it, since each names the one before.
bool ends_with(std::string_view text, const Head& head) {
  Head last;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with(kBlob)) continue;
    ++last.count;
    last.hash = line;
  }
  return last.count == head.count && sha256_hex(last.hash) == head.hash;
}

}  // namespace

void export_ledger(Store& store, bool with_blobs, const std::function<void(std::string_view)>& write) {
  store.read([&] {
    std::string text;
    ChainCheck chain;  // for the blobs that it collects
    std::size_t blobs_before = 0;
    std::vector<std::string> wanted;
    std::set<std::string> written;
    // Blobs are fetched between two queries of events.
    for (std::int64_t after = 0;;) {
      const std::int64_t begun = after;
      wanted.clear();
      store.events(after, [&](const StoredEvent& row) {
        text += row.text;
        text += '\n';
        after = row.seq;
        if (with_blobs) {
          chain.next(row.seq, {}, row.text);
          wanted.assign(chain.blobs().begin() + static_cast<std::ptrdiff_t>(blobs_before), chain.blobs().end());
          blobs_before = chain.blobs().size();
        }
        if (text.size() >= kAtOnce) write(text), text.clear();
        return wanted.empty();
      });
      for (const std::string& sha256 : wanted) {
        if (!written.insert(sha256).second) continue;
        const auto bytes = store.blob(sha256);
        if (!bytes) throw FatalError("台账缺少数据 " + sha256, "the ledger lacks the data " + sha256);
        text += std::string(kBlob) + sha256 + R"(","packed":")" + packed(*bytes) + "\"}\n";
        if (text.size() >= kAtOnce) write(text), text.clear();
      }
      if (after == begun || wanted.empty()) break;
    }
    write(text);
  });
}

Imported import_ledger(Store& store, std::string_view text, const std::string& name, const std::function<void(Store::Change&)>& then) {
  Imported imported;
  store.change([&](Store::Change& change) {
    imported.same = change.head().count > 0 && ends_with(text, change.head());
    imported.events = change.head().count;
    if (imported.same) return;
    if (change.head().count > 0)
      throw FatalError(store.shown() + "：台账不是空的，只能导入到新的台账",
                       store.shown() + ": the ledger is not empty: import into a new one");
    ChainCheck chain;
    std::set<std::string> came;
    std::size_t number = 0;
    while (!text.empty()) {
      ++number;
      const std::size_t end = text.find('\n');
      std::string_view line = text.substr(0, end);
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.empty()) continue;
      if (line.starts_with(kBlob)) {
        rapidjson::Document blob;
        blob.Parse(line.data(), line.size());
        if (blob.HasParseError() || !blob.HasMember("packed") || !blob["packed"].IsString() || !blob["blob"].IsString())
          refuse(name, number, "不是数据行", "is no line of data");
        const std::string sha256 = blob["blob"].GetString();
        const std::string packed_text = blob["packed"].GetString();
        const auto bytes = unpacked(packed_text);
        if (!bytes || sha256_hex(*bytes) != sha256)
          refuse(name, number, "数据 " + sha256 + " 已损坏", "the data " + sha256 + " is damaged");
        change.keep_packed(sha256, packed_text);
        came.insert(sha256);
        continue;
      }
      try {
        change.append_line(line);
      } catch (const FatalError& error) {
        refuse(name, number, error.message(Language::zh), error.message(Language::en));
      }
      chain.next(change.head().count, {}, line);
    }
    for (const std::string& sha256 : chain.blobs())
      if (!came.contains(sha256))
        refuse(name, number, "缺少事件所提到的数据 " + sha256 + "；请用 fairprice ledger export --blobs 导出",
               "the data " + sha256 + " that an event names is missing: export with fairprice ledger export --blobs");
    imported.events = change.head().count;
    change.flush();
    if (then) then(change);
  });
  return imported;
}

}  // namespace fairprice::ledger
