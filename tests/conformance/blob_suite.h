#pragma once

#include "base/random.h"
#include "storage/blob_store.h"

#include <doctest/doctest.h>

#include <set>

namespace segell::test {

/// What every back end of storage::BlobStore promises; `blobs` is empty.
inline void check_blob_store(storage::BlobStore& blobs) {
  std::set<storage::BlobName> names;
  for (const std::size_t size : {0, 1, 65'536, 1'000'000}) {
    const base::Bytes octets = base::random_bytes(size);
    const auto name = blobs.put(octets);
    REQUIRE(name);
    CHECK(*name == base::sha256(octets));
    CHECK(*blobs.put(octets) == *name);  // again: no error, the same
    CHECK(*blobs.exists(*name));
    CHECK(*blobs.get(*name, size) == octets);
    if (size > 0) CHECK(blobs.get(*name, size - 1).error().reason == "blob.too-large");
    names.insert(*name);
  }
  std::set<storage::BlobName> listed;
  REQUIRE(blobs.list([&](const storage::BlobName& name, std::uint64_t) { listed.insert(name); }));
  CHECK(listed == names);
  const storage::BlobName gone = *names.begin();
  REQUIRE(blobs.remove(gone));
  CHECK(blobs.remove(gone));
  CHECK_FALSE(*blobs.exists(gone));
  CHECK(blobs.get(gone, 1 << 20).error().reason == "blob.missing");
}

}  // namespace segell::test
