#include "algorithms.h"
#include "base/openssl_context.h"
#include "base/openssl_ptr.h"
#include "ber.h"
#include "cms_parts.h"
#include "der.h"

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
    case SignatureMethod::ed25519:
      return type == EVP_PKEY_ED25519;
    case SignatureMethod::ed448:
      return type == EVP_PKEY_ED448;
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

// EdDSA signs the octets themselves, in one shot; OpenSSL 3.0's CMS cannot, its EVP layer can.
SignatureCheck verify_octets(EVP_PKEY* key, base::BytesView signature, base::BytesView octets) {
  const base::DigestCtxPtr context(EVP_MD_CTX_new());
  const bool fits = context &&
                    EVP_DigestVerifyInit_ex(context.get(), nullptr, nullptr, base::certificate_context(), nullptr, key,
                                            nullptr) == 1 &&
                    EVP_DigestVerify(context.get(), base::as_u8(signature), signature.size(), base::as_u8(octets),
                                     octets.size()) == 1;
  base::clear_openssl_errors();
  return fits ? SignatureCheck::fits : SignatureCheck::does_not_fit;
}

// What PKCS#1 v1.5 holds under its padding; nothing where there is another padding than block type 1 (RFC 8017 9.2).
std::optional<base::Bytes> recover(EVP_PKEY* key, base::BytesView signature) {
  const base::PkeyCtxPtr context(EVP_PKEY_CTX_new_from_pkey(base::certificate_context(), key, nullptr));
  base::Bytes inside(static_cast<std::size_t>(EVP_PKEY_get_size(key)));
  std::size_t length = inside.size();
  const bool recovered = context && EVP_PKEY_verify_recover_init(context.get()) == 1 &&
                         EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
                         EVP_PKEY_verify_recover(context.get(), base::as_u8(std::span(inside)), &length,
                                                 base::as_u8(signature), signature.size()) == 1;
  base::clear_openssl_errors();
  if (!recovered) return std::nullopt;
  inside.resize(length);
  return inside;
}

// RFC 8017 A.2.4: a DigestInfo without parameters is as good as one with NULL, the only one that OpenSSL takes. It is
// compared with what it must be, octet by octet, and never read.
bool fits_without_null(EVP_PKEY* key, const CmsMessage& message, base::BytesView digest) {
  if (message.method != SignatureMethod::rsa_pkcs1) return false;
  const auto inside = recover(key, message.signature);
  const base::Bytes algorithm = der::element(der::kSequence, {der::oid_from_dotted(oid_of(*message.digest))});
  const base::Bytes value = der::element(der::kOctetString, {digest});
  return inside && *inside == der::element(der::kSequence, {algorithm, value});
}

SignatureCheck verify_digest(EVP_PKEY* key, const CmsMessage& message, base::BytesView digest) {
  const base::PkeyCtxPtr context(EVP_PKEY_CTX_new_from_pkey(base::certificate_context(), key, nullptr));
  // a verification that cannot even start (a digest longer than a tiny key) is a signature that does not fit
  const bool fits = context && EVP_PKEY_verify_init(context.get()) == 1 && set_padding(context.get(), message) &&
                    EVP_PKEY_CTX_set_signature_md(context.get(), native_digest(*message.digest)) == 1 &&
                    EVP_PKEY_verify(context.get(), base::as_u8(base::BytesView(message.signature)),
                                    message.signature.size(), base::as_u8(digest), digest.size()) == 1;
  base::clear_openssl_errors();
  return fits || fits_without_null(key, message, digest) ? SignatureCheck::fits : SignatureCheck::does_not_fit;
}

SignatureCheck verify_attributes(EVP_PKEY* key, const CmsMessage& message, base::BytesView attributes) {
  if (message.method == SignatureMethod::ed25519 || message.method == SignatureMethod::ed448)
    return verify_octets(key, message.signature, attributes);
  return verify_digest(key, message, digest_of(*message.digest, attributes));
}

// The attributes in DER where they were sent in BER (RFC 5652 5.4); nothing when they are DER already.
std::optional<base::Bytes> attributes_as_der(const CmsMessage& message) {
  BerReader reader(message.signed_attributes);
  const auto set = reader.next();
  auto members = set ? to_der(set->content, true) : std::nullopt;
  if (!members || std::ranges::equal(*members, set->content)) return std::nullopt;
  base::Bytes out = der_header(kBerSet, members->size());
  base::append(out, *members);
  return out;
}

bool same_name(base::BytesView a, base::BytesView b) {
  if (std::ranges::equal(a, b)) return true;
  const auto parse = [](base::BytesView der) {
    const std::uint8_t* at = base::as_u8(der);
    return base::X509NamePtr(d2i_X509_NAME(nullptr, &at, static_cast<long>(der.size())));
  };
  base::clear_openssl_errors();
  const auto first = parse(a), second = parse(b);
  const bool same = first && second && X509_NAME_cmp(first.get(), second.get()) == 0;
  base::clear_openssl_errors();
  return same;
}

bool is_issuer_serial(const base::Certificate& certificate, base::BytesView issuer, base::BytesView serial) {
  return std::ranges::equal(certificate.serial_der(), serial) && same_name(certificate.issuer_der(), issuer);
}

}  // namespace

bool CmsMessage::algorithms_agree() const {
  if (!protection_fits) return false;
  if (!digest) return true;  // nothing to compare: reported as an algorithm that is not known
  // a digest of PSS parameters that is not known here cannot be the one of digestAlgorithm, which is
  return method == SignatureMethod::rsa_pss ? method_digest == digest : !method_digest || method_digest == digest;
}

bool names_signer(const CmsMessage& message, const base::Certificate& certificate) {
  if (!message.key_id.empty()) {
    const ASN1_OCTET_STRING* id = X509_get0_subject_key_id(certificate.native());
    if (id == nullptr) return false;
    const base::BytesView octets{reinterpret_cast<const std::byte*>(ASN1_STRING_get0_data(id)),
                                 static_cast<std::size_t>(ASN1_STRING_length(id))};
    return std::ranges::equal(octets, message.key_id);
  }
  return is_issuer_serial(certificate, message.issuer, message.serial);
}

bool refers_to(const CertificateReference& reference, const base::Certificate& certificate) {
  if (!reference.digest || digest_of(*reference.digest, certificate.der()) != reference.hash) return false;
  return reference.issuer.empty() || is_issuer_serial(certificate, reference.issuer, reference.serial);
}

SignatureCheck check_signature_value(const CmsMessage& message, const base::Certificate& signer,
                                     base::BytesView content_digest) {
  EVP_PKEY* key = signer.native_public_key();
  if (!message.digest || key == nullptr || message.method == SignatureMethod::unknown)
    return SignatureCheck::cannot_judge;
  if (!key_fits(message.method, key)) return SignatureCheck::does_not_fit;
  base::clear_openssl_errors();
  if (!message.has_signed_attributes) {
    const bool eddsa = message.method == SignatureMethod::ed25519 || message.method == SignatureMethod::ed448;
    return eddsa ? SignatureCheck::cannot_judge : verify_digest(key, message, content_digest);
  }
  const SignatureCheck as_sent = verify_attributes(key, message, message.signed_attributes);
  if (as_sent == SignatureCheck::fits) return as_sent;
  const auto der = attributes_as_der(message);
  return der ? verify_attributes(key, message, *der) : as_sent;
}

std::optional<Digest> digest_named_inside(base::BytesView signature, const base::Certificate& signer) {
  EVP_PKEY* key = signer.native_public_key();
  if (key == nullptr || EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA) return std::nullopt;
  const auto inside = recover(key, signature);
  if (!inside) return std::nullopt;
  BerReader reader(*inside);
  const auto info = reader.expect(kBerSequence);
  BerReader fields(info ? info->content : base::BytesView());
  const auto element = fields.expect(kBerSequence);
  const auto algorithm = element ? read_algorithm(element->content) : std::nullopt;
  return algorithm ? digest_of_algorithm(*algorithm) : std::nullopt;
}

int key_bits(const base::Certificate& certificate) {
  const EVP_PKEY* key = certificate.native_public_key();
  return key == nullptr ? 0 : EVP_PKEY_get_bits(key);
}

}  // namespace segell::signer::ades
