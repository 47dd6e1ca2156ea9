#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "cli/verb.h"
#include "storage/blob_store.h"
#include "storage/database.h"
#include "storage/key_store.h"
#include "storage/log_reader.h"

#include <memory>
#include <optional>
#include <string>

namespace segell::cli {

/// The data folder of a service, or a copy of it, opened for reading: segell.db, keys.db and blobs/ inside.
struct LogStore {
  std::unique_ptr<storage::Database> database;
  std::unique_ptr<storage::KeyStore> keys;    ///< null where the folder holds none
  std::unique_ptr<storage::BlobStore> blobs;  ///< null where the folder holds none
};

/// Errors: not_found "log.no-store".
base::Result<LogStore> open_log_store(const std::string& folder);

/// The log of that origin, or the only one there is when none is named. Errors: not_found "log.unknown";
/// invalid_argument "log.which" when there are several.
base::Result<storage::TenantRecord> pick_log(storage::Session& session, const std::string& origin);

/// Blobs of a folder, read only.
std::unique_ptr<storage::BlobStore> read_blob_folder(const std::string& folder);

// The verbs below "log"; each declares its options on its own subcommand.
Action declare_log_fsck(CLI::App& app);
Action declare_log_prove(CLI::App& app);
Action declare_log_consistency(CLI::App& app);
Action declare_log_tail(CLI::App& app);
Action declare_log_export(CLI::App& app);
Action declare_log_openings(CLI::App& app);

}  // namespace segell::cli
