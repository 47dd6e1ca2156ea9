#pragma once

#include "base/time.h"

#include <chrono>
#include <string_view>

namespace segell::app {

inline constexpr std::string_view kPackagePrefix = "sgp_";

/// What was captured in time may come late: a tablet lay in a drawer. What came after the nonce's end is set aside, and
/// never lost.
inline base::Instant capability_end(base::Instant visit_end) { return visit_end + std::chrono::hours(24 * 90); }

}  // namespace segell::app
