#pragma once

#include "decided_when.h"
#include "events.h"
#include "visit_state.h"

#include <optional>
#include <vector>

namespace segell::app {

/// Through which power somebody signs for the person.
std::optional<storage::RepresentationId> power_of(const VisitState& visit);

/// Ids made outside of the transaction, which may run more than once.
struct ActDecisionIds {
  const std::vector<consent::DecisionId>& decisions;  ///< one an item of the request
  storage::ReviewId notice;
};

/// The decisions that the sealed document shows, right behind the act in the log; and, where a "no" among them ended
/// what recipients could use, that they are to be told.
base::Result<void> record_act_decisions(storage::Transaction& transaction, const TenantSettings& settings,
                                        const VisitState& visit, const EventHead& head, const DecidedWhen& when,
                                        const ActDecisionIds& ids);

}  // namespace segell::app
