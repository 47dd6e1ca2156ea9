#pragma once

#include "app/caller.h"
#include "request_payload.h"
#include "state.h"
#include "storage/transaction.h"

namespace segell::app {

/// One visit as it stands in a snapshot.
struct VisitState {
  storage::RequestRecord request;
  RequestPayload payload;
  storage::DocumentRecord document;
  std::string person_name;
};

/// Errors: not_found "request.unknown"; conflict "visit.over" once the person is erased.
base::Result<VisitState> load_visit(const storage::View& view, const RequestId& request);

/// The pages laid out for a request that become part of its document; none where the document has its own.
base::Result<base::Bytes> load_paper(const storage::View& view, const RequestId& request);

/// What the page compares with the bytes it gets: {sha256,sha512,length,pages,verificationCode}.
base::Json frozen_json(const ShownRevision& shown, const std::string& code);

/// The person may still act. Errors: conflict "visit.over"; expired "visit.expired".
base::Result<void> require_open(const storage::RequestStanding& request, base::Instant now);
base::Result<void> require_open(const VisitState& visit, base::Instant now);

}  // namespace segell::app
