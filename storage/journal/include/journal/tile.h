#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "journal/merkle.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace segell::journal {

/// C2SP tlog-tiles: tiles of height 8.
inline constexpr std::uint64_t kTileWidth = 256;

/// Up to 256 hashes of tree level 8·level, the first of them number 256·index.
struct TileId {
  unsigned level = 0;
  std::uint64_t index = 0;
  unsigned width = 256;  ///< 1 to 256
  bool operator==(const TileId&) const = default;
};

/// "tile/1/x001/234/067.p/8"; a full tile has no suffix.
std::string tile_path(const TileId& tile);
/// "tile/entries/x001/234/067.p/8"
std::string entries_path(std::uint64_t index, unsigned width);

struct TilePath {
  bool entries = false;
  TileId tile;  ///< level 0 for entries
};
/// Canonical spelling only. Error: malformed "tile.path".
base::Result<TilePath> parse_tile_path(std::string_view path);

/// Every tile of a tree of that size, level by level; the last of a level may be partial. Complexity: one per tile.
std::vector<TileId> tiles_of(std::uint64_t size);

/// Entry bundle: each entry behind its length as 2 octets big-endian. Error: limit_exceeded "entry.too-large".
base::Result<void> append_entry(base::Bytes& bundle, base::BytesView entry);
/// The entries, borrowed from the bundle. Error: malformed "bundle.malformed" (cut, or more than 256 entries).
base::Result<std::vector<base::BytesView>> parse_bundle(base::BytesView bundle);

/// The hashes of the level-0 tile over a bundle's entries. Error: malformed "bundle.malformed".
base::Result<std::vector<Hash>> tile_of_bundle(base::BytesView bundle);

/// The hashes of a tile, 32 octets each. Error: malformed "tile.malformed" unless 1 to 256 of them.
base::Result<std::vector<Hash>> parse_tile(base::BytesView tile);

}  // namespace segell::journal
