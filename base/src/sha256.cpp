// SHA-256 in one call. OpenSSL 3.0 deprecates the functions below in favour of its EVP layer, which costs about 110 ns
// more a digest whatever is hashed: as much as hashing a node of a Merkle tree, eight times for each event of a log.
// They are the same code underneath. This source is the only one that calls them; everything else hashes through EVP.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "base/digest.h"
#include "base/openssl_ptr.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>

namespace segell::base {

Sha256 sha256(BytesView bytes) { return sha256_of_parts({bytes}); }

Sha256 sha256_of_parts(std::initializer_list<BytesView> parts) {
  SHA256_CTX state;
  bool good = SHA256_Init(&state) == 1;
  for (const BytesView part : parts) good = good && SHA256_Update(&state, part.data(), part.size()) == 1;
  Sha256 out;
  require_openssl(good && SHA256_Final(as_u8(out), &state) == 1, "digest");
  OPENSSL_cleanse(&state, sizeof state);  // holds the last octets of what was hashed, which may be a secret
  return out;
}

}  // namespace segell::base
