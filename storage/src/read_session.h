#pragma once

#include "storage/database.h"
#include "storage/sessions.h"

namespace segell::storage {

/// Across tenants, because the session tells the tenant. Error: unauthenticated "session.unknown".
base::Result<FoundSession> read_session(Session& session, const base::Sha256& hash);

/// Zero where nothing failed.
base::Result<LoginFailures> read_login_failures(Session& session, const base::Bytes& tag);

}  // namespace segell::storage
