#pragma once

#include "base/signing_key.h"

#include <string_view>

namespace segell::base {

/// The identity of a certificate whose key lies far away: it knows what its signatures are made with and signs nothing
/// here (unavailable "key.remote"). The chain is ordered as in make_seal_identity. Error: unsupported
/// "key.unsupported".
Result<SealIdentity> make_remote_identity(Certificate certificate, std::vector<Certificate> chain, RsaPadding padding);

/// How a scheme is called where a signature is asked for: "RSA, PKCS#1 v1.5", "ECDSA on P-256".
std::string_view words_of_scheme(SignatureScheme scheme) noexcept;

/// What a remote signer is usually given in the place of the message.
struct RemoteDigest {
  std::string_view algorithm;  ///< "SHA-256"; "none" for Ed25519, which signs the octets themselves (RFC 8032)
  Bytes value;                 ///< empty then
};
RemoteDigest digest_for_remote(SignatureScheme scheme, BytesView message);

/// A signature that came from far away, in the form that SigningKey::sign gives: an ECDSA signature may come as r ‖ s.
/// Error: untrusted "key.wrong-signature" when it is not this identity's over the message.
Result<Bytes> accept_remote_signature(const SealIdentity& identity, BytesView message, BytesView signature);

}  // namespace segell::base
