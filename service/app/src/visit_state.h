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

/// Errors: not_found "request.unknown"; conflict "visit.over" once the person is erased, "visit.not-yet" while
/// somebody else is to sign first.
base::Result<VisitState> load_visit(const storage::View& view, const RequestId& request);

/// The pages laid out for a request that become part of its document; none where the document has its own.
base::Result<base::Bytes> load_paper(const storage::View& view, const RequestId& request);

/// What the page compares with the bytes it gets: {sha256,sha512,length,pages,verificationCode}.
base::Json frozen_json(const ShownRevision& shown, const std::string& code);

/// Whether what was laid out for the request waits to be filled in.
bool waits_for_choices(const VisitState& visit);

/// Everything that a page shows of a request: the members of "request" in GET /api/v1/visit.
base::Result<base::Json> visit_request_json(const storage::View& view, const VisitState& visit,
                                            const TenantSettings& settings);

/// It was shown to the person now, if it was not before.
base::Result<void> mark_presented(storage::Transaction& transaction, VisitState& visit);

/// The person does not sign: "refused" or "deferred". `judged` is the time by which the request was still open. Errors
/// of require_open().
base::Result<void> record_answer(storage::Transaction& transaction, const VisitCaller& caller, std::string_view answer,
                                 base::Instant judged, base::Instant now);

/// The person may still act. Errors: conflict "visit.over"; expired "visit.expired".
base::Result<void> require_open(const storage::RequestStanding& request, base::Instant now);
base::Result<void> require_open(const VisitState& visit, base::Instant now);

}  // namespace segell::app
