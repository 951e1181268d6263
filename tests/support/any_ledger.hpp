#pragma once

#include <unistd.h>

#include <cstdlib>
#include <string>

#include "engine/ledger/database.hpp"
#include "engine/ledger/store.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fairprice::testing_support {

/// The server that tests/ledger/with_postgresql.py started; empty without one.
inline std::string test_server() {
  const char* address = std::getenv("FAIRPRICE_TEST_POSTGRESQL");
  return address == nullptr ? "" : address;
}

/// A place for a ledger of one test: a file, or a schema of the test server; gone when the test ends.
class LedgerPlace {
 public:
  explicit LedgerPlace(bool server) : server_(server) {
    if (!server) return;
    static int made = 0;
    schema_ = "test_" + std::to_string(::getpid()) + "_" + std::to_string(++made);
    ledger::Database database(test_server(), ledger::Access::write);
    database.sql() << "CREATE SCHEMA " + schema_;
  }
  LedgerPlace(const LedgerPlace&) = delete;
  LedgerPlace& operator=(const LedgerPlace&) = delete;
  ~LedgerPlace() {
    if (!server_) return;
    ledger::Database database(test_server(), ledger::Access::write);
    database.sql() << "DROP SCHEMA " + schema_ + " CASCADE";
  }

  std::string address() const {
    if (!server_) return folder_.path_of("台账 1.db");
    return test_server() + "&options=-csearch_path%3D" + schema_;
  }

 private:
  bool server_;
  std::string schema_;
  TemporaryFolder folder_;
};

/// `count` events of a made-up case, some with a blob.
inline void fill_ledger(ledger::Store& store, int count) {
  store.change([&](ledger::Store::Change& change) {
    for (int i = 0; i < count; ++i) {
      ledger::Event event;
      event.received_at = "2023-12-01T09:" + std::to_string(10 + i / 60 % 50) + ":" + std::to_string(10 + i % 50) + "+08:00";
      event.actor = "tester";
      event.type = "note";
      event.subject = "case " + std::to_string(i % 7);
      event.reason = "第 " + std::to_string(i) + " 条 'quoted' :name \\";
      if (i % 5 == 3) {
        const std::string sha256 = change.keep("bytes of " + std::to_string(i / 10));
        event.data = R"({"blobs":{"what":")" + sha256 + "\"}}";
      }
      change.append(std::move(event));
    }
  });
}

}  // namespace fairprice::testing_support
