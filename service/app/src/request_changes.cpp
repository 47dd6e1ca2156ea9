#include "app/requests.h"
#include "checks.h"
#include "once.h"
#include "request_events.h"
#include "request_link.h"
#include "request_payload.h"
#include "request_standing.h"

#include <algorithm>

namespace segell::app {

namespace {

/// The request, for whoever asked for it and while nobody answered it.
base::Result<storage::RequestRecord> pending_request(const storage::View& view, const Caller& caller,
                                                     const RequestId& id) {
  SEGELL_CHECK(require_visible(view, caller, {.request = id}, "request.unknown", "signature request"));
  SEGELL_TRY(auto record, view.requests().get(id));
  const bool over = record.payload.is_null() || !request_state::is_pending(record.state);
  if (!over) return record;
  return base::fail(base::Code::conflict, "request.over", "this request is over: " + record.state,
                    "ask for a signature anew");
}

/// What the request was laid out with still holds, and its place is still free.
base::Result<void> check_revivable(const storage::View& view, const storage::RequestRecord& record, base::Instant now) {
  SEGELL_TRY(const RequestPayload payload, request_payload_from_json(record.payload));
  const bool over = std::any_of(payload.items.begin(), payload.items.end(),
                                [&](const consent::ConsentItem& item) { return item.valid_until <= now; });
  if (over) {
    return base::fail(base::Code::conflict, "request.items-over", "the term of something to decide is over",
                      "cancel this request and make a new one");
  }
  SEGELL_TRY(const Standing standing, standing_of(view, record.document, now, record.id));
  return check_free(standing, payload);
}

}  // namespace

base::Result<Reply> cancel_signature_request(Service& service, const Caller& caller, std::string_view request,
                                             const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::requests_write));
  SEGELL_TRY(const auto id, parse_or_unknown<RequestId>(request, "request.unknown", "signature request"));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const EventHead head{state.clock.now(), caller.actor};
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_TRY(auto record, pending_request(transaction, caller, id));
               const RequestCancelled event{record.person, record.document, id};
               SEGELL_CHECK(transaction.append_event(encode(head, event), record.person));
               SEGELL_CHECK(transaction.requests().remove_paper(id));
               SEGELL_CHECK(transaction.credentials().revoke(record.capability_hash));
               SEGELL_TRY(RequestPayload payload, request_payload_from_json(record.payload));
               payload.paper.reset();
               record.payload = to_json(payload);
               const std::string before = std::exchange(record.state, std::string(request_state::kCancelled));
               SEGELL_CHECK(transaction.requests().update(record, before));
               base::Json answer =
                   base::Json::object({{"request", base::Json::object({{"id", id.text()}, {"state", record.state}})}});
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  return Reply{std::move(body)};
}

base::Result<Reply> renew_request_link(Service& service, const Caller& caller, std::string_view request,
                                       const std::string& expires_at, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::requests_write));
  SEGELL_TRY(const auto id, parse_or_unknown<RequestId>(request, "request.unknown", "signature request"));
  const EventHead head{state.clock.now(), caller.actor};
  SEGELL_TRY(const base::Instant expires, request_expiry(expires_at, head.time));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const RequestLink link = make_request_link(state.settings.public_url, caller.tenant, id, expires);
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_TRY(auto record, pending_request(transaction, caller, id));
               SEGELL_CHECK(check_revivable(transaction, record, head.time));
               const LinkRenewed event{record.person, record.document, id, expires};
               SEGELL_CHECK(transaction.append_event(encode(head, event), record.person));
               SEGELL_CHECK(transaction.credentials().revoke(record.capability_hash));
               SEGELL_CHECK(transaction.credentials().add(link.credential));
               record.capability_hash = link.credential.hash;
               record.expires = expires;
               SEGELL_CHECK(transaction.requests().update(record, record.state));
               base::Json made = base::Json::object({{"id", id.text()}, {"state", record.state}});
               made.set("link", link.address);
               made.set("expiresAt", base::format_rfc3339(expires));
               base::Json answer = base::Json::object({{"request", std::move(made)}});
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  return Reply{std::move(body)};
}

}  // namespace segell::app
