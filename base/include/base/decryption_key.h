#pragma once

#include "base/certificate.h"
#include "base/result.h"
#include "base/secret.h"

#include <memory>
#include <optional>

namespace segell::base {

/// A private key that opens what others encrypted to its public half: RSA of 2048 to 8192 bits, or P-256. In memory
/// only; copies share it.
class DecryptionKey {
 public:
  /// PEM as parse_signing_key_pem takes it, with its errors; unsupported "key.unsupported" for a key that can only
  /// sign.
  static Result<DecryptionKey> parse_pem(BytesView pem, const Secret& passphrase);
  /// PKCS#12 as parse_pkcs12 takes it, with its errors. The certificate inside comes along.
  static Result<DecryptionKey> parse_pkcs12(BytesView file, const Secret& passphrase);

  [[nodiscard]] Bytes public_key_der() const;  ///< SubjectPublicKeyInfo
  [[nodiscard]] const std::optional<Certificate>& certificate() const { return m_certificate; }  ///< of a PKCS#12 file
  /// True when the certificate speaks for this key.
  [[nodiscard]] bool belongs_to(const Certificate& certificate) const;

  /// PKCS#8 in PEM, encrypted: PBES2 with AES-256-CBC, the key from PBKDF2-HMAC-SHA-256 in 600,000 rounds (RFC 8018).
  /// Error: invalid_argument "key.no-passphrase" for an empty one.
  [[nodiscard]] Result<Secret> write_encrypted_pem(const Secret& passphrase) const;

  /// Borrowed, valid as long as this object or a copy of it; for base and signer sources only.
  [[nodiscard]] evp_pkey_st* native() const { return m_key.get(); }

 private:
  explicit DecryptionKey(std::shared_ptr<evp_pkey_st> key) : m_key(std::move(key)) {}
  friend Result<DecryptionKey> make_decryption_key(std::shared_ptr<evp_pkey_st> key);
  std::shared_ptr<evp_pkey_st> m_key;
  std::optional<Certificate> m_certificate;
};

}  // namespace segell::base
