#pragma once

#include "base/result.h"
#include "journal/merkle.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace segell::journal {

/// A perfect subtree of 2^level leaves that starts at leaf index·2^level.
struct NodeId {
  unsigned level = 0;
  std::uint64_t index = 0;
  bool operator==(const NodeId&) const = default;
};

/// Gives stored subtree roots; only complete subtrees are asked for.
using NodeReader = std::function<base::Result<Hash>(const NodeId&)>;

/// RFC 6962 2.1.1, lowest first. Error: invalid_argument "proof.index" unless index < size.
base::Result<std::vector<Hash>> inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeReader& read);
/// RFC 6962 2.1.2. Error: invalid_argument "proof.sizes" unless 0 < old_size ≤ new_size: the empty tree is consistent
/// with everything, and a proof of that proves nothing.
base::Result<std::vector<Hash>> consistency_proof(std::uint64_t old_size, std::uint64_t new_size,
                                                  const NodeReader& read);
/// The root of the first `size` entries.
base::Result<Hash> root_at(std::uint64_t size, const NodeReader& read);

/// RFC 9162 2.1.3.2: untrusted input. False for a proof of the wrong length too.
bool verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash& leaf, const Hash& root,
                      const std::vector<Hash>& proof);
/// RFC 9162 2.1.4.2. False for old_size 0, and for equal sizes with different roots.
bool verify_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t new_size, const Hash& new_root,
                        const std::vector<Hash>& proof);

}  // namespace segell::journal
