#include "fsck_log.h"

#include "journal/checkpoint.h"
#include "journal/tile.h"
#include "journal/tile_edge.h"
#include "query.h"

namespace segell::storage {

namespace {

using base::Result;
using journal::Hash;
using journal::kTileWidth;

std::string at_entry(std::uint64_t index, const TenantRecord& tenant) {
  return "entry " + std::to_string(index) + " of " + tenant.origin;
}
std::string at_tile(const journal::TileId& tile, const TenantRecord& tenant) {
  return journal::tile_path(tile) + " of " + tenant.origin;
}

/// Walks the checkpoints in order of size beside the entries: whenever the tree derived from the entries has grown to
/// the size of one, its root must be the one that was signed. Two checkpoints that both pass are consistent.
class CheckpointWalk {
 public:
  CheckpointWalk(Session& session, const TenantRecord& tenant, KeyStore* keys, FsckLog& log, Findings& findings)
      : m_session(session), m_tenant(tenant), m_log(log), m_findings(findings) {
    if (keys == nullptr) return;
    if (auto served = keys->served(tenant.id); served && *served) m_served = **served;
  }

  Result<void> begin() {
    if (auto key = journal::VerifierKey::parse(m_tenant.log_vkey)) m_key = *std::move(key);
    SEGELL_TRY(m_row,
               query(m_session, "SELECT size, note FROM log_checkpoint WHERE tenant = ?1 ORDER BY size", m_tenant.id));
    return next();
  }

  Result<void> reached(std::uint64_t size, const journal::Frontier& frontier) {
    if (m_served && m_served->size == size) {
      if (m_served->root != frontier.root()) m_findings.add("log.served", where(size));
      m_served.reset();
    }
    while (m_more && m_size == size) {
      check(frontier);
      SEGELL_CHECK(next());
    }
    return base::ok();
  }

  Result<void> end(std::uint64_t size) {
    if (m_served && m_served->size > size) m_findings.add("log.served", where(m_served->size));
    while (m_more) {
      m_findings.add("log.checkpoint-root", where(m_size) + ": beyond the last entry");
      SEGELL_CHECK(next());
    }
    return base::ok();
  }
  [[nodiscard]] std::uint64_t last_size() const { return m_last; }

 private:
  [[nodiscard]] std::string where(std::uint64_t size) const {
    return "checkpoint of size " + std::to_string(size) + " of " + m_tenant.origin;
  }
  void check(const journal::Frontier& frontier) {
    ++m_log.checkpoints;
    m_last = m_size;
    const auto checkpoint = m_key ? journal::verify_checkpoint(m_row->text(1), *m_key)
                                  : base::Result<journal::Checkpoint>(base::fail(base::Code::malformed, "vkey", ""));
    if (!checkpoint) {
      m_findings.add("log.checkpoint-signature", where(m_size));
    } else if (checkpoint->size != m_size || checkpoint->root != frontier.root()) {
      m_findings.add("log.checkpoint-root", where(m_size));
    }
  }
  Result<void> next() {
    SEGELL_TRY(m_more, m_row->step());
    if (m_more) m_size = unsigned_column(*m_row, 0);
    return base::ok();
  }

  Session& m_session;
  const TenantRecord& m_tenant;
  FsckLog& m_log;
  Findings& m_findings;
  std::optional<journal::VerifierKey> m_key;
  std::optional<ServedHead> m_served;
  Statement* m_row = nullptr;
  bool m_more = false;
  std::uint64_t m_size = 0;
  std::uint64_t m_last = UINT64_MAX;
};

/// Compares a derived tile with the stored one.
Result<void> check_tile(Session& session, const TenantRecord& tenant, const journal::TileId& tile,
                        const std::vector<Hash>& derived, Findings& findings) {
  SEGELL_TRY(Statement * row,
             query(session, "SELECT hashes FROM log_tile WHERE tenant = ?1 AND level = ?2 AND idx = ?3", tenant.id,
                   tile.level, tile.index));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found) {
    findings.add("log.tile", at_tile(tile, tenant) + ": missing");
    return base::ok();
  }
  const auto stored = journal::parse_tile(row->bytes(0));
  if (!stored || stored->size() != derived.size()) {
    findings.add("log.tile", at_tile(tile, tenant) + ": wrong length");
    return base::ok();
  }
  for (std::size_t i = 0; i < derived.size(); ++i) {
    if ((*stored)[i] == derived[i]) continue;
    if (tile.level == 0) {
      findings.add("log.leaf-hash", at_entry(tile.index * kTileWidth + i, tenant));
    } else {
      findings.add("log.tile", at_tile(tile, tenant) + ": hash " + std::to_string(i));
    }
  }
  return base::ok();
}

Result<void> check_head(Session& session, const TenantRecord& tenant, const journal::Frontier& frontier,
                        std::uint64_t last_checkpoint, std::uint64_t tiles_derived, Findings& findings) {
  const auto head = read_log_head(session, tenant.id);
  if (!head) {
    findings.add("log.head", tenant.origin + ": missing");
    return base::ok();
  }
  if (head->size != frontier.size() || head->root != frontier.root())
    findings.add("log.head", tenant.origin + ": the head says " + std::to_string(head->size) + " entries, there are " +
                                 std::to_string(frontier.size()));
  if (last_checkpoint != frontier.size())
    findings.add("log.head", tenant.origin + ": the last checkpoint does not cover the last entry");
  SEGELL_TRY(const auto note, read_checkpoint(session, tenant.id, head->size));
  if (!note || *note != head->note) findings.add("log.head", tenant.origin + ": its checkpoint is not the one kept");
  SEGELL_TRY(Statement * row, query(session, "SELECT COUNT(*) FROM log_tile WHERE tenant = ?1", tenant.id));
  const Reset reset(row);
  SEGELL_TRY(const bool found, row->step());
  if (!found || unsigned_column(*row, 0) != tiles_derived)
    findings.add("log.tile", tenant.origin + ": there are tiles that no entry asks for");
  return base::ok();
}

}  // namespace

Result<FsckLog> check_log(Session& session, const TenantRecord& tenant, KeyStore* keys, Findings& findings) {
  FsckLog log;
  log.origin = tenant.origin;
  CheckpointWalk checkpoints(session, tenant, keys, log, findings);
  SEGELL_CHECK(checkpoints.begin());
  journal::Frontier frontier;
  journal::TileEdge edge;
  SEGELL_CHECK(checkpoints.reached(0, frontier));

  std::uint64_t tiles = 0;
  std::vector<journal::TileEdge::Full> full;
  SEGELL_TRY(Statement * bundle,
             query(session,
                   "SELECT idx, entries FROM log_bundle WHERE tenant = ?1 UNION ALL "
                   "SELECT size / ?2, tail FROM log_head WHERE tenant = ?1 AND length(tail) > 0 ORDER BY 1",
                   tenant.id, kTileWidth));
  for (std::uint64_t expected = 0;; ++expected) {
    SEGELL_TRY(const bool more, bundle->step());
    if (!more) break;
    const std::string where = journal::entries_path(expected, kTileWidth) + " of " + tenant.origin;
    if (unsigned_column(*bundle, 0) != expected || frontier.size() != expected * kTileWidth) {
      findings.add("log.bundle", where + ": missing or cut");
      break;  // everything behind it has moved
    }
    const auto entries = journal::parse_bundle(bundle->bytes(1));
    if (!entries || entries->empty()) {
      findings.add("log.bundle", where + ": unreadable");
      break;
    }
    for (const base::BytesView entry : *entries) {
      if (entry.size() != journal::kLeafSize || entry[0] != journal::kLeafVersion)
        findings.add("log.bundle", at_entry(frontier.size(), tenant) + ": not a leaf");
      const Hash leaf = journal::leaf_hash(entry);
      frontier.append(leaf);
      edge.append(leaf, full);
      SEGELL_CHECK(checkpoints.reached(frontier.size(), frontier));
    }
    for (const auto& tile : full) SEGELL_CHECK(check_tile(session, tenant, tile.tile, tile.hashes, findings));
    tiles += full.size();
    full.clear();
  }
  for (const auto& tile : edge.partial_tiles()) {
    if (tile.tile.level == 0) continue;  // has no row: readers make it from the tail
    SEGELL_CHECK(check_tile(session, tenant, tile.tile, tile.hashes, findings));
    ++tiles;
  }
  log.size = frontier.size();
  if (edge.root() != frontier.root()) findings.add("log.root", tenant.origin);
  SEGELL_CHECK(checkpoints.end(frontier.size()));
  SEGELL_CHECK(check_head(session, tenant, frontier, checkpoints.last_size(), tiles, findings));
  return log;
}

}  // namespace segell::storage
