#pragma once

#include "consent/decide.h"
#include "storage/transaction.h"

namespace segell::app {

/// When a person decided, as far as it is proven: one moment by an open link, a span without a network.
struct DecidedWhen {
  base::Instant earliest{};
  base::Instant latest{};
};

/// From when a decision counts. In a span nobody knows what came first, so that a "yes" never goes over a "no" on the
/// same use that was recorded meanwhile: it then counts from the beginning of the span, else everything from its end.
base::Result<base::Instant> counts_from(const storage::View& view, const base::PersonId& person,
                                        const consent::DecisionFact& fact, const DecidedWhen& when);

}  // namespace segell::app
