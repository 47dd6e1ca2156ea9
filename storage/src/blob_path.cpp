#include "storage/blob_store.h"

#include "base/encoding.h"

namespace segell::storage {

std::string blob_path(const BlobName& name) {
  const std::string hex = base::to_hex(name);
  return hex.substr(0, 2) + "/" + hex.substr(2, 2) + "/" + hex;
}

}  // namespace segell::storage
