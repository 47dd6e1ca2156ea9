#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <memory>
#include <string>
#include <string_view>

// What the sources of base and signer share to call OpenSSL: owning pointers and one way to turn its error queue into
// our errors. OpenSSL's types are forward-declared, so that including this does not include OpenSSL; a source that
// calls OpenSSL includes its headers itself. Rooms other than base and signer never include this header.

// NOLINTBEGIN(readability-identifier-naming): names of OpenSSL 3.0
struct asn1_object_st;
struct bignum_st;
struct bio_st;
struct CMS_ContentInfo_st;
struct evp_cipher_ctx_st;
struct evp_cipher_st;
struct evp_md_ctx_st;
struct evp_md_st;
struct evp_pkey_ctx_st;
struct evp_pkey_st;
struct ocsp_basic_response_st;
struct ocsp_response_st;
struct PKCS12_st;
struct TS_resp_st;
struct X509_crl_st;
struct X509_name_st;
struct x509_st;
struct x509_store_ctx_st;
struct x509_store_st;

extern "C" {
void ASN1_OBJECT_free(asn1_object_st*);
void BN_free(bignum_st*);
void BIO_free_all(bio_st*);
void CMS_ContentInfo_free(CMS_ContentInfo_st*);
void EVP_CIPHER_CTX_free(evp_cipher_ctx_st*);
void EVP_CIPHER_free(evp_cipher_st*);
void EVP_MD_CTX_free(evp_md_ctx_st*);
void EVP_MD_free(evp_md_st*);
void EVP_PKEY_CTX_free(evp_pkey_ctx_st*);
void EVP_PKEY_free(evp_pkey_st*);
void OCSP_BASICRESP_free(ocsp_basic_response_st*);
void OCSP_RESPONSE_free(ocsp_response_st*);
void PKCS12_free(PKCS12_st*);
void TS_RESP_free(TS_resp_st*);
void X509_CRL_free(X509_crl_st*);
void X509_NAME_free(X509_name_st*);
void X509_free(x509_st*);
void X509_STORE_CTX_free(x509_store_ctx_st*);
void X509_STORE_free(x509_store_st*);
}
// NOLINTEND(readability-identifier-naming)

namespace segell::base {

/// Frees with the given function; the pointer stays as small as a bare one. `Owned<X, X_free>` for types that have no
/// alias below.
template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* pointer) const noexcept {
    Free(pointer);
  }
};
template <class T, auto Free>
using Owned = std::unique_ptr<T, Deleter<Free>>;

using Asn1ObjectPtr = Owned<asn1_object_st, ASN1_OBJECT_free>;
using BignumPtr = Owned<bignum_st, BN_free>;
using BioPtr = Owned<bio_st, BIO_free_all>;
using CmsPtr = Owned<CMS_ContentInfo_st, CMS_ContentInfo_free>;
using CipherCtxPtr = Owned<evp_cipher_ctx_st, EVP_CIPHER_CTX_free>;
using CipherPtr = Owned<evp_cipher_st, EVP_CIPHER_free>;
using DigestCtxPtr = Owned<evp_md_ctx_st, EVP_MD_CTX_free>;
using DigestPtr = Owned<evp_md_st, EVP_MD_free>;
using PkeyCtxPtr = Owned<evp_pkey_ctx_st, EVP_PKEY_CTX_free>;
using PkeyPtr = Owned<evp_pkey_st, EVP_PKEY_free>;
using OcspBasicPtr = Owned<ocsp_basic_response_st, OCSP_BASICRESP_free>;
using OcspResponsePtr = Owned<ocsp_response_st, OCSP_RESPONSE_free>;
using Pkcs12Ptr = Owned<PKCS12_st, PKCS12_free>;
using TsResponsePtr = Owned<TS_resp_st, TS_RESP_free>;
using X509CrlPtr = Owned<X509_crl_st, X509_CRL_free>;
using X509NamePtr = Owned<X509_name_st, X509_NAME_free>;
using X509Ptr = Owned<x509_st, X509_free>;
using X509StoreCtxPtr = Owned<x509_store_ctx_st, X509_STORE_CTX_free>;
using X509StorePtr = Owned<x509_store_st, X509_STORE_free>;

/// Empties this thread's OpenSSL error queue; every wrapper does it on entry, so that what it finds there later is its
/// own.
void clear_openssl_errors() noexcept;

/// This thread's error queue as text, oldest first ("…; …"), and empty afterwards. OpenSSL's texts name operations and
/// never quote data.
std::string drain_openssl_errors();

/// A failure that carries the drained queue: "<message> (<queue>)".
Failure openssl_failure(Code code, std::string_view reason, std::string_view message, std::string hint = {});

/// For calls that return 1 on success: ok, or openssl_failure(Code::crypto, reason, message).
Result<void> check_openssl(int returned, std::string_view reason, std::string_view message);

/// For calls that cannot fail unless memory or the library itself is broken: throws std::runtime_error with the drained
/// queue when `succeeded` is false.
void require_openssl(bool succeeded, const char* what);

/// A source that reads `octets` (at most INT_MAX of them; they may be none) where they lie: they must outlive it.
BioPtr source_of(BytesView octets);

}  // namespace segell::base
