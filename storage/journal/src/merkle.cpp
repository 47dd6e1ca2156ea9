#include "journal/merkle.h"

#include <algorithm>
#include <bit>
#include <stdexcept>

namespace segell::journal {

Hash leaf_hash(base::BytesView entry) {
  // Entries of our own logs fit on the stack; foreign ones up to the 64 KiB of C2SP do not.
  if (entry.size() <= 256) {
    std::array<std::byte, 257> buffer;
    buffer[0] = std::byte{0x00};
    std::copy(entry.begin(), entry.end(), buffer.begin() + 1);
    return base::sha256(base::BytesView(buffer).first(entry.size() + 1));
  }
  base::Bytes buffer;
  buffer.reserve(entry.size() + 1);
  buffer.push_back(std::byte{0x00});
  base::append(buffer, entry);
  return base::sha256(buffer);
}

Hash node_hash(const Hash& left, const Hash& right) {
  std::array<std::byte, 65> buffer;
  buffer[0] = std::byte{0x01};
  std::copy(left.begin(), left.end(), buffer.begin() + 1);
  std::copy(right.begin(), right.end(), buffer.begin() + 33);
  return base::sha256(buffer);
}

Hash empty_root() { return base::sha256({}); }

Leaf make_leaf(const Salt& salt, base::BytesView event) {
  const Hash commitment = base::sha256_of_parts({salt, event});
  Leaf leaf;
  leaf[0] = kLeafVersion;
  std::copy(commitment.begin(), commitment.end(), leaf.begin() + 1);
  return leaf;
}

base::Result<Frontier> Frontier::from(std::uint64_t size, std::vector<Hash> roots) {
  if (roots.size() != static_cast<std::size_t>(std::popcount(size)))
    return base::fail(base::Code::malformed, "frontier.malformed",
                      "a frontier has one hash for each set bit of its size");
  Frontier frontier;
  frontier.m_size = size;
  frontier.m_roots = std::move(roots);
  return frontier;
}

void Frontier::append(const Hash& leaf) {
  Hash carried = leaf;
  // Each trailing one bit of the size is a perfect subtree that the new leaf completes into one twice as large.
  for (std::uint64_t bits = m_size; (bits & 1) != 0; bits >>= 1) {
    carried = node_hash(m_roots.back(), carried);
    m_roots.pop_back();
  }
  m_roots.push_back(carried);
  ++m_size;
}

Hash Frontier::root() const {
  if (m_roots.empty()) return empty_root();
  Hash root = m_roots.back();
  for (std::size_t i = m_roots.size() - 1; i > 0; --i) root = node_hash(m_roots[i - 1], root);
  return root;
}

Hash root_of(std::span<const Hash> leaves) {
  if (leaves.empty()) return empty_root();
  if (leaves.size() == 1) return leaves[0];
  const std::size_t split = std::bit_floor(leaves.size() - 1);  // the largest power of two below the size
  return node_hash(root_of(leaves.first(split)), root_of(leaves.subspan(split)));
}

}  // namespace segell::journal
