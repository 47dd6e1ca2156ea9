#pragma once

#include "base/bytes.h"
#include "base/certificate.h"
#include "base/result.h"

#include <memory>

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace segell::base {

/// A public key, of a certificate or without one: as the bare numbers of a JSON Web Key (RFC 7518 section 6), or as
/// WebCrypto exports it. Immutable, cheap to copy.
class VerifyingKey {
 public:
  enum class Kind { rsa, p256 };

  /// Modulus and exponent, big-endian; 2048 to 8192 bits. Error: malformed "key.malformed".
  static Result<VerifyingKey> rsa(BytesView modulus, BytesView exponent);
  /// Both coordinates, 32 octets each; the point must lie on the curve. Error: malformed "key.malformed".
  static Result<VerifyingKey> p256(BytesView x, BytesView y);
  /// SubjectPublicKeyInfo in DER (RFC 5480 section 2) of a P-256 key with an uncompressed point: one form, 91 octets.
  /// Error: malformed "key.malformed", also for every other kind of key.
  static Result<VerifyingKey> p256_spki(BytesView der);

  /// The key of a certificate: RSA of 2048 to 8192 bits, or P-256. Error: unsupported "key.unsupported" for others.
  static Result<VerifyingKey> of(const Certificate& certificate);

  [[nodiscard]] Kind kind() const { return m_kind; }
  /// RSASSA-PKCS1-v1_5 with SHA-256 (RS256), or ECDSA with SHA-256 as r ‖ s of 32 octets each (ES256, RFC 7518 section
  /// 3.4).
  [[nodiscard]] bool verify(BytesView message, BytesView signature) const;

 private:
  VerifyingKey(Kind kind, std::shared_ptr<evp_pkey_st> key) : m_kind(kind), m_key(std::move(key)) {}
  Kind m_kind;
  std::shared_ptr<evp_pkey_st> m_key;
};

}  // namespace segell::base
