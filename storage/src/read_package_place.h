#pragma once

#include "storage/database.h"
#include "storage/visits.h"

namespace segell::storage {

/// Across tenants, because the capability tells the tenant. Error: not_found "package.unknown".
base::Result<PackagePlace> read_package_place(Session& session, const base::Sha256& capability_hash);

}  // namespace segell::storage
