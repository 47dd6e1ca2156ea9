#pragma once

#include "storage/database.h"
#include "storage/evidence.h"
#include "storage/key_store.h"

#include <functional>

namespace segell::storage {

/// Every opening that a tenant's log still has, in order of index, for the holder of the key-encryption key: those of
/// erased persons are gone. Opens them and believes nothing else; whether they are in the log is for the reader to
/// check. Errors: not_found "key.missing"; untrusted "store.wrong-kek"; corrupt "storage.column"; what `each` fails
/// with.
base::Result<void> read_openings(Session& session, const TenantId& tenant, KeyStore& keys, const base::Secret& kek,
                                 const std::function<base::Result<void>(const Opening&)>& each);

}  // namespace segell::storage
