#include "base/bytes.h"

#include "base/secret.h"

#include <openssl/crypto.h>

namespace segell::base {

bool equal_constant_time(BytesView a, BytesView b) noexcept {
  return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

void wipe(std::span<std::byte> bytes) noexcept {
  if (!bytes.empty()) OPENSSL_cleanse(bytes.data(), bytes.size());
}

}  // namespace segell::base
