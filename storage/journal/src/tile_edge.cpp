#include "journal/tile_edge.h"

#include <bit>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>

namespace segell::journal {

using base::Code;
using base::fail;
using base::Result;

namespace {

/// The roots of the perfect subtrees over a tile's hashes, largest first.
std::vector<Hash> perfect_subtrees(std::span<const Hash> hashes) {
  std::vector<Hash> roots;
  while (!hashes.empty()) {
    const std::size_t width = std::bit_floor(hashes.size());
    roots.push_back(root_of(hashes.first(width)));
    hashes = hashes.subspan(width);
  }
  return roots;
}

/// The same for one hash more than `count`.
void add_to_subtrees(std::vector<Hash>& roots, std::size_t count, Hash hash) {
  for (; (count & 1) != 0; count >>= 1) {
    hash = node_hash(roots.back(), hash);
    roots.pop_back();
  }
  roots.push_back(hash);
}

}  // namespace

Result<TileEdge> TileEdge::from(std::uint64_t size, std::vector<std::vector<Hash>> partial) {
  std::uint64_t hashes = size;
  for (std::size_t level = 0; level < partial.size() || hashes > 0; ++level, hashes /= kTileWidth) {
    const std::size_t have = level < partial.size() ? partial[level].size() : 0;
    if (have != hashes % kTileWidth)
      return fail(Code::malformed, "tile.malformed", "the partial tiles do not fit the tree's size");
  }
  TileEdge edge;
  edge.m_size = size;
  edge.m_partial = std::move(partial);
  for (const std::vector<Hash>& level : edge.m_partial) edge.m_subtrees.push_back(perfect_subtrees(level));
  return edge;
}

void TileEdge::append(const Hash& leaf, std::vector<Full>& full) {
  ++m_size;
  Hash carried = leaf;
  std::uint64_t count = m_size;  // hashes of this level once the carried one is in
  for (std::size_t level = 0;; ++level, count /= kTileWidth) {
    if (m_partial.size() == level) {
      m_partial.emplace_back();
      m_subtrees.emplace_back();
    }
    m_partial[level].push_back(carried);
    if (m_partial[level].size() < kTileWidth) {
      add_to_subtrees(m_subtrees[level], m_partial[level].size() - 1, carried);
      return;
    }
    carried = root_of(m_partial[level]);
    full.push_back({{static_cast<unsigned>(level), count / kTileWidth - 1, kTileWidth}, std::move(m_partial[level])});
    m_partial[level].clear();
    m_subtrees[level].clear();
  }
}

Hash TileEdge::root() const {
  // Every hash of a level stands left of, and for more leaves than, all that the levels below it leave over.
  std::optional<Hash> right;
  for (const std::vector<Hash>& subtrees : m_subtrees) {
    for (auto left = subtrees.rbegin(); left != subtrees.rend(); ++left)
      right = right ? node_hash(*left, *right) : *left;
  }
  return right.value_or(empty_root());
}

std::span<const Hash> TileEdge::partial_leaves() const {
  return m_partial.empty() ? std::span<const Hash>() : std::span<const Hash>(m_partial[0]);
}

std::vector<TileEdge::Full> TileEdge::partial_tiles() const {
  std::vector<Full> tiles;
  std::uint64_t hashes = m_size;
  for (std::size_t level = 0; level < m_partial.size(); ++level, hashes /= kTileWidth) {
    if (m_partial[level].empty()) continue;
    tiles.push_back(
        {{static_cast<unsigned>(level), hashes / kTileWidth, static_cast<unsigned>(m_partial[level].size())},
         m_partial[level]});
  }
  return tiles;
}

NodeReader read_nodes_from_tiles(TileReader read) {
  using Key = std::pair<unsigned, std::uint64_t>;
  auto kept = std::make_shared<std::map<Key, std::vector<Hash>>>();
  return [read = std::move(read), kept](const NodeId& node) -> Result<Hash> {
    const unsigned tile_level = node.level / 8;
    const unsigned height = node.level % 8;  // the node is a subtree of 2^height hashes of one tile
    const std::uint64_t first = node.index << height;
    const Key key{tile_level, first / kTileWidth};
    auto tile = kept->find(key);
    if (tile == kept->end()) {
      SEGELL_TRY(std::vector<Hash> hashes, read(key.first, key.second));
      if (kept->size() >= 64) kept->clear();
      tile = kept->emplace(key, std::move(hashes)).first;
    }
    const auto offset = static_cast<std::size_t>(first % kTileWidth);
    const std::size_t count = std::size_t{1} << height;
    if (offset + count > tile->second.size())
      return fail(Code::corrupt, "tile.too-short", "a tile is shorter than its log");
    return root_of(std::span(tile->second).subspan(offset, count));
  };
}

}  // namespace segell::journal
