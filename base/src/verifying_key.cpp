#include "base/verifying_key.h"

#include "base/openssl_ptr.h"
#include "public_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace segell::base {
namespace {

constexpr std::size_t kCoordinate = 32;
/// Everything in front of the coordinates: id-ecPublicKey on prime256v1, and that the point is uncompressed.
constexpr std::uint8_t kP256Head[] = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48,
                                      0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
                                      0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04};

using BuilderPtr = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;

Failure malformed() { return fail(Code::malformed, "key.malformed", "a public key that is none"); }

/// r ‖ s as the DER that OpenSSL verifies; empty where it is none.
Bytes to_der(BytesView signature) { return signature.size() == 2 * kCoordinate ? ecdsa_value_of(signature) : Bytes(); }

}  // namespace

Result<VerifyingKey> VerifyingKey::rsa(BytesView modulus, BytesView exponent) {
  while (!modulus.empty() && modulus.front() == std::byte{0}) modulus = modulus.subspan(1);
  if (modulus.size() < 256 || modulus.size() > 1024 || exponent.empty() || exponent.size() > 4) return malformed();
  clear_openssl_errors();
  std::shared_ptr<EVP_PKEY> key = make_rsa_public_key(modulus, exponent);
  if (key == nullptr) return malformed();
  return VerifyingKey(Kind::rsa, std::move(key));
}

Result<VerifyingKey> VerifyingKey::p256(BytesView x, BytesView y) {
  if (x.size() != kCoordinate || y.size() != kCoordinate) return malformed();
  clear_openssl_errors();
  Bytes point{std::byte{4}};
  append(point, x);
  append(point, y);
  const BuilderPtr builder(OSSL_PARAM_BLD_new());
  require_openssl(
      builder != nullptr &&
          OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 1 &&
          OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1,
      "public key");
  auto key = make_public_key("EC", builder.get());
  if (key == nullptr) return malformed();
  return VerifyingKey(Kind::p256, std::move(key));
}

Result<VerifyingKey> VerifyingKey::p256_spki(BytesView der) {
  constexpr std::size_t kHead = std::size(kP256Head);
  const auto* octets = as_u8(der);
  if (der.size() != kHead + 2 * kCoordinate || !std::equal(kP256Head, kP256Head + kHead, octets)) return malformed();
  return p256(der.subspan(kHead, kCoordinate), der.subspan(kHead + kCoordinate));
}

Result<VerifyingKey> VerifyingKey::of(const Certificate& certificate) {
  EVP_PKEY* key = certificate.native_public_key();
  const auto unsupported = [] {
    return fail(Code::unsupported, "key.unsupported",
                "the certificate's key is neither RSA of 2048 to 8192 bits nor P-256");
  };
  if (key == nullptr) return unsupported();
  if (EVP_PKEY_is_a(key, "EC") == 1) {
    auto on_curve = p256_spki(certificate.public_key_der());
    if (on_curve) return on_curve;
    return unsupported();
  }
  const int bits = EVP_PKEY_get_bits(key);
  if (EVP_PKEY_is_a(key, "RSA") != 1 || bits < 2048 || bits > 8192) return unsupported();
  require_openssl(EVP_PKEY_up_ref(key) == 1, "public key");
  return VerifyingKey(Kind::rsa, std::shared_ptr<EVP_PKEY>(key, EVP_PKEY_free));
}

bool VerifyingKey::verify(BytesView message, BytesView signature) const {
  clear_openssl_errors();
  Bytes der;
  if (m_kind == Kind::p256) {
    der = to_der(signature);
    if (der.empty()) return false;
    signature = der;
  }
  const DigestCtxPtr context(EVP_MD_CTX_new());
  require_openssl(context != nullptr, "signature context");
  const bool verified =
      EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, m_key.get()) == 1 &&
      EVP_DigestVerify(context.get(), as_u8(signature), signature.size(), as_u8(message), message.size()) == 1;
  clear_openssl_errors();
  return verified;
}

}  // namespace segell::base
