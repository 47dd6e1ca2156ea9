#include "request_place.h"

#include "page_cursor.h"
#include "request_payload.h"

namespace segell::app {

using Place = storage::Requests::Place;

std::string cursor_of(const storage::RequestRecord& request) { return time_cursor_of(request); }

base::Result<std::optional<Place>> request_cursor(const Page& page) { return time_cursor<Place>(page); }

std::string_view state_word(const storage::RequestRecord& request, base::Instant now) noexcept {
  return request_state::is_pending(request.state) && request.expires <= now ? request_state::kExpired
                                                                            : std::string_view(request.state);
}

}  // namespace segell::app
