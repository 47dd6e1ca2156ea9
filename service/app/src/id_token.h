#pragma once

#include "base/json.h"
#include "base/result.h"
#include "base/time.h"
#include "base/verifying_key.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What an OpenID provider says of who logged in: ID tokens (OpenID Connect Core 1.0) as signed JSON Web Tokens (RFC
// 7515, 7519).

namespace segell::app {

/// A failure whose cause lies with the provider.
base::Failure provider_untrusted(std::string_view reason, std::string message);
/// A text member; empty where there is none.
std::string member_text(const base::Json& object, std::string_view name);

/// A key of the provider's set that may sign ID tokens.
struct ProviderKey {
  std::string id;  ///< "kid"; may be empty
  base::VerifyingKey key;
};
/// The keys of a JSON Web Key Set (RFC 7517) that RS256 or ES256 can be checked with; others are passed over. Error:
/// untrusted "oidc.keys".
base::Result<std::vector<ProviderKey>> read_key_set(const base::Json& set);

/// What a token must say.
struct Expected {
  std::string_view issuer;
  std::string_view client;
  std::string_view nonce;
  base::Instant now{};
};

/// A signed token taken apart; nothing of it is believed yet.
struct UncheckedToken {
  std::string algorithm;
  std::string key_id;
  std::string signed_part;
  base::Bytes signature;
  base::Json claims;
};
/// Error: untrusted "oidc.token-malformed".
base::Result<UncheckedToken> read_token(std::string_view text);

/// The key that the token names, or the only one that fits; none where the provider may have changed its keys.
const ProviderKey* find_key(const std::vector<ProviderKey>& keys, const UncheckedToken& token);

struct Identity {
  std::string subject;
  std::string context_class;  ///< "acr"; may be empty
  base::Json claims;
};
/// OpenID Connect Core 1.0 section 3.1.3.7: signature by the allowed algorithm of that key's kind (never "none", never
/// a MAC), issuer, audience and authorised party, times with a minute's grace, nonce. Errors, all untrusted:
/// "oidc.algorithm", "oidc.signature", "oidc.issuer", "oidc.audience", "oidc.expired", "oidc.not-yet", "oidc.nonce",
/// "oidc.token-malformed".
base::Result<Identity> check_token(const UncheckedToken& token, const ProviderKey& key, const Expected& expected);

}  // namespace segell::app
