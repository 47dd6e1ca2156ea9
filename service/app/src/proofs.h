#pragma once

#include "events.h"
#include "state.h"

#include <vector>

// What keeps seals provable when their certificates have ended: certificates and revocation data put into the document
// soon after sealing, and a timestamp renewed before the last one ends (EN 319 142-1; signer/ades/long_term.h).

namespace segell::app {

/// What is still to be done for a document after a seal: its late timestamp, its proof.
std::vector<storage::JobRecord> jobs_after_seal(const Service::State& state, const base::DocumentId& document,
                                                TimeState time_state, base::Instant now);

/// How far a document's proof is: {state,level,endsAt,renewAt,reason}; null where none is wanted. `pending`: it is
/// still to be extended, and `reason` says why it was not; `kept`: until `endsAt`, and it is renewed from `renewAt` on.
base::Json proof_json(const Settings& settings, const storage::DocumentRecord& document,
                      const std::vector<storage::RevisionRecord>& revisions);

/// One round over what is due, of every tenant; what fails stays as it is and is tried again later. While people are
/// asked to sign a document nothing is put into it. Gives how many documents were extended.
std::size_t extend_proofs(Service::State& state);

}  // namespace segell::app
