#include "pdf/password_key.h"

#include "base/digest.h"
#include "base/openssl_ptr.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace segell::signer::pdf {
namespace {

// ISO 32000-1, algorithm 2, step a: an empty password is these octets.
constexpr std::array<unsigned char, 32> kPadding{0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E,
                                                 0x56, 0xFF, 0xFA, 0x01, 0x08, 0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68,
                                                 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A};

base::BytesView padding() { return std::as_bytes(std::span(kPadding)); }

std::byte xored(std::byte octet, int with) { return octet ^ static_cast<std::byte>(with); }

/// Algorithm 2.
base::Bytes key_of(const KeyMaterial& material) {
  base::Bytes input = base::to_bytes(padding());
  base::append(input, material.owner);
  for (int shift = 0; shift < 32; shift += 8) input.push_back(static_cast<std::byte>(material.permissions >> shift));
  base::append(input, material.id);
  if (material.revision >= 4 && !material.encrypts_metadata) input.insert(input.end(), 4, std::byte{0xFF});
  base::Bytes key = md5(input);
  if (material.revision >= 3)
    for (int round = 0; round < 50; ++round) key = md5(base::BytesView(key).first(material.length));
  key.resize(material.length);
  return key;
}

/// Algorithms 4 and 5: what /U holds when the key is right.
bool is_key(const KeyMaterial& material, const base::Bytes& key) {
  if (material.revision == 2) return rc4(key, padding()) == material.user;
  base::Bytes input = base::to_bytes(padding());
  base::append(input, material.id);
  base::Bytes check = md5(input);
  base::Bytes round_key(key.size());
  for (int round = 0; round < 20; ++round) {
    std::ranges::transform(key, round_key.begin(), [&](std::byte octet) { return xored(octet, round); });
    check = rc4(round_key, check);
  }
  return std::ranges::equal(check, base::BytesView(material.user).first(16));  // the rest is arbitrary
}

/// ISO 32000-2, algorithm 2.B, for the empty password.
base::Bytes hardened_hash(base::BytesView salt) {
  base::Bytes key = base::hash(base::HashAlgorithm::sha256, salt);
  for (int round = 1;; ++round) {
    base::Bytes block;
    for (int i = 0; i < 64; ++i) base::append(block, key);
    const base::Bytes encrypted =
        aes_cbc(base::BytesView(key).first(16), base::BytesView(key).subspan(16, 16), block, /*encrypts=*/true);
    // the first 16 octets as a number modulo 3: 256 is 1 modulo 3
    const int remainder = std::accumulate(encrypted.begin(), encrypted.begin() + 16, 0,
                                          [](int sum, std::byte octet) { return sum + std::to_integer<int>(octet); }) %
                          3;
    key = base::hash(remainder == 0   ? base::HashAlgorithm::sha256
                     : remainder == 1 ? base::HashAlgorithm::sha384
                                      : base::HashAlgorithm::sha512,
                     encrypted);
    if (round >= 64 && std::to_integer<int>(encrypted.back()) <= round - 32) break;
  }
  key.resize(32);
  return key;
}

/// ISO 32000-2, algorithm 2.A (revision 6) and its forerunner of Adobe's extension level 3 (revision 5).
std::optional<base::Bytes> modern_key(const KeyMaterial& material) {
  const base::BytesView user(material.user);
  const auto hash = [&](base::BytesView salt) {
    return material.revision == 5 ? base::hash(base::HashAlgorithm::sha256, salt) : hardened_hash(salt);
  };
  if (!std::ranges::equal(hash(user.subspan(32, 8)), user.first(32))) return std::nullopt;
  return aes_cbc(hash(user.subspan(40, 8)), base::Bytes(16), material.user_key, /*encrypts=*/false);
}

}  // namespace

std::optional<base::Bytes> key_without_password(const KeyMaterial& material) {
  if (material.revision >= 5) return modern_key(material);
  base::Bytes key = key_of(material);
  if (!is_key(material, key)) return std::nullopt;
  return key;
}

base::Bytes md5(base::BytesView octets) {
  base::Bytes digest(16);
  unsigned length = 0;
  base::require_openssl(EVP_Digest(octets.data(), octets.size(), base::as_u8(digest), &length, EVP_md5(), nullptr) == 1,
                        "MD5");
  return digest;
}

base::Bytes rc4(base::BytesView key, base::BytesView octets) {
  std::array<unsigned char, 256> state{};
  std::iota(state.begin(), state.end(), static_cast<unsigned char>(0));
  unsigned char j = 0;
  for (std::size_t i = 0; i < 256; ++i) {
    j = static_cast<unsigned char>(j + state[i] + std::to_integer<unsigned char>(key[i % key.size()]));
    std::swap(state[i], state[j]);
  }
  base::Bytes out;
  out.reserve(octets.size());
  unsigned char i = 0;
  j = 0;
  for (const std::byte octet : octets) {
    i = static_cast<unsigned char>(i + 1);
    j = static_cast<unsigned char>(j + state[i]);
    std::swap(state[i], state[j]);
    out.push_back(octet ^ std::byte{state[static_cast<unsigned char>(state[i] + state[j])]});
  }
  return out;
}

base::Bytes aes_cbc(base::BytesView key, base::BytesView iv, base::BytesView octets, bool encrypts) {
  const base::CipherCtxPtr context(EVP_CIPHER_CTX_new());
  const EVP_CIPHER* cipher = key.size() == 16 ? EVP_aes_128_cbc() : EVP_aes_256_cbc();
  base::require_openssl(context && EVP_CipherInit_ex(context.get(), cipher, nullptr, base::as_u8(key), base::as_u8(iv),
                                                     encrypts ? 1 : 0) == 1,
                        "AES");
  EVP_CIPHER_CTX_set_padding(context.get(), 0);
  base::Bytes out(octets.size());
  int length = 0;
  base::require_openssl(EVP_CipherUpdate(context.get(), base::as_u8(out), &length, base::as_u8(octets),
                                         static_cast<int>(octets.size())) == 1,
                        "AES");
  return out;
}

}  // namespace segell::signer::pdf
