#pragma once

#include "base/bytes.h"

#include <array>
#include <initializer_list>
#include <memory>

namespace segell::base {

/// SHA-2 outputs; plain arrays so that they compare, copy and sort.
using Sha256 = std::array<std::byte, 32>;
using Sha512 = std::array<std::byte, 64>;

Sha256 sha256(BytesView bytes);
Sha512 sha512(BytesView bytes);
/// SHA-256 of the parts one behind the other, fed one by one.
Sha256 sha256_of_parts(std::initializer_list<BytesView> parts);

enum class HashAlgorithm { sha256, sha384, sha512 };

/// Incremental hashing (FIPS 180-4). finish() may be called once; update() after it is a defect and throws
/// std::logic_error.
class Hasher {
 public:
  explicit Hasher(HashAlgorithm algorithm);
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;

  void update(BytesView bytes);
  /// A second state that has absorbed the same octets: what they share is hashed once. After finish() it throws
  /// std::logic_error.
  [[nodiscard]] Hasher clone() const;
  Bytes finish();
  Sha256 finish_sha256();  ///< only for sha256

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

Bytes hash(HashAlgorithm algorithm, BytesView bytes);

/// HMAC-SHA-256 (RFC 2104).
Sha256 hmac_sha256(BytesView key, BytesView message);
/// HKDF-SHA-256 (RFC 5869), length ≤ 8160 octets.
Bytes hkdf_sha256(BytesView secret, BytesView salt, BytesView info, std::size_t length);

}  // namespace segell::base
