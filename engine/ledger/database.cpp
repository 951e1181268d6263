#include "engine/ledger/database.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "engine/base/problem.hpp"

namespace fairprice::ledger {

namespace {

constexpr std::string_view kSchemes[] = {"postgresql://", "postgres://"};

bool is_address(const std::string& address) { return address.starts_with(kSchemes[0]) || address.starts_with(kSchemes[1]); }

/// postgresql://user:secret@host/db -> postgresql://user@host/db, and without `password=` behind the question mark.
std::string without_password(std::string address) {
  const std::size_t begin = address.find("//") + 2;
  const std::size_t end = address.find_first_of("/?", begin);
  const std::size_t at = address.rfind('@', end == std::string::npos ? end : end - 1);
  if (at != std::string::npos && at > begin) {
    const std::size_t colon = address.find(':', begin);
    if (colon < at) address.erase(colon, at - colon);
  }
  for (std::size_t place; (place = address.find("password=")) != std::string::npos;) {
    const std::size_t stop = address.find('&', place);
    address.erase(place, stop == std::string::npos ? stop : stop - place + 1);
  }
  return address;
}

void open_file(soci::session& sql, const std::string& path, Access access) {
  std::error_code error;
  const bool there = std::filesystem::exists(path, error);
  if (!there && access == Access::read)
    throw FatalError(path + "：没有这个台账文件；先用 fairprice run --store 写入",
                     path + ": there is no such ledger: write one with fairprice run --store");
  if (path.find('"') != std::string::npos)
    throw FatalError(path + "：台账文件名不能含有引号", path + ": the name of a ledger cannot hold a quotation mark");
  if (there && std::filesystem::is_directory(path, error))
    throw FatalError(path + "：这是一个文件夹，不是台账文件", path + ": is a folder, not a ledger");
  sql.open(soci::sqlite3, "db=\"" + path + "\" timeout=10");
  sql << "PRAGMA synchronous=FULL";
  sql << "PRAGMA trusted_schema=OFF";
  sql << "PRAGMA cell_size_check=ON";
  sql << "PRAGMA cache_size=-65536";  // KiB
  sql << "PRAGMA page_size=16384";    // of a file that is new: a ledger is read as a whole more often than it is written
  if (access == Access::read) sql << "PRAGMA query_only=ON";
}

void open_server(soci::session& sql, const std::string& address, Access access) {
  sql.open(soci::postgresql, address);
  sql << "SET client_encoding TO 'UTF8'";
  sql << "SET lock_timeout TO '10s'";
  sql << "SET synchronous_commit TO on";
  if (access == Access::read) sql << "SET default_transaction_read_only TO on";
}

bool is_busy(const std::string& what) {
  return what.find("locked") != std::string::npos || what.find("busy") != std::string::npos ||
         what.find("lock timeout") != std::string::npos;
}

/// What a database says, in one line and without what the library in between says of itself.
std::string in_one_line(const std::string& what) {
  std::string line;
  for (const char c : what)
    if (!std::isspace(static_cast<unsigned char>(c)))
      line.push_back(c);
    else if (!line.empty() && line.back() != ' ')
      line.push_back(' ');
  line.erase(std::min(line.size(), line.find(" while executing ")));  // the statement and all that it was to write
  while (line.ends_with(' ') || line.ends_with('.')) line.pop_back();
  for (const std::string_view noise :
       {"Cannot execute query. ", "Fatal error. ", "Connection failed. ", "Cannot establish connection to the database. ",
        "sqlite3_statement_backend::loadOne: ", "sqlite3_statement_backend::prepare: "})
    if (line.starts_with(noise)) line.erase(0, noise.size());
  return line;
}

/// What to do about it, where that is known.
struct Mend {
  std::string_view what, zh, en;
};
constexpr Mend kMends[] = {
    {"readonly database", "没有写入权限，请检查该文件及所在文件夹的权限",
     "may not be written: check the rights of the file and of its folder"},
    {"unable to open database", "无法打开，请检查该文件及所在文件夹的权限",
     "cannot be opened: check the rights of the file and of its folder"},
    {"disk is full", "磁盘已满，请腾出空间后再试", "the disk is full: free some space and try again"},
    {"disk I/O error", "磁盘读写出错，请检查磁盘（及 ulimit -f）后再试",
     "the disk does not read or write: check it (and ulimit -f), and try again"},
    {"malformed", "文件已损坏，请用 fairprice ledger verify 检查，并从备份恢复",
     "the file is damaged: see fairprice ledger verify, and go back to a copy"},
    {"not a database", "这不是台账文件", "is no ledger"},
    {"permission denied", "该用户没有权限", "the user has no right to do this"},
    {"password", "请检查用户名与密码（PGPASSFILE）", "check the user and the password (PGPASSFILE)"},
    {"onnection refused", "服务器没有应答", "the server does not answer"},
};

}  // namespace

Database::Database(const std::string& address, Access access)
    : shown_(is_address(address) ? without_password(address) : address), postgresql_(is_address(address)) {
  try {
    if (postgresql_)
      open_server(sql_, address, access);
    else
      open_file(sql_, address, access);
  } catch (const soci::soci_error& error) {
    fail(error.get_error_message());
  }
}

void Database::fail(const std::string& what) {
  if (is_busy(what))
    throw FatalError(shown_ + "：另一个程序正在写这个台账；请稍后再试，没有写入任何内容",
                     shown_ + ": another program is writing to this ledger: try again later; nothing was written");
  const std::string line = in_one_line(what);
  for (const Mend& mend : kMends)
    if (line.find(mend.what) != std::string::npos)
      throw FatalError(shown_ + "：" + std::string(mend.zh) + "（" + line + "）；没有写入任何内容",
                       shown_ + ": " + std::string(mend.en) + " (" + line + "); nothing was written");
  throw FatalError(shown_ + "：数据库报告错误（" + line + "）；没有写入任何内容",
                   shown_ + ": the database says: " + line + "; nothing was written");
}

void Database::fail_committing(const std::string& what) {
  // A file tells at once whether it was done. A server may have done it before the connection broke.
  if (!postgresql_ || what.find("server") == std::string::npos) fail(what);
  const std::string line = in_one_line(what);
  throw FatalError(shown_ + "：确认写入时连接中断（" + line + "），不知是否已写入；请再次执行同一命令，已做过的不会重复",
                   shown_ + ": the connection broke while the changes were confirmed (" + line +
                       "), so that nobody knows here whether they were: run the same command again, nothing is done twice");
}

void Database::begin(bool write) {
  if (!postgresql_) {
    sql_ << (write ? "BEGIN IMMEDIATE" : "BEGIN");
    return;
  }
  sql_ << (write ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  // One writer at a time, in every database that holds a ledger; others may read.
  if (write) sql_ << "SELECT pg_advisory_xact_lock(7310579607245939)";
}

void Database::guarded(bool write, const std::function<void()>& work) {
  const auto undo = [&] {
    try {
      sql_ << "ROLLBACK";
    } catch (const soci::soci_error&) {  // it was undone already, or will be when the connection closes
      return;
    }
  };
  try {
    begin(write);
  } catch (const soci::soci_error& error) {
    fail(error.get_error_message());
  }
  bool committing = false;
  try {
    work();
    committing = write;
    sql_ << "COMMIT";
  } catch (const soci::soci_error& error) {
    const std::string what = error.get_error_message();
    undo();
    if (committing) fail_committing(what);
    fail(what);
  } catch (...) {
    undo();
    throw;
  }
}

void Database::transaction(const std::function<void()>& work) { guarded(true, work); }
void Database::reading(const std::function<void()>& work) { guarded(false, work); }

void Database::insert(const std::string& into, std::size_t columns, const std::vector<std::string>& values, const std::string& behind) {
  // SQLite finds a parameter by going through the names of all, and has no way to go: there a row at a time.
  const std::size_t at_once = postgresql_ ? 250 : 1;
  for (std::size_t begin = 0; begin < values.size();) {
    const std::size_t count = std::min(values.size() - begin, at_once * columns);
    std::string query = "INSERT INTO " + into + " VALUES ";
    std::vector<std::string> row(values.begin() + static_cast<std::ptrdiff_t>(begin),
                                 values.begin() + static_cast<std::ptrdiff_t>(begin + count));
    soci::statement rows(sql_);
    for (std::size_t i = 0; i < count; ++i) {
      query += (i % columns > 0 ? ", :v" : i == 0 ? "(:v" : "), (:v") + std::to_string(i);
      rows.exchange(soci::use(row[i]));
    }
    rows.alloc();
    rows.prepare(query + ") " + behind);
    rows.define_and_bind();
    for (;;) {  // as long as as many are left
      rows.execute(true);
      begin += count;
      if (values.size() - begin < count) break;
      std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(begin), count, row.begin());
    }
  }
}

std::string Database::spelt(std::string statement) const {
  const auto replace = [&](std::string_view what, std::string_view by) {
    if (const std::size_t place = statement.find(what); place != std::string::npos) statement.replace(place, what.size(), by);
  };
  if (!postgresql_) replace("BIGINT PRIMARY KEY", "INTEGER PRIMARY KEY");
  replace(" /* all in the key */", postgresql_ ? "" : " WITHOUT ROWID");
  return statement;
}

bool Database::has_table(const std::string& name) {
  int count = 0;
  if (postgresql_)
    sql_ << "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = :name", soci::use(name),
        soci::into(count);
  else
    sql_ << "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = :name", soci::use(name), soci::into(count);
  return count > 0;
}

std::string Database::damage(const std::string& but_index_of) {
  if (postgresql_) return {};
  const auto said = [&](const std::string& pragma) {
    std::string answer;
    sql_ << pragma, soci::into(answer);
    return answer == "ok" ? std::string() : answer;
  };
  std::string found = said("PRAGMA quick_check(1)");
  std::vector<std::string> tables(100);
  sql_ << "SELECT name FROM sqlite_master WHERE type = 'table'", soci::into(tables);
  for (const std::string& table : tables)
    if (found.empty() && table != but_index_of && table.find('\'') == std::string::npos)
      found = said("PRAGMA integrity_check('" + table + "')");
  return found;
}

}  // namespace fairprice::ledger
