#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "relying_party.h"

#include <cstdint>
#include <string>

// What an authenticator says, checked as Web Authentication Level 2 asks of a relying party (sections 7.1 and 7.2).
// libfido2 reads its binary part and verifies its signature. Attestation is not asked for and not looked at: which
// model of authenticator somebody uses is their own affair.

namespace segell::app {

/// COSE algorithms (RFC 9053) that are offered, best first.
inline constexpr int kPasskeyAlgorithms[] = {-7 /* ES256 */, -8 /* EdDSA */, -257 /* RS256 */};
inline constexpr std::size_t kMostCredentialIdOctets = 1023;  ///< section 7.1 step 25

/// The answer of navigator.credentials.create().
struct CredentialCreated {
  base::Bytes client_data;         ///< clientDataJSON, the octets that the browser made
  base::Bytes authenticator_data;  ///< AuthenticatorAttestationResponse.getAuthenticatorData()
};
/// A key that an authenticator made for this service.
struct PasskeyKey {
  base::Bytes id;  ///< the credential id
  int algorithm = 0;
  base::Bytes public_key;  ///< in libfido2's form for the algorithm
  std::uint32_t counter = 0;
};
/// Errors: invalid_argument "passkey.client-data" (no such JSON), "passkey.type", "passkey.challenge",
/// "passkey.origin", "passkey.authenticator-data" (malformed, of another service, or of an algorithm that was not
/// offered), "passkey.user-not-verified" (the authenticator asked for neither PIN nor fingerprint).
base::Result<PasskeyKey> check_created(const RelyingParty& party, base::BytesView challenge,
                                       const CredentialCreated& created);

/// The answer of navigator.credentials.get().
struct CredentialUsed {
  base::Bytes id;
  base::Bytes client_data;
  base::Bytes authenticator_data;
  base::Bytes signature;
};
/// The authenticator's counter, which the caller compares with the one before. Errors: those of check_created();
/// invalid_argument "passkey.signature".
base::Result<std::uint32_t> check_used(const RelyingParty& party, base::BytesView challenge, const PasskeyKey& key,
                                       const CredentialUsed& used);

}  // namespace segell::app
