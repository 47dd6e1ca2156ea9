#pragma once

#include "app/caller.h"
#include "storage/credentials.h"

#include <string>

namespace segell::app {

/// A tablet's way to one request: whoever has the link acts as the person, so that it is told once and kept as a
/// digest.
struct RequestLink {
  std::string address;  ///< ".../visit#sgv_..."
  storage::CredentialRecord credential;
};
RequestLink make_request_link(std::string_view public_url, const base::TenantId& tenant, const RequestId& request,
                              base::Instant expires);

/// When a request ends: within 90 days. Errors: invalid_argument "request.bad-expiry"; those of parse_rfc3339().
base::Result<base::Instant> request_expiry(const std::string& text, base::Instant now);

}  // namespace segell::app
