#pragma once

#include "app/service.h"
#include "app/sessions.h"

#include <string>
#include <string_view>

// Passkeys (Web Authentication Level 2) as a second factor: at a login, and when a tablet comes back from a person's
// hands. Each answer of an authenticator rests on a challenge of 32 random octets that belongs to one session, counts
// once and for five minutes. The authenticator must know whoever uses it (PIN, fingerprint, face).
//
// Every octet string is base64url. Errors of each: conflict "passkey.not-offered" where the service's public address is
// none that browsers offer passkeys for, "session.step".

namespace segell::app {

/// Whether the service's public address is one that browsers offer passkeys for.
bool offers_passkeys(const Service& service);

/// Body: {"publicKey":{…}}, the PublicKeyCredentialCreationOptionsJSON of the standard's Level 3 (section 5.1.10).
/// Error: conflict "passkey.too-many".
base::Result<base::Json> begin_passkey(Service& service, const SessionCaller& caller);

struct NewPasskey {
  std::string name;  ///< by which its owner knows it
  std::string client_data;
  std::string authenticator_data;
};
/// The account has that passkey too from now on; the session is raised and every other one ends. Its grant names
/// recovery codes, once, where it is the account's first second factor. Errors: invalid_argument "passkey.bad-name" and
/// those of what an authenticator says (docs/logging-in.md); conflict "passkey.not-begun"; already_exists
/// "passkey.known".
base::Result<LoginReply> add_passkey(Service& service, const SessionCaller& caller, const NewPasskey& made);

/// Takes one away; every other session ends. Body: {"session":{…}}. Errors: not_found "passkey.unknown"; conflict
/// "second-factor.needed" for the last second factor of who needs one.
base::Result<base::Json> remove_passkey(Service& service, const SessionCaller& caller, std::string_view passkey);

/// Body: {"publicKey":{…}}, the PublicKeyCredentialRequestOptionsJSON. Error: not_found "passkey.unknown" for an
/// account that has none.
base::Result<base::Json> ask_for_passkey(Service& service, const SessionCaller& caller);

struct PasskeyProof {
  std::string id;
  std::string client_data;
  std::string authenticator_data;
  std::string signature;
};
/// Shows the second factor. Whatever was wrong is an event and counts as a failed attempt; so does a counter that went
/// back, which a copied authenticator gives away. Error: unauthenticated "second-factor.failed".
base::Result<LoginReply> pass_passkey(Service& service, const SessionCaller& caller, const PasskeyProof& proof);

/// The same for a tablet that was handed over. Error: not_found "http.not-found" where nothing was, or the account has
/// no passkey.
base::Result<base::Json> ask_for_passkey_back(Service& service, std::string_view cookie);
base::Result<LoginReply> take_back_by_passkey(Service& service, std::string_view cookie, const PasskeyProof& proof);

}  // namespace segell::app
