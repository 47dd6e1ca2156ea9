#pragma once

#include "app/caller.h"
#include "app/service.h"

namespace segell::app {

/// The caller behind an integrator's token ("sgt_…"). Error: unauthenticated "auth.invalid-token", the same for every
/// cause.
base::Result<Caller> authenticate(Service& service, std::string_view token);

/// The visit behind a tablet's capability ("sgv_…"). Errors: unauthenticated "auth.invalid-token"; expired
/// "visit.expired" for a link that was valid once and whose term is over. A request that is signed or answered still
/// authenticates (the tablet may show its outcome); acting on it is refused by the use case.
base::Result<VisitCaller> authenticate_visit(Service& service, std::string_view capability);

}  // namespace segell::app
