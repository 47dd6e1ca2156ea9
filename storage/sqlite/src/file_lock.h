#pragma once

#include "base/result.h"

#include <string>
#include <utility>

namespace segell::sqlite {

/// Holds an exclusive advisory lock on a file as long as it lives; the kernel lets go when the process dies.
class FileLock {
 public:
  /// Error: conflict "store.locked".
  static base::Result<FileLock> take(const std::string& path);
  FileLock() = default;
  ~FileLock();
  FileLock(FileLock&& other) noexcept : m_fd(other.m_fd) { other.m_fd = -1; }
  FileLock& operator=(FileLock&& other) noexcept {
    std::swap(m_fd, other.m_fd);
    return *this;
  }

 private:
  int m_fd = -1;
};

}  // namespace segell::sqlite
