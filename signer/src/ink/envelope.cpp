#include "signer/ink/envelope.h"

#include "base/openssl_ptr.h"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509.h>

namespace segell::signer::ink {

namespace {

using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

base::Failure malformed() {
  base::clear_openssl_errors();
  return fail(Code::malformed, "envelope.malformed", "no custody envelope (CMS EnvelopedData)",
              "give the file as the service hands it out, in DER; openssl cms -cmsout turns PEM into it");
}

Result<base::CmsPtr> parse(BytesView cms) {
  if (cms.size() > kMaxEnvelopeBytes)
    return fail(Code::limit_exceeded, "envelope.too-large", "the envelope is longer than 4 MiB");
  base::clear_openssl_errors();
  const std::uint8_t* at = base::as_u8(cms);
  base::CmsPtr parsed(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(cms.size())));
  if (parsed == nullptr || at != base::as_u8(cms) + cms.size() ||
      OBJ_obj2nid(CMS_get0_type(parsed.get())) != NID_pkcs7_enveloped || CMS_is_detached(parsed.get()) != 0 ||
      CMS_get0_RecipientInfos(parsed.get()) == nullptr)
    return malformed();
  return parsed;
}

bool names(CMS_RecipientInfo* info, X509* certificate) {
  if (CMS_RecipientInfo_type(info) == CMS_RECIPINFO_TRANS)
    return CMS_RecipientInfo_ktri_cert_cmp(info, certificate) == 0;
  if (CMS_RecipientInfo_type(info) != CMS_RECIPINFO_AGREE) return false;
  auto* keys = CMS_RecipientInfo_kari_get0_reks(info);
  for (int i = 0; i < sk_CMS_RecipientEncryptedKey_num(keys); ++i)
    if (CMS_RecipientEncryptedKey_cert_cmp(sk_CMS_RecipientEncryptedKey_value(keys, i), certificate) == 0) return true;
  return false;
}

bool is_oaep(CMS_RecipientInfo* info) {
  X509_ALGOR* algorithm = nullptr;
  if (CMS_RecipientInfo_ktri_get0_algs(info, nullptr, nullptr, &algorithm) != 1) return false;
  const ASN1_OBJECT* object = nullptr;
  X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
  return OBJ_obj2nid(object) == NID_rsaesOaep;
}

bool unlock_by_transport(CMS_ContentInfo* cms, CMS_RecipientInfo* info, EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "RSA") != 1 || !is_oaep(info)) return false;
  EVP_PKEY_up_ref(key);  // set0: the recipient takes it
  if (CMS_RecipientInfo_set0_pkey(info, key) != 1) {
    EVP_PKEY_free(key);
    return false;
  }
  const bool unlocked = CMS_RecipientInfo_decrypt(cms, info) == 1;
  CMS_RecipientInfo_set0_pkey(info, nullptr);
  return unlocked;
}

bool unlock_by_agreement(CMS_ContentInfo* cms, CMS_RecipientInfo* info, EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "EC") != 1) return false;
  auto* keys = CMS_RecipientInfo_kari_get0_reks(info);
  for (int i = 0; i < sk_CMS_RecipientEncryptedKey_num(keys); ++i) {
    if (CMS_RecipientInfo_kari_set0_pkey(info, key) != 1) return false;
    const bool unlocked = CMS_RecipientInfo_kari_decrypt(cms, info, sk_CMS_RecipientEncryptedKey_value(keys, i)) == 1;
    CMS_RecipientInfo_kari_set0_pkey(info, nullptr);
    if (unlocked) return true;
  }
  return false;
}

/// Recovers the content key for the recipient whose key this is. OAEP and key wrap both prove the key right.
bool unlock(CMS_ContentInfo* cms, EVP_PKEY* key) {
  auto* infos = CMS_get0_RecipientInfos(cms);
  for (int i = 0; i < sk_CMS_RecipientInfo_num(infos); ++i) {
    CMS_RecipientInfo* info = sk_CMS_RecipientInfo_value(infos, i);
    if (CMS_RecipientInfo_type(info) == CMS_RECIPINFO_TRANS && unlock_by_transport(cms, info, key)) return true;
    if (CMS_RecipientInfo_type(info) == CMS_RECIPINFO_AGREE && unlock_by_agreement(cms, info, key)) return true;
  }
  return false;
}

}  // namespace

Result<EnvelopeRecipients> read_recipients(BytesView cms, const base::Certificate* certificate) {
  SEGELL_TRY(const base::CmsPtr parsed, parse(cms));
  EnvelopeRecipients out;
  auto* infos = CMS_get0_RecipientInfos(parsed.get());
  for (int i = 0; i < sk_CMS_RecipientInfo_num(infos); ++i) {
    CMS_RecipientInfo* info = sk_CMS_RecipientInfo_value(infos, i);
    ++out.count;
    out.names_certificate = out.names_certificate || (certificate != nullptr && names(info, certificate->native()));
  }
  base::clear_openssl_errors();
  if (out.count == 0) return malformed();
  return out;
}

Result<base::Secret> open_envelope(BytesView cms, const base::DecryptionKey& key) {
  SEGELL_TRY(const base::CmsPtr parsed, parse(cms));
  if (!unlock(parsed.get(), key.native())) {
    base::clear_openssl_errors();
    return fail(Code::unauthenticated, "envelope.not-for-this-key", "the envelope is not encrypted to this key",
                "openssl cms -cmsout -print -inform DER -in ENVELOPE names its recipients");
  }
  base::clear_openssl_errors();
  const base::BioPtr out(BIO_new(BIO_s_secmem()));
  base::require_openssl(out != nullptr, "memory");
  if (CMS_decrypt(parsed.get(), nullptr, nullptr, nullptr, out.get(), 0) != 1)
    return base::openssl_failure(Code::crypto, "envelope.damaged",
                                 "the envelope is damaged: its content does not decrypt");
  char* content = nullptr;
  const long length = BIO_get_mem_data(out.get(), &content);
  return base::Secret(base::to_bytes(std::string_view(content, static_cast<std::size_t>(length > 0 ? length : 0))));
}

}  // namespace segell::signer::ink
