#pragma once

#include "app/page.h"
#include "base/json.h"
#include "base/result.h"

#include <cstdint>
#include <optional>

namespace segell::app {

/// A cursor that is the log index before which the next part begins. Error: invalid_argument "page.bad-cursor".
base::Result<std::optional<std::uint64_t>> index_cursor(const Page& page);
/// The member "next".
base::Json next_json(const std::optional<std::uint64_t>& before);

base::Failure bad_cursor();

}  // namespace segell::app
