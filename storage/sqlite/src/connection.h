#pragma once

#include "base/result.h"
#include "sqlite/database.h"
#include "storage/database.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace segell::sqlite {

template <auto Close>
struct Deleter {
  template <class T>
  void operator()(T* handle) const noexcept {
    Close(handle);
  }
};

/// A failure of SQLite as one of ours, by its extended result code.
base::Error to_error(int extended_code, sqlite3* connection);

/// Opens a connection with the house's settings. `writable` also creates.
base::Result<sqlite3*> open_connection(const std::string& path, bool writable);

class SqliteSession;

class SqliteStatement final : public storage::Statement {
 public:
  SqliteStatement(SqliteSession& session, sqlite3* connection, sqlite3_stmt* statement);
  ~SqliteStatement() override;
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  Statement& bind(int parameter, std::int64_t value) override;
  Statement& bind(int parameter, std::string_view text) override;
  Statement& bind(int parameter, base::BytesView bytes) override;
  Statement& bind_null(int parameter) override;
  base::Result<bool> step() override;
  [[nodiscard]] std::int64_t integer(int column) const override;
  [[nodiscard]] std::string_view text(int column) const override;
  [[nodiscard]] base::BytesView bytes(int column) const override;
  [[nodiscard]] bool is_null(int column) const override;
  void reset() override;

 private:
  SqliteSession& m_session;
  sqlite3* m_connection;
  sqlite3_stmt* m_statement;
  bool m_writes;
  int m_bind_error = 0;
};

class SqliteSession final : public storage::Session {
 public:
  /// Owns the connection. `wal_frames` is told the length of the write-ahead log after each commit; may be null.
  SqliteSession(sqlite3* connection, std::atomic<int>* wal_frames);
  ~SqliteSession() override;
  SqliteSession(const SqliteSession&) = delete;
  SqliteSession& operator=(const SqliteSession&) = delete;

  base::Result<storage::Statement*> prepare(std::string_view sql) override;
  base::Result<void> execute(std::string_view script) override;
  base::Result<void> begin(storage::Access access) override;
  storage::CommitOutcome commit() override;
  void rollback() override;
  base::Result<void> savepoint() override;
  base::Result<void> release_savepoint() override;
  bool rollback_to_savepoint() override;
  [[nodiscard]] std::string_view row_lock() const override { return ""; }

  /// To be called before anything is changed: a savepoint is made when there is something to take back.
  base::Result<void> before_change();

 private:
  base::Result<void> run(std::string_view sql);

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  sqlite3* m_connection;
  bool m_savepoint_due = false;  // asked for, and nothing has changed since
  std::unordered_map<std::string, std::unique_ptr<SqliteStatement>, Hash, std::equal_to<>> m_statements;
};

}  // namespace segell::sqlite
