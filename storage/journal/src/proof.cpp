#include "journal/proof.h"

#include <bit>

namespace segell::journal {

namespace {

using base::Code;
using base::fail;
using base::Result;

/// The root of leaves [begin, end). `begin` is a multiple of the smallest power of two not below the length, as all
/// ranges of RFC 6962 are.
Result<Hash> range_root(std::uint64_t begin, std::uint64_t end, const NodeReader& read) {
  const std::uint64_t length = end - begin;
  if (std::has_single_bit(length)) {
    const auto level = static_cast<unsigned>(std::countr_zero(length));
    return read(NodeId{level, begin >> level});
  }
  const std::uint64_t split = begin + std::bit_floor(length - 1);
  SEGELL_TRY(const Hash left, range_root(begin, split, read));
  SEGELL_TRY(const Hash right, range_root(split, end, read));
  return node_hash(left, right);
}

/// PATH(m, D[n]) of RFC 6962 2.1.1, iteratively: from the root down, then reversed.
Result<std::vector<Hash>> path(std::uint64_t index, std::uint64_t size, const NodeReader& read) {
  std::vector<Hash> down;
  std::uint64_t begin = 0;
  std::uint64_t end = size;
  while (end - begin > 1) {
    const std::uint64_t split = begin + std::bit_floor(end - begin - 1);
    if (index < split) {
      SEGELL_TRY(const Hash sibling, range_root(split, end, read));
      down.push_back(sibling);
      end = split;
    } else {
      SEGELL_TRY(const Hash sibling, range_root(begin, split, read));
      down.push_back(sibling);
      begin = split;
    }
  }
  return std::vector<Hash>(down.rbegin(), down.rend());
}

}  // namespace

Result<std::vector<Hash>> inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeReader& read) {
  if (index >= size) return fail(Code::invalid_argument, "proof.index", "the log has no entry of that index");
  return path(index, size, read);
}

Result<std::vector<Hash>> consistency_proof(std::uint64_t old_size, std::uint64_t new_size, const NodeReader& read) {
  if (old_size == 0 || old_size > new_size) {
    return fail(Code::invalid_argument, "proof.sizes", "a consistency proof needs 0 < old size <= new size",
                old_size == 0 ? "every log extends the empty one: there is nothing to prove" : "");
  }
  if (old_size == new_size) return std::vector<Hash>{};
  // SUBPROOF(m, D[n], b) of RFC 6962 2.1.2, from the root down.
  std::vector<Hash> down;
  std::uint64_t begin = 0;
  std::uint64_t end = new_size;
  while (end != old_size) {
    const std::uint64_t split = begin + std::bit_floor(end - begin - 1);
    if (old_size <= split) {
      SEGELL_TRY(const Hash sibling, range_root(split, end, read));
      down.push_back(sibling);
      end = split;
    } else {
      SEGELL_TRY(const Hash sibling, range_root(begin, split, read));
      down.push_back(sibling);
      begin = split;
    }
  }
  if (begin != 0) {  // the old tree is no complete subtree of the new one: its own rightmost part comes first
    SEGELL_TRY(const Hash last, range_root(begin, end, read));
    down.push_back(last);
  }
  return std::vector<Hash>(down.rbegin(), down.rend());
}

Result<Hash> root_at(std::uint64_t size, const NodeReader& read) {
  if (size == 0) return empty_root();
  return range_root(0, size, read);
}

namespace {

/// Where a verifier stands while it climbs from a leaf to the root: `fn` and `sn` of RFC 9162 2.1.3.2 and 2.1.4.2.
struct Climb {
  std::uint64_t node;
  std::uint64_t last;

  [[nodiscard]] bool at_root() const { return last == 0; }
  [[nodiscard]] bool sibling_is_left() const { return (node & 1) != 0 || node == last; }
  void up() {
    // the rightmost node may lack siblings on the levels above it: those levels are passed at once
    if (sibling_is_left()) {
      while ((node & 1) == 0 && node != 0) skip();
    }
    skip();
  }
  void skip() {
    node >>= 1;
    last >>= 1;
  }
};

}  // namespace

bool verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash& leaf, const Hash& root,
                      const std::vector<Hash>& proof) {
  if (index >= size) return false;
  Climb climb{index, size - 1};
  Hash r = leaf;
  for (const Hash& p : proof) {
    if (climb.at_root()) return false;
    r = climb.sibling_is_left() ? node_hash(p, r) : node_hash(r, p);
    climb.up();
  }
  return climb.at_root() && r == root;
}

bool verify_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t new_size, const Hash& new_root,
                        const std::vector<Hash>& proof) {
  if (old_size == 0 || old_size > new_size) return false;
  if (old_size == new_size) return proof.empty() && old_root == new_root;
  std::size_t next = 0;
  Hash fr = old_root;
  if (!std::has_single_bit(old_size)) {  // RFC 9162: a complete old tree is itself the first node
    if (proof.empty()) return false;
    fr = proof[next++];
  }
  Hash sr = fr;
  Climb climb{old_size - 1, new_size - 1};
  while ((climb.node & 1) != 0) climb.skip();
  for (; next < proof.size(); ++next) {
    const Hash& c = proof[next];
    if (climb.at_root()) return false;
    if (climb.sibling_is_left()) {
      fr = node_hash(c, fr);
      sr = node_hash(c, sr);
    } else {
      sr = node_hash(sr, c);
    }
    climb.up();
  }
  return climb.at_root() && fr == old_root && sr == new_root;
}

}  // namespace segell::journal
