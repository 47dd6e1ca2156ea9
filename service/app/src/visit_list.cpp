#include "app/visits.h"
#include "base/encoding.h"
#include "carriable.h"
#include "checks.h"
#include "device_state.h"
#include "json_fields.h"
#include "page_cursor.h"
#include "request_events.h"
#include "request_payload.h"
#include "request_place.h"
#include "visit_acts.h"
#include "visit_outline.h"

#include <algorithm>
#include <map>
#include <set>

namespace segell::app {

namespace {

/// How many one answer of the list looks through for those that are the caller's.
constexpr std::size_t kMostVisitsLooked = 1000;

/// Where a whole visit stands.
namespace visit_word {
constexpr std::string_view kPrepared = "prepared";    ///< its device has not taken it yet
constexpr std::string_view kWithdrawn = "withdrawn";  ///< taken back before
constexpr std::string_view kExpired = "expired";      ///< its time was over before
constexpr std::string_view kRevoked = "revoked";      ///< its device was ended before
constexpr std::string_view kOnDevice = "on-device";   ///< something of it may still come
constexpr std::string_view kReceived = "received";    ///< all of it came, and something is not finished yet
constexpr std::string_view kDone = "done";            ///< nothing more comes of it
}  // namespace visit_word

/// A visit as its caller sees it: with the standing of each paper, by the nonce that says most.
struct SeenVisit {
  storage::VisitRecord record;
  storage::DeviceRecord device;
  std::map<RequestId, NonceStanding> standings;
  std::vector<storage::RequestRecord> visible;
};

std::string_view nonce_word(const NonceStanding& standing, const storage::DeviceRecord& device, base::Instant now) {
  if (standing.act) return standing.act->state;
  const bool over = device.state != device_state::kActive || standing.nonce.expires <= now;
  return over ? captured_state::kUnfulfilled : captured_state::kWaiting;
}

/// How much a nonce says of its paper: each package has another one, and acts may come for more than one of them.
int weight(const NonceStanding& standing) {
  if (!standing.act) return 0;
  const std::string& state = standing.act->state;
  return state == captured_state::kSealed || state == captured_state::kRecorded ? 3
         : state == captured_state::kReceived                                   ? 2
                                                                                : 1;
}

base::Result<SeenVisit> see_visit(const storage::View& view, const Caller& caller, storage::VisitRecord record) {
  SeenVisit seen;
  SEGELL_TRY(seen.device, view.devices().get(record.device));
  SEGELL_TRY(auto standings, standings_of(view, record));
  for (NonceStanding& standing : standings) {
    const RequestId request = standing.nonce.request;
    const auto found = seen.standings.find(request);
    // Of two that say as little, the later package is the one on the device.
    if (found != seen.standings.end() && weight(found->second) > weight(standing)) continue;
    seen.standings.insert_or_assign(request, std::move(standing));
  }
  for (const RequestId& request : record.requests) {
    SEGELL_TRY(const bool visible, is_visible(view, caller, {.request = request}));
    if (!visible) continue;
    SEGELL_TRY(auto one, view.requests().get(request));
    // A token reaches those of erased people too, of whom there is nothing left to show.
    if (!one.payload.is_null()) seen.visible.push_back(std::move(one));
  }
  seen.record = std::move(record);
  return seen;
}

std::string_view paper_word(const SeenVisit& seen, const RequestId& request, std::string_view visit,
                            base::Instant now) {
  const auto found = seen.standings.find(request);
  return found == seen.standings.end() ? visit : nonce_word(found->second, seen.device, now);
}

std::string_view word_of(const SeenVisit& seen, base::Instant now) {
  if (is_withdrawn(seen.record)) return visit_word::kWithdrawn;
  if (seen.record.packages == 0) {
    if (seen.device.state != device_state::kActive) return visit_word::kRevoked;
    return seen.record.expires <= now ? visit_word::kExpired : visit_word::kPrepared;
  }
  const auto any = [&](std::string_view state) {
    return std::any_of(seen.standings.begin(), seen.standings.end(),
                       [&](const auto& one) { return nonce_word(one.second, seen.device, now) == state; });
  };
  if (any(captured_state::kWaiting)) return visit_word::kOnDevice;
  return any(captured_state::kReceived) ? visit_word::kReceived : visit_word::kDone;
}

base::Result<base::Json> visit_paper_json(const storage::View& view, const Caller& caller, const SeenVisit& seen,
                                          const storage::RequestRecord& request, base::Instant now) {
  base::Json json = base::Json::object({{"request", request.id.text()}});
  SEGELL_CHECK(add_named_paper(view, request, json));
  json.set("requestState", state_word(request, now));
  json.set("state", paper_word(seen, request.id, word_of(seen, now), now));
  SEGELL_TRY(const auto newer, newer_request(view, request));
  bool told = false;
  if (newer) {
    SEGELL_TRY(told, is_visible(view, caller, {.request = *newer}));
  }
  json.set("newer", told ? base::Json(newer->text()) : base::Json());
  const auto found = seen.standings.find(request.id);
  const bool came = found != seen.standings.end() && found->second.act;
  json.set("answer", came ? base::Json(found->second.act->answer) : base::Json());
  json.set("reason", came && !found->second.act->reason.empty() ? base::Json(found->second.act->reason) : base::Json());
  json.set("flags", came ? flags_json(found->second.act->flags) : base::Json::array());
  return json;
}

base::Result<base::Json> seen_json(const storage::View& view, const Caller& caller, const SeenVisit& seen,
                                   bool with_papers, base::Instant now) {
  SEGELL_TRY(const std::string label, text_field(seen.device.details, "label"));
  base::Json json = visit_outline(seen.record);
  json.set("deviceLabel", label);
  json.set("state", word_of(seen, now));
  json.set("requests", static_cast<std::uint64_t>(seen.visible.size()));
  if (!with_papers) return json;
  base::Json papers = base::Json::array();
  for (const storage::RequestRecord& request : seen.visible) {
    SEGELL_TRY(auto paper, visit_paper_json(view, caller, seen, request, now));
    papers.push(std::move(paper));
  }
  json.set("papers", std::move(papers));
  return json;
}

/// One part of the caller's visits; `shown` gets whose names stand in it.
base::Result<base::Json> list_part(const storage::View& view, const Caller& caller, const VisitQuery& query,
                                   std::optional<std::uint64_t> next, base::Instant now,
                                   std::set<base::PersonId>& shown) {
  base::Json::Array list;
  bool over = false;
  for (std::size_t looked = 0; !over && looked < kMostVisitsLooked && list.size() < query.page.limit;
       looked += Page::kMost) {
    SEGELL_TRY(auto visits, view.visits().list(next, Page::kMost));
    over = visits.size() < Page::kMost;
    for (storage::VisitRecord& visit : visits) {
      if (list.size() == query.page.limit) {
        over = false;
        break;
      }
      next = visit.log_index;
      SEGELL_TRY(const bool visible, is_visible(view, caller, {.visit = visit.id}));
      if (!visible) continue;
      SEGELL_TRY(const SeenVisit seen, see_visit(view, caller, std::move(visit)));
      SEGELL_TRY(auto json, seen_json(view, caller, seen, query.with_papers, now));
      list.push_back(std::move(json));
      for (const storage::RequestRecord& request : seen.visible) shown.insert(request.person);
    }
  }
  base::Json body = base::Json::object({{"visits", std::move(list)}});
  body.set("next", over ? base::Json() : next_json(next));
  return body;
}

}  // namespace

base::Result<base::Json> list_visits(Service& service, const Caller& caller, const VisitQuery& query) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::requests_write));
  SEGELL_TRY(const auto next, index_cursor(query.page));
  const EventHead head{state.clock.now(), caller.actor, caller.role};
  std::set<base::PersonId> shown;
  if (!query.with_papers) {
    return state.store.read(caller.tenant, [&](const storage::View& view) {
      return list_part(view, caller, query, next, head.time, shown);
    });
  }
  return state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
    shown.clear();
    SEGELL_TRY(auto body, list_part(transaction, caller, query, next, head.time, shown));
    for (const base::PersonId& person : shown)
      SEGELL_CHECK(transaction.append_event(encode(head, RequestsListed{person}), person));
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
      json.set("state", nonce_word(standing, device, now));
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
