#include "request_place.h"

#include "page_cursor.h"
#include "request_payload.h"

#include <charconv>

namespace segell::app {

using Place = storage::Requests::Place;

std::string cursor_of(const storage::RequestRecord& request) {
  return std::to_string(request.created.time_since_epoch().count()) + '-' + request.id.text();
}

base::Result<std::optional<Place>> request_cursor(const Page& page) {
  if (page.cursor.empty()) return std::optional<Place>();
  const auto dash = page.cursor.find('-');
  if (dash == std::string::npos) return bad_cursor();
  std::int64_t created = -1;
  const char* end = page.cursor.data() + dash;
  const auto [stopped, fault] = std::from_chars(page.cursor.data(), end, created);
  auto id = storage::RequestId::parse(std::string_view(page.cursor).substr(dash + 1));
  if (fault != std::errc() || stopped != end || created < 0 || !id) return bad_cursor();
  return std::optional(Place{base::Instant(base::Microseconds(created)), *id});
}

std::string_view state_word(const storage::RequestRecord& request, base::Instant now) noexcept {
  return request_state::is_pending(request.state) && request.expires <= now ? request_state::kExpired
                                                                            : std::string_view(request.state);
}

}  // namespace segell::app
