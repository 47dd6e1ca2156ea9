#include "storage/log_reader.h"

#include "journal/proof_file.h"
#include "journal/tile.h"
#include "journal/tile_edge.h"
#include "query.h"
#include "schema.h"

namespace segell::storage {

namespace {

using base::Code;
using base::fail;
using base::Result;

base::Failure no_tile() { return fail(Code::not_found, "log.no-tile", "the log has no such tile"); }
base::Failure no_entry() { return fail(Code::not_found, "log.no-entry", "the log has no entry of that index"); }

/// The last bundle has no row while it is partial: it is the head's tail.
Result<base::Bytes> stored_bundle(Session& session, const TenantId& tenant, std::uint64_t index) {
  SEGELL_TRY(Statement * row,
             query(session, "SELECT entries FROM log_bundle WHERE tenant = ?1 AND idx = ?2", tenant, index));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (found) return base::to_bytes(row->bytes(0));
  SEGELL_TRY(Statement * head, query(session, "SELECT tail FROM log_head WHERE tenant = ?1 AND size / ?2 = ?3", tenant,
                                     journal::kTileWidth, index));
  const Reset reset_head(head);
  SEGELL_TRY(const bool is_tail, head->step());
  if (!is_tail || head->bytes(0).empty()) return no_tile();
  return base::to_bytes(head->bytes(0));
}

/// The last tile of level 0 has no row while it is partial: it is made from its bundle.
Result<base::Bytes> stored_tile(Session& session, const TenantId& tenant, unsigned level, std::uint64_t index) {
  SEGELL_TRY(Statement * row,
             query(session, "SELECT hashes FROM log_tile WHERE tenant = ?1 AND level = ?2 AND idx = ?3", tenant, level,
                   index));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (found) return base::to_bytes(row->bytes(0));
  if (level > 0) return no_tile();
  SEGELL_TRY(const base::Bytes bundle, stored_bundle(session, tenant, index));
  SEGELL_TRY(const auto hashes, journal::tile_of_bundle(bundle));
  base::Bytes tile;
  tile.reserve(hashes.size() * sizeof(journal::Hash));
  for (const journal::Hash& hash : hashes) base::append(tile, hash);
  return tile;
}

}  // namespace

Result<std::vector<TenantRecord>> read_tenants(Session& session) {
  SEGELL_CHECK(check_schema(session));
  SEGELL_TRY(Statement * row, query(session, "SELECT id, name, origin, log_vkey, created FROM tenant ORDER BY id"));
  const Reset reset(row);
  std::vector<TenantRecord> tenants;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return tenants;
    SEGELL_TRY(const TenantId id, id_column<TenantId>(*row, 0));
    tenants.push_back(
        {id, std::string(row->text(1)), std::string(row->text(2)), std::string(row->text(3)), instant_column(*row, 4)});
  }
}

Result<LogHead> read_log_head(Session& session, const TenantId& tenant) {
  SEGELL_TRY(Statement * row, query(session, "SELECT size, root, note FROM log_head WHERE tenant = ?1", tenant));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return fail(Code::not_found, "log.unknown", "the tenant has no log");
  LogHead head;
  head.size = unsigned_column(*row, 0);
  SEGELL_TRY(head.root, array_column<32>(*row, 1));
  head.note = std::string(row->text(2));
  return head;
}

Result<std::optional<std::string>> read_checkpoint(Session& session, const TenantId& tenant, std::uint64_t size) {
  SEGELL_TRY(Statement * row,
             query(session, "SELECT note FROM log_checkpoint WHERE tenant = ?1 AND size = ?2", tenant, size));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) return std::optional<std::string>();
  return std::optional(std::string(row->text(0)));
}

Result<std::vector<std::string>> read_checkpoints(Session& session, const TenantId& tenant) {
  SEGELL_TRY(Statement * row,
             query(session, "SELECT note FROM log_checkpoint WHERE tenant = ?1 ORDER BY size", tenant));
  const Reset reset(row);
  std::vector<std::string> notes;
  while (true) {
    SEGELL_TRY(const bool more, row->step());
    if (!more) return notes;
    notes.emplace_back(row->text(0));
  }
}

journal::NodeReader read_log_nodes(Session& session, const TenantId& tenant) {
  return journal::read_nodes_from_tiles(
      [&session, tenant](unsigned level, std::uint64_t index) -> Result<std::vector<journal::Hash>> {
        SEGELL_TRY(const base::Bytes tile, stored_tile(session, tenant, level, index));
        return journal::parse_tile(tile);
      });
}

Result<base::Bytes> read_log_path(Session& session, const TenantId& tenant, std::uint64_t size, std::string_view path) {
  const auto parsed = journal::parse_tile_path(path);
  if (!parsed) return no_tile();
  const journal::TileId& tile = parsed->tile;
  if (tile.level > 7 || tile.index > (UINT64_MAX >> 16)) return no_tile();
  const std::uint64_t hashes = size >> (8 * tile.level);
  if (tile.index * journal::kTileWidth + tile.width > hashes) return no_tile();
  if (!parsed->entries) {
    SEGELL_TRY(base::Bytes octets, stored_tile(session, tenant, tile.level, tile.index));
    const std::size_t wanted = tile.width * sizeof(journal::Hash);
    if (octets.size() < wanted) return fail(Code::corrupt, "tile.too-short", "a tile is shorter than its log");
    octets.resize(wanted);
    return octets;
  }
  SEGELL_TRY(const base::Bytes octets, stored_bundle(session, tenant, tile.index));
  SEGELL_TRY(const auto entries, journal::parse_bundle(octets));
  if (entries.size() < tile.width) return fail(Code::corrupt, "bundle.too-short", "a bundle is shorter than its log");
  base::Bytes out;
  for (std::size_t i = 0; i < tile.width; ++i) SEGELL_CHECK(journal::append_entry(out, entries[i]));
  return out;
}

Result<base::Bytes> read_leaf(Session& session, const TenantId& tenant, std::uint64_t index) {
  auto bundle = stored_bundle(session, tenant, index / journal::kTileWidth);
  if (!bundle && bundle.error().code == Code::not_found) return no_entry();
  if (!bundle) return fail(bundle.error());
  SEGELL_TRY(const auto entries, journal::parse_bundle(*bundle));
  const auto at = static_cast<std::size_t>(index % journal::kTileWidth);
  if (at >= entries.size()) return no_entry();
  return base::to_bytes(entries[at]);
}

Result<std::string> prove_entry(Session& session, const TenantId& tenant, std::uint64_t index, const LogHead& head) {
  if (index >= head.size) return no_entry();
  journal::ProofFile file;
  file.index = index;
  SEGELL_TRY(file.proof, journal::inclusion_proof(index, head.size, read_log_nodes(session, tenant)));
  file.checkpoint = head.note;
  return journal::write_proof_file(file);
}

}  // namespace segell::storage
