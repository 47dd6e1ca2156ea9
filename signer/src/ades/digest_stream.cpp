#include "digest_stream.h"

#include "algorithms.h"

#include <openssl/evp.h>

namespace segell::signer::ades {

DigestStream::DigestStream(const std::set<Digest>& digests) {
  for (const Digest digest : digests) {
    base::DigestCtxPtr context(EVP_MD_CTX_new());
    base::require_openssl(context && EVP_DigestInit_ex2(context.get(), native_digest(digest), nullptr) == 1,
                          "EVP_DigestInit_ex2");
    m_running.emplace(digest, std::move(context));
  }
}

void DigestStream::feed(base::BytesView piece) {
  for (const auto& [digest, context] : m_running)
    base::require_openssl(EVP_DigestUpdate(context.get(), piece.data(), piece.size()) == 1, "EVP_DigestUpdate");
}

Digests DigestStream::finish() {
  Digests out;
  for (const auto& [digest, context] : m_running) {
    base::Bytes& value = out[digest];
    value.resize(EVP_MAX_MD_SIZE);
    unsigned int size = 0;
    base::require_openssl(EVP_DigestFinal_ex(context.get(), base::as_u8(std::span(value)), &size) == 1,
                          "EVP_DigestFinal_ex");
    value.resize(size);
  }
  m_running.clear();
  return out;
}

}  // namespace segell::signer::ades
