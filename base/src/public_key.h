#pragma once

#include "base/openssl_ptr.h"
#include "base/signing_key.h"

struct ossl_param_bld_st;  // OpenSSL's OSSL_PARAM_BLD

namespace segell::base {

/// The public key of these parameters; null where they are none.
PkeyPtr make_public_key(const char* type, ossl_param_bld_st* parameters);

/// A number from its big-endian octets.
BignumPtr number_of(BytesView octets);

/// r ‖ s, halves of one length, as the DER of Ecdsa-Sig-Value (RFC 3279 2.2.3); empty for an odd length, and for
/// one that is longer than P-521 makes.
Bytes ecdsa_value_of(BytesView raw);

/// An RSA key from modulus and exponent, big-endian; null when they make none.
PkeyPtr make_rsa_public_key(BytesView modulus, BytesView exponent);

/// A key on a curve as PKCS#11 has it (2.40, 2.3.3): the DER of its parameters (a named curve's OBJECT IDENTIFIER, or a
/// PrintableString "edwards25519"), and of the OCTET STRING around its point. Some modules leave the OCTET STRING out.
/// Null when they make none.
PkeyPtr make_curve_public_key(BytesView parameters, BytesView point);

/// SubjectPublicKeyInfo.
Result<Bytes> public_key_der_of(evp_pkey_st* key);

}  // namespace segell::base
