#include "base/decryption_key.h"

#include "base/random.h"
#include "base/signing_key.h"

#include "openssl_key.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

namespace segell::base {

namespace {

constexpr int kRounds = 600'000;
constexpr std::size_t kPassphraseSaltSize = 16;

using Pkcs8Ptr = Owned<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;
using EncryptedPtr = Owned<X509_SIG, X509_SIG_free>;
using AlgorithmPtr = Owned<X509_ALGOR, X509_ALGOR_free>;

Secret contents_of(BIO* memory) {
  char* text = nullptr;
  const long length = BIO_get_mem_data(memory, &text);
  return Secret(to_bytes(std::string_view(text, length > 0 ? static_cast<std::size_t>(length) : 0)));
}

}  // namespace

Result<DecryptionKey> make_decryption_key(std::shared_ptr<EVP_PKEY> key) {
  if (key == nullptr || EVP_PKEY_is_a(key.get(), "ED25519") == 1 || EVP_PKEY_is_a(key.get(), "RSA-PSS") == 1)
    return fail(Code::unsupported, "key.unsupported", "a key that can sign and not decrypt",
                "an envelope is encrypted to RSA or P-256");
  return DecryptionKey(std::move(key));
}

Result<DecryptionKey> DecryptionKey::parse_pem(BytesView pem, const Secret& passphrase) {
  SEGELL_TRY(const auto key, parse_signing_key_pem(pem, passphrase));
  return make_decryption_key(share_native(*key));
}

Result<DecryptionKey> DecryptionKey::parse_pkcs12(BytesView file, const Secret& passphrase) {
  SEGELL_TRY(const SealIdentity identity, base::parse_pkcs12(file, passphrase));
  SEGELL_TRY(DecryptionKey key, make_decryption_key(share_native(*identity.key)));
  key.m_certificate = identity.certificate;
  return key;
}

Bytes DecryptionKey::public_key_der() const {
  std::uint8_t* encoded = nullptr;
  const int length = i2d_PUBKEY(m_key.get(), &encoded);
  require_openssl(length > 0, "encoding a public key");
  const auto* octets = reinterpret_cast<const std::byte*>(encoded);
  Bytes der(octets, octets + length);
  OPENSSL_free(encoded);
  return der;
}

bool DecryptionKey::belongs_to(const Certificate& certificate) const {
  clear_openssl_errors();
  const bool same =
      certificate.native_public_key() != nullptr && EVP_PKEY_eq(m_key.get(), certificate.native_public_key()) == 1;
  clear_openssl_errors();
  return same;
}

Result<Secret> DecryptionKey::write_encrypted_pem(const Secret& passphrase) const {
  if (passphrase.empty())
    return fail(Code::invalid_argument, "key.no-passphrase", "a key cannot be encrypted without a passphrase");
  clear_openssl_errors();
  const auto failed = [] { return openssl_failure(Code::crypto, "key.encrypt", "the key could not be encrypted"); };
  const Pkcs8Ptr clear(EVP_PKEY2PKCS8(m_key.get()));
  Bytes salt = random_bytes(kPassphraseSaltSize);
  AlgorithmPtr algorithm(PKCS5_pbe2_set_iv(EVP_aes_256_cbc(), kRounds, as_u8(salt), static_cast<int>(salt.size()),
                                           nullptr, NID_hmacWithSHA256));
  if (clear == nullptr || algorithm == nullptr) return failed();
  const EncryptedPtr encrypted(PKCS8_set0_pbe(passphrase.text().data(), static_cast<int>(passphrase.text().size()),
                                              clear.get(), algorithm.get()));
  if (encrypted == nullptr) return failed();
  (void)algorithm.release();  // owned by `encrypted` now
  const BioPtr memory(BIO_new(BIO_s_mem()));
  if (memory == nullptr || PEM_write_bio_PKCS8(memory.get(), encrypted.get()) != 1) return failed();
  return contents_of(memory.get());
}

}  // namespace segell::base
