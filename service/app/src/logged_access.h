#pragma once

#include "app/service.h"
#include "base/json.h"
#include "event_reading.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace segell::app {

/// The closed word of what was done, for an event that opened something of a person; none for every other event.
std::optional<std::string_view> access_word(EventKind kind);

/// {at,what,by:{role,organisation},why,document,question,logIndex}: who by role and organisation, when, why.
base::Json access_json(const LoggedEvent& event, std::string_view what, const TenantSettings& settings,
                       std::uint64_t index);

}  // namespace segell::app
