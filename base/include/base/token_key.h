#pragma once

#include "base/signing_key.h"

#include <string_view>

namespace segell::base {

/// True for `pkcs11:` URIs (RFC 7512).
bool is_token_uri(std::string_view text) noexcept;

/// A private key in a PKCS#11 token, and the certificates that lie beside it there under the same CKA_ID.
struct TokenKey {
  std::shared_ptr<const SigningKey> key;
  std::vector<Certificate> certificates;
};

/// Opens the key that a `pkcs11:` URI names: token, object or id, and `module-path` or `module-name`; without these
/// every module that p11-kit knows is looked through. The PIN is the one given, else the first line of the file that
/// `pin-source` names. The key keeps its session and its PIN: a token that vanished and came back is opened anew by the
/// next signature, and one whose PIN was refused is never asked twice, so that it does not lock.
///
/// Errors, each naming token and object: invalid_argument "pkcs11.uri", "pkcs11.pin-in-uri" (`pin-value` would show the
/// PIN to everyone who lists processes or reads the configuration); unavailable "pkcs11.library", "pkcs11.module",
/// "pkcs11.token-lost"; not_found "pkcs11.no-token", "pkcs11.no-key"; conflict "pkcs11.ambiguous"; unauthenticated
/// "pkcs11.pin", "pkcs11.pin-missing"; forbidden "pkcs11.pin-locked"; unsupported "key.unsupported"; crypto
/// "pkcs11.failed" with the token's own code. Signing gives those of opening.
Result<TokenKey> open_token_key(std::string_view uri, const Secret& pin, RsaPadding padding = RsaPadding::pkcs1);

}  // namespace segell::base
