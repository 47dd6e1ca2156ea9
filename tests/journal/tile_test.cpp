#include "journal/tile.h"

#include "journal/proof.h"
#include "journal/tile_edge.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace segell;
using namespace segell::journal;

TEST_CASE("index 1234067 lies at x001/x234/067") {
  CHECK(tile_path({0, 1234067, 256}) == "tile/0/x001/x234/067");
  CHECK(tile_path({1, 7, 8}) == "tile/1/007.p/8");
  CHECK(entries_path(1000, 255) == "tile/entries/x001/000.p/255");
}

TEST_CASE("tile paths read back, and only in their canonical spelling") {
  for (const TileId& tile :
       {TileId{0, 0, 256}, TileId{0, 999, 1}, TileId{3, 1000, 256}, TileId{7, 123456789012, 255}}) {
    const auto path = parse_tile_path(tile_path(tile));
    REQUIRE(path);
    CHECK(path->tile == tile);
    CHECK_FALSE(path->entries);
  }
  REQUIRE(parse_tile_path("tile/entries/x001/000.p/255"));
  CHECK(parse_tile_path("tile/entries/x001/000.p/255")->entries);
  for (const char* bad : {"",
                          "tile",
                          "tile/",
                          "tile/0",
                          "tile/0/",
                          "tile/00/000",
                          "tile/64/000",
                          "tile/0/0",
                          "tile/0/0000",
                          "tile/0/x000/001",
                          "tile/0/001/002",
                          "tile/0/x001",
                          "tile/0/000.p/0",
                          "tile/0/000.p/256",
                          "tile/0/000.p/01",
                          "tile/0/000.p/",
                          "tile/0/-01",
                          "tile/0/000/",
                          "/tile/0/000",
                          "tile/a/000",
                          "tile/0/../000",
                          "tile/0/x999/x999/x999/x999/x999/x999/x999/999"}) {
    INFO(bad);
    CHECK_FALSE(parse_tile_path(bad));
  }
}

TEST_CASE("a tree of 70,000 entries has the tiles that tlog-tiles names") {
  std::map<unsigned, std::pair<int, std::vector<unsigned>>> levels;  // full tiles, widths of partial ones
  for (const TileId& tile : tiles_of(70'000)) {
    if (tile.width == kTileWidth) {
      ++levels[tile.level].first;
    } else {
      levels[tile.level].second.push_back(tile.width);
    }
  }
  CHECK(levels.size() == 3);
  CHECK(levels[0] == std::pair{273, std::vector<unsigned>{112}});
  CHECK(levels[1] == std::pair{1, std::vector<unsigned>{17}});
  CHECK(levels[2] == std::pair{0, std::vector<unsigned>{1}});
}

TEST_CASE("a tree of 256 entries has a full tile and a partial one of width 1 above it") {
  CHECK(tiles_of(256) == std::vector<TileId>{{0, 0, 256}, {1, 0, 1}});
  CHECK(tiles_of(0).empty());
}

TEST_CASE("entry bundles carry a length of two octets before each entry") {
  base::Bytes bundle;
  REQUIRE(append_entry(bundle, base::as_bytes("ab")));
  REQUIRE(append_entry(bundle, {}));
  REQUIRE(append_entry(bundle, base::Bytes(0x0102)));
  CHECK(base::to_text(base::BytesView(bundle).first(4)) == std::string("\0\2ab", 4));
  const auto entries = parse_bundle(bundle);
  REQUIRE(entries);
  REQUIRE(entries->size() == 3);
  CHECK(base::to_text((*entries)[0]) == "ab");
  CHECK((*entries)[1].empty());
  CHECK((*entries)[2].size() == 0x0102);
  CHECK_FALSE(parse_bundle(base::BytesView(bundle).first(3)));
  CHECK_FALSE(parse_bundle(base::BytesView(bundle).first(1)));
  CHECK_FALSE(parse_bundle(base::Bytes(2 * 257)));
  CHECK_FALSE(append_entry(bundle, base::Bytes(65536)));
}

TEST_CASE("the tile edge fills tiles, hands them up and computes the same root as the frontier") {
  TileEdge edge;
  Frontier frontier;
  std::map<std::pair<unsigned, std::uint64_t>, std::vector<Hash>> stored;
  std::vector<TileEdge::Full> full;
  const std::uint64_t count = 256 * 256 + 300;
  for (std::uint64_t i = 0; i < count; ++i) {
    const Hash leaf = leaf_hash(base::as_bytes(std::to_string(i)));
    edge.append(leaf, full);
    frontier.append(leaf);
    if (i % 9973 == 0 || i + 1 == 65536 || i + 1 == 256) REQUIRE(edge.root() == frontier.root());
  }
  CHECK(edge.root() == frontier.root());
  for (auto& tile : full) stored[{tile.tile.level, tile.tile.index}] = tile.hashes;
  for (auto& tile : edge.partial_tiles()) stored[{tile.tile.level, tile.tile.index}] = tile.hashes;

  std::vector<TileId> made;
  for (const auto& [key, hashes] : stored)
    made.push_back({key.first, key.second, static_cast<unsigned>(hashes.size())});
  CHECK(made == tiles_of(count));

  const NodeReader nodes =
      read_nodes_from_tiles([&](unsigned level, std::uint64_t index) -> base::Result<std::vector<Hash>> {
        return stored.at({level, index});
      });
  CHECK(*root_at(count, nodes) == frontier.root());
  const auto proof = inclusion_proof(65'000, count, nodes);
  REQUIRE(proof);
  CHECK(verify_inclusion(65'000, count, leaf_hash(base::as_bytes("65000")), frontier.root(), *proof));
  const auto consistency = consistency_proof(257, count, nodes);
  REQUIRE(consistency);
  CHECK(verify_consistency(257, *root_at(257, nodes), count, frontier.root(), *consistency));
}

TEST_CASE("partial tiles that do not fit the size are refused") {
  CHECK(TileEdge::from(0, {}));
  CHECK_FALSE(TileEdge::from(1, {}));
  CHECK(TileEdge::from(256, {{}, {empty_root()}}));
  CHECK_FALSE(TileEdge::from(256, {{empty_root()}, {}}));
  CHECK_FALSE(TileEdge::from(1, {{empty_root()}, {empty_root()}}));
}
