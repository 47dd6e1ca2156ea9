#pragma once

#include "storage/database.h"
#include "storage/slips.h"

namespace segell::storage {

/// Across tenants, because the code tells the tenant. Error: not_found "slip.unknown".
base::Result<SlipPlace> read_slip_place(Session& session, const base::Sha256& code_hash);

}  // namespace segell::storage
