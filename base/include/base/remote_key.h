#pragma once

#include "base/signing_key.h"

namespace segell::base {

/// The identity of a certificate whose key lies far away: it knows what its signatures are made with and signs nothing
/// here (unavailable "key.remote"). The chain is ordered as in make_seal_identity. Error: unsupported
/// "key.unsupported".
Result<SealIdentity> make_remote_identity(Certificate certificate, std::vector<Certificate> chain, RsaPadding padding);

/// A signature that came from far away, in the form that SigningKey::sign gives: an ECDSA signature may come as r ‖ s.
/// Error: untrusted "key.wrong-signature" when it is not this identity's over the message.
Result<Bytes> accept_remote_signature(const SealIdentity& identity, BytesView message, BytesView signature);

}  // namespace segell::base
