#pragma once

#include "base/openssl_ptr.h"
#include "base/signing_key.h"

namespace segell::base {

/// A key in memory. Errors: unsupported "key.unsupported" with the key type in words; malformed "key.malformed" when
/// the private half does not fit the public one.
Result<std::shared_ptr<const SigningKey>> make_openssl_key(PkeyPtr key);

/// The key that make_openssl_key was given, shared; nothing for keys that live elsewhere.
std::shared_ptr<evp_pkey_st> share_native(const SigningKey& key);

}  // namespace segell::base
