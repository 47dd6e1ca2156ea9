#include "app/visits.h"

#include "base/encoding.h"
#include "checks.h"
#include "device_state.h"
#include "once.h"
#include "page_cursor.h"
#include "template_document.h"
#include "visit_acts.h"
#include "visit_events.h"
#include "visit_state.h"

#include <algorithm>
#include <chrono>
#include <set>

namespace segell::app {

namespace {

constexpr std::size_t kMostRequestsOfVisit = 20;
constexpr std::chrono::hours kLongestVisit{24 * 31};
/// How many one answer of the list looks through for those that are the caller's.
constexpr std::size_t kMostVisitsLooked = 1000;

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

/// Whether a device can do everything by itself that the request asks for.
base::Result<void> require_laid_out(const VisitState& visit) {
  if (visit.payload.shown || waits_for_choices(visit)) return base::ok();
  if (!visit.payload.items.empty()) {
    return base::fail(base::Code::conflict, "visit.not-laid-out",
                      "the choices of this request have no place on its paper, so that no device can make them",
                      "let the person decide with a network, by the request's link");
  }
  SEGELL_TRY(const auto made, template_of(visit.document));
  if (made && visit.document.state == "draft" && !made->items.empty()) {
    return base::fail(base::Code::conflict, "visit.decisions-first", "the document's decisions are not made yet",
                      "the person who decides comes first");
  }
  return base::ok();
}

base::Json visit_outline(const storage::VisitRecord& visit) {
  base::Json json = base::Json::object({{"id", visit.id.text()}, {"device", visit.device.text()}});
  json.set("createdAt", base::format_rfc3339(visit.created));
  json.set("expiresAt", base::format_rfc3339(visit.expires));
  return json;
}

/// How many of its papers are there for the caller.
base::Result<std::uint64_t> count_visible(const storage::View& view, const Caller& caller,
                                          const storage::VisitRecord& visit) {
  std::uint64_t count = 0;
  for (const RequestId& request : visit.requests) {
    SEGELL_TRY(const bool visible, is_visible(view, caller, {.request = request}));
    if (visible) ++count;
  }
  return count;
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
  SEGELL_TRY(record.expires, base::parse_rfc3339(wanted.expires_at));
  if (record.expires <= record.created || record.expires > record.created + kLongestVisit) {
    return invalid("visit.bad-expiry", "a visit ends within 31 days from now");
  }
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const EventHead head{record.created, caller.actor};
  SEGELL_TRY(
      auto body, state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
        SEGELL_CHECK(require_visible(transaction, caller, {.device = record.device}, "device.unknown", "device"));
        SEGELL_TRY(const auto device, transaction.devices().get(record.device));
        if (device.state != device_state::kActive) return device_revoked(base::Code::conflict);
        storage::VisitRecord row = record;
        for (const RequestId& request : record.requests) {
          SEGELL_CHECK(
              require_visible(transaction, caller, {.request = request}, "request.unknown", "signature request"));
          SEGELL_TRY(const auto visit, load_visit(transaction, request));
          SEGELL_CHECK(require_open(visit, record.created));
          SEGELL_CHECK(require_laid_out(visit));
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

base::Result<base::Json> list_visits(Service& service, const Caller& caller, const Page& page) {
  SEGELL_CHECK(require(caller, Right::requests_write));
  SEGELL_TRY(auto next, index_cursor(page));
  return service.state().store.read(caller.tenant, [&](const storage::View& view) -> base::Result<base::Json> {
    base::Json::Array list;
    bool over = false;
    for (std::size_t looked = 0; !over && looked < kMostVisitsLooked && list.size() < page.limit;
         looked += Page::kMost) {
      SEGELL_TRY(const auto visits, view.visits().list(next, Page::kMost));
      over = visits.size() < Page::kMost;
      for (const storage::VisitRecord& visit : visits) {
        if (list.size() == page.limit) {
          over = false;
          break;
        }
        next = visit.log_index;
        SEGELL_TRY(const bool visible, is_visible(view, caller, {.visit = visit.id}));
        if (!visible) continue;
        base::Json json = visit_outline(visit);
        SEGELL_TRY(const std::uint64_t carried, count_visible(view, caller, visit));
        json.set("requests", carried);
        list.push_back(std::move(json));
      }
    }
    base::Json body = base::Json::object({{"visits", std::move(list)}});
    body.set("next", over ? base::Json() : next_json(next));
    return body;
  });
}

base::Result<base::Json> describe_visit(Service& service, const Caller& caller, std::string_view visit) {
  SEGELL_CHECK(require(caller, Right::requests_write));
  SEGELL_TRY(const auto id, parse_or_unknown<storage::VisitId>(visit, "visit.unknown", "visit"));
  const base::Instant now = service.state().clock.now();
  return service.state().store.read(caller.tenant, [&](const storage::View& view) -> base::Result<base::Json> {
    SEGELL_CHECK(require_visible(view, caller, {.visit = id}, "visit.unknown", "visit"));
    SEGELL_TRY(const auto record, view.visits().get(id));
    SEGELL_TRY(const auto device, view.devices().get(record.device));
    SEGELL_TRY(const auto standings, standings_of(view, record));
    base::Json acts = base::Json::array();
    for (const NonceStanding& standing : standings) {
      // A visit may carry papers of a person whom the caller no longer works with.
      SEGELL_TRY(const bool visible, is_visible(view, caller, {.request = standing.nonce.request}));
      if (!visible) continue;
      base::Json json = standing_json(standing);
      const bool over = device.state != device_state::kActive || standing.nonce.expires <= now;
      if (!standing.act && over) json.set("state", captured_state::kUnfulfilled);
      json.set("issuedAt", base::format_rfc3339(standing.nonce.issued));
      json.set("nonceExpiresAt", base::format_rfc3339(standing.nonce.expires));
      if (standing.act) json.set("answer", standing.act->answer);
      acts.push(std::move(json));
    }
    base::Json json = visit_outline(record);
    json.set("acts", std::move(acts));
    return base::Json::object({{"visit", std::move(json)}});
  });
}

}  // namespace segell::app
