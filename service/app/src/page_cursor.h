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

/// How many records one answer looks through for those that its caller reaches.
inline constexpr std::size_t kMostLooked = 1000;

/// One answer of a list of which a caller reaches some: {`member`: [...], "next": ...}. `read(before, most)` gives
/// records newest first, each with its log_index; `show(record)` what the list says of one, null for what the caller
/// does not reach. An answer may be empty and have a next one all the same. Errors: index_cursor's; those of `read` and
/// `show`.
template <class Read, class Show>
base::Result<base::Json> list_reached(const Page& page, std::string member, const Read& read, const Show& show) {
  SEGELL_TRY(std::optional<std::uint64_t> next, index_cursor(page));
  base::Json::Array list;
  bool over = false;
  for (std::size_t looked = 0; looked < kMostLooked && list.size() < page.limit && !over; looked += Page::kMost) {
    SEGELL_TRY(const auto records, read(next, Page::kMost));
    over = records.size() < Page::kMost;
    for (const auto& record : records) {
      if (list.size() == page.limit) {
        over = false;
        break;
      }
      next = record.log_index;
      SEGELL_TRY(base::Json json, show(record));
      if (!json.is_null()) list.push_back(std::move(json));
    }
  }
  base::Json body = base::Json::object();
  body.set(std::move(member), std::move(list));
  body.set("next", over ? base::Json() : next_json(next));
  return body;
}

}  // namespace segell::app
