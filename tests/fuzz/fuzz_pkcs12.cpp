// PKCS#12 and PEM key files from strangers.
#include "base/signing_key.h"

using namespace segell::base;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const BytesView octets(reinterpret_cast<const std::byte*>(data), size);
  const Secret passphrase(to_bytes("segell"));
  if (const auto identity = parse_pkcs12(octets, passphrase); identity && identity->key == nullptr) __builtin_trap();
  (void)parse_signing_key_pem(octets, passphrase);
  return 0;
}
