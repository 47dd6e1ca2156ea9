#pragma once

#include "storage/blob_store.h"
#include "storage/database.h"

#include <set>

namespace segell::storage {

/// Every blob that a revision of any tenant names.
base::Result<std::set<BlobName>> read_blob_names(Session& session);

}  // namespace segell::storage
