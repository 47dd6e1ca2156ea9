#pragma once

#include "app/page.h"
#include "base/json.h"
#include "base/result.h"
#include "base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace segell::app {

base::Failure bad_cursor();
/// "1790000000000000-ID". Error: invalid_argument "page.bad-cursor".
base::Result<std::pair<base::Instant, std::string_view>> split_time_cursor(std::string_view cursor);

/// A cursor that is the log index before which the next part begins. Error: invalid_argument "page.bad-cursor".
base::Result<std::optional<std::uint64_t>> index_cursor(const Page& page);
/// A cursor that is the time and the id of the last one shown. Error: invalid_argument "page.bad-cursor".
template <class Place>
base::Result<std::optional<Place>> time_cursor(const Page& page) {
  if (page.cursor.empty()) return std::optional<Place>();
  SEGELL_TRY(const auto parts, split_time_cursor(page.cursor));
  auto id = decltype(Place::id)::parse(parts.second);
  if (!id) return bad_cursor();
  return std::optional(Place{parts.first, *id});
}
template <class Record>
std::string time_cursor_of(const Record& last) {
  return std::to_string(last.created.time_since_epoch().count()) + '-' + last.id.text();
}
/// The member "next".
base::Json next_json(const std::optional<std::uint64_t>& before);

}  // namespace segell::app
