#include "journal/tile.h"

#include <algorithm>
#include <charconv>

namespace segell::journal {

namespace {

using base::Code;
using base::fail;
using base::Result;

constexpr unsigned kMaxLevel = 63;

std::string index_path(std::uint64_t index) {
  const auto three = [](std::uint64_t n) {
    std::string text = std::to_string(n);
    return std::string(3 - text.size(), '0') + text;
  };
  std::string path = three(index % 1000);
  for (index /= 1000; index > 0; index /= 1000) path.insert(0, "x" + three(index % 1000) + "/");
  return path;
}

std::string with_width(std::string path, unsigned width) {
  if (width < kTileWidth) path += ".p/" + std::to_string(width);
  return path;
}

Result<std::uint64_t> number(std::string_view text, std::uint64_t max) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || value > max)
    return fail(Code::malformed, "tile.path", "not a tile path");
  return value;
}

}  // namespace

std::string tile_path(const TileId& tile) {
  return with_width("tile/" + std::to_string(tile.level) + "/" + index_path(tile.index), tile.width);
}

std::string entries_path(std::uint64_t index, unsigned width) {
  return with_width("tile/entries/" + index_path(index), width);
}

Result<TilePath> parse_tile_path(std::string_view path) {
  const auto malformed = [] { return fail(Code::malformed, "tile.path", "not a tile path"); };
  if (path.size() > 64 || !path.starts_with("tile/")) return malformed();
  std::string_view rest = path.substr(5);
  TilePath parsed;
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos) return malformed();
  if (rest.substr(0, slash) == "entries") {
    parsed.entries = true;
  } else {
    SEGELL_TRY(const std::uint64_t level, number(rest.substr(0, slash), kMaxLevel));
    parsed.tile.level = static_cast<unsigned>(level);
  }
  rest.remove_prefix(slash + 1);
  if (const std::size_t dot = rest.find(".p/"); dot != std::string_view::npos) {
    SEGELL_TRY(const std::uint64_t width, number(rest.substr(dot + 3), kTileWidth - 1));
    if (width == 0) return malformed();
    parsed.tile.width = static_cast<unsigned>(width);
    rest = rest.substr(0, dot);
  }
  std::uint64_t index = 0;
  while (rest.starts_with('x')) {
    if (rest.size() < 5 || rest[4] != '/' || index > UINT64_MAX / 1'000'000) return malformed();
    SEGELL_TRY(const std::uint64_t part, number(rest.substr(1, 3), 999));
    index = index * 1000 + part;
    rest.remove_prefix(5);
  }
  if (rest.size() != 3) return malformed();
  SEGELL_TRY(const std::uint64_t part, number(rest, 999));
  parsed.tile.index = index * 1000 + part;
  // Only the canonical spelling: no leading zero groups, no leading zeros in level or width.
  const std::string canonical =
      parsed.entries ? entries_path(parsed.tile.index, parsed.tile.width) : tile_path(parsed.tile);
  if (canonical != path) return malformed();
  return parsed;
}

std::vector<TileId> tiles_of(std::uint64_t size) {
  std::vector<TileId> tiles;
  unsigned level = 0;
  for (std::uint64_t hashes = size; hashes > 0; hashes /= kTileWidth, ++level) {
    for (std::uint64_t i = 0; i < hashes / kTileWidth; ++i) tiles.push_back({level, i, kTileWidth});
    if (const auto width = static_cast<unsigned>(hashes % kTileWidth); width > 0)
      tiles.push_back({level, hashes / kTileWidth, width});
  }
  return tiles;
}

Result<void> append_entry(base::Bytes& bundle, base::BytesView entry) {
  if (entry.size() > 0xFFFF) return fail(Code::limit_exceeded, "entry.too-large", "an entry has at most 65535 octets");
  bundle.push_back(static_cast<std::byte>(entry.size() >> 8));
  bundle.push_back(static_cast<std::byte>(entry.size() & 0xFF));
  base::append(bundle, entry);
  return base::ok();
}

Result<std::vector<base::BytesView>> parse_bundle(base::BytesView bundle) {
  std::vector<base::BytesView> entries;
  while (!bundle.empty()) {
    const std::size_t length =
        bundle.size() < 2 ? 0 : std::to_integer<std::size_t>(bundle[0]) << 8 | std::to_integer<std::size_t>(bundle[1]);
    if (bundle.size() < 2 + length || entries.size() == kTileWidth)
      return fail(Code::malformed, "bundle.malformed", "not an entry bundle");
    entries.push_back(bundle.subspan(2, length));
    bundle = bundle.subspan(2 + length);
  }
  return entries;
}

Result<std::vector<Hash>> parse_tile(base::BytesView tile) {
  constexpr std::size_t kHash = sizeof(Hash);
  if (tile.empty() || tile.size() % kHash != 0 || tile.size() > kTileWidth * kHash)
    return fail(Code::malformed, "tile.malformed", "a tile has 1 to 256 hashes of 32 octets");
  std::vector<Hash> hashes(tile.size() / kHash);
  for (std::size_t i = 0; i < hashes.size(); ++i)
    std::copy_n(tile.begin() + static_cast<std::ptrdiff_t>(i * kHash), kHash, hashes[i].begin());
  return hashes;
}

Result<std::vector<Hash>> tile_of_bundle(base::BytesView bundle) {
  SEGELL_TRY(const auto entries, parse_bundle(bundle));
  std::vector<Hash> hashes;
  hashes.reserve(entries.size());
  for (const base::BytesView entry : entries) hashes.push_back(leaf_hash(entry));
  return hashes;
}

}  // namespace segell::journal
