#pragma once

#include "base/json.h"
#include "base/time.h"

#include <string>

namespace segell::app {

/// The member kBirth of a profile: {date,seen}. Errors: invalid_argument "person.bad-birth-date",
/// "person.bad-birth-date-seen".
base::Result<base::Json> make_birth(const std::string& date, const std::string& seen, base::Instant now);

}  // namespace segell::app
