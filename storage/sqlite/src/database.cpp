#include "sqlite/database.h"

#include "connection.h"
#include "file_lock.h"

#include <sqlite3.h>

#include <mutex>

namespace segell::sqlite {

namespace {

using base::fail;
using base::Result;

/// After this many new frames the write-ahead log is copied back: a page that changes with every commit is then copied
/// once for many of them, and the disk is seldom asked for two things at once.
constexpr int kCopyFrames = 2000;
/// From this length on the writer waits for it. Below the limit to which SQLite cuts the file when it begins it anew
/// (journal_size_limit): a file that never grows again spares each fdatasync the writing of its new length.
constexpr int kRestartFrames = 8000;

class SqliteDatabase final : public storage::Database {
 public:
  SqliteDatabase(std::string path, OpenMode mode, FileLock lock)
      : m_path(std::move(path)), m_mode(mode), m_lock(std::move(lock)) {}
  ~SqliteDatabase() override {
    if (m_housekeeping != nullptr) sqlite3_close_v2(m_housekeeping);
  }
  SqliteDatabase(const SqliteDatabase&) = delete;
  SqliteDatabase& operator=(const SqliteDatabase&) = delete;

  Result<std::unique_ptr<storage::Session>> open_session(storage::Access access) override {
    const bool writes = access == storage::Access::write;
    if (writes && m_mode == OpenMode::read)
      return fail(base::Code::invalid_argument, "sqlite.read-only", "this database was opened for reading");
    SEGELL_TRY(sqlite3 * connection, open_connection(m_path, writes));
    return std::unique_ptr<storage::Session>(
        std::make_unique<SqliteSession>(connection, writes ? &m_wal_frames : nullptr));
  }

  storage::CommitOutcome maintain() override {
    const std::scoped_lock lock(m_mutex);
    const int frames = m_wal_frames.load(std::memory_order_relaxed);
    if (frames < m_copied_frames) m_copied_frames = 0;  // the writer began anew
    if (frames - m_copied_frames < kCopyFrames) return {};
    if (m_housekeeping == nullptr) {
      auto opened = open_connection(m_path, true);
      if (!opened) return {storage::CommitState::refused, opened.error()};
      m_housekeeping = *opened;
    }
    int code = sqlite3_wal_checkpoint_v2(m_housekeeping, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    // Under load the log never runs empty by itself; what the writer added meanwhile is little, so that waiting is
    // short.
    if (code == SQLITE_OK && frames >= kRestartFrames)
      code = sqlite3_wal_checkpoint_v2(m_housekeeping, nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
    if (code == SQLITE_OK) m_copied_frames = frames;
    if (code == SQLITE_OK || (code & 0xFF) == SQLITE_BUSY) return {};
    base::Error error = to_error(code, m_housekeeping);
    const bool clean = (code & 0xFF) == SQLITE_FULL;  // the write-ahead log still holds everything
    return {clean ? storage::CommitState::refused : storage::CommitState::fatal, std::move(error)};
  }

 private:
  std::string m_path;
  OpenMode m_mode;
  FileLock m_lock;
  std::atomic<int> m_wal_frames{0};
  std::mutex m_mutex;
  sqlite3* m_housekeeping = nullptr;  // guarded by m_mutex
  int m_copied_frames = 0;            // guarded by m_mutex: the length of the log when it was copied back last
};

}  // namespace

Result<std::unique_ptr<storage::Database>> open_database(const std::string& path, OpenMode mode) {
  FileLock lock;
  if (mode == OpenMode::serve) {
    SEGELL_TRY(lock, FileLock::take(path + ".lock"));
    SEGELL_TRY(sqlite3 * connection, open_connection(path, true));  // creates the file, sets its lasting modes
    sqlite3_close_v2(connection);
  }
  return std::unique_ptr<storage::Database>(std::make_unique<SqliteDatabase>(path, mode, std::move(lock)));
}

}  // namespace segell::sqlite
