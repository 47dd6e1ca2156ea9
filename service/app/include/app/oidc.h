#pragma once

#include "app/sessions.h"
#include "base/http_exchange.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>

// Logging in at an outside identity provider (OpenID Connect Core 1.0, authorization code flow with PKCE, RFC 7636):
// one of the ways in, where the operator configured it.

namespace segell::app {

/// A provider as configured.
struct OidcSettings {
  std::string issuer;  ///< as its tokens say it: "https://identity.example"
  std::string name;    ///< as people know it, on the button
  std::string client;  ///< our client_id there
  std::string secret;  ///< empty: a public client, which PKCE alone protects
  std::string scope = "openid";
  std::string context_classes;                ///< "acr_values" to ask for; may be empty
  std::map<std::string, std::string> levels;  ///< "acr" to low, substantial or high; what is not there is low
  std::string identifier_claim;               ///< the claim that holds a person's identifier; empty: none
  std::string identifier_type;                ///< its type: "DNI", "NIE" …
};

struct OidcStart {
  std::string address;  ///< where the browser goes: the provider's authorization endpoint
  std::string cookie;   ///< "sgo_…": state, nonce and verifier are derived from it; comes back with the browser
};

/// What the provider's answer carried in its query.
struct OidcReturn {
  std::string cookie;  ///< of begin()
  std::string state;
  std::string code;
  std::string error;
  std::string issuer;   ///< "iss" (RFC 9207); may be empty
  std::string address;  ///< of the client; attempts are counted by it
};

/// The way in through one provider. Thread-safe. Keeps nothing of an attempt: what one needs comes back with the
/// browser's cookie, and whoever does not have that cookie can make none of it. A cookie that somebody made up for
/// themselves has a state as well: failed attempts are therefore counted by address, like those with a password.
class OidcLogin {
 public:
  /// `return_address`: where the provider sends the browser back to. Service and exchange outlive this.
  static std::unique_ptr<OidcLogin> make(Service& service, base::HttpExchange& http, OidcSettings settings,
                                         std::string return_address);
  virtual ~OidcLogin() = default;

  [[nodiscard]] virtual const std::string& name() const = 0;
  /// `earlier`: the cookie of a session that this browser has; it ends here, for a browser that comes back from
  /// elsewhere does not show that cookie. Errors: unavailable "oidc.unavailable", timed_out, untrusted "oidc.metadata"
  /// where the provider does not answer as it must.
  virtual base::Result<OidcStart> begin(const std::optional<std::string>& earlier) = 0;
  /// Exchanges the code, checks the ID token and opens a session of that identity's account. Where there is none, and a
  /// claim identifies people, the person with that identifier gets one, as a citizen. The provider's assurance becomes
  /// the session's, and is kept with issuer, subject, class, time and token digest as identity evidence under the
  /// account's key. Errors: unauthenticated "oidc.state", "oidc.refused", "oidc.unknown-identity"; unavailable
  /// "oidc.unavailable", "login.busy"; untrusted "oidc.metadata", "oidc.keys", "oidc.algorithm", "oidc.signature",
  /// "oidc.issuer", "oidc.audience", "oidc.expired", "oidc.not-yet", "oidc.nonce", "oidc.token-malformed".
  /// A failed attempt is an event and counts; a provider that does not answer is neither.
  virtual base::Result<LoginReply> finish(const OidcReturn& returned) = 0;
};

/// The login name of the account that an identity has here: nobody types it.
std::string oidc_account_name(std::string_view issuer, std::string_view subject);
/// Whether it is such a name, which nobody can type.
bool is_oidc_account_name(std::string_view name);

}  // namespace segell::app
