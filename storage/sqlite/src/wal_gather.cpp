#include "wal_gather.h"

#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <new>
#include <optional>

namespace segell::sqlite {

namespace {

constexpr sqlite3_int64 kMostGathered = 1 << 20;
/// SQLite's own file takes less than 128 KiB at a time: it cuts a count to its low 17 bits.
constexpr sqlite3_int64 kMostWritten = 96 << 10;

sqlite3_vfs* system_vfs() {
  static sqlite3_vfs* const kSystem = sqlite3_vfs_find(nullptr);
  return kSystem;
}

/// Writes that continue one another wait here, until the log is synced or read or a write stands elsewhere.
class Gatherer {
 public:
  explicit Gatherer(sqlite3_file* file) : m_file(file), m_octets(new (std::nothrow) char[kMostGathered]) {}

  [[nodiscard]] bool ready() const { return m_octets != nullptr; }

  int write(const void* octets, int count, sqlite3_int64 at) {
    // After a failed write SQLite rolls back, and the next transaction begins where the failed one did or before. Until
    // then nothing may be added: the log would have a hole.
    if (m_failure && at > m_failure->at) return m_failure->code;
    m_failure.reset();
    if (at != m_begin + m_count || m_count + count > kMostGathered) {
      if (const int code = flush(); code != SQLITE_OK) return code;
      m_begin = at;
    }
    if (count > kMostGathered) return m_file->pMethods->xWrite(m_file, octets, count, at);
    std::copy_n(static_cast<const char*>(octets), count, m_octets.get() + m_count);
    m_count += count;
    return SQLITE_OK;
  }

  int flush() {
    int code = SQLITE_OK;
    for (sqlite3_int64 done = 0; done < m_count && code == SQLITE_OK; done += kMostWritten) {
      const auto piece = static_cast<int>(std::min(m_count - done, kMostWritten));
      code = m_file->pMethods->xWrite(m_file, m_octets.get() + done, piece, m_begin + done);
    }
    if (code != SQLITE_OK) m_failure = {code, m_begin};
    m_count = 0;
    return code;
  }

  int read(void* octets, int count, sqlite3_int64 at) {
    if (const int code = flush(); code != SQLITE_OK) return code;
    if (m_failure && at + count > m_failure->at) return m_failure->code;
    return m_file->pMethods->xRead(m_file, octets, count, at);
  }

  int sync(int flags) {
    if (const int code = flush(); code != SQLITE_OK) return code;
    return m_failure ? m_failure->code : m_file->pMethods->xSync(m_file, flags);
  }

 private:
  struct Failure {
    int code;
    sqlite3_int64 at;
  };
  sqlite3_file* m_file;
  std::unique_ptr<char[]> m_octets;
  sqlite3_int64 m_begin = 0;
  sqlite3_int64 m_count = 0;
  std::optional<Failure> m_failure;
};

/// What SQLite holds for an open log; the system's own file lies behind it in the same allocation.
struct GatheredFile {
  sqlite3_file base;
  Gatherer* gatherer;

  [[nodiscard]] sqlite3_file* inner() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  static GatheredFile& of(sqlite3_file* file) { return *reinterpret_cast<GatheredFile*>(file); }
};

/// Writes what is gathered, then calls the system's method.
template <auto Method, class... Args>
int flush_and_call(sqlite3_file* file, Args... args) {
  GatheredFile& gathered = GatheredFile::of(file);
  if (const int code = gathered.gatherer->flush(); code != SQLITE_OK) return code;
  sqlite3_file* const inner = gathered.inner();
  return (inner->pMethods->*Method)(inner, args...);
}

template <auto Method, class... Args>
int call(sqlite3_file* file, Args... args) {
  sqlite3_file* const inner = GatheredFile::of(file).inner();
  return (inner->pMethods->*Method)(inner, args...);
}

int close(sqlite3_file* file) {
  GatheredFile& gathered = GatheredFile::of(file);
  const int flushed = gathered.gatherer->flush();
  delete gathered.gatherer;
  const int closed = gathered.inner()->pMethods->xClose(gathered.inner());
  return flushed != SQLITE_OK ? flushed : closed;
}

const sqlite3_io_methods& methods() {
  static const sqlite3_io_methods kMethods = [] {
    sqlite3_io_methods made{};
    made.iVersion = 1;  // a log is neither mapped nor does it carry the shared index
    made.xClose = close;
    made.xRead = [](sqlite3_file* file, void* octets, int count, sqlite3_int64 at) {
      return GatheredFile::of(file).gatherer->read(octets, count, at);
    };
    made.xWrite = [](sqlite3_file* file, const void* octets, int count, sqlite3_int64 at) {
      return GatheredFile::of(file).gatherer->write(octets, count, at);
    };
    made.xSync = [](sqlite3_file* file, int flags) { return GatheredFile::of(file).gatherer->sync(flags); };
    made.xTruncate = flush_and_call<&sqlite3_io_methods::xTruncate, sqlite3_int64>;
    made.xFileSize = flush_and_call<&sqlite3_io_methods::xFileSize, sqlite3_int64*>;
    made.xFileControl = flush_and_call<&sqlite3_io_methods::xFileControl, int, void*>;
    made.xLock = call<&sqlite3_io_methods::xLock, int>;
    made.xUnlock = call<&sqlite3_io_methods::xUnlock, int>;
    made.xCheckReservedLock = call<&sqlite3_io_methods::xCheckReservedLock, int*>;
    made.xSectorSize = call<&sqlite3_io_methods::xSectorSize>;
    made.xDeviceCharacteristics = call<&sqlite3_io_methods::xDeviceCharacteristics>;
    return made;
  }();
  return kMethods;
}

int open(sqlite3_vfs* /*self*/, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  sqlite3_vfs* const system = system_vfs();
  if ((flags & SQLITE_OPEN_WAL) == 0) return system->xOpen(system, name, file, flags, out_flags);
  file->pMethods = nullptr;  // nothing to close unless all goes well
  GatheredFile& gathered = GatheredFile::of(file);
  auto gatherer = std::unique_ptr<Gatherer>(new (std::nothrow) Gatherer(gathered.inner()));
  if (gatherer == nullptr || !gatherer->ready()) return SQLITE_NOMEM;
  const int code = system->xOpen(system, name, gathered.inner(), flags, out_flags);
  if (code != SQLITE_OK) {
    if (gathered.inner()->pMethods != nullptr) gathered.inner()->pMethods->xClose(gathered.inner());
    return code;
  }
  gathered.gatherer = gatherer.release();
  file->pMethods = &methods();
  return SQLITE_OK;
}

}  // namespace

const char* gathering_vfs() {
  static sqlite3_vfs vfs = [] {
    sqlite3_vfs made = *system_vfs();
    made.zName = "segell-gathering";
    made.pNext = nullptr;
    made.szOsFile += static_cast<int>(sizeof(GatheredFile));
    made.xOpen = open;
    return made;
  }();
  static const int kRegistered = sqlite3_vfs_register(&vfs, /*makeDflt=*/0);
  return kRegistered == SQLITE_OK ? vfs.zName : nullptr;
}

}  // namespace segell::sqlite
