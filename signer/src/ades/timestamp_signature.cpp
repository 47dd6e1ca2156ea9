#include "ades/borrowed_certificates.h"
#include "ades/timestamp_access.h"

#include "base/openssl_ptr.h"

#include <openssl/cms.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include <cstring>

namespace segell::signer::ades {

using base::BytesView;

namespace {
using EssPtr = base::Owned<ESS_SIGNING_CERT, ESS_SIGNING_CERT_free>;
using EssV2Ptr = base::Owned<ESS_SIGNING_CERT_V2, ESS_SIGNING_CERT_V2_free>;

// One signed attribute with one value of that kind, or null pointer (RFC 5652 5.3: never twice, never two values).
template <class T>
const T* single_value(const CMS_SignerInfo* signer, int attribute, int kind) {
  const base::Owned<ASN1_OBJECT, ASN1_OBJECT_free> object(OBJ_nid2obj(attribute));
  return static_cast<const T*>(CMS_signed_get0_data_by_OBJ(signer, object.get(), -3, kind));
}

bool attributes_fit(const CMS_SignerInfo* signer, base::HashAlgorithm digest, BytesView info) {
  const auto* type = single_value<ASN1_OBJECT>(signer, NID_pkcs9_contentType, V_ASN1_OBJECT);
  const auto* value = single_value<ASN1_OCTET_STRING>(signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING);
  if (!type || !value || OBJ_obj2nid(type) != NID_id_smime_ct_TSTInfo) return false;
  const base::Bytes expected = base::hash(digest, info);
  return static_cast<std::size_t>(ASN1_STRING_length(value)) == expected.size() &&
         std::memcmp(ASN1_STRING_get0_data(value), expected.data(), expected.size()) == 0;
}

// A signature algorithm that names a digest must name the one that digestAlgorithm names; OpenSSL does not compare.
bool digests_agree(X509_ALGOR* digest_algorithm, X509_ALGOR* signature_algorithm) {
  const ASN1_OBJECT* digest = nullptr;
  const ASN1_OBJECT* signature = nullptr;
  X509_ALGOR_get0(&digest, nullptr, nullptr, digest_algorithm);
  X509_ALGOR_get0(&signature, nullptr, nullptr, signature_algorithm);
  int named = NID_undef;
  if (!OBJ_find_sigid_algs(OBJ_obj2nid(signature), &named, nullptr)) return true;  // rsaEncryption, say
  return named == NID_undef || named == OBJ_obj2nid(digest);
}

bool is_bound(const CMS_SignerInfo* signer, const base::Certificate& certificate,
              const std::vector<base::Certificate>& others) {
  EssPtr v1;
  EssV2Ptr v2;
  if (const auto* value = single_value<ASN1_STRING>(signer, NID_id_smime_aa_signingCertificate, V_ASN1_SEQUENCE)) {
    const unsigned char* at = ASN1_STRING_get0_data(value);
    v1.reset(d2i_ESS_SIGNING_CERT(nullptr, &at, ASN1_STRING_length(value)));
  }
  if (const auto* value = single_value<ASN1_STRING>(signer, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE)) {
    const unsigned char* at = ASN1_STRING_get0_data(value);
    v2.reset(d2i_ESS_SIGNING_CERT_V2(nullptr, &at, ASN1_STRING_length(value)));
  }
  if (!v1 && !v2) return false;
  const BorrowedCertificates chain(sk_X509_new_null());
  if (!chain || !sk_X509_push(chain.get(), certificate.native())) return false;
  for (const auto& other : others)
    if (!(other == certificate) && !sk_X509_push(chain.get(), other.native())) return false;
  return OSSL_ESS_check_signing_certs(v1.get(), v2.get(), chain.get(), 1) == 1;
}

bool signature_fits(CMS_SignerInfo* signer, const base::Certificate& certificate) {
  // CMS_SignerInfo_verify re-encodes the signed attributes as a DER SET OF before it hashes them (RFC 5652 5.4).
  CMS_SignerInfo_set1_signer_cert(signer, certificate.native());
  return CMS_SignerInfo_verify(signer) == 1;
}

std::string first_fault(const TimestampSignature& check) {
  if (!check.attributes_fit) return "its signed attributes do not fit its content";
  if (!check.signature_fits) return "its signature does not fit its signer's key";
  if (!check.bound) return "it does not name its signer's certificate";
  if (!check.usage_fits) return "its signer's certificate is not for timestamps";
  return {};
}
}  // namespace

TimestampSignature check_timestamp_signature(const TimestampToken& token, std::span<const base::Certificate> extra) {
  base::clear_openssl_errors();
  TimestampSignature check;
  // Verifying sets the signer's certificate inside OpenSSL's object: a copy of our own keeps tokens shareable.
  const base::CmsPtr cms = TimestampTokenAccess::copy_cms(token);
  CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms.get()), 0);
  std::vector<base::Certificate> known = token.certificates();
  known.insert(known.end(), extra.begin(), extra.end());
  for (const auto& certificate : known)
    if (!check.signer && CMS_SignerInfo_cert_cmp(signer, certificate.native()) == 0) check.signer = certificate;
  if (!check.signer) {
    check.detail = "its signer's certificate is not at hand";
    return check;
  }
  X509_ALGOR *digest = nullptr, *signature = nullptr;
  CMS_SignerInfo_get0_algs(signer, nullptr, nullptr, &digest, &signature);
  if (const auto algorithm = hash_of(digest))
    check.attributes_fit =
        digests_agree(digest, signature) && attributes_fit(signer, *algorithm, TimestampTokenAccess::info(token));
  check.signature_fits = signature_fits(signer, *check.signer);
  check.bound = is_bound(signer, *check.signer, known);
  // Key usage, and an extended key usage that is critical and nothing but timeStamping (RFC 3161 2.3).
  check.usage_fits = X509_check_purpose(check.signer->native(), X509_PURPOSE_TIMESTAMP_SIGN, 0) == 1;
  check.detail = first_fault(check);
  base::clear_openssl_errors();
  return check;
}

}  // namespace segell::signer::ades
