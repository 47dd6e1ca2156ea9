#include "file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <utility>

namespace segell::sqlite {

base::Result<FileLock> FileLock::take(const std::string& path) {
  FileLock lock;
  lock.m_fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock.m_fd < 0) return base::fail(base::Code::io, "storage.io", "cannot open the lock file " + path);
  if (::flock(lock.m_fd, LOCK_EX | LOCK_NB) != 0) {
    return base::fail(base::Code::conflict, "store.locked", "another process serves this store: " + path,
                      "stop it first; two writers would fork the log");
  }
  return lock;
}

FileLock::~FileLock() {
  if (m_fd >= 0) ::close(m_fd);
}

}  // namespace segell::sqlite
