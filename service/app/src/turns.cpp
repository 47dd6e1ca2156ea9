#include "turns.h"

#include "request_events.h"
#include "request_payload.h"

namespace segell::app {

base::Result<void> reach_turns(storage::Transaction& transaction, const EventHead& head,
                               const base::DocumentId& document, const RequestId& signed_one) {
  SEGELL_TRY(const auto waiting, transaction.requests().of_document_in(document, request_state::kWaiting));
  for (const storage::RequestRecord& one : waiting) {
    if (one.payload.is_null()) continue;  // its person was erased
    SEGELL_TRY(const RequestPayload payload, request_payload_from_json(one.payload));
    if (payload.after != signed_one.text()) continue;
    const TurnReached event{one.person, document, one.id};
    SEGELL_CHECK(transaction.append_event(encode(head, event), one.person));
    SEGELL_CHECK(transaction.requests().set_state(one.id, request_state::kCreated));
  }
  return base::ok();
}

}  // namespace segell::app
