#include "app/visits.h"

#include "base/encoding.h"
#include "carriable.h"
#include "checks.h"
#include "device_state.h"
#include "json_fields.h"
#include "once.h"
#include "request_events.h"
#include "visit_events.h"
#include "visit_outline.h"

#include <algorithm>
#include <chrono>
#include <set>

namespace segell::app {

namespace {

constexpr std::size_t kMostRequestsOfVisit = 20;
constexpr std::chrono::hours kLongestVisit{24 * 31};

base::Result<std::vector<RequestId>> parse_requests(const std::vector<std::string>& wanted) {
  const std::set<std::string> different(wanted.begin(), wanted.end());
  if (wanted.empty() || wanted.size() > kMostRequestsOfVisit || different.size() != wanted.size()) {
    return invalid("visit.bad-requests", "a visit takes 1 to 20 signature requests, each once");
  }
  std::vector<RequestId> requests;
  for (const std::string& one : wanted) {
    SEGELL_TRY(const auto id, parse_or_unknown<RequestId>(one, "request.unknown", "signature request"));
    requests.push_back(id);
  }
  return requests;
}

/// A time that a visit prepared now may end at.
base::Result<base::Instant> parse_visit_end(const std::string& text, base::Instant now) {
  SEGELL_TRY(const base::Instant expires, base::parse_rfc3339(text));
  if (expires > now && expires <= now + kLongestVisit) return expires;
  return invalid("visit.bad-expiry", "a visit ends within 31 days from now");
}

/// The device as the caller may use it, ended or not.
base::Result<storage::DeviceRecord> own_device(const storage::View& view, const Caller& caller,
                                               const storage::DeviceId& id) {
  SEGELL_CHECK(require_visible(view, caller, {.device = id}, "device.unknown", "device"));
  auto device = view.devices().get(id);
  if (device || device.error().code != base::Code::not_found) return device;
  return base::fail(base::Code::not_found, "device.unknown", "no such device");
}

/// Whether it is the request's own standing that keeps it here, and no fault of the service.
bool is_refusal(base::Code code) {
  return code == base::Code::conflict || code == base::Code::expired || code == base::Code::not_found;
}

/// A paper as it would be carried, or why it cannot be. What the caller does not reach is named by its id alone.
base::Result<base::Json> previewed_json(const storage::View& view, const Caller& caller, const RequestId& request,
                                        base::Instant end, base::Instant now, std::set<base::PersonId>& shown) {
  base::Json json = base::Json::object({{"request", request.text()}});
  const auto carriable = load_carriable(view, caller, request, now);
  if (!carriable && !is_refusal(carriable.error().code)) return base::fail(carriable.error());
  json.set("refused", carriable ? base::Json() : base::Json(carriable.error().reason));
  SEGELL_TRY(const bool visible, is_visible(view, caller, {.request = request}));
  // A token reaches what does not exist too, and learns so here.
  if (!visible || (!carriable && carriable.error().code == base::Code::not_found)) return json;
  SEGELL_TRY(const auto record, view.requests().get(request));
  if (record.payload.is_null()) return json;  // of a person who was erased
  SEGELL_CHECK(add_named_paper(view, record, json));
  json.set("holdsUntil", base::format_rfc3339(std::min(end, record.expires)));
  std::vector<std::string> notes;
  if (carriable) {
    SEGELL_TRY(notes, carrying_notes(view, *carriable, now));
  }
  json.set("notes", words_json(notes));
  shown.insert(record.person);
  return json;
}

}  // namespace

base::Result<Reply> prepare_visit(Service& service, const Caller& caller, const NewVisit& wanted,
                                  const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::requests_write));
  storage::VisitRecord record;
  SEGELL_TRY(record.device, parse_or_unknown<storage::DeviceId>(wanted.device, "device.unknown", "device"));
  SEGELL_TRY(record.requests, parse_requests(wanted.requests));
  record.id = storage::VisitId::make();
  record.created = state.clock.now();
  record.details = base::Json::object({{kMadeBy, caller.actor.text()}});
  SEGELL_TRY(record.expires, parse_visit_end(wanted.expires_at, record.created));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const EventHead head{record.created, caller.actor};
  SEGELL_TRY(
      auto body, state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
        SEGELL_TRY(const auto device, own_device(transaction, caller, record.device));
        if (device.state != device_state::kActive) return device_revoked(base::Code::conflict);
        storage::VisitRecord row = record;
        for (const RequestId& request : record.requests) {
          SEGELL_TRY(const auto visit, load_carriable(transaction, caller, request, record.created));
          const CarriedRequest carried{visit.request.person, visit.request.document, request, row.device, row.id};
          SEGELL_TRY(row.log_index,
                     transaction.append_event(encode(head, VisitPrepared{carried, row.expires}), visit.request.person));
        }
        SEGELL_CHECK(transaction.visits().add(row));
        base::Json answer = base::Json::object({{"visit", visit_outline(row)}});
        SEGELL_CHECK(once.record(transaction, answer));
        return answer;
      }));
  return Reply{std::move(body)};
}

base::Result<base::Json> preview_visit(Service& service, const Caller& caller, const NewVisit& wanted) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::requests_write));
  SEGELL_TRY(const auto id, parse_or_unknown<storage::DeviceId>(wanted.device, "device.unknown", "device"));
  SEGELL_TRY(const auto requests, parse_requests(wanted.requests));
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  SEGELL_TRY(const base::Instant end, parse_visit_end(wanted.expires_at, head.time));
  return state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
    SEGELL_TRY(const auto device, own_device(transaction, caller, id));
    base::Json papers = base::Json::array();
    std::set<base::PersonId> shown;
    for (const RequestId& request : requests) {
      SEGELL_TRY(auto json, previewed_json(transaction, caller, request, end, head.time, shown));
      papers.push(std::move(json));
    }
    for (const base::PersonId& person : shown)
      SEGELL_CHECK(transaction.append_event(encode(head, RequestsListed{person}), person));
    base::Json json = base::Json::object({{"device", device.id.text()}});
    json.set("refused", device.state == device_state::kActive ? base::Json() : base::Json("device.revoked"));
    json.set("expiresAt", base::format_rfc3339(end));
    json.set("papers", std::move(papers));
    return base::Json::object({{"visit", std::move(json)}});
  });
}

base::Result<Reply> withdraw_visit(Service& service, const Caller& caller, std::string_view visit,
                                   const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::requests_write));
  SEGELL_TRY(const auto id, parse_or_unknown<storage::VisitId>(visit, "visit.unknown", "visit"));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const EventHead head{state.clock.now(), caller.actor};
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_CHECK(require_visible(transaction, caller, {.visit = id}, "visit.unknown", "visit"));
               SEGELL_TRY(auto record, transaction.visits().get(id));
               if (record.packages > 0) {
                 return base::fail(base::Code::conflict, "visit.on-device", "the device took its package already",
                                   "remove it on the device, cancel its requests, or end the device if it is lost");
               }
               if (!is_withdrawn(record)) {
                 for (const RequestId& id_of : record.requests) {
                   SEGELL_TRY(const auto request, transaction.requests().get(id_of));
                   if (request.payload.is_null()) continue;  // of a person who was erased
                   const CarriedRequest carried{request.person, request.document, request.id, record.device, id};
                   SEGELL_CHECK(transaction.append_event(encode(head, VisitWithdrawn{carried}), request.person));
                 }
                 record.details.set(kWithdrawnAt, base::format_rfc3339(head.time));
                 SEGELL_CHECK(transaction.visits().update(record));
               }
               base::Json answer = base::Json::object({{"visit", visit_outline(record)}});
               SEGELL_CHECK(once.record(transaction, answer));
               return answer;
             }));
  return Reply{std::move(body)};
}

}  // namespace segell::app
