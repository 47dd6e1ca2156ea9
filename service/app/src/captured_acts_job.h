#pragma once

#include "state.h"
#include "storage/transaction.h"

namespace segell::app {

inline constexpr std::string_view kCapturedActJob = "captured-act";

/// The job that goes on with what a device captured, from its receipt on and after every restart.
storage::JobRecord captured_act_job(const base::Bytes& nonce, base::Instant due);

/// One round over the due jobs of every tenant: what was received is sealed, recorded or set aside; what fails for a
/// reason that passes is tried again later, with growing pauses. Gives how many came to their end.
std::size_t finish_captured_acts(Service::State& state);

/// Keeps the act with the reason why nothing can be made of it, and says so in the log.
base::Result<void> set_act_aside(storage::Transaction& transaction, storage::CapturedActRecord act,
                                 std::string_view reason, base::Instant now);

}  // namespace segell::app
