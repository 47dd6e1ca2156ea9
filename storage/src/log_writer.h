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

/// A tenant's log as its last commit left it.
struct LogState {
  TenantId tenant;
  std::string origin;
  std::shared_ptr<const base::SigningKey> key;
  std::string vkey;
  journal::Frontier frontier;
  journal::TileEdge edge;
  base::Bytes bundle;  ///< of the last, partial entry bundle
};

/// The signing key of a tenant's log with its public half as verifier key text.
struct LogKey {
  std::shared_ptr<const base::SigningKey> key;
  std::string vkey;
};
base::Result<LogKey> load_log_key(KeyRing& keys, const TenantId& tenant, const std::string& origin);

/// Reads head, frontier, partial tiles and bundle, and refuses when they do not agree: corrupt "store.head-mismatch".
base::Result<LogState> load_log(Session& session, KeyRing& keys, const TenantId& tenant);

/// Locks the head row until the end of the transaction and tells whether the log still is what `state` says.
base::Result<bool> lock_head(Session& session, const LogState& state);

/// Appends the group's leaves: tiles, bundles, frontier, a signed checkpoint. Before it signs, every new leaf is made
/// again from salt and event on a second path and compared with the octets about to be written, and the root is
/// computed a second time from the tiles. Error: corrupt "log.second-path" (memory or program is broken: the process
/// must not sign).
base::Result<LogState> append_to_log(Session& session, const LogState& state, const PendingGroup& group);

/// The first row of a new log, with the signed checkpoint of the empty tree.
base::Result<void> create_log(Session& session, const TenantId& tenant, const std::string& origin, const LogKey& key);

}  // namespace segell::storage
