#pragma once

#include "base/bytes.h"
#include "base/digest.h"
#include "base/result.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace segell::journal {

/// A node of the tree: SHA-256.
using Hash = base::Sha256;

/// RFC 6962 section 2.1: SHA-256(0x00 ‖ entry), SHA-256(0x01 ‖ left ‖ right), and SHA-256 of nothing.
Hash leaf_hash(base::BytesView entry);
Hash node_hash(const Hash& left, const Hash& right);
Hash empty_root();

/// An entry of Segell's logs: 0x01 ‖ SHA-256(salt ‖ event), 33 octets that tell nothing without the opening.
inline constexpr std::size_t kLeafSize = 33;
inline constexpr std::byte kLeafVersion{0x01};
using Leaf = std::array<std::byte, kLeafSize>;
using Salt = std::array<std::byte, 32>;
Leaf make_leaf(const Salt& salt, base::BytesView event);

/// The roots of the perfect subtrees of a tree, largest first: all that appending and the root need.
class Frontier {
 public:
  Frontier() = default;  ///< of the empty tree
  /// From a size and one hash for each set bit of it. Error: malformed "frontier.malformed".
  static base::Result<Frontier> from(std::uint64_t size, std::vector<Hash> roots);

  void append(const Hash& leaf);
  [[nodiscard]] std::uint64_t size() const { return m_size; }
  [[nodiscard]] Hash root() const;
  [[nodiscard]] const std::vector<Hash>& roots() const { return m_roots; }

 private:
  std::uint64_t m_size = 0;
  std::vector<Hash> m_roots;
};

/// Root of the given leaf hashes by the recursive definition of RFC 6962 2.1 (a second path beside Frontier).
Hash root_of(std::span<const Hash> leaves);

}  // namespace segell::journal
