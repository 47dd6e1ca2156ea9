#pragma once

#include "base/result.h"
#include "storage/database.h"
#include "storage/key_store.h"

#include <memory>
#include <string>

namespace segell::sqlite {

enum class OpenMode {
  serve,  ///< creates what is missing and keeps every other process out by a lock file beside the database
  read,   ///< changes nothing and takes no lock: for auditors, on a live or a copied file
};

/// The main database: one file in WAL mode with full syncs, foreign keys, STRICT tables and overwriting deletes.
/// Errors: conflict "store.locked" (another process serves it); not_found "sqlite.missing"; corrupt
/// "storage.database-corrupt"; io "storage.io".
base::Result<std::unique_ptr<storage::Database>> open_database(const std::string& path, OpenMode mode);

/// The wrapped keys, in a file of their own. Its backup must be short-lived: a key destroyed by an erasure stays
/// readable as long as any copy of this file that is older.
base::Result<std::unique_ptr<storage::KeyStore>> open_key_store(const std::string& path, OpenMode mode);

}  // namespace segell::sqlite
