#include "openssl_key.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <array>
#include <optional>

namespace segell::base {
namespace {

constexpr int kMinRsaBits = 2048;
constexpr int kMaxRsaBits = 8192;
constexpr const char* kUsable = "use RSA of 2048 to 8192 bits, P-256, P-384, P-521 or Ed25519";

Failure unsupported(std::string message, std::string hint = kUsable) {
  return fail(Code::unsupported, "key.unsupported", std::move(message), std::move(hint));
}

Result<SignatureScheme> scheme_of_curve(std::string_view curve) {
  if (curve == "prime256v1") return SignatureScheme::ecdsa_p256_sha256;
  if (curve == "secp384r1") return SignatureScheme::ecdsa_p384_sha384;
  if (curve == "secp521r1") return SignatureScheme::ecdsa_p521_sha512;
  return unsupported("an elliptic curve key on " + std::string(curve));
}

Result<SignatureScheme> scheme_of(EVP_PKEY* key, RsaPadding padding) {
  const char* const type = EVP_PKEY_get0_type_name(key);
  const std::string name = type == nullptr ? "unknown" : type;
  if (name == "RSA" || name == "RSA-PSS") {
    const int bits = EVP_PKEY_get_bits(key);
    if (bits < kMinRsaBits || bits > kMaxRsaBits) return unsupported("an RSA key of " + std::to_string(bits) + " bits");
    // a key of the type RSA-PSS says itself that it signs in no other way (RFC 4055 1.2)
    return name == "RSA-PSS" || padding == RsaPadding::pss ? SignatureScheme::rsa_pss_sha256
                                                           : SignatureScheme::rsa_pkcs1_sha256;
  }
  if (name == "EC") {
    std::array<char, 64> curve{};
    std::size_t length = 0;
    if (EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, curve.data(), curve.size(), &length) != 1) {
      clear_openssl_errors();
      return unsupported("an elliptic curve without a name");
    }
    return scheme_of_curve(curve.data());
  }
  if (name == "ED25519") return SignatureScheme::ed25519;
  return unsupported("a key of type " + name);
}

const EVP_MD* digest_of(SignatureScheme scheme) {
  static const EVP_MD* const kSha256 = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
  static const EVP_MD* const kSha384 = EVP_MD_fetch(nullptr, "SHA2-384", nullptr);
  static const EVP_MD* const kSha512 = EVP_MD_fetch(nullptr, "SHA2-512", nullptr);
  switch (scheme) {
    case SignatureScheme::rsa_pkcs1_sha256:
    case SignatureScheme::rsa_pss_sha256:
    case SignatureScheme::ecdsa_p256_sha256:
      return kSha256;
    case SignatureScheme::ecdsa_p384_sha384:
      return kSha384;
    case SignatureScheme::ecdsa_p521_sha512:
      return kSha512;
    case SignatureScheme::ed25519:
      return nullptr;
  }
  return nullptr;
}

DigestCtxPtr new_signature_context() {
  DigestCtxPtr context(EVP_MD_CTX_new());
  require_openssl(context != nullptr, "signature context");
  return context;
}

/// MGF1 with the same digest and a salt as long as it: what verifiers expect, and all that the scheme's name says.
bool set_pss(EVP_PKEY_CTX* context, SignatureScheme scheme) {
  if (scheme != SignatureScheme::rsa_pss_sha256) return true;
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_mgf1_md(context, digest_of(scheme)) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

/// Preparing a context costs a tenth of a P-256 signature: it is done once, and each signature works on a copy.
class OpensslKey final : public SigningKey {
 public:
  OpensslKey(PkeyPtr key, SignatureScheme scheme, Bytes public_key, DigestCtxPtr prepared)
      : m_key(std::move(key)),
        m_scheme(scheme),
        m_public_key(std::move(public_key)),
        m_prepared(std::move(prepared)),
        m_max_signature(static_cast<std::size_t>(EVP_PKEY_get_size(m_key.get()))) {}

  [[nodiscard]] EVP_PKEY* native() const { return m_key.get(); }
  [[nodiscard]] SignatureScheme scheme() const override { return m_scheme; }
  [[nodiscard]] Bytes public_key_der() const override { return m_public_key; }

  [[nodiscard]] Result<Bytes> sign(BytesView message) const override {
    clear_openssl_errors();
    const DigestCtxPtr context = new_signature_context();
    SEGELL_CHECK(check_openssl(EVP_MD_CTX_copy_ex(context.get(), m_prepared.get()), "key.sign", "signing failed"));
    Bytes signature(m_max_signature);
    std::size_t length = signature.size();
    SEGELL_CHECK(check_openssl(EVP_DigestSign(context.get(), as_u8(signature), &length, as_u8(message), message.size()),
                               "key.sign", "signing failed"));
    signature.resize(length);
    return signature;
  }

  /// A damaged key file can hold a private half that belongs to another public one: what it signs would be refused by
  /// everybody else.
  [[nodiscard]] bool fits_itself() const {
    const BytesView probe = as_bytes("segell key check");
    const auto signature = sign(probe);
    return signature && signature_fits(m_key.get(), m_scheme, probe, *signature);
  }

 private:
  PkeyPtr m_key;
  SignatureScheme m_scheme;
  Bytes m_public_key;
  DigestCtxPtr m_prepared;
  std::size_t m_max_signature;
};

}  // namespace

Result<SignatureScheme> scheme_of_key(EVP_PKEY* key, RsaPadding padding) { return scheme_of(key, padding); }

bool signature_fits(EVP_PKEY* key, SignatureScheme scheme, BytesView message, BytesView signature) {
  clear_openssl_errors();
  const DigestCtxPtr context = new_signature_context();
  EVP_PKEY_CTX* parameters = nullptr;
  const bool verified =
      EVP_DigestVerifyInit(context.get(), &parameters, digest_of(scheme), nullptr, key) == 1 &&
      set_pss(parameters, scheme) &&
      EVP_DigestVerify(context.get(), as_u8(signature), signature.size(), as_u8(message), message.size()) == 1;
  clear_openssl_errors();
  return verified;
}

std::shared_ptr<EVP_PKEY> share_native(const SigningKey& key) {
  const auto* ours = dynamic_cast<const OpensslKey*>(&key);
  if (ours == nullptr || EVP_PKEY_up_ref(ours->native()) != 1) return nullptr;
  return {ours->native(), EVP_PKEY_free};
}

HashAlgorithm content_hash_of(SignatureScheme scheme) noexcept {
  switch (scheme) {
    case SignatureScheme::ecdsa_p384_sha384:
      return HashAlgorithm::sha384;
    case SignatureScheme::ecdsa_p521_sha512:
    case SignatureScheme::ed25519:
      return HashAlgorithm::sha512;
    case SignatureScheme::rsa_pkcs1_sha256:
    case SignatureScheme::rsa_pss_sha256:
    case SignatureScheme::ecdsa_p256_sha256:
      break;
  }
  return HashAlgorithm::sha256;
}

Result<std::shared_ptr<const SigningKey>> with_pss_padding(const std::shared_ptr<const SigningKey>& key) {
  if (key->scheme() == SignatureScheme::rsa_pss_sha256) return key;
  const std::shared_ptr<EVP_PKEY> native = share_native(*key);
  if (key->scheme() != SignatureScheme::rsa_pkcs1_sha256 || !native || EVP_PKEY_up_ref(native.get()) != 1)
    return fail(Code::unsupported, "key.not-rsa", "RSA-PSS needs an RSA key in a file");
  return make_openssl_key(PkeyPtr(native.get()), RsaPadding::pss);
}

Result<std::shared_ptr<const SigningKey>> make_openssl_key(PkeyPtr key, RsaPadding padding) {
  clear_openssl_errors();
  SEGELL_TRY(const SignatureScheme scheme, scheme_of(key.get(), padding));
  DigestCtxPtr prepared = new_signature_context();
  EVP_PKEY_CTX* parameters = nullptr;
  const bool usable = EVP_DigestSignInit(prepared.get(), &parameters, digest_of(scheme), nullptr, key.get()) == 1;
  if (scheme == SignatureScheme::rsa_pss_sha256 && !(usable && set_pss(parameters, scheme))) {
    clear_openssl_errors();
    return unsupported("an RSA-PSS key that allows neither SHA-256 nor a salt of 32 octets");
  }
  if (!usable) return openssl_failure(Code::malformed, "key.malformed", "not usable as a private key");
  std::uint8_t* encoded = nullptr;
  const int length = i2d_PUBKEY(key.get(), &encoded);
  if (length <= 0) return openssl_failure(Code::malformed, "key.malformed", "not usable as a private key");
  const auto* octets = reinterpret_cast<const std::byte*>(encoded);
  Bytes public_key(octets, octets + length);
  OPENSSL_free(encoded);
  auto made = std::make_shared<const OpensslKey>(std::move(key), scheme, std::move(public_key), std::move(prepared));
  if (!made->fits_itself())
    return fail(Code::malformed, "key.malformed", "the private key does not fit its own public key");
  return std::shared_ptr<const SigningKey>(std::move(made));
}

}  // namespace segell::base
