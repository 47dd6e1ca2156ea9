#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"
#include "journal/proof.h"
#include "storage/database.h"
#include "storage/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segell::storage {

struct TenantRecord {
  TenantId id;
  std::string name;    ///< of the organisation
  std::string origin;  ///< of its log, permanent, for example "segell.example/<tenant id>"
  std::string log_vkey;
  base::Instant created;
};

// Reading a tenant's log straight from a session, for the service and for an auditor's program alike.

/// In order of their ids. Error: conflict "store.older-schema", unsupported "store.newer-schema".
base::Result<std::vector<TenantRecord>> read_tenants(Session& session);

struct LogHead {
  std::uint64_t size = 0;
  base::Sha256 root{};
  std::string note;  ///< the signed checkpoint
};
/// Error: not_found "log.unknown".
base::Result<LogHead> read_log_head(Session& session, const TenantId& tenant);
/// The checkpoint signed at exactly that size, if one was.
base::Result<std::optional<std::string>> read_checkpoint(Session& session, const TenantId& tenant, std::uint64_t size);

/// Every checkpoint that was ever signed, in order of size.
base::Result<std::vector<std::string>> read_checkpoints(Session& session, const TenantId& tenant);

/// Subtree roots out of the stored tiles; borrows the session.
journal::NodeReader read_log_nodes(Session& session, const TenantId& tenant);

/// "tile/0/x001/234", "tile/1/000.p/7", "tile/entries/000", within a log of `size` entries. A partial tile is a prefix
/// of what is stored. Error: not_found "log.no-tile".
base::Result<base::Bytes> read_log_path(Session& session, const TenantId& tenant, std::uint64_t size,
                                        std::string_view path);

/// The 33 octets of one leaf. Error: not_found "log.no-entry".
base::Result<base::Bytes> read_leaf(Session& session, const TenantId& tenant, std::uint64_t index);

/// A text of C2SP tlog-proof for one entry under that head. Error: not_found "log.no-entry".
base::Result<std::string> prove_entry(Session& session, const TenantId& tenant, std::uint64_t index,
                                      const LogHead& head);

}  // namespace segell::storage
