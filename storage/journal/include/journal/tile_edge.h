#pragma once

#include "base/result.h"
#include "journal/merkle.h"
#include "journal/proof.h"
#include "journal/tile.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace segell::journal {

/// The right edge of a tree kept in tiles: the partial tile of every level, each with the roots of its perfect
/// subtrees. Appending fills tiles and hands full ones out, and derives the root of a full one from its hashes by the
/// recursive definition: root() is a path of its own beside Frontier.
class TileEdge {
 public:
  struct Full {
    TileId tile;
    std::vector<Hash> hashes;
  };

  TileEdge() = default;  ///< of the empty tree
  /// `partial[level]` are the hashes of the partial tile of that level, which may be none. Error: malformed
  /// "tile.malformed" when their numbers do not fit the size.
  static base::Result<TileEdge> from(std::uint64_t size, std::vector<std::vector<Hash>> partial);

  void append(const Hash& leaf, std::vector<Full>& full);
  [[nodiscard]] std::uint64_t size() const { return m_size; }
  [[nodiscard]] Hash root() const;
  /// The partial tiles that are not empty.
  [[nodiscard]] std::vector<Full> partial_tiles() const;
  /// The hashes of the partial tile of level 0, borrowed until the next append.
  [[nodiscard]] std::span<const Hash> partial_leaves() const;

 private:
  std::uint64_t m_size = 0;
  std::vector<std::vector<Hash>> m_partial;
  std::vector<std::vector<Hash>> m_subtrees;  // of each level: the roots of its perfect subtrees, largest first
};

/// Gives the hashes of one tile, as many as are stored.
using TileReader = std::function<base::Result<std::vector<Hash>>(unsigned level, std::uint64_t index)>;

/// Answers for subtree roots out of tiles, the last few of which it keeps. Error: corrupt "tile.too-short".
NodeReader read_nodes_from_tiles(TileReader read);

}  // namespace segell::journal
