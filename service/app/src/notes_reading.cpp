#include "app/documents.h"

#include "checks.h"
#include "consent_facts.h"
#include "notes.h"
#include "refused_access.h"
#include "request_events.h"
#include "request_payload.h"

namespace segell::app {

namespace {

/// The notes of one request, if it has some and this caller may see them. That they were seen is an event.
base::Result<std::optional<base::Json>> open_notes(storage::Transaction& transaction, const Caller& caller,
                                                   const storage::RequestRecord& request, const EventHead& head) {
  if (request.payload.is_null()) return std::optional<base::Json>();  // its person was erased
  SEGELL_TRY(const bool visible, is_visible(transaction, caller, {.request = request.id}));
  if (!visible) return std::optional<base::Json>();
  // Who was not to be there is the last one to read who helped, and whether the person could speak alone.
  if (caller.role == Role::representative) {
    SEGELL_TRY(const bool guarded, is_protected(transaction, request.person, head.time));
    if (guarded) return std::optional<base::Json>();
  }
  SEGELL_TRY(const auto payload, request_payload_from_json(request.payload));
  if (!payload.notes) return std::optional<base::Json>();
  const NotesOpened event{request.person, request.document, request.id};
  SEGELL_CHECK(transaction.append_event(encode(head, event), request.person));
  base::Json json = to_json(*payload.notes);
  json.set("requestId", request.id.text());
  return std::optional(std::move(json));
}

}  // namespace

base::Result<base::Json> read_document_notes(Service& service, const Caller& caller, std::string_view document) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::documents_read));
  SEGELL_TRY(const auto id, parse_or_unknown<base::DocumentId>(document, "document.unknown", "document"));
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  auto opened = state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
    SEGELL_CHECK(require_visible(transaction, caller, {.document = id}, "document.unknown", "document"));
    SEGELL_CHECK(transaction.documents().get(id));
    SEGELL_TRY(const auto requests, transaction.requests().of_document(id));
    base::Json list = base::Json::array();
    for (const storage::RequestRecord& request : requests) {
      SEGELL_TRY(auto notes, open_notes(transaction, caller, request, head));
      if (notes) list.push(*std::move(notes));
    }
    return base::Json::object({{"notes", std::move(list)}});
  });
  return noting_refusal(state, caller, {.document = id}, std::move(opened));
}

}  // namespace segell::app
