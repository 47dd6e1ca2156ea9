#pragma once

#include "app/page.h"
#include "base/result.h"
#include "storage/requests.h"

#include <optional>
#include <string>

namespace segell::app {

/// "1790000000123456-01h2xcejqtf2nbrexx3vqjhp41": where in a list of requests this one stands.
std::string cursor_of(const storage::RequestRecord& request);
/// Where a list goes on. Error: invalid_argument "page.bad-cursor".
base::Result<std::optional<storage::Requests::Place>> request_cursor(const Page& page);

/// Where a request stands at that moment: its state, and "expired" once a pending one is too old.
std::string_view state_word(const storage::RequestRecord& request, base::Instant now) noexcept;

}  // namespace segell::app
