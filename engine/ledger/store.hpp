#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ledger/event.hpp"

/// The ledger as it lies in a database: events that are only ever added, and blobs that they name.
namespace fairprice::ledger {

enum class Access : int;
class Database;

/// An event's row as it stands, whether it is right or not.
struct StoredEvent {
  std::int64_t seq = 0;
  std::string hash;
  std::string subject;  ///< for the index
  std::string text;
};

class Store {
 public:
  /// What a change of the ledger may do, inside one transaction: all of it is kept, or nothing.
  class Change {
   public:
    /// Adds an event: `seq` and `previous` are filled in, and a `time` that is empty or before the last event's becomes received_at, or the last event's when that
    /// is later. Returns it as written. Throws FatalError when a time is given that lies before the last event's.
    Event append(Event event);
    /// Keeps bytes under their SHA-256, which is returned; kept once however often.
    std::string keep(std::string_view bytes);
    /// An event of another ledger as it stands: import. Throws FatalError when it does not follow the last one.
    void append_line(std::string_view line);
    void keep_packed(const std::string& sha256, std::string_view text);
    const Head& head() const { return head_; }
    const std::string& last_time() const { return last_time_; }
    Database& database() { return database_; }
    /// Sends what was added to the database; it is read there only afterwards. Done at the end of a change without being asked.
    void flush();

   private:
    friend class Store;
    Change(Database& database, Head head, std::string last_time);
    void add(const Event& event, std::string line);
    Database& database_;
    Head head_;
    std::string last_time_;
    std::vector<std::string> rows_;  // of events that are not sent yet: they go together
  };

  /// Opens the ledger; with Access::write makes what is not there yet, and brings an older schema up to date. Throws FatalError: not there, no rights, a newer
  /// schema than this program knows, no ledger at all.
  Store(const std::string& address, Access access);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  const std::string& shown() const;
  Database& database() { return *database_; }

  void change(const std::function<void(Change&)>& work);
  /// Runs `work` on one state of the ledger.
  void read(const std::function<void()>& work);

  Head head();
  /// The events after `after` in their order, until `each` returns false.
  void events(std::int64_t after, const std::function<bool(const StoredEvent&)>& each);
  std::optional<StoredEvent> event(std::int64_t seq);
  /// Bytes by their SHA-256; nothing when there are none. Throws FatalError when what lies there is something else.
  std::optional<std::string> blob(const std::string& sha256);
  /// All blobs by SHA-256 as they lie there.
  void blobs(const std::function<void(const std::string& sha256, const std::string& text)>& each);

 private:
  std::unique_ptr<Database> database_;
};

}  // namespace fairprice::ledger
