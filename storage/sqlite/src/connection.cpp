#include "connection.h"

#include "wal_gather.h"

#include <sqlite3.h>

#include <utility>

namespace segell::sqlite {

using base::Code;
using base::fail;
using base::Result;

base::Error to_error(int code, sqlite3* connection) {
  const std::string what = connection != nullptr ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
  if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_ROWID)
    return {Code::already_exists, "storage.unique", "a record with this key is already there", ""};
  switch (code & 0xFF) {
    case SQLITE_CONSTRAINT:
      return {Code::conflict, "storage.constraint", "the record contradicts another one: " + what, ""};
    case SQLITE_FULL:
      return {Code::storage_full, "storage.full", "the disk is full, nothing was changed",
              "make room; no repair is needed"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Code::unavailable, "storage.busy", "the database is busy", "try again"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {Code::corrupt, "storage.database-corrupt", "the database file is damaged: " + what,
              "run segell log fsck and restore a backup"};
    case SQLITE_CANTOPEN:
      return {Code::not_found, "sqlite.missing", "the database file cannot be opened", ""};
    case SQLITE_IOERR:
      return {Code::io, "storage.io", "the disk failed: " + what, "look at the system's log"};
    default:
      return {Code::internal, "storage.internal", "database: " + what, ""};
  }
}

Result<sqlite3*> open_connection(const std::string& path, bool writable) {
  sqlite3* connection = nullptr;
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (writable ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE);
  int code = sqlite3_open_v2(path.c_str(), &connection, flags, writable ? gathering_vfs() : nullptr);
  if (code == SQLITE_OK) {
    sqlite3_busy_timeout(connection, 10'000);
    // Order matters: the page size only before the first table, the journal mode outside a transaction. The gathering
    // VFS stands on synchronous=FULL.
    const char* settings = writable ? "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                                      "PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=134217728;"
                                      "PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
                                      "PRAGMA cache_size=-32768;"
                                    : "PRAGMA query_only=ON; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
                                      "PRAGMA mmap_size=1073741824; PRAGMA cache_size=-16384;";
    code = sqlite3_exec(connection, settings, nullptr, nullptr, nullptr);
  }
  if (code != SQLITE_OK) {
    base::Error error = to_error(code, connection);
    sqlite3_close_v2(connection);
    return fail(std::move(error));
  }
  return connection;
}

SqliteStatement::SqliteStatement(SqliteSession& session, sqlite3* connection, sqlite3_stmt* statement)
    : m_session(session),
      m_connection(connection),
      m_statement(statement),
      m_writes(sqlite3_stmt_readonly(statement) == 0) {}
SqliteStatement::~SqliteStatement() { sqlite3_finalize(m_statement); }

storage::Statement& SqliteStatement::bind(int parameter, std::int64_t value) {
  m_bind_error |= sqlite3_bind_int64(m_statement, parameter, value);
  return *this;
}
storage::Statement& SqliteStatement::bind(int parameter, std::string_view text) {
  m_bind_error |= sqlite3_bind_text64(m_statement, parameter, text.data() == nullptr ? "" : text.data(), text.size(),
                                      SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}
storage::Statement& SqliteStatement::bind(int parameter, base::BytesView bytes) {
  m_bind_error |= bytes.empty()
                      ? sqlite3_bind_zeroblob(m_statement, parameter, 0)
                      : sqlite3_bind_blob64(m_statement, parameter, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
  return *this;
}
storage::Statement& SqliteStatement::bind_null(int parameter) {
  m_bind_error |= sqlite3_bind_null(m_statement, parameter);
  return *this;
}

Result<bool> SqliteStatement::step() {
  if (m_bind_error != 0) return fail(Code::internal, "storage.internal", "a parameter does not fit its statement");
  if (m_writes) SEGELL_CHECK(m_session.before_change());
  const int code = sqlite3_step(m_statement);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    sqlite3_reset(m_statement);  // lets go of its locks at once; the columns are gone anyway
    return false;
  }
  base::Error error = to_error(code, m_connection);
  sqlite3_reset(m_statement);
  return fail(std::move(error));
}

std::int64_t SqliteStatement::integer(int column) const { return sqlite3_column_int64(m_statement, column); }
std::string_view SqliteStatement::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
  return text == nullptr ? std::string_view()
                         : std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column)));
}
base::BytesView SqliteStatement::bytes(int column) const {
  const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(m_statement, column));
  return {bytes, bytes == nullptr ? 0 : static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))};
}
bool SqliteStatement::is_null(int column) const { return sqlite3_column_type(m_statement, column) == SQLITE_NULL; }

void SqliteStatement::reset() {
  sqlite3_reset(m_statement);
  sqlite3_clear_bindings(m_statement);
  m_bind_error = 0;
}

SqliteSession::SqliteSession(sqlite3* connection, std::atomic<int>* wal_frames) : m_connection(connection) {
  if (wal_frames == nullptr) return;
  sqlite3_wal_hook(
      connection,
      [](void* frames, sqlite3*, const char*, int count) {
        static_cast<std::atomic<int>*>(frames)->store(count, std::memory_order_relaxed);
        return SQLITE_OK;
      },
      wal_frames);
}

SqliteSession::~SqliteSession() {
  m_statements.clear();
  sqlite3_close_v2(m_connection);
}

Result<storage::Statement*> SqliteSession::prepare(std::string_view sql) {
  if (const auto found = m_statements.find(sql); found != m_statements.end()) {
    found->second->reset();
    return static_cast<storage::Statement*>(found->second.get());
  }
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(m_connection, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                      &statement, nullptr);
  if (code != SQLITE_OK) return fail(to_error(code, m_connection));
  auto owned = std::make_unique<SqliteStatement>(*this, m_connection, statement);
  return static_cast<storage::Statement*>(m_statements.emplace(sql, std::move(owned)).first->second.get());
}

Result<void> SqliteSession::execute(std::string_view script) {
  SEGELL_CHECK(before_change());
  std::string text(script);
  const auto replace = [&text](std::string_view token, std::string_view with) {
    for (std::size_t at = text.find(token); at != std::string::npos; at = text.find(token, at))
      text.replace(at, token.size(), with);
  };
  replace("{int}", "INTEGER");
  replace("{text}", "TEXT");
  replace("{blob}", "BLOB");
  replace("{rows}", "STRICT");
  replace("{keyed}", "STRICT, WITHOUT ROWID");
  const int code = sqlite3_exec(m_connection, text.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return fail(to_error(code, m_connection));
  return base::ok();
}

Result<void> SqliteSession::run(std::string_view sql) {
  SEGELL_TRY(storage::Statement * statement, prepare(sql));
  SEGELL_CHECK(statement->step());
  return base::ok();
}

Result<void> SqliteSession::begin(storage::Access access) {
  return run(access == storage::Access::write ? "BEGIN IMMEDIATE" : "BEGIN");
}

storage::CommitOutcome SqliteSession::commit() {
  m_savepoint_due = false;
  const auto done = run("COMMIT");
  if (done) return {};
  const Code code = done.error().code;
  // A write that found no room left the commit frame incomplete: the log in front of it still ends where it did, and
  // the rollback is certain. Anything else (a failed fsync above all) may or may not be on disk.
  if (code == Code::storage_full || code == Code::unavailable) {
    rollback();
    return {storage::CommitState::refused, done.error()};
  }
  return {storage::CommitState::fatal, done.error()};
}

void SqliteSession::rollback() {
  m_savepoint_due = false;
  if (sqlite3_get_autocommit(m_connection) == 0) sqlite3_exec(m_connection, "ROLLBACK", nullptr, nullptr, nullptr);
}

Result<void> SqliteSession::before_change() {
  if (!m_savepoint_due) return base::ok();
  m_savepoint_due = false;
  return run("SAVEPOINT act");
}
Result<void> SqliteSession::savepoint() {
  SEGELL_CHECK(before_change());  // one inside another
  m_savepoint_due = true;
  return base::ok();
}
Result<void> SqliteSession::release_savepoint() {
  if (std::exchange(m_savepoint_due, false)) return base::ok();
  return run("RELEASE act");
}
bool SqliteSession::rollback_to_savepoint() {
  if (sqlite3_get_autocommit(m_connection) != 0) return false;
  if (std::exchange(m_savepoint_due, false)) return true;
  return run("ROLLBACK TO act").has_value() && run("RELEASE act").has_value();
}

}  // namespace segell::sqlite
