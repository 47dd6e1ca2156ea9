#include "superseded.h"

#include "document_access.h"
#include "visit_acts.h"

#include <algorithm>

namespace segell::app {

base::Result<bool> asked_anew(const storage::View& view, const storage::RequestRecord& request, base::Instant since) {
  SEGELL_TRY(const auto requests, view.requests().of_document(request.document));
  return std::any_of(requests.begin(), requests.end(), [&](const storage::RequestRecord& other) {
    return other.id != request.id && other.person == request.person && other.created > since;
  });
}

bool paper_left_behind(const VisitState& visit, const storage::RevisionRecord& last) {
  return visit.payload.paper && !visit.payload.shown &&
         (visit.document.state != "draft" || visit.payload.paper->base != last.index);
}

base::Result<void> branch_document(Service::State& state, const base::TenantId& tenant, const VisitState& visit,
                                   const base::Bytes& nonce) {
  const PreparedPaper& paper = *visit.payload.paper;
  if (paper.verification_code == visit.document.verification_code) {
    return base::fail(base::Code::stale, "act.stale",
                      "the document moved on, and the version shown has no code of its own", "ask the person again");
  }
  const base::Instant now = state.clock.now();
  SEGELL_TRY(const base::Bytes bytes, state.store.document_content(tenant, visit.request.document, paper.base));
  storage::DocumentRecord record;
  record.id = base::DocumentId::make();
  record.state = "draft";
  record.created = now;
  record.details = visit.document.details;
  record.details.set("branchOf", visit.request.document.text());
  storage::RevisionRecord revision;
  revision.kind = "original";
  revision.length = revision.total_length = bytes.size();
  revision.sha256 = base::sha256(bytes);
  revision.sha512 = base::sha512(bytes);
  revision.time_state = to_string(TimeState::none);
  const base::Bytes event = encode(EventHead{now, ActorId()}, DocumentStored{record.id, revision_fact(revision)});
  SEGELL_TRY(const auto blob, state.store.stage_blob(tenant, record.id, 0, bytes));
  return state.store.run(tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_TRY(auto current, load_visit(transaction, visit.request.id));
    if (current.request.document != visit.request.document || !current.payload.paper || current.payload.shown) {
      return base::fail(base::Code::stale, "act.stale", "the request moved on meanwhile");
    }
    SEGELL_TRY(auto act, transaction.visits().act(nonce));
    if (!act || act->state != captured_state::kReceived) {
      return base::fail(base::Code::conflict, "act.finished-already", "the act came to its end meanwhile");
    }
    storage::RevisionRecord row = revision;
    SEGELL_TRY(row.log_index, transaction.append_event(event));
    SEGELL_CHECK(transaction.documents().add(record));
    SEGELL_CHECK(transaction.documents().add_revision(record.id, row, blob));
    current.payload.paper->base = 0;
    current.request.document = record.id;
    current.request.payload = to_json(current.payload);
    SEGELL_CHECK(transaction.requests().update(current.request, current.request.state));
    act->flags = captured_flag::kSuperseded;
    return transaction.visits().update_act(*act);
  });
}

}  // namespace segell::app
