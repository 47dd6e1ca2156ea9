#pragma once

#include "base/openssl_ptr.h"
#include "base/signing_key.h"

namespace segell::base {

enum class RsaPadding { pkcs1, pss };

/// A key in memory; the padding is for RSA keys that leave it open. Errors: unsupported "key.unsupported" with the key
/// type in words; malformed "key.malformed" when the private half does not fit the public one.
Result<std::shared_ptr<const SigningKey>> make_openssl_key(PkeyPtr key, RsaPadding padding = RsaPadding::pkcs1);

/// The key that make_openssl_key was given, shared; nothing for keys that live elsewhere.
std::shared_ptr<evp_pkey_st> share_native(const SigningKey& key);

}  // namespace segell::base
