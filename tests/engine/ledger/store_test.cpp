#include "engine/ledger/store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <thread>

#include "engine/base/problem.hpp"
#include "engine/ledger/sha256.hpp"
#include "engine/ledger/transfer.hpp"
#include "engine/ledger/verify.hpp"
#include "tests/support/any_ledger.hpp"
#include "tests/support/temporary_folder.hpp"

namespace fairprice::ledger {
namespace {

using testing::HasSubstr;
using testing_support::fill_ledger;
using testing_support::LedgerPlace;
using testing_support::TemporaryFolder;

std::string exported(Store& store, bool with_blobs = true) {
  std::string text;
  export_ledger(store, with_blobs, [&](std::string_view part) { text += part; });
  return text;
}

Head head_of(Store& store) {
  Head head;
  store.read([&] { head = store.head(); });
  return head;
}

template <class Work>
std::string refusal(Work work) {
  try {
    work();
  } catch (const FatalError& error) {
    return error.what();
  }
  return "";
}

/// With `true` on the test server.
class LedgerStore : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (GetParam() && testing_support::test_server().empty()) GTEST_SKIP() << "no server: run with tests/ledger/with_postgresql.py";
    place_ = std::make_unique<LedgerPlace>(GetParam());
    other_ = std::make_unique<LedgerPlace>(GetParam());
  }
  std::string address() const { return place_->address(); }
  std::string other_address() const { return other_->address(); }

 private:
  std::unique_ptr<LedgerPlace> place_, other_;
};
INSTANTIATE_TEST_SUITE_P(Databases, LedgerStore, testing::Bool(),
                         [](const auto& parameter) { return parameter.param ? "PostgreSql" : "Sqlite"; });

TEST_P(LedgerStore, AddsEventsAndKeepsThem) {
  const std::string path = address();
  std::string text;
  {
    Store store(path, Access::write);
    EXPECT_EQ(head_of(store), Head{});
    fill_ledger(store, 20);
    text = exported(store);
  }
  Store store(path, Access::read);
  EXPECT_EQ(exported(store), text);
  EXPECT_EQ(head_of(store).count, 20);
  EXPECT_TRUE(verify(store, std::nullopt).ok());
  EXPECT_EQ(verify(store, std::nullopt).blobs, 2);
}

// As docs/ledger.md tells a third party to do it: each line's SHA-256 stands in the next line.
TEST_P(LedgerStore, ExportIsAChainOfDigests) {
  Store store(address(), Access::write);
  fill_ledger(store, 12);
  std::string previous(no_hash());
  std::istringstream lines(exported(store, false));
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    EXPECT_THAT(line, HasSubstr("\"previous\":\"" + previous + "\""));
    previous = sha256_hex(line);
  }
  EXPECT_EQ(count, 12);
  EXPECT_EQ(head_of(store).hash, previous);
}

TEST_P(LedgerStore, WhatThrowsIsNotKept) {
  Store store(address(), Access::write);
  fill_ledger(store, 3);
  const std::string before = exported(store);
  EXPECT_THROW(store.change([&](Store::Change& change) {
    Event event;
    event.received_at = "2024-01-01T00:00:00+08:00";
    change.append(event);
    change.keep("bytes");
    throw std::runtime_error("the light went out");
  }),
               std::runtime_error);
  EXPECT_EQ(exported(store), before);
}

TEST_P(LedgerStore, TimeOnlyGoesOn) {
  Store store(address(), Access::write);
  store.change([&](Store::Change& change) {
    Event event;
    event.received_at = "2023-12-05T00:00:00+08:00";
    change.append(event);
    event.received_at = "2023-12-04T00:00:00+08:00";  // the machine's clock was set back
    EXPECT_EQ(change.append(event).time, "2023-12-05T00:00:00+08:00");
    event.time = "2023-12-04T23:00:00+08:00";
    EXPECT_THAT(refusal([&] { change.append(event); }), HasSubstr("time in a ledger only goes on"));
  });
  EXPECT_EQ(head_of(store).count, 2);
}

TEST(LedgerFile, SaysWhatIsWrongWithAPlace) {
  const TemporaryFolder folder;
  EXPECT_THAT(refusal([&] { Store(folder.path_of("nothing.db"), Access::read); }), HasSubstr("there is no such ledger"));
  EXPECT_FALSE(std::filesystem::exists(folder.path_of("nothing.db")));
  EXPECT_THAT(refusal([&] { Store(folder.path(), Access::write); }), HasSubstr("is a folder"));
  folder.write("text.db", std::string(5000, 'x'));
  EXPECT_THAT(refusal([&] { Store(folder.path_of("text.db"), Access::write); }), HasSubstr("not a database"));
  folder.write("empty.db", "");
  EXPECT_THAT(refusal([&] { Store(folder.path_of("empty.db"), Access::read); }), HasSubstr("there is no ledger"));
  {
    Store store(folder.path_of("new.db"), Access::write);
    store.database().sql() << "UPDATE ledger_meta SET value = '99' WHERE name = 'schema'";
  }
  EXPECT_THAT(refusal([&] { Store(folder.path_of("new.db"), Access::write); }), HasSubstr("newer than"));
  {
    Store store(folder.path_of("other.db"), Access::write);
    store.database().sql() << "UPDATE ledger_meta SET value = 'diary' WHERE name = 'format'";
  }
  EXPECT_THAT(refusal([&] { Store(folder.path_of("other.db"), Access::write); }), HasSubstr("no ledger of fairprice"));
}

TEST_P(LedgerStore, OpenedForReadingChangesNothing) {
  { Store store(address(), Access::write); }
  Store store(address(), Access::read);
  EXPECT_NE(refusal([&] { fill_ledger(store, 1); }), "");
  EXPECT_EQ(head_of(store).count, 0);
}

// One writer at a time: the second finds what the first wrote, or waits for it.
TEST_P(LedgerStore, WritersAreServedOneAfterAnother) {
  { Store make(address(), Access::write); }
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 4; ++writer)
    writers.emplace_back([this] {
      Store store(address(), Access::write);
      for (int i = 0; i < 10; ++i) fill_ledger(store, 3);
    });
  for (std::thread& writer : writers) writer.join();
  Store store(address(), Access::read);
  const Verified verified = verify(store, std::nullopt);
  EXPECT_TRUE(verified.ok());
  EXPECT_EQ(verified.head.count, 120);
}

TEST_P(LedgerStore, GoesOnBehindNoDamagedEvent) {
  Store store(address(), Access::write);
  fill_ledger(store, 3);
  store.database().sql() << "UPDATE ledger_events SET body = replace(body, 'tester', 'nobody') WHERE seq = 3";
  EXPECT_THAT(refusal([&] { fill_ledger(store, 1); }), HasSubstr("last event (3) is damaged"));
}

TEST_P(LedgerStore, GivesTheSameLedgerAgain) {
  Store store(address(), Access::write);
  fill_ledger(store, 60);
  const std::string text = exported(store);
  Store other(other_address(), Access::write);
  EXPECT_EQ(import_ledger(other, text, "a.jsonl").events, 60);
  EXPECT_EQ(exported(other), text);
  EXPECT_EQ(head_of(other), head_of(store));
  EXPECT_TRUE(verify(other, head_of(store)).ok());
}

// Who was killed while importing, and cannot know whether it was done, imports again.
TEST_P(LedgerStore, ImportingTheSameAgainChangesNothing) {
  Store store(address(), Access::write);
  fill_ledger(store, 60);
  const std::string text = exported(store);
  Store other(other_address(), Access::write);
  EXPECT_FALSE(import_ledger(other, text, "a.jsonl").same);
  EXPECT_TRUE(import_ledger(other, text, "a.jsonl").same);
  EXPECT_EQ(exported(other), text);
  fill_ledger(store, 1);
  EXPECT_THAT(refusal([&] { import_ledger(other, exported(store), "a.jsonl"); }), HasSubstr("is not empty"));
  EXPECT_THAT(refusal([&] { import_ledger(store, text, "a.jsonl"); }), HasSubstr("is not empty"));
}

TEST_P(LedgerStore, ImportsNothingThatIsNotWhole) {
  Store store(address(), Access::write);
  fill_ledger(store, 20);
  const std::string text = exported(store);
  Store other(other_address(), Access::write);
  EXPECT_THAT(refusal([&] { import_ledger(other, exported(store, false), "a.jsonl"); }), HasSubstr("is missing"));
  const std::size_t second = text.find('\n') + 1;
  EXPECT_THAT(refusal([&] { import_ledger(other, text.substr(second), "a.jsonl"); }), HasSubstr("a.jsonl:1: event 1 does not follow"));
  std::string damaged = text;
  damaged[damaged.find("\"packed\":\"") + 30] ^= 1;
  EXPECT_NE(refusal([&] { import_ledger(other, damaged, "a.jsonl"); }), "");
  EXPECT_EQ(head_of(other).count, 0);
}

}  // namespace
}  // namespace fairprice::ledger
