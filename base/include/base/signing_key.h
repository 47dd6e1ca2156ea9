#pragma once

#include "base/bytes.h"
#include "base/certificate.h"
#include "base/digest.h"
#include "base/result.h"
#include "base/secret.h"

#include <memory>
#include <string_view>
#include <vector>

namespace segell::base {

/// What a key signs with: key type, padding and digest belong together.
enum class SignatureScheme {
  rsa_pkcs1_sha256,   ///< RFC 8017 8.2
  rsa_pss_sha256,     ///< RFC 8017 8.1: MGF1 with SHA-256, salt of 32 octets
  ecdsa_p256_sha256,  ///< DER Ecdsa-Sig-Value
  ecdsa_p384_sha384,
  ecdsa_p521_sha512,
  ed25519,  ///< RFC 8032, over the message itself; what it signs in CMS is hashed with SHA-512 (RFC 8419 2.3)
};

/// How an RSA key signs whose type leaves it open.
enum class RsaPadding { pkcs1, pss };

/// The digest that a CMS signature of the scheme uses for its content: the scheme's own, SHA-512 for Ed25519.
HashAlgorithm content_hash_of(SignatureScheme scheme) noexcept;

/// A private key that may live anywhere: in memory, in a token, behind a network. Thread-safe.
class SigningKey {
 public:
  virtual ~SigningKey() = default;
  [[nodiscard]] virtual SignatureScheme scheme() const = 0;
  /// SubjectPublicKeyInfo of the public half.
  [[nodiscard]] virtual Bytes public_key_der() const = 0;
  /// The signature over the message (the scheme's digest included). Errors: crypto, unavailable, timed_out.
  [[nodiscard]] virtual Result<Bytes> sign(BytesView message) const = 0;
};

/// A key with the certificate that speaks for it and the issuers above that one, nearest first.
struct SealIdentity {
  std::shared_ptr<const SigningKey> key;
  Certificate certificate;
  std::vector<Certificate> chain;
};

/// A PEM private key (PKCS#8, PKCS#1 or SEC1; encrypted where a passphrase is given): RSA (which signs with PKCS#1
/// v1.5), RSA-PSS, P-256, P-384, P-521 or Ed25519. Errors: malformed "key.malformed"; unauthenticated
/// "key.wrong-passphrase"; unsupported "key.unsupported" with the key type in words.
Result<std::shared_ptr<const SigningKey>> parse_signing_key_pem(BytesView pem, const Secret& passphrase);

/// The same RSA key signing with RSASSA-PSS instead of PKCS#1 v1.5. Error: unsupported "key.not-rsa" for any other key,
/// and for one that does not lie in this process.
Result<std::shared_ptr<const SigningKey>> with_pss_padding(const std::shared_ptr<const SigningKey>& key);

/// A PKCS#12 file (RFC 7292). Files with legacy ciphers (RC2-40, 3DES) are opened where OpenSSL's legacy provider can
/// be loaded; where it cannot, the error is unsupported "key.legacy-pkcs12" and its hint is the exact openssl command
/// that converts the file. Private key and certificate must match.
Result<SealIdentity> parse_pkcs12(BytesView file, const Secret& passphrase);

/// Key and certificate must belong together. Error: invalid_argument "key.certificate-mismatch".
Result<SealIdentity> make_seal_identity(std::shared_ptr<const SigningKey> key, Certificate certificate,
                                        std::vector<Certificate> chain);

/// Ed25519 from its 32-octet seed (RFC 8032 5.1.5).
Result<std::shared_ptr<const SigningKey>> make_ed25519_key(const Secret& seed);
/// The raw 32-octet public key of an Ed25519 seed.
Result<Bytes> ed25519_public_key(const Secret& seed);
/// True when the 64-octet signature verifies under the 32-octet public key.
bool verify_ed25519(BytesView public_key, BytesView message, BytesView signature);

}  // namespace segell::base
