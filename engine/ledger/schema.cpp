#include "engine/ledger/schema.hpp"

#include <array>
#include <charconv>
#include <vector>

#include "engine/base/problem.hpp"
#include "engine/ledger/database.hpp"

namespace fairprice::ledger {

namespace {

/// Statements that lead from the schema of that number to the next, as Database::spelt() takes them.
const std::vector<std::vector<const char*>>& steps() {
  static const std::vector<std::vector<const char*>> kSteps = {
      {"CREATE TABLE ledger_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
       "INSERT INTO ledger_meta (name, value) VALUES ('format', 'fairprice ledger')",
       "INSERT INTO ledger_meta (name, value) VALUES ('schema', '0')",
       "CREATE TABLE ledger_events (seq BIGINT PRIMARY KEY, hash TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL)",
       "CREATE INDEX ledger_events_subject ON ledger_events (subject, seq)",
       "CREATE TABLE ledger_blobs (sha256 TEXT PRIMARY KEY, packed TEXT NOT NULL)",
       // What the events come to: made of them alone, kept for quick answers, and held against them by `ledger verify`.
       "CREATE TABLE ledger_runs (period TEXT NOT NULL, revision INTEGER NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (period, revision))",
       ("CREATE TABLE ledger_cases (id TEXT PRIMARY KEY, party TEXT NOT NULL, product TEXT NOT NULL, state TEXT NOT NULL, "
        "deadline TEXT NOT NULL, fen_at_risk BIGINT NOT NULL, body TEXT NOT NULL)"),
       "CREATE INDEX ledger_cases_party ON ledger_cases (party)", "CREATE INDEX ledger_cases_product ON ledger_cases (product)",
       "CREATE INDEX ledger_cases_state ON ledger_cases (state)",
       ("CREATE TABLE ledger_case_keys (kind TEXT NOT NULL, value TEXT NOT NULL, case_id TEXT NOT NULL, PRIMARY KEY (kind, value, "
        "case_id)) /* all in the key */")},
  };
  return kSteps;
}

/// 0: no table yet.
int schema_of(Database& database) {
  if (!database.has_table("ledger_meta")) return 0;
  std::string format, schema;
  database.sql() << "SELECT value FROM ledger_meta WHERE name = 'format'", soci::into(format);
  database.sql() << "SELECT value FROM ledger_meta WHERE name = 'schema'", soci::into(schema);
  int number = -1;
  const auto [end, error] = std::from_chars(schema.data(), schema.data() + schema.size(), number);
  if (format != "fairprice ledger" || error != std::errc() || end != schema.data() + schema.size() || number < 1)
    throw FatalError(database.shown() + "：这不是 fairprice 的台账", database.shown() + ": is no ledger of fairprice");
  if (number > kSchema)
    throw FatalError(
        database.shown() + "：台账的结构版本 " + schema + " 比本程序所知的 " + std::to_string(kSchema) + " 新；请升级 fairprice",
        database.shown() + ": the ledger's schema " + schema + " is newer than " + std::to_string(kSchema) +
            ", which this program knows: install a newer fairprice");
  return number;
}

}  // namespace

void prepare_schema(Database& database) {
  int here = 0;
  database.reading([&] { here = schema_of(database); });
  if (here == kSchema) return;
  database.transaction([&] {
    here = schema_of(database);  // another program may have been here meanwhile
    for (; here < kSchema; ++here) {
      for (const char* statement : steps()[static_cast<std::size_t>(here)]) database.sql() << database.spelt(statement);
      const std::string now = std::to_string(here + 1);
      database.sql() << "UPDATE ledger_meta SET value = :now WHERE name = 'schema'", soci::use(now);
    }
  });
}

void check_schema(Database& database) {
  int here = 0;
  database.reading([&] { here = schema_of(database); });
  if (here == 0)
    throw FatalError(database.shown() + "：这里没有 fairprice 的台账", database.shown() + ": there is no ledger of fairprice here");
  if (here < kSchema)
    throw FatalError(
        database.shown() + "：台账是旧结构（" + std::to_string(here) + "）；先用一个写入的命令升级",
        database.shown() + ": the ledger has an older schema (" + std::to_string(here) + "): any command that writes brings it up to date");
}

}  // namespace fairprice::ledger
