#pragma once

#include "base/bytes.h"
#include "base/certificate.h"
#include "base/decryption_key.h"
#include "base/result.h"
#include "base/secret.h"

namespace segell::signer::ink {

inline constexpr std::size_t kMaxEnvelopeBytes = 4U << 20U;  ///< as many as the service takes

/// How many parties an envelope is encrypted to, and whether one of them is this certificate.
struct EnvelopeRecipients {
  std::size_t count = 0;
  bool names_certificate = false;
};

/// Reads the outside of a custody envelope (CMS EnvelopedData, RFC 5652) without opening it. `certificate` may be null.
/// Errors: malformed "envelope.malformed", limit_exceeded "envelope.too-large".
base::Result<EnvelopeRecipients> read_recipients(base::BytesView cms, const base::Certificate* certificate);

/// Decrypts it: the content key by RSA-OAEP (RFC 8017) or by ECDH with key wrap (RFC 5753). RSA with the padding of
/// PKCS#1 v1.5 is refused: a wrong key could not be told from a right one. What comes out is not yet believed; CBC
/// proves nothing about who wrote it, the digest that the sealed document commits to does. Errors: those of
/// read_recipients; unauthenticated "envelope.not-for-this-key"; crypto "envelope.damaged".
base::Result<base::Secret> open_envelope(base::BytesView cms, const base::DecryptionKey& key);

}  // namespace segell::signer::ink
