#include "http/paging.h"

#include <algorithm>
#include <charconv>

namespace segell::http {
namespace {

constexpr std::size_t kLongestCursor = 64;

base::Failure bad_query(const char* message) {
  return base::fail(base::Code::malformed, "request.bad-query", message,
                    "a list takes cursor, as an earlier answer gave it in next, and limit");
}

/// Cursors are made of what needs no percent-encoding.
bool is_cursor(std::string_view text) {
  return !text.empty() && text.size() <= kLongestCursor && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-';
  });
}

bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= kLongestCursor && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
  });
}

}  // namespace

base::Result<app::Page> read_page(std::string_view query) {
  std::string none;
  return read_page(query, {}, none);
}

base::Result<app::Page> read_page(std::string_view query, std::string_view filter, std::string& to) {
  app::Page page;
  bool has_limit = false;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const std::string_view word = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const auto mark = word.find('=');
    const std::string_view name = word.substr(0, mark);
    const std::string_view value = mark == word.npos ? std::string_view() : word.substr(mark + 1);
    if (name == "cursor") {
      if (!page.cursor.empty() || !is_cursor(value)) return bad_query("the query has no proper cursor");
      page.cursor = value;
    } else if (name == "limit") {
      const auto [stopped, fault] = std::from_chars(value.data(), value.data() + value.size(), page.limit);
      if (has_limit || fault != std::errc() || stopped != value.data() + value.size() || page.limit == 0 ||
          page.limit > app::Page::kMost)
        return bad_query("the limit is a number from 1 to 100");
      has_limit = true;
    } else if (!filter.empty() && name == filter) {
      if (!to.empty() || !is_word(value)) return bad_query("the query has no proper filter");
      to = value;
    } else {
      return bad_query("the query has a parameter that this call does not know");
    }
  }
  return page;
}

base::Result<std::string_view> read_language(std::string_view query) {
  constexpr std::string_view kLanguage = "language=";
  if (query.starts_with(kLanguage)) return query.substr(kLanguage.size());
  return base::fail(base::Code::malformed, "request.bad-query", "the query names the language of the paper",
                    "?language=ca, es or en, and nothing else");
}

base::Result<std::optional<std::uint64_t>> read_signature_length(std::string_view query) {
  constexpr std::string_view kLength = "signatureLength=";
  if (query.empty()) return std::optional<std::uint64_t>();
  std::uint64_t length = 0;
  const std::string_view value = query.starts_with(kLength) ? query.substr(kLength.size()) : std::string_view();
  const auto [stopped, fault] = std::from_chars(value.data(), value.data() + value.size(), length);
  if (value.empty() || fault != std::errc() || stopped != value.data() + value.size() || length == 0)
    return base::fail(base::Code::malformed, "request.bad-query",
                      "the query is none, or says how long the signature at the beginning of the body is",
                      "?signatureLength=N, in octets, and nothing else");
  return std::optional(length);
}

}  // namespace segell::http
