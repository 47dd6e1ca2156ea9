#pragma once

#include "base/error.h"

namespace segell::storage {

/// Where a failure goes after which this process must not go on: a commit or fsync whose durability is unknown, or a
/// log that contradicts itself. Nothing is acknowledged any more.
class Fatal {
 public:
  virtual ~Fatal() = default;
  /// Executables end here. A test records the call; the store is stopped for good when it returns.
  virtual void fatal(const base::Error& error) noexcept = 0;
};

/// Writes one line to stderr and leaves at once with status 70, without destructors: the next start recovers.
class ExitOnFatal final : public Fatal {
 public:
  void fatal(const base::Error& error) noexcept override;
};

}  // namespace segell::storage
