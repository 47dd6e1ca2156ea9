#include "request_link.h"

#include "checks.h"
#include "tokens.h"

#include <chrono>

namespace segell::app {

namespace {

constexpr std::chrono::hours kLongestRequest{24 * 90};

}  // namespace

RequestLink make_request_link(std::string_view public_url, const base::TenantId& tenant, const RequestId& request,
                              base::Instant expires) {
  const std::string capability = make_bearer(kCapabilityPrefix);
  RequestLink link;
  link.address = std::string(public_url) + "/visit#" + capability;
  link.credential.hash = bearer_digest(capability);
  link.credential.tenant = tenant;
  link.credential.label = "visit " + request.text();
  link.credential.scopes = "visit";
  link.credential.request = request;
  link.credential.expires = expires;
  return link;
}

base::Result<base::Instant> request_expiry(const std::string& text, base::Instant now) {
  SEGELL_TRY(const base::Instant expires, base::parse_rfc3339(text));
  if (expires > now && expires <= now + kLongestRequest) return expires;
  return invalid("request.bad-expiry", "a request ends within 90 days from now");
}

}  // namespace segell::app
