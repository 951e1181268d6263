#pragma once

#include <soci/soci.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

/// SQLite or PostgreSQL through one interface; what the two do differently is in database.cpp and nowhere else. For the sources that speak SQL.
namespace fairprice::ledger {

enum class Access : int { read, write };

class Database {
 public:
  /// `address`: a file, or postgresql://… (password from the usual sources: the address, PGPASSFILE, a service file). A file that is not there is made with
  /// Access::write alone. Throws FatalError: not there, no rights, no database, no server.
  Database(const std::string& address, Access access);

  soci::session& sql() { return sql_; }
  bool is_postgresql() const { return postgresql_; }
  /// The address without a password: for messages.
  const std::string& shown() const { return shown_; }

  /// Runs `work` between BEGIN and COMMIT with the lock that lets one writer in at a time; another one waits for some seconds and is then refused. When it
  /// throws, nothing of it is kept. What the database says is thrown as FatalError.
  void transaction(const std::function<void()>& work);
  /// Runs `work`, which only reads, on one state of the data.
  void reading(const std::function<void()>& work);
  /// Adds rows: `into` is "table (column, column …)", `values` has theirs one row after another, `behind` what follows them (ON CONFLICT …). Hundreds go with each
  /// statement, since each way to a server takes its time.
  void insert(const std::string& into, std::size_t columns, const std::vector<std::string>& values, const std::string& behind = {});
  /// A statement that makes tables, for this database. In SQLite a `BIGINT PRIMARY KEY` is the number of the row itself, and a table that ends in `/* all in the key */` is
  /// its own index, so that none lies beside.
  std::string spelt(std::string statement) const;
  bool has_table(const std::string& name);
  /// What the database finds wrong with its own file; empty when nothing, or when it has no such check (PostgreSQL). Whether the index of a table fits is left out for
  /// `but_index_of`.
  std::string damage(const std::string& but_index_of);

 private:
  [[noreturn]] void fail(const std::string& what);
  [[noreturn]] void fail_committing(const std::string& what);
  void begin(bool write);
  void guarded(bool write, const std::function<void()>& work);

  std::string shown_;
  bool postgresql_ = false;
  soci::session sql_;
};

}  // namespace fairprice::ledger
