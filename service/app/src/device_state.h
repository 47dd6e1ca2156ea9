#pragma once

#include "base/result.h"
#include "storage/devices.h"

#include <string_view>

namespace segell::app {

namespace device_state {
inline constexpr std::string_view kActive = "active";
inline constexpr std::string_view kRevoked = "revoked";
}  // namespace device_state

/// The member of a device's or a visit's details that names who made it.
inline constexpr const char* kMadeBy = "madeBy";

/// The one refusal of whatever a device sends, or is to carry, after its end. Reason: "device.revoked".
base::Failure device_revoked(base::Code code);

}  // namespace segell::app
