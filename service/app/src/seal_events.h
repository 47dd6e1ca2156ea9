#pragma once

#include "events.h"

// Events about seals that are no person's act, and about what keeps seals provable (events.cddl, kinds 180 and 181).

namespace segell::app {

/// A program sealed a document with a key of its own.
struct SealAdded {
  std::optional<base::PersonId> person;
  base::DocumentId document;
  RevisionFact revision;
  base::Sha256 certificate{};
  TimeState time_state = TimeState::none;
};
/// The service put certificates, revocation data or a timestamp into a document, so that its seals can be proven
/// longer.
struct ProofExtended {
  std::optional<base::PersonId> person;
  base::DocumentId document;
  RevisionFact revision;  ///< the last one that was added
  std::string level;      ///< reached: "B-LT" or "B-LTA"
  base::Instant ends{};   ///< the certificate of the newest timestamp
};
base::Bytes encode(const EventHead& head, const SealAdded& event);
base::Bytes encode(const EventHead& head, const ProofExtended& event);

}  // namespace segell::app
