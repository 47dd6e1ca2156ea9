#include "algorithms.h"

#include "base/openssl_ptr.h"
#include "ber.h"

#include <openssl/evp.h>
#include <openssl/objects.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <stdexcept>

namespace segell::signer::ades {
namespace {

struct DigestName {
  Digest digest;
  std::string_view oid;
  std::string_view text;
  const char* native;
};

constexpr std::array kDigests{
    DigestName{Digest::md5, "1.2.840.113549.2.5", "MD5", "MD5"},
    DigestName{Digest::sha1, "1.3.14.3.2.26", "SHA-1", "SHA1"},
    DigestName{Digest::sha224, "2.16.840.1.101.3.4.2.4", "SHA-224", "SHA2-224"},
    DigestName{Digest::sha256, "2.16.840.1.101.3.4.2.1", "SHA-256", "SHA2-256"},
    DigestName{Digest::sha384, "2.16.840.1.101.3.4.2.2", "SHA-384", "SHA2-384"},
    DigestName{Digest::sha512, "2.16.840.1.101.3.4.2.3", "SHA-512", "SHA2-512"},
    DigestName{Digest::sha512_256, "2.16.840.1.101.3.4.2.6", "SHA-512/256", "SHA2-512/256"},
    DigestName{Digest::sha3_224, "2.16.840.1.101.3.4.2.7", "SHA3-224", "SHA3-224"},
    DigestName{Digest::sha3_256, "2.16.840.1.101.3.4.2.8", "SHA3-256", "SHA3-256"},
    DigestName{Digest::sha3_384, "2.16.840.1.101.3.4.2.9", "SHA3-384", "SHA3-384"},
    DigestName{Digest::sha3_512, "2.16.840.1.101.3.4.2.10", "SHA3-512", "SHA3-512"},
    DigestName{Digest::shake256, "2.16.840.1.101.3.4.2.12", "SHAKE256", "SHAKE-256"},
};
constexpr std::string_view kShake256WithLength = "2.16.840.1.101.3.4.2.18";
constexpr std::string_view kLength512{"\x02\x02\x02\x00", 4};  // INTEGER 512, bits
constexpr std::size_t kShake256Octets = 64;

struct MethodName {
  std::string_view oid;
  MethodOfOid method;
};

constexpr auto kRsa = SignatureMethod::rsa_pkcs1;
constexpr auto kEcdsa = SignatureMethod::ecdsa;
const std::array kMethods{
    MethodName{"1.2.840.113549.1.1.1", {kRsa, std::nullopt}},
    MethodName{"1.2.840.113549.1.1.4", {kRsa, Digest::md5}},
    MethodName{"1.2.840.113549.1.1.5", {kRsa, Digest::sha1}},
    MethodName{"1.2.840.113549.1.1.14", {kRsa, Digest::sha224}},
    MethodName{"1.2.840.113549.1.1.11", {kRsa, Digest::sha256}},
    MethodName{"1.2.840.113549.1.1.12", {kRsa, Digest::sha384}},
    MethodName{"1.2.840.113549.1.1.13", {kRsa, Digest::sha512}},
    MethodName{"1.2.840.113549.1.1.16", {kRsa, Digest::sha512_256}},
    MethodName{"2.16.840.1.101.3.4.3.13", {kRsa, Digest::sha3_224}},
    MethodName{"2.16.840.1.101.3.4.3.14", {kRsa, Digest::sha3_256}},
    MethodName{"2.16.840.1.101.3.4.3.15", {kRsa, Digest::sha3_384}},
    MethodName{"2.16.840.1.101.3.4.3.16", {kRsa, Digest::sha3_512}},
    MethodName{"1.2.840.113549.1.1.10", {SignatureMethod::rsa_pss, std::nullopt}},
    MethodName{"1.2.840.10045.2.1", {kEcdsa, std::nullopt}},  // the key's own name, as iText 5 writes it
    MethodName{"1.2.840.10045.4.1", {kEcdsa, Digest::sha1}},
    MethodName{"1.2.840.10045.4.3.1", {kEcdsa, Digest::sha224}},
    MethodName{"1.2.840.10045.4.3.2", {kEcdsa, Digest::sha256}},
    MethodName{"1.2.840.10045.4.3.3", {kEcdsa, Digest::sha384}},
    MethodName{"1.2.840.10045.4.3.4", {kEcdsa, Digest::sha512}},
    MethodName{"2.16.840.1.101.3.4.3.9", {kEcdsa, Digest::sha3_224}},
    MethodName{"2.16.840.1.101.3.4.3.10", {kEcdsa, Digest::sha3_256}},
    MethodName{"2.16.840.1.101.3.4.3.11", {kEcdsa, Digest::sha3_384}},
    MethodName{"2.16.840.1.101.3.4.3.12", {kEcdsa, Digest::sha3_512}},
    MethodName{"1.3.101.112", {SignatureMethod::ed25519, Digest::sha512}},
    MethodName{"1.3.101.113", {SignatureMethod::ed448, Digest::shake256}},
};

}  // namespace

std::string_view to_string(Digest digest) noexcept { return kDigests[static_cast<std::size_t>(digest)].text; }

std::optional<Digest> digest_of_oid(std::string_view oid) {
  for (const DigestName& name : kDigests) {
    if (name.oid == oid) return name.digest;
  }
  return std::nullopt;
}

std::optional<Digest> digest_of_name(std::string_view name) {
  const auto known = std::ranges::find(kDigests, name, &DigestName::text);
  return known == kDigests.end() ? std::nullopt : std::optional(known->digest);
}

std::optional<AlgorithmId> read_algorithm(base::BytesView sequence_content) {
  BerReader reader(sequence_content);
  const auto oid = reader.expect(kBerOid);
  if (!oid) return std::nullopt;
  AlgorithmId algorithm{oid_text(oid->content), {}};
  if (!reader.done()) {
    const auto parameters = reader.next();
    if (!parameters || !reader.done()) return std::nullopt;
    algorithm.parameters = parameters->whole;
  }
  return algorithm;
}

bool has_no_parameters(const AlgorithmId& algorithm) {
  return algorithm.parameters.empty() || base::as_text(algorithm.parameters) == std::string_view("\x05\0", 2);
}

std::optional<Digest> digest_of_algorithm(const AlgorithmId& algorithm) {
  if (algorithm.oid == kShake256WithLength)
    return base::as_text(algorithm.parameters) == kLength512 ? std::optional(Digest::shake256) : std::nullopt;
  // RFC 5754 2: absent or NULL; other ones would be octets that nothing protects
  return has_no_parameters(algorithm) ? digest_of_oid(algorithm.oid) : std::nullopt;
}

MethodOfOid method_of_oid(std::string_view oid) {
  for (const MethodName& name : kMethods) {
    if (name.oid == oid) return name.method;
  }
  return {};
}

std::string_view oid_of(Digest digest) { return kDigests[static_cast<std::size_t>(digest)].oid; }

std::string_view oid_of(SignatureMethod method, Digest digest) {
  for (const MethodName& name : kMethods) {
    if (name.method.method == method && name.method.digest == digest) return name.oid;
  }
  return {};
}

std::optional<Digest> digest_of_nid(int nid) {
  std::array<char, 80> dotted{};
  const ASN1_OBJECT* object = OBJ_nid2obj(nid);
  if (object == nullptr || OBJ_obj2txt(dotted.data(), dotted.size(), object, 1) <= 0) return std::nullopt;
  return digest_of_oid(dotted.data());
}

SignatureMethod method_of_nid(int nid) {
  switch (nid) {
    case NID_rsaEncryption:
      return SignatureMethod::rsa_pkcs1;
    case NID_rsassaPss:
      return SignatureMethod::rsa_pss;
    case NID_X9_62_id_ecPublicKey:
      return SignatureMethod::ecdsa;
    case NID_ED25519:
      return SignatureMethod::ed25519;
    case NID_ED448:
      return SignatureMethod::ed448;
    default:  // an identifier from outside
      return SignatureMethod::unknown;
  }
}

const evp_md_st* native_digest(Digest digest) {
  // fetching costs more than hashing a short text, and the set is closed; two threads may fetch the same one, once
  static std::array<std::atomic<const EVP_MD*>, kDigests.size()> fetched{};
  auto& known = fetched[static_cast<std::size_t>(digest)];
  if (const EVP_MD* md = known.load(std::memory_order_acquire)) return md;
  EVP_MD* md = EVP_MD_fetch(nullptr, kDigests[static_cast<std::size_t>(digest)].native, nullptr);
  const EVP_MD* expected = nullptr;
  if (md == nullptr || known.compare_exchange_strong(expected, md, std::memory_order_acq_rel)) return md;
  EVP_MD_free(md);
  return expected;
}

base::Bytes finish_digest(evp_md_ctx_st* context, Digest digest) {
  base::Bytes out(EVP_MAX_MD_SIZE);
  unsigned int size = kShake256Octets;
  const bool done = digest == Digest::shake256
                        ? EVP_DigestFinalXOF(context, base::as_u8(std::span(out)), kShake256Octets) == 1
                        : EVP_DigestFinal_ex(context, base::as_u8(std::span(out)), &size) == 1;
  base::require_openssl(done, "the end of a digest");
  out.resize(size);
  return out;
}

base::Bytes digest_of(Digest digest, base::BytesView octets) {
  const EVP_MD* md = native_digest(digest);
  if (digest == Digest::shake256) {
    const base::DigestCtxPtr context(EVP_MD_CTX_new());
    base::require_openssl(context && EVP_DigestInit_ex2(context.get(), md, nullptr) == 1 &&
                              EVP_DigestUpdate(context.get(), octets.data(), octets.size()) == 1,
                          "a digest");
    return finish_digest(context.get(), digest);
  }
  base::Bytes out(EVP_MAX_MD_SIZE);
  unsigned int size = 0;
  if (md == nullptr || EVP_Digest(octets.data(), octets.size(), base::as_u8(std::span(out)), &size, md, nullptr) != 1)
    throw std::runtime_error("OpenSSL cannot compute a digest");
  out.resize(size);
  return out;
}

}  // namespace segell::signer::ades
