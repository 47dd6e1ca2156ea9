#pragma once

#include "base/error.h"
#include "http/message.h"

#include <cstddef>
#include <span>
#include <string>
#include <variant>

namespace segell::http {

/// Bounds of a request head. What lies outside is refused, never truncated.
struct HeadLimits {
  std::size_t max_bytes = 16 * 1024;
  std::size_t max_target = 2048;
  std::size_t max_fields = 64;
  std::size_t max_value = 8 * 1024;
};

/// Why a head was refused; the connection ends with this answer, since where the next request starts is unknown.
struct Refusal {
  int status = 400;
  base::Error error;
};

/// The gate in front of everything: reads a complete head, its empty line included (RFC 9112), and refuses all that two
/// parsers could read in two ways. Stricter than the RFC asks, so that no proxy in front can see another request:
/// CRLF line ends only, no space before the colon, no folded lines, no control characters; Host exactly once;
/// Content-Length at most once and digits only; Transfer-Encoding exactly "chunked", never together with
/// Content-Length and never in HTTP/1.0; origin-form targets of RFC 3986 characters without percent-encoding in the
/// path, empty or dot segments; fields that the service reads at most once. Field names are lowered in place; the views
/// of the result point into `text`.
std::variant<RequestHead, Refusal> parse_head(std::span<char> text, const HeadLimits& limits = {});

}  // namespace segell::http
