#pragma once

#include "app/visit.h"
#include "paper.h"
#include "request_acting.h"
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
  std::optional<Signer> signer{};  ///< who signs for the person; none where they sign themselves
  /// Who has a part in the matter: who else is or was asked to sign the document, who signs this, and who is excluded
  /// from the person, told apart from the others nowhere. Only where the request offers witnesses, who are none of
  /// them.
  std::vector<std::string> parties{};
};

/// Errors: not_found "request.unknown"; conflict "visit.over" once the person is erased, "visit.not-yet" while
/// somebody else is to sign first.
base::Result<VisitState> load_visit(const storage::View& view, const RequestId& request);

/// load_visit() for whoever may sign it now. Error beside load_visit()'s: conflict "representation.not-valid".
base::Result<VisitState> open_visit(const storage::View& view, const RequestId& request, base::Instant now);

/// The pages laid out for a request that become part of its document; none where the document has its own.
base::Result<base::Bytes> load_paper(const storage::View& view, const RequestId& request);

/// What the page compares with the bytes it gets: {sha256,sha512,length,pages,verificationCode}.
base::Json frozen_json(const ShownRevision& shown, const std::string& code);

/// Whose matter the paper is and who signs it; `guarded`: nobody is named but the person.
PaperPeople people_of(const VisitState& visit, bool guarded);

/// Whether what was laid out for the request waits to be filled in.
bool waits_for_choices(const VisitState& visit);

/// Everything that a page shows of a request: the members of "request" in GET /api/v1/visit. `now`: when it is shown,
/// to offer an official only while one could sign; none for a device without a network, where no official can.
base::Result<base::Json> visit_request_json(const storage::View& view, const VisitState& visit,
                                            const TenantSettings& settings, std::optional<base::Instant> now);

/// It was shown to the person now, if it was not before.
base::Result<void> mark_presented(storage::Transaction& transaction, VisitState& visit);

/// The person does not sign. `judged` is the time by which the request was still open. Errors of require_open().
base::Result<void> record_answer(storage::Transaction& transaction, const VisitCaller& caller,
                                 const VisitAnswer& answer, base::Instant judged, base::Instant now);

/// The person may still act. Errors: conflict "visit.over"; expired "visit.expired".
base::Result<void> require_open(const storage::RequestStanding& request, base::Instant now);
base::Result<void> require_open(const VisitState& visit, base::Instant now);

}  // namespace segell::app
