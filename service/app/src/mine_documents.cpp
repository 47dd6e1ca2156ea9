#include "app/mine.h"

#include "app/verify.h"
#include "base/encoding.h"
#include "checks.h"
#include "consent_facts.h"
#include "document_access.h"
#include "event_reading.h"
#include "refused_access.h"
#include "request_payload.h"
#include "request_place.h"
#include "void_signature.h"

namespace segell::app {

namespace {

/// When this person's own act was sealed, and whether a timestamp proves it.
base::Result<void> add_act(const storage::View& view, const storage::RequestRecord& request, base::Json& json) {
  SEGELL_TRY(const auto revisions, view.documents().revisions(request.document));
  base::Json at;
  base::Json time;
  for (const storage::RevisionRecord& revision : revisions) {
    if (revision.kind != "act") continue;
    const auto opening = view.evidence().opening(revision.log_index);
    if (!opening && opening.error().code != base::Code::expired) return base::fail(opening.error());
    if (!opening || opening->subject != request.person) continue;  // another person's, perhaps erased
    SEGELL_TRY(const LoggedEvent event, LoggedEvent::read(opening->event));
    at = base::format_rfc3339(event.time());
    time = revision.time_state;
  }
  json.set("sealedAt", std::move(at));
  json.set("time", std::move(time));
  return base::ok();
}

base::Result<base::Json> document_json(const storage::View& view, const storage::RequestRecord& request,
                                       bool with_title, base::Instant now) {
  SEGELL_TRY(const RequestPayload payload, request_payload_from_json(request.payload));
  base::Json json = base::Json::object({{"id", request.document.text()}});
  json.set("name", neutral_name(request.document, ".pdf"));
  json.set("title", with_title ? base::Json(payload.title) : base::Json());
  json.set("language", payload.language);
  json.set("state", state_word(request, now));
  json.set("askedAt", base::format_rfc3339(request.created));
  SEGELL_CHECK(add_act(view, request, json));
  SEGELL_TRY(auto made_void, void_json(view, request));
  json.set("void", std::move(made_void));
  return json;
}

}  // namespace

base::Result<base::Json> list_my_documents(Service& service, const Caller& caller, const Page& page) {
  Service::State& state = service.state();
  SEGELL_TRY(const base::PersonId person, require_own_person(caller));
  SEGELL_TRY(const auto after, request_cursor(page));
  const base::Instant now = state.clock.now();
  return state.store.read(caller.tenant, [&](const storage::View& view) -> base::Result<base::Json> {
    SEGELL_CHECK(require_visible(view, caller, {.person = person}, "http.not-found", "page"));
    SEGELL_TRY(const bool under_protection, is_protected(view, person, now));
    SEGELL_TRY(auto requests, view.requests().of_person(person, after, page.limit + 1));
    const bool more = requests.size() > page.limit;
    if (more) requests.pop_back();
    base::Json::Array list;
    for (const storage::RequestRecord& request : requests) {
      // Somebody who decides on the same paper may have excluded whoever looks.
      SEGELL_TRY(const bool visible, is_visible(view, caller, {.document = request.document}));
      if (!visible) continue;
      SEGELL_TRY(auto json, document_json(view, request, caller.role == Role::citizen || !under_protection, now));
      list.push_back(std::move(json));
    }
    base::Json body = base::Json::object({{"documents", std::move(list)}});
    body.set("next", more ? base::Json(cursor_of(requests.back())) : base::Json());
    return body;
  });
}

base::Result<std::string> check_my_document(Service& service, const Caller& caller, std::string_view document) {
  Service::State& state = service.state();
  SEGELL_CHECK(require_own_person(caller));
  SEGELL_TRY(const auto id, parse_or_unknown<base::DocumentId>(document, "document.unknown", "document"));
  auto visible = state.store.read(caller.tenant, [&](const storage::View& view) {
    return require_visible(view, caller, {.document = id}, "document.unknown", "document");
  });
  SEGELL_CHECK(noting_refusal(state, caller, {.document = id}, std::move(visible)));
  SEGELL_TRY(const base::Bytes bytes, state.store.document_content(caller.tenant, id));
  return verify(service, bytes, {});
}

}  // namespace segell::app
