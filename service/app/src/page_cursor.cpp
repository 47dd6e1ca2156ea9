#include "page_cursor.h"

#include "checks.h"

#include <charconv>

namespace segell::app {

base::Failure bad_cursor() {
  return invalid("page.bad-cursor", "the cursor is none that an answer of this list gave",
                 "ask without a cursor to begin again");
}

base::Result<std::optional<std::uint64_t>> index_cursor(const Page& page) {
  if (page.cursor.empty()) return std::optional<std::uint64_t>();
  std::int64_t index = -1;  // as large as the store counts
  const char* end = page.cursor.data() + page.cursor.size();
  const auto [stopped, fault] = std::from_chars(page.cursor.data(), end, index);
  if (fault != std::errc() || stopped != end || index < 0) return bad_cursor();
  return std::optional(static_cast<std::uint64_t>(index));
}

base::Result<std::pair<base::Instant, std::string_view>> split_time_cursor(std::string_view cursor) {
  const auto dash = cursor.find('-');
  if (dash == std::string_view::npos) return bad_cursor();
  std::int64_t time = -1;
  const char* end = cursor.data() + dash;
  const auto [stopped, fault] = std::from_chars(cursor.data(), end, time);
  if (fault != std::errc() || stopped != end || time < 0) return bad_cursor();
  return std::pair(base::Instant(base::Microseconds(time)), cursor.substr(dash + 1));
}

base::Json next_json(const std::optional<std::uint64_t>& before) {
  return before ? base::Json(std::to_string(*before)) : base::Json();
}

}  // namespace segell::app
