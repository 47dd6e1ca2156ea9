#include "app/requests.h"
#include "checks.h"
#include "document_access.h"
#include "json_fields.h"
#include "official_act.h"
#include "request_acting.h"
#include "request_events.h"
#include "request_payload.h"
#include "request_place.h"
#include "void_signature.h"

#include <set>

namespace segell::app {

namespace {

constexpr std::string_view kListedStates[] = {request_state::kWaiting,    request_state::kCreated,
                                              request_state::kPresented,  request_state::kDeferred,
                                              request_state::kSigned,     request_state::kSignedWithReservation,
                                              request_state::kRefused,    request_state::kCancelled,
                                              request_state::kRepudiated, request_state::kExpired};

/// No state, but all in which the person may act now.
constexpr std::string_view kAnswerable = "open";

base::Result<storage::RequestFilter> filter_of(const Caller& caller, const std::string& state, base::Instant now) {
  storage::RequestFilter filter;
  // Whom staff reaches is in the store; is_visible() decides on each all the same.
  if (is_staff(caller.role)) filter.account = caller.account;
  if (state.empty()) return filter;
  if (state == kAnswerable) {
    filter.states = {std::string(request_state::kCreated), std::string(request_state::kPresented),
                     std::string(request_state::kDeferred)};
    filter.expires_after = now;
    return filter;
  }
  if (!one_of(kListedStates, state)) return invalid("request.bad-state", "no request stands in such a state");
  if (state == request_state::kExpired) {
    filter.states = {std::string(request_state::kWaiting), std::string(request_state::kCreated),
                     std::string(request_state::kPresented), std::string(request_state::kDeferred)};
    filter.expires_until = now;
    return filter;
  }
  filter.states = {state};
  if (request_state::is_pending(state)) filter.expires_after = now;
  return filter;
}

/// Where the request stands that is to be signed first, and which one it is for whom reaches that one too.
base::Result<base::Json> after_json(const storage::View& view, const Caller& caller, const std::string& after,
                                    base::Instant now) {
  if (after.empty()) return base::Json();
  SEGELL_TRY(const auto id, RequestId::parse(after));
  SEGELL_TRY(const auto earlier, view.requests().get(id));
  SEGELL_TRY(const bool visible, is_visible(view, caller, {.request = id}));
  return base::Json::object({{"id", visible ? base::Json(after) : base::Json()}, {"state", state_word(earlier, now)}});
}

base::Json word_or_null(const std::string& word) { return word.empty() ? base::Json() : base::Json(word); }

/// What the person consented to that an official signs for them, and whether the caller may; null where nothing waits.
base::Result<base::Json> on_behalf_json(const storage::View& view, const Caller& caller,
                                        const storage::RequestRecord& request, const RequestPayload& payload,
                                        base::Instant now) {
  if (payload.on_behalf.is_null() || !request_state::is_open(request.state)) return base::Json();
  SEGELL_TRY(const auto consented, on_behalf_from_json(payload.on_behalf));
  base::Json json =
      base::Json::object({{"at", base::format_rfc3339(consented.at)}, {"meaning", consented.act.meaning}});
  json.set("reservation", consented.act.reservation ? base::Json(*consented.act.reservation) : base::Json());
  json.set("may", false);
  json.set("why", base::Json());
  json.set("toSign", base::Json());
  if (!caller.account) return json;
  SEGELL_TRY(const auto document, view.documents().get(request.document));
  SEGELL_TRY(const auto procedures, procedures_of(payload, document));
  const auto entry = require_official(view, *caller.account, procedures, now);
  if (!entry && entry.error().code != base::Code::forbidden) return base::fail(entry.error());
  json.set("may", entry.has_value());
  if (!entry) json.set("why", entry.error().reason);
  if (entry && !entry->certificate.empty()) json.set("toSign", text_to_sign(request.id, consented.act));
  return json;
}

base::Result<base::Json> listed_json(const storage::View& view, const Caller& caller,
                                     const storage::RequestRecord& request, base::Instant now) {
  SEGELL_TRY(const RequestPayload payload, request_payload_from_json(request.payload));
  SEGELL_TRY(const auto person, view.persons().get(request.person));
  base::Json json = base::Json::object({{"id", request.id.text()}, {"state", state_word(request, now)}});
  json.set("title", payload.title);
  json.set("language", payload.language);
  json.set("capacity", payload.capacity);
  SEGELL_TRY(auto representative, representative_json(view, payload));
  json.set("representative", std::move(representative));
  json.set("documentId", request.document.text());
  json.set("name", neutral_name(request.document, ".pdf"));
  json.set("personId", request.person.text());
  json.set("personName", member_or_null(person.profile, "name"));
  json.set("createdAt", base::format_rfc3339(request.created));
  json.set("expiresAt", base::format_rfc3339(request.expires));
  SEGELL_TRY(auto after, after_json(view, caller, payload.after, now));
  json.set("after", std::move(after));
  json.set("meaning", word_or_null(payload.meaning));
  json.set("reservation", word_or_null(payload.reservation));
  SEGELL_TRY(auto on_behalf, on_behalf_json(view, caller, request, payload, now));
  json.set("onBehalf", std::move(on_behalf));
  SEGELL_TRY(auto made_void, void_json(view, request));
  json.set("void", std::move(made_void));
  json.set("insteadOf", word_or_null(payload.instead_of));
  return json;
}

}  // namespace

base::Result<base::Json> list_signature_requests(Service& service, const Caller& caller, const RequestQuery& query) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::requests_write));
  SEGELL_TRY(const auto after, request_cursor(query.page));
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  SEGELL_TRY(const auto filter, filter_of(caller, query.state, head.time));
  return state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
    SEGELL_TRY(auto requests, transaction.requests().list(filter, after, query.page.limit + 1));
    const bool more = requests.size() > query.page.limit;
    if (more) requests.pop_back();
    base::Json::Array list;
    std::set<base::PersonId> shown;
    for (const storage::RequestRecord& request : requests) {
      SEGELL_TRY(const bool visible, is_visible(transaction, caller, {.request = request.id}));
      if (!visible) continue;
      SEGELL_TRY(auto json, listed_json(transaction, caller, request, head.time));
      list.push_back(std::move(json));
      shown.insert(request.person);
    }
    for (const base::PersonId& person : shown)
      SEGELL_CHECK(transaction.append_event(encode(head, RequestsListed{person}), person));
    base::Json body = base::Json::object({{"requests", std::move(list)}});
    body.set("next", more ? base::Json(cursor_of(requests.back())) : base::Json());
    return body;
  });
}

}  // namespace segell::app
