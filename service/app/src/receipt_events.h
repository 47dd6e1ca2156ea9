#pragma once

#include "events.h"

// The event about a decision's receipt (events.cddl, kind 140).

namespace segell::app {

/// The paper that says what was decided left for whoever holds the person's page.
struct ReceiptMade {
  base::PersonId person;
  consent::DecisionId decision;
  base::Sha256 sha256{};
};
base::Bytes encode(const EventHead& head, const ReceiptMade& event);

}  // namespace segell::app
