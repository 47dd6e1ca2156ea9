#pragma once

#include "events.h"

// Events about seals that are no person's act (events.cddl, kind 180).

namespace segell::app {

/// A program sealed a document with a key of its own.
struct SealAdded {
  std::optional<base::PersonId> person;
  base::DocumentId document;
  RevisionFact revision;
  base::Sha256 certificate{};
  TimeState time_state = TimeState::none;
};
base::Bytes encode(const EventHead& head, const SealAdded& event);

}  // namespace segell::app
