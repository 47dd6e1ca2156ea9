#pragma once

#include "base/openssl_ptr.h"
#include "base/signing_key.h"

namespace segell::base {

/// A key in memory. Errors: unsupported "key.unsupported" with the key type in words; malformed "key.malformed" when
/// the private half does not fit the public one.
Result<std::shared_ptr<const SigningKey>> make_openssl_key(PkeyPtr key);

}  // namespace segell::base
