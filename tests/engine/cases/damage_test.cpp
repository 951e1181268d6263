#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

#include "engine/base/problem.hpp"
#include "engine/cases/book.hpp"
#include "engine/ledger/database.hpp"
#include "engine/ledger/transfer.hpp"
#include "tests/support/temporary_folder.hpp"

/// Whatever somebody does to a ledger's file, its rows or an export of it: it is found, and where, or nothing that the ledger says has changed.
namespace fairprice::cases {
namespace {

using testing_support::TemporaryFolder;

constexpr int kCases = 90;
constexpr const char* kTables[] = {"ledger_events", "ledger_blobs", "ledger_runs", "ledger_cases", "ledger_case_keys"};

Case made_up(int number, int step) {
  Case one;
  one.id = "2023-11-0000" + std::to_string(number);
  one.party = "S" + std::to_string(number % 5);
  one.product = "惠普 M" + std::to_string(number);
  one.opened_in = "2023-11";
  one.opened_on = "2023-12-01";
  one.state = step < 2 ? rules::CaseState::opened : step == 2 ? rules::CaseState::awaiting_evidence : rules::CaseState::withdrawn;
  if (step == 2) one.deadline = "2023-12-08";
  one.fen_at_risk = 1000 * number + step;
  for (int i = 0; i <= number % 3; ++i) one.listings["L" + std::to_string(number) + "-" + std::to_string(i)].supplier = one.party;
  return one;
}

class DamagedLedger : public testing::Test {
 protected:
  DamagedLedger() {
    ledger::Store store(path(), ledger::Access::write);
    Book book(store);
    ledger::Event like;
    like.time = like.received_at = "2023-12-01T09:00:00+08:00";
    like.actor = "张三";
    book.change([&](ledger::Store::Change& change) {
      ledger::Event run = like;
      run.type = "run";
      run.subject = "2023-11";
      run.data = "{\"blobs\":{\"policy\":\"" + change.keep("a policy") + "\"},\"period\":\"2023-11\",\"revision\":1}";
      book.add(change, run);
      for (int step = 0; step < 4; ++step)
        for (int i = 0; i < kCases; ++i) {
          ledger::Event event = like;
          event.type = "case:step" + std::to_string(step);
          book.add_case_event(change, event, step == 0 ? std::nullopt : std::optional(made_up(i, step - 1)), made_up(i, step));
        }
    });
    store.read([&] { head_ = store.head(); });
    export_ = exported(store);
    dump_ = dump(store);
    std::ifstream input(path(), std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(input), {});
  }

  std::string path() const { return folder_.path_of("l.db"); }

  static std::string exported(ledger::Store& store) {
    std::string text;
    ledger::export_ledger(store, true, [&](std::string_view part) { text += part; });
    return text;
  }

  /// All that the tables hold.
  static std::string dump(ledger::Store& store) {
    std::string text;
    for (const char* table : kTables) {
      std::string row;
      std::vector<std::string> rows;
      const std::string columns =
          table == std::string("ledger_events")  ? "seq || '|' || hash || '|' || subject || '|' || body"
          : table == std::string("ledger_blobs") ? "sha256 || '|' || packed"
          : table == std::string("ledger_runs")  ? "period || '|' || revision || '|' || seq"
          : table == std::string("ledger_cases")
              ? "id || '|' || party || '|' || product || '|' || state || '|' || deadline || '|' || fen_at_risk || '|' || body"
              : "kind || '|' || value || '|' || case_id";
      soci::statement all = (store.database().sql().prepare << "SELECT " + columns + " FROM " + table, soci::into(row));
      all.execute();
      while (all.fetch()) rows.push_back(row);
      std::sort(rows.begin(), rows.end());
      for (const std::string& one : rows) text += one + "\n";
    }
    return text;
  }

  /// What verify says of the file `name`: its findings, or the refusal to read it.
  std::vector<ledger::Finding> findings(const std::string& name) {
    try {
      ledger::Store store(folder_.path_of(name), ledger::Access::read);
      return Book(store).verify(head_).findings;
    } catch (const FatalError& error) {
      return {{-1, error.message(Language::zh), error.message(Language::en)}};
    }
  }

  TemporaryFolder folder_;
  ledger::Head head_;
  std::string export_, dump_, bytes_;
};

TEST_F(DamagedLedger, AnyFlippedBitIsFoundOrIsInAnUnusedByte) {
  ASSERT_TRUE(findings("l.db").empty());
  std::mt19937 random(3);
  int found = 0, harmless = 0;
  for (int round = 0; round < 400; ++round) {
    std::string edited = bytes_;
    // The header and the list of tables are a small part of the file, and the one that everything rests on.
    const std::size_t place = random() % (round % 3 == 0 ? std::min<std::size_t>(4096, edited.size()) : edited.size());
    edited[place] = static_cast<char>(edited[place] ^ (1 << (random() % 8)));
    folder_.write("edited.db", edited);
    if (!findings("edited.db").empty()) {
      ++found;
      continue;
    }
    ++harmless;
    ledger::Store store(folder_.path_of("edited.db"), ledger::Access::read);
    ASSERT_EQ(exported(store), export_) << "byte " << place;
    ASSERT_EQ(dump(store), dump_) << "byte " << place;
  }
  EXPECT_GT(found, 100);
  EXPECT_GT(harmless, 20);
}

TEST_F(DamagedLedger, AnyEditOfARowIsFoundInEveryTable) {
  std::mt19937 random(4);
  const auto below = [&](int bound) { return static_cast<int>(random() % static_cast<unsigned>(bound)); };
  const std::map<std::string, std::vector<std::string>> columns = {
      {"ledger_events", {"hash", "subject", "body", "seq"}},
      {"ledger_blobs", {"sha256", "packed"}},
      {"ledger_runs", {"period", "revision", "seq"}},
      {"ledger_cases", {"id", "party", "product", "state", "deadline", "fen_at_risk", "body"}},
      {"ledger_case_keys", {"kind", "value", "case_id"}}};
  for (int round = 0; round < 250; ++round) {
    const std::string table = kTables[round % 5];
    folder_.write("edited.db", bytes_);
    std::string what;
    {
      ledger::Store store(folder_.path_of("edited.db"), ledger::Access::write);
      soci::session& sql = store.database().sql();
      sql << "PRAGMA synchronous=OFF";
      const std::vector<std::string>& names = columns.at(table);
      const std::string column = names[static_cast<std::size_t>(below(static_cast<int>(names.size())))];
      // Of the table of keys, which has no row numbers, all three columns are the key.
      const std::string key = table == "ledger_case_keys" ? "kind || value || case_id" : "rowid";
      const std::string row = key + " = (SELECT " + key + " FROM " + table + " ORDER BY 1 LIMIT 1 OFFSET " + std::to_string(below(1000)) +
                              " % (SELECT count(*) FROM " + table + "))";
      switch (below(3)) {
        case 0: what = "DELETE FROM " + table + " WHERE " + row; break;
        case 1: what = "UPDATE OR IGNORE " + table + " SET " + column + " = " + column + " || '0' WHERE " + row; break;
        default: {
          std::string list, values;
          for (const std::string& name : names) {
            list += (list.empty() ? "" : ", ") + name;
            values += (values.empty() ? "" : ", ") + (name == column ? name + " || '7'" : name);
          }
          // A copy of a row with another value in one column; where the copy needs a key of its own, nothing is put in.
          what = "INSERT OR IGNORE INTO " + table + " (" + list + ") SELECT " + values + " FROM " + table + " WHERE " + row;
        }
      }
      sql << what;
      if (dump(store) == dump_) continue;
    }
    ASSERT_FALSE(findings("edited.db").empty()) << what;
  }
}

TEST_F(DamagedLedger, TheFirstBrokenEventIsNamed) {
  std::mt19937 random(5);
  const int count = static_cast<int>(head_.count);
  for (int round = 0; round < 80; ++round) {
    const int one = 1 + static_cast<int>(random() % static_cast<unsigned>(count));
    const int other = 1 + static_cast<int>(random() % static_cast<unsigned>(count));
    const int first = std::min(one, other), second = std::max(one, other);
    folder_.write("edited.db", bytes_);
    std::string what;
    {
      ledger::Store store(folder_.path_of("edited.db"), ledger::Access::write);
      soci::session& sql = store.database().sql();
      sql << "PRAGMA synchronous=OFF";
      const std::string at = " WHERE seq = " + std::to_string(first);
      switch (round % 4) {
        case 0: what = "UPDATE ledger_events SET body = replace(body, '张三', '李四')" + at; break;
        case 1: what = "DELETE FROM ledger_events" + at; break;
        case 2: what = "UPDATE ledger_events SET hash = replace(hash, substr(hash, 1, 1), 'x')" + at; break;
        default:
          if (first == second) continue;
          what = "UPDATE ledger_events SET seq = " + std::to_string(first) + " WHERE seq = -1";
          sql << "UPDATE ledger_events SET seq = -1 WHERE seq = " + std::to_string(second);
          sql << "UPDATE ledger_events SET seq = " + std::to_string(second) + at;
      }
      sql << what;
    }
    const auto found = findings("edited.db");
    ASSERT_FALSE(found.empty()) << what;
    EXPECT_EQ(found.front().seq, first) << what << ": " << found.front().en;
    EXPECT_NE(found.front().en.find("event " + std::to_string(first)), std::string::npos) << found.front().en;
  }
}

// A bit of a line, a line taken out, doubled or moved: refused, at that line or the next; what is only cut at the end shows by the head that was published.
TEST_F(DamagedLedger, AnyEditOfAnExportIsRefusedOrShownByTheHead) {
  std::mt19937 random(6);
  std::vector<std::string> lines;
  std::istringstream input(export_);
  for (std::string line; std::getline(input, line);) lines.push_back(line);
  int refused = 0;
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> edited = lines;
    const std::size_t place = random() % lines.size();
    const auto at = edited.begin() + static_cast<std::ptrdiff_t>(place);
    switch (random() % 5) {
      case 0: (*at)[random() % at->size()] ^= static_cast<char>(1U << (random() % 8)); break;
      case 1: edited.erase(at); break;
      case 2: edited.insert(at, *at); break;
      case 3: std::iter_swap(at, edited.begin() + static_cast<std::ptrdiff_t>(random() % lines.size())); break;
      default: edited.resize(place);
    }
    if (edited == lines) continue;
    std::string text;
    for (const std::string& line : edited) text += line + "\n";
    folder_.write("new.db", "");
    try {
      ledger::Store store(folder_.path_of("new.db"), ledger::Access::write);
      store.database().sql() << "PRAGMA synchronous=OFF";
      Book book(store);
      ledger::import_ledger(store, text, "e.jsonl", [&](ledger::Store::Change& change) { book.rebuild(change); });
      if (!book.verify(head_).findings.empty()) continue;
      ASSERT_EQ(exported(store), export_) << "round " << round;  // data that came twice, or before the event that names it
    } catch (const FatalError& error) {
      ++refused;
      const std::string message = error.message(Language::en);
      std::size_t line = 0;
      ASSERT_EQ(std::sscanf(message.c_str(), "e.jsonl:%zu:", &line), 1) << message;
      std::size_t first = 0;
      while (first < edited.size() && first < lines.size() && edited[first] == lines[first]) ++first;
      EXPECT_GE(line, std::min(first + 1, edited.size())) << message;
    }
  }
  EXPECT_GT(refused, 120);
}

}  // namespace
}  // namespace fairprice::cases
