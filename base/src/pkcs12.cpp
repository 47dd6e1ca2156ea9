#include "openssl_key.h"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <openssl/x509.h>

#include <optional>

namespace segell::base {
namespace {

constexpr std::size_t kMaxFile = 4 << 20;
/// The highest iteration count that is worked off: a file of a stranger must not keep a processor busy for minutes.
constexpr long kMaxIterations = 5'000'000;

using LibraryPtr = Owned<OSSL_LIB_CTX, OSSL_LIB_CTX_free>;
using ProviderPtr = Owned<OSSL_PROVIDER, OSSL_PROVIDER_unload>;

Failure malformed_pkcs12(const char* message) {
  clear_openssl_errors();
  return fail(Code::malformed, "key.malformed", message);
}

Failure wrong_passphrase() {
  clear_openssl_errors();
  return fail(Code::unauthenticated, "key.wrong-passphrase", "the passphrase does not open the PKCS#12 file");
}

struct Parts {
  PkeyPtr key;
  X509Ptr certificate;
  std::vector<X509Ptr> others;
};

Pkcs12Ptr read_file(BytesView file, OSSL_LIB_CTX* library) {
  PKCS12* target = PKCS12_init_ex(NID_pkcs7_data, library, nullptr);
  const std::uint8_t* at = as_u8(file);
  // On failure d2i frees the object that it was given.
  Pkcs12Ptr read(d2i_PKCS12(&target, &at, static_cast<long>(file.size())));
  if (read != nullptr && at != as_u8(file) + file.size()) read.reset();
  return read;
}

/// Empty when the contents cannot be opened in that library context.
std::optional<Parts> open_contents(PKCS12* file, const char* passphrase) {
  EVP_PKEY* key = nullptr;
  X509* certificate = nullptr;
  STACK_OF(X509)* others = nullptr;
  if (PKCS12_parse(file, passphrase, &key, &certificate, &others) != 1) return std::nullopt;
  Parts parts{PkeyPtr(key), X509Ptr(certificate), {}};
  for (int i = 0; i < sk_X509_num(others); ++i) parts.others.emplace_back(sk_X509_value(others, i));
  sk_X509_free(others);
  return parts;
}

Result<Certificate> certificate_of(X509* native) {
  std::uint8_t* encoded = nullptr;
  const int length = i2d_X509(native, &encoded);
  require_openssl(length >= 0, "encoding a certificate");
  const auto* octets = reinterpret_cast<const std::byte*>(encoded);
  const Bytes der(octets, octets + length);
  OPENSSL_free(encoded);
  return Certificate::parse_der(der);
}

/// The same key in the default library context: it outlives the one with the legacy ciphers.
PkeyPtr into_default_context(const EVP_PKEY* key) {
  const Owned<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free> info(EVP_PKEY2PKCS8(key));
  return info == nullptr ? nullptr : PkeyPtr(EVP_PKCS82PKEY(info.get()));
}

Result<SealIdentity> identity_of(Parts parts) {
  if (parts.key == nullptr) return malformed_pkcs12("no private key in the PKCS#12 file");
  if (parts.certificate == nullptr && parts.others.empty())
    return malformed_pkcs12("no certificate in the PKCS#12 file");
  std::vector<Certificate> others;
  for (const X509Ptr& other : parts.others) {
    SEGELL_TRY(Certificate certificate, certificate_of(other.get()));
    others.push_back(std::move(certificate));
  }
  // Without a certificate of that key the first one stands in, so that make_seal_identity names the mismatch.
  X509* const own = parts.certificate != nullptr ? parts.certificate.get() : parts.others.front().get();
  SEGELL_TRY(Certificate certificate, certificate_of(own));
  SEGELL_TRY(auto key, make_openssl_key(std::move(parts.key)));
  return make_seal_identity(std::move(key), std::move(certificate), std::move(others));
}

Result<SealIdentity> parse_legacy(BytesView file, const char* passphrase) {
  const auto refuse = [] {
    clear_openssl_errors();
    return fail(Code::unsupported, "key.legacy-pkcs12",
                "the PKCS#12 file uses old ciphers (RC2-40), and OpenSSL's legacy provider cannot be loaded here",
                "convert it: openssl pkcs12 -legacy -in OLD.p12 -out KEY.pem && openssl pkcs12 -export -in KEY.pem "
                "-out NEW.p12");
  };
  const LibraryPtr library(OSSL_LIB_CTX_new());
  require_openssl(library != nullptr, "library context");
  const ProviderPtr standard(OSSL_PROVIDER_load(library.get(), "default"));
  const ProviderPtr legacy(OSSL_PROVIDER_load(library.get(), "legacy"));
  if (standard == nullptr || legacy == nullptr) return refuse();
  std::optional<Parts> parts;
  if (const Pkcs12Ptr again = read_file(file, library.get())) parts = open_contents(again.get(), passphrase);
  if (!parts) {
    clear_openssl_errors();
    return fail(Code::unsupported, "key.unsupported", "a PKCS#12 file with a cipher that is not supported");
  }
  if (parts->key != nullptr) {
    parts->key = into_default_context(parts->key.get());
    if (parts->key == nullptr) return malformed_pkcs12("the private key in the PKCS#12 file cannot be used");
  }
  Result<SealIdentity> identity = identity_of(*std::move(parts));
  return identity;
}

}  // namespace

Result<SealIdentity> parse_pkcs12(BytesView file, const Secret& passphrase) {
  if (file.size() > kMaxFile) return fail(Code::limit_exceeded, "key.too-large", "a PKCS#12 file longer than 4 MiB");
  clear_openssl_errors();
  const Pkcs12Ptr parsed = read_file(file, nullptr);
  if (parsed == nullptr) return malformed_pkcs12("not a PKCS#12 file");
  // Without the MAC a wrong passphrase could not be told from damage, and strangers could choose what is decrypted.
  if (PKCS12_mac_present(parsed.get()) != 1) return malformed_pkcs12("a PKCS#12 file without an integrity check");
  const ASN1_INTEGER* iterations = nullptr;
  PKCS12_get0_mac(nullptr, nullptr, nullptr, &iterations, parsed.get());
  if (iterations != nullptr && (ASN1_INTEGER_get(iterations) < 1 || ASN1_INTEGER_get(iterations) > kMaxIterations))
    return fail(Code::limit_exceeded, "key.too-many-iterations", "a PKCS#12 file with an unreasonable iteration count");

  const Secret terminated(to_bytes(std::string(passphrase.text()) + '\0'));
  const char* text = terminated.text().data();
  if (PKCS12_verify_mac(parsed.get(), text, -1) != 1) {
    // No passphrase has two encodings in PKCS#12: an empty one, and none.
    if (!passphrase.empty() || PKCS12_verify_mac(parsed.get(), nullptr, 0) != 1) return wrong_passphrase();
    text = nullptr;
  }
  std::optional<Parts> parts = open_contents(parsed.get(), text);
  if (parts) return identity_of(*std::move(parts));
  // The MAC fits, so the passphrase is right: the ciphers inside must be the old ones.
  clear_openssl_errors();
  return parse_legacy(file, text);
}

}  // namespace segell::base
