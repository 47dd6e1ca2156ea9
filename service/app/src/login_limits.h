#pragma once

#include "base/time.h"
#include "storage/sessions.h"

#include <algorithm>
#include <chrono>

namespace segell::app {

/// How many failed attempts in a row are free, and how long they are remembered. Behind them, each failure doubles the
/// wait before the next attempt is looked at: half a minute, then more, a quarter of an hour at most. So a name is
/// slowed down, never locked for good by somebody else's guesses.
struct LoginLimit {
  std::uint32_t free = 5;
  static constexpr std::chrono::hours kMemory{1};
  static constexpr std::chrono::seconds kFirstWait{30};
  static constexpr std::chrono::seconds kLongestWait{15 * 60};

  /// How long from `now`; zero: at once.
  [[nodiscard]] std::chrono::seconds wait(const storage::LoginFailures& failures, base::Instant now) const {
    // A clock that was put back forgets: it must not lock anyone out.
    if (failures.count < free || now < failures.last || now - failures.last >= kMemory) return {};
    const std::uint32_t doublings = std::min(failures.count - free, 5U);
    const base::Instant until = failures.last + std::min(kFirstWait * (1 << doublings), kLongestWait);
    return until <= now ? std::chrono::seconds(0) : std::chrono::ceil<std::chrono::seconds>(until - now);
  }
};

inline constexpr LoginLimit kNameLimit{5};      ///< for one login name, known or not
inline constexpr LoginLimit kAddressLimit{20};  ///< from one address: several people may share it
inline constexpr LoginLimit kFactorLimit{5};    ///< for the second factor of one account

}  // namespace segell::app
