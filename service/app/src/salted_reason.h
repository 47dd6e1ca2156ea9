#pragma once

#include "base/digest.h"
#include "base/json.h"
#include "base/result.h"

#include <array>
#include <string>

namespace segell::app {

/// Words that the log commits to without saying them: value and salt lie in the erasable store.
struct SaltedReason {
  std::string reason;
  std::array<std::byte, 32> salt{};
  base::Sha256 commitment{};  ///< SHA-256(salt ‖ canonical JSON of {"type":"reason","value":reason})

  /// {reason,salt}
  [[nodiscard]] base::Json json() const;
};

/// With a fresh salt. The words are judged by whoever takes them in.
base::Result<SaltedReason> salted_reason(const std::string& reason);

}  // namespace segell::app
