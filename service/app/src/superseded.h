#pragma once

#include "state.h"
#include "storage/transaction.h"
#include "visit_state.h"

namespace segell::app {

/// Whether the same person was asked anew about the same document after that time: what they sign on the earlier
/// request is good, and somebody should look at both.
base::Result<bool> asked_anew(const storage::View& view, const storage::RequestRecord& request, base::Instant since);

/// Whether the document got something else since the request's paper was laid out on it, so that the paper is no part
/// of it any more.
bool paper_left_behind(const VisitState& visit, const storage::RevisionRecord& last);

/// Puts the version that the request's paper was laid out on into a document of its own, and the request with it: the
/// person signs what they were shown, and nothing is moved to another version. The act of that nonce is flagged.
/// Errors: stale "act.stale" where that version cannot stand alone, because its verification code is the other's too.
base::Result<void> branch_document(Service::State& state, const base::TenantId& tenant, const VisitState& visit,
                                   const base::Bytes& nonce);

}  // namespace segell::app
