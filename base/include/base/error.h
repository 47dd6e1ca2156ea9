#pragma once

#include <string>
#include <string_view>

namespace segell::base {

/// What kind of failure it is: closed, so that every mapping (HTTP status, exit code) is an exhaustive switch.
enum class Code {
  invalid_argument,  ///< the caller gave a value outside the contract
  malformed,         ///< untrusted bytes are not what they claim to be
  unsupported,       ///< well-formed, and deliberately not done
  limit_exceeded,    ///< a stated bound was passed
  not_found,
  already_exists,
  conflict,         ///< the state does not allow it
  stale,            ///< the state moved since the caller looked; look again
  unauthenticated,  ///< no or no valid credential
  forbidden,        ///< a valid credential without this right
  expired,          ///< was valid once
  untrusted,        ///< a peer answered, and the answer must not be believed
  unavailable,      ///< a peer or a part cannot answer now; trying later may help
  timed_out,
  storage_full,  ///< no room; nothing was changed
  io,            ///< the operating system refused
  corrupt,       ///< our own stored data fails its checks
  crypto,        ///< a cryptographic operation failed
  internal,      ///< a broken invariant of ours
};

/// A failure that a caller can act on. A verdict is never an Error: "this signature is broken" is a successful
/// verification.
struct Error {
  Code code = Code::internal;
  /// Stable machine-readable id, dotted, lower case, a string literal: "pdf.encrypted". Part of the API; never
  /// reworded.
  std::string_view reason = "internal";
  /// Lower case, English, no trailing stop, safe to show: it never holds a secret or personal data.
  std::string message;
  /// The way out, or empty.
  std::string hint;
};

/// The name of a code as written in logs: "limit_exceeded".
std::string_view to_string(Code code) noexcept;

}  // namespace segell::base
