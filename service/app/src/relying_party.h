#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace segell::app {

/// Who this service is to an authenticator (Web Authentication Level 2, section 4, "relying party identifier").
struct RelyingParty {
  std::string origin;  ///< as browsers write it: scheme, host, and a port that is not the scheme's own
  std::string id;      ///< the host alone
};

/// From the public address. None where browsers offer no passkeys: over plain HTTP anywhere but at localhost, and under
/// an address that is a number and no name.
std::optional<RelyingParty> relying_party(std::string_view public_url);

}  // namespace segell::app
