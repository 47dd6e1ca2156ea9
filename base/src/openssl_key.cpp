#include "openssl_key.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <array>
#include <optional>

namespace segell::base {
namespace {

constexpr int kMinRsaBits = 2048;
constexpr int kMaxRsaBits = 8192;

Failure unsupported(std::string message, std::string hint) {
  return fail(Code::unsupported, "key.unsupported", std::move(message), std::move(hint));
}

Result<SignatureScheme> scheme_of(EVP_PKEY* key) {
  const char* const type = EVP_PKEY_get0_type_name(key);
  const std::string name = type == nullptr ? "unknown" : type;
  if (name == "RSA") {
    const int bits = EVP_PKEY_get_bits(key);
    if (bits < kMinRsaBits || bits > kMaxRsaBits)
      return unsupported("an RSA key of " + std::to_string(bits) + " bits", "use RSA of 2048 to 8192 bits, or P-256");
    return SignatureScheme::rsa_pkcs1_sha256;
  }
  if (name == "EC") {
    std::array<char, 64> curve{};
    std::size_t length = 0;
    if (EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, curve.data(), curve.size(), &length) != 1) {
      clear_openssl_errors();
      return unsupported("an elliptic curve without a name", "use P-256");
    }
    if (std::string_view(curve.data()) == "prime256v1") return SignatureScheme::ecdsa_p256_sha256;
    return unsupported("an elliptic curve key on " + std::string(curve.data()), "use P-256 (prime256v1)");
  }
  if (name == "ED25519") return SignatureScheme::ed25519;
  return unsupported("a key of type " + name, "use RSA of 2048 to 8192 bits, or P-256");
}

const EVP_MD* digest_of(SignatureScheme scheme) {
  static const EVP_MD* const kSha256 = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
  switch (scheme) {
    case SignatureScheme::rsa_pkcs1_sha256:
    case SignatureScheme::ecdsa_p256_sha256:
      return kSha256;
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
    if (!signature) return false;
    const DigestCtxPtr context = new_signature_context();
    const bool verified =
        EVP_DigestVerifyInit(context.get(), nullptr, digest_of(m_scheme), nullptr, m_key.get()) == 1 &&
        EVP_DigestVerify(context.get(), as_u8(*signature), signature->size(), as_u8(probe), probe.size()) == 1;
    clear_openssl_errors();
    return verified;
  }

 private:
  PkeyPtr m_key;
  SignatureScheme m_scheme;
  Bytes m_public_key;
  DigestCtxPtr m_prepared;
  std::size_t m_max_signature;
};

}  // namespace

std::shared_ptr<EVP_PKEY> share_native(const SigningKey& key) {
  const auto* ours = dynamic_cast<const OpensslKey*>(&key);
  if (ours == nullptr || EVP_PKEY_up_ref(ours->native()) != 1) return nullptr;
  return {ours->native(), EVP_PKEY_free};
}

Result<std::shared_ptr<const SigningKey>> make_openssl_key(PkeyPtr key) {
  clear_openssl_errors();
  SEGELL_TRY(const SignatureScheme scheme, scheme_of(key.get()));
  DigestCtxPtr prepared = new_signature_context();
  if (EVP_DigestSignInit(prepared.get(), nullptr, digest_of(scheme), nullptr, key.get()) != 1)
    return openssl_failure(Code::malformed, "key.malformed", "not usable as a private key");
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
