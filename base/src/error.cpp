#include "base/error.h"

namespace segell::base {

std::string_view to_string(Code code) noexcept {
  switch (code) {
    case Code::invalid_argument:
      return "invalid_argument";
    case Code::malformed:
      return "malformed";
    case Code::unsupported:
      return "unsupported";
    case Code::limit_exceeded:
      return "limit_exceeded";
    case Code::not_found:
      return "not_found";
    case Code::already_exists:
      return "already_exists";
    case Code::conflict:
      return "conflict";
    case Code::stale:
      return "stale";
    case Code::unauthenticated:
      return "unauthenticated";
    case Code::forbidden:
      return "forbidden";
    case Code::expired:
      return "expired";
    case Code::untrusted:
      return "untrusted";
    case Code::unavailable:
      return "unavailable";
    case Code::timed_out:
      return "timed_out";
    case Code::storage_full:
      return "storage_full";
    case Code::io:
      return "io";
    case Code::corrupt:
      return "corrupt";
    case Code::crypto:
      return "crypto";
    case Code::internal:
      return "internal";
  }
  return "internal";
}

}  // namespace segell::base
