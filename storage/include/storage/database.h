#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace segell::storage {

/// One prepared statement of a session. Parameters are `?1`, `?2`, …, numbered in the order of their first appearance.
/// Borrowed from its session: valid until the same text is prepared again or the session ends.
class Statement {
 public:
  virtual ~Statement() = default;

  virtual Statement& bind(int parameter, std::int64_t value) = 0;
  virtual Statement& bind(int parameter, std::string_view text) = 0;
  virtual Statement& bind(int parameter, base::BytesView bytes) = 0;
  virtual Statement& bind_null(int parameter) = 0;

  /// True when a row is there, false at the end. Errors: already_exists "storage.unique" (a unique key is taken);
  /// conflict "storage.constraint"; storage_full "storage.full"; unavailable "storage.busy"; corrupt
  /// "storage.database-corrupt"; io "storage.io".
  virtual base::Result<bool> step() = 0;

  /// Columns of the current row from 0; views live until the next step or reset.
  [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
  [[nodiscard]] virtual std::string_view text(int column) const = 0;
  [[nodiscard]] virtual base::BytesView bytes(int column) const = 0;
  [[nodiscard]] virtual bool is_null(int column) const = 0;

  /// Ends the reading; a session prepares a statement already reset.
  virtual void reset() = 0;
};

/// What is known after COMMIT was asked for.
enum class CommitState {
  committed,
  refused,  ///< nothing was changed, the transaction is rolled back (disk full, serialisation conflict)
  unknown,  ///< the answer was lost: the head row tells (a server that we reach over a network)
  fatal,    ///< durability is unknown and cannot be learnt (a failed fsync): the process must end
};
struct CommitOutcome {
  CommitState state = CommitState::committed;
  base::Error error;  ///< why, unless committed
};

enum class Access { read, write };

/// One connection, used by one thread at a time. Repositories are written once against this port in portable SQL; a
/// back end passes tests/conformance/database_suite.h.
class Session {
 public:
  virtual ~Session() = default;

  /// Prepared once per text and kept.
  virtual base::Result<Statement*> prepare(std::string_view sql) = 0;
  /// One or more statements without parameters or rows. `{int}`, `{text}`, `{blob}` stand for the back end's types,
  /// `{rows}` and `{keyed}` for what follows the bracket of an ordinary table and of one that is stored by its key.
  virtual base::Result<void> execute(std::string_view script) = 0;

  /// A write transaction excludes other writers until it ends.
  virtual base::Result<void> begin(Access access) = 0;
  virtual CommitOutcome commit() = 0;
  virtual void rollback() = 0;
  virtual base::Result<void> savepoint() = 0;
  virtual base::Result<void> release_savepoint() = 0;
  /// False when the savepoint is gone because the back end rolled back the whole transaction by itself.
  virtual bool rollback_to_savepoint() = 0;

  /// What a SELECT needs behind it to lock its row until the end of the transaction; may be empty.
  [[nodiscard]] virtual std::string_view row_lock() const = 0;
};

/// A back end. Thread-safe.
class Database {
 public:
  virtual ~Database() = default;
  virtual base::Result<std::unique_ptr<Session>> open_session(Access access) = 0;
  /// Housekeeping off the writer's thread (SQLite: copies the write-ahead log back). Called now and then; a fatal
  /// outcome ends the process like one of commit().
  virtual CommitOutcome maintain() = 0;
};

}  // namespace segell::storage
