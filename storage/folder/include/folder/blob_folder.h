#pragma once

#include "base/result.h"
#include "storage/blob_store.h"

#include <memory>
#include <string>

namespace segell::folder {

/// Blobs as files of a folder, two levels of 256 folders deep, mode 0600. Leftovers of a crash (names that start with
/// ".tmp-") are removed when it opens. Errors: io "blob.io".
base::Result<std::unique_ptr<storage::BlobStore>> open_blob_folder(const std::string& path);

}  // namespace segell::folder
