#pragma once

#include "base/bytes.h"
#include "base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Time-based one-time passwords (RFC 6238) in the one form that authenticator programs agree on: HMAC-SHA-1, steps of
// 30 seconds, six digits.

namespace segell::base {

/// Octets of a fresh secret (RFC 4226 section 4, R6 recommends 160 bits).
inline constexpr std::size_t kTotpSecretOctets = 20;
inline constexpr int kTotpDigits = 6;

/// The number of the step that holds this time, counted from 1970.
std::uint64_t totp_step(Instant time);

/// The code of a step: HOTP of RFC 4226 section 5.3 with the step as its counter.
std::string totp_code(BytesView secret, std::uint64_t step, int digits = kTotpDigits);

/// The step whose code this is: the one of `now`, the one before or the one behind, for clocks that differ (RFC 6238
/// section 5.2). Steps up to `last_used` never match again. Every candidate is compared, in constant time.
std::optional<std::uint64_t> match_totp(BytesView secret, std::string_view code, Instant now,
                                        std::optional<std::uint64_t> last_used);

/// A secret as authenticator programs take it: base32 of RFC 4648 section 6, without padding.
std::string to_base32(BytesView bytes);

}  // namespace segell::base
