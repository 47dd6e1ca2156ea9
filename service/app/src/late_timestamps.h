#pragma once

#include "state.h"

namespace segell::app {

inline constexpr std::string_view kLateTimestampJob = "late-timestamp";

/// The job that an act leaves behind when no timestamp came in time.
storage::JobRecord late_timestamp_job(const base::DocumentId& document, base::Instant due);

/// One round over the due jobs of every tenant: appends document timestamps (each its own revision and event); what
/// fails is tried again later, with growing pauses. Gives how many were appended.
std::size_t add_late_timestamps(Service::State& state);

}  // namespace segell::app
