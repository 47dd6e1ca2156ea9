#include "base/digest.h"

#include "base/openssl_ptr.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <stdexcept>

namespace segell::base {
namespace {

/// Fetched once in a process: EVP_MD_fetch walks the providers under a lock, and costs more than hashing a leaf.
const EVP_MD* digest_of(HashAlgorithm algorithm) {
  static const auto fetch = [](const char* name) {
    EVP_MD* md = EVP_MD_fetch(nullptr, name, nullptr);
    require_openssl(md != nullptr, name);
    return md;  // kept until the process ends
  };
  switch (algorithm) {
    case HashAlgorithm::sha256: {
      static const EVP_MD* const kMd = fetch("SHA2-256");
      return kMd;
    }
    case HashAlgorithm::sha384: {
      static const EVP_MD* const kMd = fetch("SHA2-384");
      return kMd;
    }
    case HashAlgorithm::sha512: {
      static const EVP_MD* const kMd = fetch("SHA2-512");
      return kMd;
    }
  }
  throw std::logic_error("hash algorithm outside the enumeration");
}

DigestCtxPtr new_context() {
  DigestCtxPtr context(EVP_MD_CTX_new());
  require_openssl(context != nullptr, "digest context");
  return context;
}

/// One context a thread serves all digests that end in the call that began them: making one costs as much as hashing
/// 64 octets.
template <class Out>
Out digest_once(HashAlgorithm algorithm, BytesView bytes, Out out) {
  thread_local const DigestCtxPtr kContext = new_context();
  unsigned length = 0;
  require_openssl(EVP_DigestInit_ex2(kContext.get(), digest_of(algorithm), nullptr) == 1 &&
                      EVP_DigestUpdate(kContext.get(), bytes.data(), bytes.size()) == 1 &&
                      EVP_DigestFinal_ex(kContext.get(), as_u8(out), &length) == 1 && length == out.size(),
                  "digest");
  return out;
}

std::size_t size_of(HashAlgorithm algorithm) { return static_cast<std::size_t>(EVP_MD_get_size(digest_of(algorithm))); }

}  // namespace

Sha512 sha512(BytesView bytes) { return digest_once(HashAlgorithm::sha512, bytes, Sha512{}); }
Bytes hash(HashAlgorithm algorithm, BytesView bytes) {
  return digest_once(algorithm, bytes, Bytes(size_of(algorithm)));
}

struct Hasher::State {
  HashAlgorithm algorithm;
  DigestCtxPtr context = new_context();
  bool finished = false;

  void finish(std::span<std::byte> out) {
    if (finished) throw std::logic_error("Hasher::finish called twice");
    if (out.size() != size_of(algorithm)) throw std::logic_error("Hasher::finish for another algorithm");
    finished = true;
    unsigned length = 0;
    require_openssl(EVP_DigestFinal_ex(context.get(), as_u8(out), &length) == 1, "digest");
  }
};

Hasher::Hasher(HashAlgorithm algorithm) : m_state(std::make_unique<State>(State{.algorithm = algorithm})) {
  require_openssl(EVP_DigestInit_ex2(m_state->context.get(), digest_of(algorithm), nullptr) == 1, "digest");
}
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::update(BytesView bytes) {
  if (m_state->finished) throw std::logic_error("Hasher::update after finish");
  require_openssl(EVP_DigestUpdate(m_state->context.get(), bytes.data(), bytes.size()) == 1, "digest");
}

Hasher Hasher::clone() const {
  if (m_state->finished) throw std::logic_error("Hasher::clone after finish");
  Hasher copy(m_state->algorithm);
  require_openssl(EVP_MD_CTX_copy_ex(copy.m_state->context.get(), m_state->context.get()) == 1, "digest copy");
  return copy;
}

Bytes Hasher::finish() {
  Bytes out(size_of(m_state->algorithm));
  m_state->finish(out);
  return out;
}

Sha256 Hasher::finish_sha256() {
  Sha256 out{};
  m_state->finish(out);
  return out;
}

Sha256 hmac_sha256(BytesView key, BytesView message) {
  Sha256 out{};
  unsigned length = 0;
  // HMAC() takes a null key for "the key of the last call": an empty key needs an address.
  static constexpr std::byte kNothing{};
  const void* const key_data = key.empty() ? &kNothing : key.data();
  require_openssl(HMAC(digest_of(HashAlgorithm::sha256), key_data, static_cast<int>(key.size()), as_u8(message),
                       message.size(), as_u8(out), &length) != nullptr,
                  "hmac");
  return out;
}

Bytes hkdf_sha256(BytesView secret, BytesView salt, BytesView info, std::size_t length) {
  static EVP_KDF* const kKdf = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
  require_openssl(kKdf != nullptr, "hkdf");
  if (length > 8160) throw std::logic_error("hkdf_sha256 gives at most 8160 octets");
  const Owned<EVP_KDF_CTX, EVP_KDF_CTX_free> context(EVP_KDF_CTX_new(kKdf));
  require_openssl(context != nullptr, "hkdf");
  const auto octets = [](const char* name, BytesView bytes) {
    static std::byte nothing{};  // OpenSSL reads the address of an empty string too
    void* const data = bytes.empty() ? &nothing : const_cast<std::byte*>(bytes.data());
    return OSSL_PARAM_construct_octet_string(name, data, bytes.size());
  };
  char digest_name[] = "SHA2-256";
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest_name, 0),
      octets(OSSL_KDF_PARAM_KEY, secret),
      octets(OSSL_KDF_PARAM_SALT, salt),
      octets(OSSL_KDF_PARAM_INFO, info),
      OSSL_PARAM_construct_end(),
  };
  Bytes out(length);
  if (length == 0) return out;
  require_openssl(EVP_KDF_derive(context.get(), as_u8(out), out.size(), parameters) == 1, "hkdf");
  return out;
}

}  // namespace segell::base
