#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <string>

namespace segell::folder {

/// Writes a new file so that it is there completely or not at all, and stays there after a power loss: temporary file
/// in the same folder, write, fsync, rename, fsync of the folder. A file of that name is replaced in one step,
/// which is harmless where the name is the digest of the octets. Errors: storage_full "blob.full" (removed
/// again); io "blob.io"; internal "blob.fsync" (durability unknown: do not write here again).
base::Result<void> durable_write(const std::string& folder, const std::string& name, base::BytesView octets);

/// Makes a folder and its entry in the parent durable; an existing one is fine.
base::Result<void> durable_make_folder(const std::string& parent, const std::string& name);

}  // namespace segell::folder
