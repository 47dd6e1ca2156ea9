#include "public_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>

#include <array>
#include <string_view>

namespace segell::base {
namespace {

using ParamsPtr = Owned<OSSL_PARAM, OSSL_PARAM_free>;
using EcdsaPtr = Owned<ECDSA_SIG, ECDSA_SIG_free>;
using ParamsBuilderPtr = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;

// What an element with that tag holds; the octets themselves where they are no such element.
BytesView inside(BytesView octets, unsigned char tag) {
  const unsigned char* at = as_u8(octets);
  long length = 0;
  int found = 0, type = 0;
  const int outcome = ASN1_get_object(&at, &length, &found, &type, static_cast<long>(octets.size()));
  clear_openssl_errors();
  const auto skipped = static_cast<std::size_t>(at - as_u8(octets));
  if ((outcome & 0x80) != 0 || found != tag || skipped + static_cast<std::size_t>(length) != octets.size())
    return octets;
  return octets.subspan(skipped);
}

}  // namespace

PkeyPtr make_public_key(const char* type, OSSL_PARAM_BLD* parameters) {
  const ParamsPtr made(OSSL_PARAM_BLD_to_param(parameters));
  const PkeyCtxPtr context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  require_openssl(made != nullptr && context != nullptr, "public key");
  EVP_PKEY* key = nullptr;
  const bool usable = EVP_PKEY_fromdata_init(context.get()) == 1 &&
                      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, made.get()) == 1;
  PkeyPtr owned(key);
  clear_openssl_errors();
  return usable ? std::move(owned) : nullptr;
}

BignumPtr number_of(BytesView octets) {
  BignumPtr value(BN_bin2bn(as_u8(octets), static_cast<int>(octets.size()), nullptr));
  require_openssl(value != nullptr, "number");
  return value;
}

Bytes ecdsa_value_of(BytesView raw) {
  constexpr std::size_t kLongest = 2 * 66;  // of P-521
  if (raw.empty() || raw.size() % 2 != 0 || raw.size() > kLongest) return {};
  const EcdsaPtr parts(ECDSA_SIG_new());
  require_openssl(parts != nullptr, "signature");
  BignumPtr r = number_of(raw.first(raw.size() / 2));
  BignumPtr s = number_of(raw.subspan(raw.size() / 2));
  require_openssl(ECDSA_SIG_set0(parts.get(), r.release(), s.release()) == 1, "signature");
  Bytes der(static_cast<std::size_t>(i2d_ECDSA_SIG(parts.get(), nullptr)));
  auto* out = as_u8(std::span(der));
  require_openssl(i2d_ECDSA_SIG(parts.get(), &out) == static_cast<int>(der.size()), "signature");
  return der;
}

PkeyPtr make_rsa_public_key(BytesView modulus, BytesView exponent) {
  clear_openssl_errors();
  if (modulus.empty() || exponent.empty()) return nullptr;
  const BignumPtr n = number_of(modulus);
  const BignumPtr e = number_of(exponent);
  const ParamsBuilderPtr builder(OSSL_PARAM_BLD_new());
  require_openssl(builder != nullptr && OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) == 1 &&
                      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) == 1,
                  "public key");
  return make_public_key("RSA", builder.get());
}

PkeyPtr make_curve_public_key(BytesView parameters, BytesView point) {
  clear_openssl_errors();
  if (parameters.empty() || point.empty()) return nullptr;
  const BytesView raw = inside(point, V_ASN1_OCTET_STRING);
  const unsigned char* at = as_u8(parameters);
  const Asn1ObjectPtr curve(d2i_ASN1_OBJECT(nullptr, &at, static_cast<long>(parameters.size())));
  const int id = curve ? OBJ_obj2nid(curve.get()) : NID_undef;
  clear_openssl_errors();
  const bool edwards =
      id == NID_ED25519 || (!curve && as_text(parameters).find("edwards25519") != std::string_view::npos);
  if (edwards) return PkeyPtr(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, as_u8(raw), raw.size()));
  const ParamsBuilderPtr builder(OSSL_PARAM_BLD_new());
  if (id == NID_undef || !builder ||
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, OBJ_nid2sn(id), 0) != 1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, raw.data(), raw.size()) != 1)
    return nullptr;
  return make_public_key("EC", builder.get());
}

Result<Bytes> public_key_der_of(evp_pkey_st* key) {
  std::uint8_t* encoded = nullptr;
  const int length = i2d_PUBKEY(key, &encoded);
  if (length <= 0) return openssl_failure(Code::malformed, "key.malformed", "not usable as a public key");
  const auto* octets = reinterpret_cast<const std::byte*>(encoded);
  Bytes out(octets, octets + length);
  OPENSSL_free(encoded);
  return out;
}

}  // namespace segell::base
