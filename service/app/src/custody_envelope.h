#pragma once

#include "app/service.h"
#include "base/bytes.h"

#include <vector>

namespace segell::app {

inline constexpr std::size_t kMaxEnvelopeBytes = 4u << 20;

/// What can be seen of a custody envelope without any key: to whom it is encrypted.
struct EnvelopeFacts {
  std::vector<base::Bytes> serials;  ///< the recipients' certificate serial numbers, complete INTEGER elements
};

/// Reads the outside of a CMS EnvelopedData (RFC 5652 section 6), definite lengths only: AES-256-CBC content,
/// recipients by issuer and serial number, key transport or key agreement, nothing behind it. Errors: limit_exceeded
/// "act.envelope-too-large"; invalid_argument "act.envelope-malformed".
base::Result<EnvelopeFacts> parse_envelope(base::BytesView cms);

/// Exactly the configured recipients, each once. Error: invalid_argument "act.envelope-recipients".
base::Result<void> check_recipients(const EnvelopeFacts& facts, const std::vector<CustodyRecipient>& expected);

}  // namespace segell::app
