#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <string>
#include <string_view>

namespace segell::base {

/// Lower-case hexadecimal.
std::string to_hex(BytesView bytes);
/// Accepts both cases, nothing else. Error: malformed.
Result<Bytes> from_hex(std::string_view text);

/// RFC 4648 section 4, with padding.
std::string to_base64(BytesView bytes);
/// Strict: padding present and canonical, no line breaks. Error: malformed.
Result<Bytes> from_base64(std::string_view text);

/// RFC 4648 section 5, without padding.
std::string to_base64url(BytesView bytes);
Result<Bytes> from_base64url(std::string_view text);

/// Every octet but the unreserved characters of RFC 3986 section 2.3 as %XX: for a part of an address, or a form
/// (application/x-www-form-urlencoded).
std::string percent_encode(std::string_view text);

/// True when the text is well-formed UTF-8 (no surrogates, no overlong forms).
bool is_utf8(std::string_view text) noexcept;

}  // namespace segell::base
