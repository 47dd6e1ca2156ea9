#include "base/aead.h"

#include "base/digest.h"
#include "base/openssl_ptr.h"
#include "base/random.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <stdexcept>

namespace segell::base {
namespace {

constexpr std::size_t kKeySize = 32;
constexpr std::size_t kNonceSize = 12;
constexpr std::size_t kTagSize = 16;
constexpr std::size_t kSaltSize = 32;
constexpr std::byte kStreamVersion{0x01};
constexpr std::string_view kStreamLabel = "segell.stream/1";

using Nonce = std::array<std::byte, kNonceSize>;

const EVP_CIPHER* aes_256_gcm() {
  static const EVP_CIPHER* const kCipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  require_openssl(kCipher != nullptr, "AES-256-GCM");
  return kCipher;
}

/// GCM under one key; the key schedule is computed once and serves every segment of a stream.
class Gcm {
 public:
  explicit Gcm(BytesView key) : m_context(EVP_CIPHER_CTX_new()) {
    if (key.size() != kKeySize) throw std::logic_error("an AEAD key has 32 octets");
    require_openssl(m_context != nullptr &&
                        EVP_CipherInit_ex2(m_context.get(), aes_256_gcm(), as_u8(key), nullptr, 1, nullptr) == 1,
                    "AES-256-GCM");
  }

  /// Appends ciphertext and tag.
  void seal(const Nonce& nonce, BytesView plaintext, BytesView context, Bytes& out) {
    start(nonce, context, /*sealing=*/1);
    const std::size_t at = out.size();
    out.resize(at + plaintext.size() + kTagSize);
    run(plaintext, out.data() + at);
    require_openssl(
        EVP_CIPHER_CTX_ctrl(m_context.get(), EVP_CTRL_AEAD_GET_TAG, kTagSize, out.data() + at + plaintext.size()) == 1,
        "AES-256-GCM");
  }

  /// Appends the plaintext, or leaves `out` as it was and returns false.
  bool open(const Nonce& nonce, BytesView sealed, BytesView context, Bytes& out) {
    const BytesView ciphertext = sealed.first(sealed.size() - kTagSize);
    Bytes tag = to_bytes(sealed.last(kTagSize));
    start(nonce, context, /*sealing=*/0);
    const std::size_t at = out.size();
    out.resize(at + ciphertext.size());
    require_openssl(EVP_CIPHER_CTX_ctrl(m_context.get(), EVP_CTRL_AEAD_SET_TAG, kTagSize, tag.data()) == 1,
                    "AES-256-GCM");
    if (run(ciphertext, out.data() + at)) return true;
    wipe(std::span(out).subspan(at));
    out.resize(at);
    clear_openssl_errors();
    return false;
  }

 private:
  void start(const Nonce& nonce, BytesView context, int sealing) {
    clear_openssl_errors();
    int length = 0;
    require_openssl(EVP_CipherInit_ex2(m_context.get(), nullptr, nullptr, as_u8(nonce), sealing, nullptr) == 1 &&
                        (context.empty() || EVP_CipherUpdate(m_context.get(), nullptr, &length, as_u8(context),
                                                             static_cast<int>(context.size())) == 1),
                    "AES-256-GCM");
  }

  /// False only when the tag of an opening does not fit.
  bool run(BytesView in, std::byte* out) {
    int length = 0;
    while (!in.empty()) {
      const std::size_t step = std::min<std::size_t>(in.size(), 1 << 30);  // OpenSSL counts in int
      require_openssl(EVP_CipherUpdate(m_context.get(), reinterpret_cast<std::uint8_t*>(out), &length, as_u8(in),
                                       static_cast<int>(step)) == 1,
                      "AES-256-GCM");
      in = in.subspan(step);
      out += step;
    }
    std::array<std::uint8_t, kTagSize> nothing{};
    return EVP_CipherFinal_ex(m_context.get(), nothing.data(), &length) == 1;
  }

  CipherCtxPtr m_context;
};

Failure forged() {
  return fail(Code::corrupt, "aead.forged", "the stored data or its context was changed, or the key is another one");
}

Secret stream_key(const Secret& key, BytesView salt, BytesView context) {
  if (key.view().size() != kKeySize) throw std::logic_error("an AEAD key has 32 octets");
  Bytes info = to_bytes(kStreamLabel);
  append(info, context);
  return Secret(hkdf_sha256(key.view(), salt, info, kKeySize));
}

Nonce stream_nonce(std::uint64_t segment, bool last) {
  if (segment > std::numeric_limits<std::uint32_t>::max()) throw std::logic_error("a stream has at most 2^32 segments");
  Nonce nonce{};
  for (std::size_t i = 0; i < 4; ++i) nonce[7 + i] = static_cast<std::byte>(segment >> (8 * (3 - i)) & 0xff);
  nonce[11] = last ? std::byte{1} : std::byte{0};
  return nonce;
}

}  // namespace

Bytes aead_seal(const Secret& key, BytesView plaintext, BytesView context) {
  Gcm gcm(key.view());
  const auto nonce = random_array<kNonceSize>();
  Bytes out;
  out.reserve(kNonceSize + plaintext.size() + kTagSize);
  append(out, nonce);
  gcm.seal(nonce, plaintext, context, out);
  return out;
}

Result<Bytes> aead_open(const Secret& key, BytesView sealed, BytesView context) {
  Gcm gcm(key.view());
  if (sealed.size() < kNonceSize + kTagSize) return forged();
  Nonce nonce{};
  std::copy_n(sealed.begin(), kNonceSize, nonce.begin());
  Bytes out;
  if (!gcm.open(nonce, sealed.subspan(kNonceSize), context, out)) return forged();
  return out;
}

Bytes stream_seal(const Secret& key, BytesView plaintext, BytesView context) {
  const auto salt = random_array<kSaltSize>();
  const Secret file_key = stream_key(key, salt, context);
  Gcm gcm(file_key.view());
  Bytes out;
  out.reserve(static_cast<std::size_t>(stream_sealed_size(plaintext.size())));
  out.push_back(kStreamVersion);
  append(out, salt);
  for (std::uint64_t segment = 0;; ++segment) {
    const bool last = plaintext.size() <= kStreamSegment;
    const BytesView piece = last ? plaintext : plaintext.first(kStreamSegment);
    gcm.seal(stream_nonce(segment, last), piece, {}, out);
    if (last) return out;
    plaintext = plaintext.subspan(kStreamSegment);
  }
}

Result<Bytes> stream_open(const Secret& key, BytesView sealed, BytesView context) {
  if (sealed.size() < 1 + kSaltSize + kTagSize || sealed[0] != kStreamVersion) return forged();
  const Secret file_key = stream_key(key, sealed.subspan(1, kSaltSize), context);
  Gcm gcm(file_key.view());
  BytesView rest = sealed.subspan(1 + kSaltSize);
  Bytes out;
  out.reserve(rest.size());
  for (std::uint64_t segment = 0;; ++segment) {
    const bool last = rest.size() <= kStreamSegment + kTagSize;
    const BytesView piece = last ? rest : rest.first(kStreamSegment + kTagSize);
    // A rest shorter than a tag, or an empty last segment behind a full one, is nothing that stream_seal writes.
    const bool well_formed = piece.size() > kTagSize || (piece.size() == kTagSize && segment == 0);
    if (!well_formed || !gcm.open(stream_nonce(segment, last), piece, {}, out)) {
      wipe(out);
      return forged();
    }
    if (last) return out;
    rest = rest.subspan(piece.size());
  }
}

std::uint64_t stream_sealed_size(std::uint64_t plaintext_size) {
  const std::uint64_t segments =
      plaintext_size == 0 ? 1 : plaintext_size / kStreamSegment + (plaintext_size % kStreamSegment != 0 ? 1 : 0);
  return 1 + kSaltSize + plaintext_size + segments * kTagSize;
}

}  // namespace segell::base
