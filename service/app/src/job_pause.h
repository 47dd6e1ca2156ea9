#pragma once

#include "base/time.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace segell::app {

/// When a job that failed is tried again: after half a minute, then twice as long each time, up to an hour.
inline base::Instant next_try(base::Instant now, std::int64_t attempts) {
  constexpr std::chrono::seconds kFirstPause{30};
  constexpr std::chrono::seconds kLongestPause{3600};
  const auto doublings = std::min<std::int64_t>(attempts, 7);
  return now + std::min<std::chrono::seconds>(kFirstPause * (std::int64_t{1} << doublings), kLongestPause);
}

}  // namespace segell::app
