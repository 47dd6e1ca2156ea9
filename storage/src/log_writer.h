#pragma once

#include "base/result.h"
#include "base/signing_key.h"
#include "journal/merkle.h"
#include "journal/note.h"
#include "journal/tile_edge.h"
#include "pending.h"
#include "storage/database.h"

#include <memory>
#include <string>

namespace segell::storage {

/// The signing key of a tenant's log, with its public half under the log's origin.
struct LogKey {
  std::shared_ptr<const base::SigningKey> key;
  journal::VerifierKey verifier;
};
base::Result<LogKey> load_log_key(KeyRing& keys, const TenantId& tenant, const std::string& origin);

/// A tenant's log as its last commit left it.
struct LogState {
  TenantId tenant;
  std::shared_ptr<const LogKey> key;
  journal::Hash root{};
  journal::Frontier frontier;
  journal::TileEdge edge;
  base::Bytes tail;  ///< the last, partial entry bundle
};

/// Reads head, frontier, partial tiles and tail, and refuses when they do not agree: corrupt "store.head-mismatch".
base::Result<LogState> load_log(Session& session, KeyRing& keys, const TenantId& tenant);

/// Locks the head row until the end of the transaction and tells whether the log still is what `state` says.
base::Result<bool> lock_head(Session& session, const LogState& state);

/// Appends the group's leaves: tiles, bundles, frontier, a signed checkpoint. A bundle gets a row when it is full;
/// until then it is the tail in the head row, which every commit writes anyway. Before it signs, every new leaf is made
/// again from salt and event on a second path and compared with the octets about to be written, and the root is
/// computed a second time from the tiles. Error: corrupt "log.second-path" (memory or program is broken: the process
/// must not sign).
base::Result<LogState> append_to_log(Session& session, const LogState& state, const PendingGroup& group);

/// The first row of a new log, with the signed checkpoint of the empty tree.
base::Result<void> create_log(Session& session, const TenantId& tenant, const std::string& origin, const LogKey& key);

}  // namespace segell::storage
