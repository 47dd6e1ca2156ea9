#pragma once

#include "storage/credentials.h"
#include "storage/database.h"

namespace segell::storage {

/// Across tenants, because the credential tells the tenant. Error: unauthenticated "credential.unknown".
base::Result<CredentialRecord> read_credential(Session& session, const base::Sha256& hash);

}  // namespace segell::storage
