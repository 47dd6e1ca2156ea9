#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "storage/blob_store.h"
#include "storage/database.h"
#include "storage/key_store.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace segell::storage {

/// One thing that is wrong, by a stable id and its place: "log.leaf-hash", "log.tile", "log.bundle", "log.root",
/// "log.checkpoint-signature", "log.checkpoint-root", "log.head", "log.served", "opening.mismatch",
/// "opening.unreadable", "opening.beyond-log", "revision.blob-missing", "revision.blob-corrupt", "revision.digest",
/// "revision.unreadable", "revision.log-index", "erasure.key-left".
struct Finding {
  std::string id;
  std::string where;  ///< "entry 1234 of segell.example/…", "document 0abc… revision 1"
};

struct FsckLog {
  std::string origin;
  std::uint64_t size = 0;
  std::uint64_t checkpoints = 0;
  std::uint64_t openings_checked = 0;
  std::uint64_t openings_absent = 0;  ///< erased, which is no fault
  std::uint64_t revisions_checked = 0;
};

struct FsckReport {
  std::vector<FsckLog> logs;
  std::vector<Finding> findings;
  std::uint64_t findings_left_out = 0;   ///< beyond the bound of FsckParts
  std::uint64_t orphan_blobs = 0;        ///< left by acts that did not commit; harmless
  std::vector<std::string> not_checked;  /// what could not be looked at, and why
};

struct FsckParts {
  Database& database;
  KeyStore* keys = nullptr;           ///< for served heads and, with the KEK, for openings and revisions
  const base::Secret* kek = nullptr;  ///< without it, what is sealed is compared by name only
  BlobStore* blobs = nullptr;
  std::size_t max_findings = 1000;
};

/// Derives everything again from what is stored, in one linear pass: entries → leaf hashes → tiles → roots → every
/// checkpoint ever signed (which makes each consistent with all others), openings → entries, revisions → digests.
/// Damage is a finding, not an error; it never repairs. Errors: only what keeps it from looking (no database, newer
/// schema).
base::Result<FsckReport> fsck(const FsckParts& parts);

}  // namespace segell::storage
