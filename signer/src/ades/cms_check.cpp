#include "algorithms.h"
#include "base/openssl_context.h"
#include "base/openssl_ptr.h"

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>

namespace segell::signer::ades {
namespace {

bool key_fits(SignatureMethod method, const EVP_PKEY* key) {
  const int type = EVP_PKEY_get_base_id(key);
  switch (method) {
    case SignatureMethod::rsa_pkcs1:
      return type == EVP_PKEY_RSA;
    case SignatureMethod::rsa_pss:
      return type == EVP_PKEY_RSA || type == EVP_PKEY_RSA_PSS;
    case SignatureMethod::ecdsa:
      return type == EVP_PKEY_EC;
    case SignatureMethod::unknown:
      return false;
  }
  return false;
}

bool set_padding(EVP_PKEY_CTX* context, const CmsMessage& message) {
  if (message.method == SignatureMethod::rsa_pkcs1)
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
  if (message.method != SignatureMethod::rsa_pss) return true;
  return message.mask_digest && EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, message.salt_length) == 1 &&
         EVP_PKEY_CTX_set_rsa_mgf1_md(context, native_digest(*message.mask_digest)) == 1;
}

}  // namespace

bool CmsMessage::algorithms_agree() const {
  if (!digest) return true;  // nothing to compare: reported as an algorithm that is not known
  if (method_digest && *method_digest != *digest) return false;
  return method != SignatureMethod::rsa_pss || mask_digest == digest;
}

bool names_signer(const CmsMessage& message, const base::Certificate& certificate) {
  if (!message.key_id.empty()) {
    const ASN1_OCTET_STRING* id = X509_get0_subject_key_id(certificate.native());
    if (id == nullptr) return false;
    const base::BytesView octets{reinterpret_cast<const std::byte*>(ASN1_STRING_get0_data(id)),
                                 static_cast<std::size_t>(ASN1_STRING_length(id))};
    return std::ranges::equal(octets, message.key_id);
  }
  return std::ranges::equal(certificate.issuer_der(), message.issuer) &&
         std::ranges::equal(certificate.serial_der(), message.serial);
}

bool refers_to(const CertificateReference& reference, const base::Certificate& certificate) {
  if (!reference.digest || digest_of(*reference.digest, certificate.der()) != reference.hash) return false;
  if (reference.issuer.empty()) return true;
  return std::ranges::equal(certificate.issuer_der(), reference.issuer) &&
         std::ranges::equal(certificate.serial_der(), reference.serial);
}

SignatureCheck check_signature_value(const CmsMessage& message, const base::Certificate& signer,
                                     base::BytesView content_digest) {
  const Digest* digest = message.digest ? &*message.digest : nullptr;
  EVP_PKEY* key = signer.native_public_key();
  if (digest == nullptr || key == nullptr || message.method == SignatureMethod::unknown)
    return SignatureCheck::cannot_judge;
  if (!key_fits(message.method, key)) return SignatureCheck::does_not_fit;
  base::clear_openssl_errors();
  const base::Bytes signed_digest =
      message.has_signed_attributes ? digest_of(*digest, message.signed_attributes) : base::to_bytes(content_digest);
  const base::PkeyCtxPtr context(EVP_PKEY_CTX_new_from_pkey(base::certificate_context(), key, nullptr));
  // a verification that cannot even start (a digest longer than a tiny key) is a signature that does not fit
  if (!context || EVP_PKEY_verify_init(context.get()) != 1 || !set_padding(context.get(), message) ||
      EVP_PKEY_CTX_set_signature_md(context.get(), native_digest(*digest)) != 1) {
    base::clear_openssl_errors();
    return SignatureCheck::does_not_fit;
  }
  const int result =
      EVP_PKEY_verify(context.get(), base::as_u8(base::BytesView(message.signature)), message.signature.size(),
                      base::as_u8(base::BytesView(signed_digest)), signed_digest.size());
  base::clear_openssl_errors();
  return result == 1 ? SignatureCheck::fits : SignatureCheck::does_not_fit;
}

int key_bits(const base::Certificate& certificate) {
  const EVP_PKEY* key = certificate.native_public_key();
  return key == nullptr ? 0 : EVP_PKEY_get_bits(key);
}

}  // namespace segell::signer::ades
