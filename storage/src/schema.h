#pragma once

#include "base/result.h"
#include "storage/database.h"

#include <cstdint>

namespace segell::storage {

/// The schema that this program writes.
inline constexpr std::int64_t kSchemaVersion = 15;

/// Brings a database up to kSchemaVersion, a transaction for each step. Error: unsupported "store.newer-schema".
base::Result<void> migrate(Session& session);

/// Only looks. Errors: unsupported "store.newer-schema"; conflict "store.older-schema".
base::Result<void> check_schema(Session& session);

}  // namespace segell::storage
