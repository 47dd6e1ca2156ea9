#pragma once

#include "base/openssl_ptr.h"
#include "base/signing_key.h"

namespace segell::base {

/// A key in memory; the padding is for RSA keys that leave it open. Errors: unsupported "key.unsupported" with the key
/// type in words; malformed "key.malformed" when the private half does not fit the public one.
Result<std::shared_ptr<const SigningKey>> make_openssl_key(PkeyPtr key, RsaPadding padding = RsaPadding::pkcs1);

/// What a key of this kind signs with, told by its public half; the padding as above. Error: unsupported
/// "key.unsupported".
Result<SignatureScheme> scheme_of_key(evp_pkey_st* key, RsaPadding padding);

/// True when the signature over the message is this key's. ECDSA signatures are Ecdsa-Sig-Value.
bool signature_fits(evp_pkey_st* key, SignatureScheme scheme, BytesView message, BytesView signature);

/// The key that make_openssl_key was given, shared; nothing for keys that live elsewhere.
std::shared_ptr<evp_pkey_st> share_native(const SigningKey& key);

}  // namespace segell::base
