#include "log_writer.h"

#include "journal/checkpoint.h"
#include "journal/tile.h"
#include "query.h"

#include <bit>

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Result;
using journal::Hash;
using journal::kLeafSize;
using journal::kTileWidth;

constexpr std::size_t kStride = 2 + kLeafSize;  // an entry in its bundle

base::Failure mismatch(const char* what) {
  return fail(Code::corrupt, "store.head-mismatch", std::string("the log contradicts itself: ") + what,
              "run segell log fsck; restore a backup or a replica, never repair by hand");
}

base::Bytes join(const std::vector<Hash>& hashes) {
  base::Bytes out;
  out.reserve(hashes.size() * sizeof(Hash));
  for (const Hash& hash : hashes) base::append(out, hash);
  return out;
}

Result<std::vector<Hash>> stored_hashes(Session& session, const TenantId& tenant, unsigned level, std::uint64_t index) {
  SEGELL_TRY(Statement * row,
             query(session, "SELECT hashes FROM log_tile WHERE tenant = ?1 AND level = ?2 AND idx = ?3", tenant, level,
                   index));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return mismatch("a tile is missing");
  return journal::parse_tile(row->bytes(0));
}

struct Bundle {
  std::uint64_t index;
  base::Bytes octets;
};

/// What one group adds to the log, ready to be written.
struct Growth {
  LogState next;
  std::vector<journal::TileEdge::Full> tiles;
  std::vector<Bundle> bundles;
};

Growth grow(const LogState& state, const PendingGroup& group) {
  Growth growth{state, {}, {}};
  LogState& next = growth.next;
  next.tail.reserve(kTileWidth * kStride);
  for (const PendingEvent& event : group.events) {
    const std::uint64_t index = next.frontier.size();
    const Hash leaf = journal::leaf_hash(event.leaf);
    next.frontier.append(leaf);
    next.edge.append(leaf, growth.tiles);
    next.tail.push_back(std::byte{0});
    next.tail.push_back(std::byte{kLeafSize});
    base::append(next.tail, event.leaf);
    if (index % kTileWidth == kTileWidth - 1) {
      growth.bundles.push_back({index / kTileWidth, next.tail});
      next.tail.clear();
    }
  }
  // A level that got no hash keeps its row; level 0 has none while it is partial, the tail holds the same.
  for (journal::TileEdge::Full& tile : next.edge.partial_tiles()) {
    const unsigned shift = 8 * tile.tile.level;
    if (tile.tile.level > 0 && state.frontier.size() >> shift != next.frontier.size() >> shift)
      growth.tiles.push_back(std::move(tile));
  }
  next.root = next.frontier.root();
  return growth;
}

/// What goes to disk for the entries of one bundle.
struct Written {
  base::BytesView entries;
  std::span<const Hash> hashes;
};
Written written(const Growth& growth, std::uint64_t bundle) {
  if (growth.next.frontier.size() / kTileWidth == bundle) return {growth.next.tail, growth.next.edge.partial_leaves()};
  Written out;
  for (const Bundle& full : growth.bundles)
    if (full.index == bundle) out.entries = full.octets;
  for (const journal::TileEdge::Full& full : growth.tiles)
    if (full.tile.level == 0 && full.tile.index == bundle) out.hashes = full.hashes;
  return out;
}

/// The second path: other hashing calls, starting from salt and event as they will be sealed, against the octets that
/// go to disk.
bool agrees(const Growth& growth, const PendingGroup& group) {
  if (growth.next.edge.root() != growth.next.root) return false;
  Written now;
  for (std::size_t i = 0; i < group.events.size(); ++i) {
    const std::uint64_t index = group.first_index + i;
    const auto at = static_cast<std::size_t>(index % kTileWidth);
    if (i == 0 || at == 0) now = written(growth, index / kTileWidth);
    if (now.entries.size() < (at + 1) * kStride || now.hashes.size() <= at) return false;
    const base::BytesView entry = now.entries.subspan(at * kStride, kStride);
    const base::Sha256 committed = base::sha256(group.opening_of(group.events[i]));
    if (entry[0] != std::byte{0} || entry[1] != std::byte{kLeafSize} || entry[2] != journal::kLeafVersion ||
        !std::equal(committed.begin(), committed.end(), entry.begin() + 3))
      return false;
    const std::byte prefix{0x00};
    if (base::sha256_of_parts({{&prefix, 1}, entry.subspan(2)}) != now.hashes[at]) return false;
  }
  return true;
}

}  // namespace

Result<LogKey> load_log_key(KeyRing& keys, const TenantId& tenant, const std::string& origin) {
  SEGELL_TRY(const SharedSecret seed, keys.get(log_key_owner(tenant)));
  LogKey key;
  SEGELL_TRY(key.key, base::make_ed25519_key(*seed));
  SEGELL_TRY(const base::Bytes public_key, base::ed25519_public_key(*seed));
  SEGELL_TRY(key.verifier, journal::VerifierKey::make(origin, public_key));
  return key;
}

Result<LogState> load_log(Session& session, KeyRing& keys, const TenantId& tenant) {
  SEGELL_TRY(
      Statement * row,
      query(
          session,
          "SELECT h.size, h.root, h.frontier, t.origin, h.tail FROM log_head h JOIN tenant t ON t.id = h.tenant WHERE "
          "h.tenant = ?1",
          tenant));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "tenant.unknown", "there is no such tenant");
  LogState state;
  state.tenant = tenant;
  const std::string origin(row->text(3));
  state.tail = base::to_bytes(row->bytes(4));
  const std::uint64_t size = unsigned_column(*row, 0);
  SEGELL_TRY(state.root, array_column<32>(*row, 1));
  std::vector<Hash> roots;
  if (!row->bytes(2).empty()) {
    SEGELL_TRY(roots, journal::parse_tile(row->bytes(2)));
  }
  auto frontier = journal::Frontier::from(size, std::move(roots));
  if (!frontier || frontier->root() != state.root) return mismatch("the frontier does not give the root");
  state.frontier = *std::move(frontier);

  if (state.tail.size() != size % kTileWidth * kStride) return mismatch("the last bundle is wrong");
  std::vector<std::vector<Hash>> partial;
  unsigned level = 0;
  for (std::uint64_t hashes = size; hashes > 0; hashes /= kTileWidth, ++level) {
    partial.emplace_back();
    if (hashes % kTileWidth == 0) continue;
    if (level == 0) {
      auto tile = journal::tile_of_bundle(state.tail);
      if (!tile) return mismatch("the last bundle is unreadable");
      partial.back() = *std::move(tile);
      continue;
    }
    SEGELL_TRY(partial.back(), stored_hashes(session, tenant, level, hashes / kTileWidth));
  }
  auto edge = journal::TileEdge::from(size, std::move(partial));
  if (!edge || edge->root() != state.root) return mismatch("the tiles do not give the root");
  state.edge = *std::move(edge);

  SEGELL_TRY(LogKey key, load_log_key(keys, tenant, origin));
  state.key = std::make_shared<const LogKey>(std::move(key));
  return state;
}

Result<bool> lock_head(Session& session, const LogState& state) {
  SEGELL_TRY(Statement * row,
             query(session, "SELECT size, root FROM log_head WHERE tenant = ?1" + std::string(session.row_lock()),
                   state.tenant));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return mismatch("its head is gone");
  SEGELL_TRY(const auto root, array_column<32>(*row, 1));
  return unsigned_column(*row, 0) == state.frontier.size() && root == state.root;
}

Result<LogState> append_to_log(Session& session, const LogState& state, const PendingGroup& group) {
  Growth growth = grow(state, group);
  if (!agrees(growth, group))
    return fail(Code::corrupt, "log.second-path", "a new leaf differs when it is made a second time");
  for (const auto& tile : growth.tiles) {
    SEGELL_CHECK(run(session,
                     "INSERT INTO log_tile (tenant, level, idx, hashes) VALUES (?1, ?2, ?3, ?4) "
                     "ON CONFLICT (tenant, level, idx) DO UPDATE SET hashes = excluded.hashes",
                     state.tenant, tile.tile.level, tile.tile.index, join(tile.hashes)));
  }
  for (const Bundle& bundle : growth.bundles)
    SEGELL_CHECK(run(session, "INSERT INTO log_bundle (tenant, idx, entries) VALUES (?1, ?2, ?3)", state.tenant,
                     bundle.index, bundle.octets));
  const LogState& next = growth.next;
  const LogKey& key = *state.key;
  SEGELL_TRY(const std::string note,
             journal::sign_checkpoint({key.verifier.name(), next.frontier.size(), next.root}, key.verifier, *key.key));
  SEGELL_CHECK(run(session, "INSERT INTO log_checkpoint (tenant, size, note) VALUES (?1, ?2, ?3)", state.tenant,
                   next.frontier.size(), note));
  SEGELL_CHECK(run(session,
                   "UPDATE log_head SET size = ?2, root = ?3, frontier = ?4, note = ?5, tail = ?6 WHERE tenant = ?1",
                   state.tenant, next.frontier.size(), next.root, join(next.frontier.roots()), note, next.tail));
  return std::move(growth.next);
}

Result<void> create_log(Session& session, const TenantId& tenant, const std::string& origin, const LogKey& key) {
  const journal::Checkpoint empty{origin, 0, journal::empty_root()};
  SEGELL_TRY(const std::string note, journal::sign_checkpoint(empty, key.verifier, *key.key));
  SEGELL_CHECK(run(session,
                   "INSERT INTO log_head (tenant, size, root, frontier, note, tail) VALUES (?1, 0, ?2, ?3, ?4, ?3)",
                   tenant, empty.root, base::Bytes(), note));
  return run(session, "INSERT INTO log_checkpoint (tenant, size, note) VALUES (?1, 0, ?2)", tenant, note);
}

}  // namespace segell::storage
