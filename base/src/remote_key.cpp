#include "base/remote_key.h"

#include "openssl_key.h"
#include "public_key.h"

namespace segell::base {
namespace {

class RemoteKey final : public SigningKey {
 public:
  RemoteKey(SignatureScheme scheme, Bytes public_key) : m_scheme(scheme), m_public_key(std::move(public_key)) {}
  [[nodiscard]] SignatureScheme scheme() const override { return m_scheme; }
  [[nodiscard]] Bytes public_key_der() const override { return m_public_key; }
  [[nodiscard]] Result<Bytes> sign(BytesView /*message*/) const override {
    return fail(Code::unavailable, "key.remote", "the key of this certificate is not here");
  }

 private:
  SignatureScheme m_scheme;
  Bytes m_public_key;
};

}  // namespace

Result<SealIdentity> make_remote_identity(Certificate certificate, std::vector<Certificate> chain, RsaPadding padding) {
  evp_pkey_st* const key = certificate.native_public_key();
  if (key == nullptr) return fail(Code::unsupported, "key.unsupported", "the certificate's key is of an unknown kind");
  SEGELL_TRY(const SignatureScheme scheme, scheme_of_key(key, padding));
  auto remote = std::make_shared<const RemoteKey>(scheme, certificate.public_key_der());
  return make_seal_identity(std::move(remote), std::move(certificate), std::move(chain));
}

std::string_view words_of_scheme(SignatureScheme scheme) noexcept {
  switch (scheme) {
    case SignatureScheme::rsa_pkcs1_sha256:
      return "RSA, PKCS#1 v1.5";
    case SignatureScheme::rsa_pss_sha256:
      return "RSA-PSS, MGF1 with SHA-256, salt of 32 octets";
    case SignatureScheme::ecdsa_p256_sha256:
      return "ECDSA on P-256";
    case SignatureScheme::ecdsa_p384_sha384:
      return "ECDSA on P-384";
    case SignatureScheme::ecdsa_p521_sha512:
      return "ECDSA on P-521";
    case SignatureScheme::ed25519:
      return "Ed25519";
  }
  return "";
}

RemoteDigest digest_for_remote(SignatureScheme scheme, BytesView message) {
  if (scheme == SignatureScheme::ed25519) return {"none", {}};
  const HashAlgorithm algorithm = content_hash_of(scheme);
  const std::string_view name = algorithm == HashAlgorithm::sha256   ? "SHA-256"
                                : algorithm == HashAlgorithm::sha384 ? "SHA-384"
                                                                     : "SHA-512";
  return {name, hash(algorithm, message)};
}

Result<Bytes> accept_remote_signature(const SealIdentity& identity, BytesView message, BytesView signature) {
  evp_pkey_st* const key = identity.certificate.native_public_key();
  const SignatureScheme scheme = identity.key->scheme();
  for (const Bytes& form : {to_bytes(signature), ecdsa_value_of(signature)})
    if (!form.empty() && signature_fits(key, scheme, message, form)) return form;
  return fail(Code::untrusted, "key.wrong-signature",
              "the signature is not by the certificate's key over what was to be signed",
              "sign the digest that was given out, once and without hashing it again");
}

}  // namespace segell::base
