#pragma once

#include "base/bytes.h"
#include "base/digest.h"
#include "base/result.h"

#include <cstdint>
#include <functional>
#include <string>

namespace segell::storage {

/// The name of a blob: SHA-256 of the (encrypted) octets that are stored under it.
using BlobName = base::Sha256;

/// Immutable octets by name. Thread-safe. A back end passes tests/conformance/blob_suite.h.
class BlobStore {
 public:
  virtual ~BlobStore() = default;

  /// Durable before it returns; the name is computed from the octets. Putting what is there already succeeds. Errors:
  /// storage_full "blob.full" (nothing is left behind); unavailable "blob.stopped" after a failed fsync: the store
  /// then refuses every put, because the kernel may have dropped the pages.
  virtual base::Result<BlobName> put(base::BytesView octets) = 0;
  /// Checked against the name. Errors: not_found "blob.missing"; limit_exceeded "blob.too-large"; corrupt
  /// "blob.corrupt".
  virtual base::Result<base::Bytes> get(const BlobName& name, std::uint64_t max_size) = 0;
  virtual base::Result<bool> exists(const BlobName& name) = 0;
  /// Calls `each` for every blob in no order, without reading it.
  virtual base::Result<void> list(const std::function<void(const BlobName&, std::uint64_t size)>& each) = 0;
  /// Removing what is not there succeeds.
  virtual base::Result<void> remove(const BlobName& name) = 0;
};

/// "ab/cd/abcd…": where a blob lies below the root of a folder or bucket.
std::string blob_path(const BlobName& name);

}  // namespace segell::storage
