#include "base/signing_key.h"

#include "openssl_key.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>

namespace segell::base {
namespace {

constexpr std::size_t kMaxKeyFile = 1 << 20;

/// Hands the passphrase to OpenSSL and remembers that it was asked for.
struct PassphraseRequest {
  std::string_view passphrase;
  bool asked = false;

  static int answer(char* buffer, int size, int /*writing*/, void* self) {
    auto& request = *static_cast<PassphraseRequest*>(self);
    request.asked = true;
    if (size < 0 || request.passphrase.size() > static_cast<std::size_t>(size)) return -1;
    std::copy(request.passphrase.begin(), request.passphrase.end(), buffer);
    return static_cast<int>(request.passphrase.size());
  }
};

// Of the decoders "unsupported" says that octets mean nothing: one wrong passphrase in 256 makes such ones.
bool queue_names_unsupported() {
  bool found = false;
  for (unsigned long code = ERR_get_error(); code != 0; code = ERR_get_error()) {
    const int reason = ERR_GET_REASON(code);
    found = found ||
            (ERR_GET_LIB(code) == ERR_LIB_EVP && (reason == ERR_R_UNSUPPORTED || reason == EVP_R_UNSUPPORTED_CIPHER ||
                                                  reason == EVP_R_UNKNOWN_PBE_ALGORITHM));
  }
  return found;
}

Failure explain_unreadable_key(const PassphraseRequest& request) {
  if (!request.asked) {
    clear_openssl_errors();
    return fail(Code::malformed, "key.malformed", "no private key in the PEM text");
  }
  if (queue_names_unsupported())
    return fail(Code::unsupported, "key.unsupported", "a private key encrypted with a cipher that is not supported",
                "convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD.pem -out NEW.pem");
  if (request.passphrase.empty())
    return fail(Code::unauthenticated, "key.wrong-passphrase",
                "the private key is encrypted, and no passphrase was given");
  return fail(Code::unauthenticated, "key.wrong-passphrase", "the passphrase does not open the private key");
}

PkeyPtr public_key_of(const SigningKey& key) {
  const Bytes der = key.public_key_der();
  const std::uint8_t* at = as_u8(der);
  return PkeyPtr(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
}

/// The issuers of a certificate, nearest first, as far as the given ones reach; others are left out.
std::vector<Certificate> ordered_chain(const Certificate& leaf, const std::vector<Certificate>& pool) {
  std::vector<Certificate> chain;
  const Certificate* current = &leaf;
  while (!current->is_self_issued()) {
    const auto next = std::find_if(pool.begin(), pool.end(), [&](const Certificate& candidate) {
      return X509_check_issued(candidate.native(), current->native()) == X509_V_OK &&
             std::find(chain.begin(), chain.end(), candidate) == chain.end();
    });
    if (next == pool.end()) break;
    chain.push_back(*next);
    current = &*next;
  }
  return chain;
}

}  // namespace

Result<std::shared_ptr<const SigningKey>> parse_signing_key_pem(BytesView pem, const Secret& passphrase) {
  if (pem.size() > kMaxKeyFile) return fail(Code::limit_exceeded, "key.too-large", "a key file longer than 1 MiB");
  clear_openssl_errors();
  const BioPtr source = source_of(pem);
  PassphraseRequest request{passphrase.text()};
  PkeyPtr key(PEM_read_bio_PrivateKey(source.get(), nullptr, PassphraseRequest::answer, &request));
  if (key == nullptr) return explain_unreadable_key(request);
  return make_openssl_key(std::move(key));
}

Result<SealIdentity> make_seal_identity(std::shared_ptr<const SigningKey> key, Certificate certificate,
                                        std::vector<Certificate> chain) {
  clear_openssl_errors();
  const PkeyPtr own = public_key_of(*key);
  EVP_PKEY* const certified = certificate.native_public_key();
  const bool same = own != nullptr && certified != nullptr && EVP_PKEY_eq(own.get(), certified) == 1;
  clear_openssl_errors();
  if (!same)
    return fail(Code::invalid_argument, "key.certificate-mismatch", "the certificate belongs to another key",
                "give the certificate that was issued for this key");
  std::vector<Certificate> issuers = ordered_chain(certificate, chain);
  return SealIdentity{std::move(key), std::move(certificate), std::move(issuers)};
}

Result<std::shared_ptr<const SigningKey>> make_ed25519_key(const Secret& seed) {
  if (seed.view().size() != 32) return fail(Code::malformed, "key.malformed", "an Ed25519 seed has 32 octets");
  clear_openssl_errors();
  PkeyPtr key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, as_u8(seed.view()), seed.view().size()));
  if (key == nullptr) return openssl_failure(Code::crypto, "key.ed25519", "Ed25519 is not available");
  return make_openssl_key(std::move(key));
}

Result<Bytes> ed25519_public_key(const Secret& seed) {
  if (seed.view().size() != 32) return fail(Code::malformed, "key.malformed", "an Ed25519 seed has 32 octets");
  clear_openssl_errors();
  const PkeyPtr key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, as_u8(seed.view()), seed.view().size()));
  Bytes out(32);
  std::size_t length = out.size();
  if (key == nullptr || EVP_PKEY_get_raw_public_key(key.get(), as_u8(out), &length) != 1 || length != out.size())
    return openssl_failure(Code::crypto, "key.ed25519", "Ed25519 is not available");
  return out;
}

bool verify_ed25519(BytesView public_key, BytesView message, BytesView signature) {
  if (public_key.size() != 32 || signature.size() != 64) return false;
  clear_openssl_errors();
  const PkeyPtr key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, as_u8(public_key), public_key.size()));
  const DigestCtxPtr context(EVP_MD_CTX_new());
  const bool verified =
      key != nullptr && context != nullptr &&
      EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
      EVP_DigestVerify(context.get(), as_u8(signature), signature.size(), as_u8(message), message.size()) == 1;
  clear_openssl_errors();
  return verified;
}

}  // namespace segell::base
