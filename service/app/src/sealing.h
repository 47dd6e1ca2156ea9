#pragma once

#include "signer/ades/seal.h"
#include "state.h"

#include <string>

namespace segell::app {

/// Whether a seal of this tenant gets its time from an authority.
signer::ades::TimeDemand demand_of(const Service::State& state, const Tenant& tenant);

/// The one refusal of a tenant that wants every seal timed. Reason: unavailable "act.timestamp-required".
base::Failure no_timestamp(const std::string& why);

/// A failure of the sealer in the words of this surface: whatever the authority did is no_timestamp where a timestamp
/// is required.
base::Failure seal_error(base::Error error, signer::ades::TimeDemand demand);

}  // namespace segell::app
