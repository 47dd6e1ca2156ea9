#include "app/visits.h"

#include "base/encoding.h"
#include "base/random.h"
#include "checks.h"
#include "consent_facts.h"
#include "device_state.h"
#include "freeze.h"
#include "once.h"
#include "slip_issue.h"
#include "tokens.h"
#include "visit_capability.h"
#include "visit_events.h"
#include "visit_outline.h"
#include "visit_state.h"

#include <algorithm>

namespace segell::app {

namespace {

constexpr std::string_view kPackageSchema = "segell.visit-package/1";
constexpr std::uint32_t kMostPackages = 5;
constexpr std::size_t kNonceOctets = 32;

/// What is drawn for one request before the transaction, which may run more than once.
struct PackedRequest {
  RequestId request;
  base::Bytes nonce = base::random_bytes(kNonceOctets);
  SlipDraft slip{};
};

/// The visit as its caller may pack it.
base::Result<storage::VisitRecord> visit_to_pack(const storage::View& view, const Caller& caller,
                                                 const storage::VisitId& id, base::Instant now) {
  SEGELL_CHECK(require_visible(view, caller, {.visit = id}, "visit.unknown", "visit"));
  auto visit = view.visits().get(id);
  if (!visit && visit.error().code == base::Code::not_found) {
    return base::fail(base::Code::not_found, "visit.unknown", "no such visit");
  }
  if (!visit) return base::fail(std::move(visit).error());
  SEGELL_TRY(const auto device, view.devices().get(visit->device));
  if (device.state != device_state::kActive) return device_revoked(base::Code::conflict);
  if (is_withdrawn(*visit)) {
    return base::fail(base::Code::conflict, "visit.withdrawn", "this visit was taken back", "prepare another one");
  }
  if (visit->expires <= now) {
    return base::fail(base::Code::expired, "visit.expired", "this visit is over", "prepare another one");
  }
  if (visit->packages >= kMostPackages) {
    return base::fail(base::Code::conflict, "visit.too-many-packages", "a visit is packed up to five times",
                      "prepare another one");
  }
  for (const RequestId& request : visit->requests) {
    SEGELL_CHECK(require_visible(view, caller, {.request = request}, "request.unknown", "signature request"));
  }
  return visit;
}

/// A document on which nothing is chosen is frozen before it is packed: a device that has no network cannot ask for it.
base::Result<void> freeze_what_has_no_choice(Service::State& state, const base::TenantId& tenant,
                                             const storage::VisitRecord& visit, base::Instant now) {
  for (const RequestId& request : visit.requests) {
    SEGELL_TRY(const VisitState standing,
               state.store.read(tenant, [&](const storage::View& view) { return load_visit(view, request); }));
    if (standing.payload.shown || waits_for_choices(standing)) continue;
    SEGELL_CHECK(freeze_choices(state, {tenant, request}, {}, {}, now));
  }
  return base::ok();
}

/// Everything that the transaction of a package needs.
struct Packing {
  const Caller& caller;
  const Tenant& tenant;
  const storage::VisitRecord& visit;
  const std::string& public_url;
  std::string capability;
  std::vector<PackedRequest> requests;
  EventHead head;
};

/// A name for whoever signs that means nothing outside this package: two people may bear one name.
std::string name_in_package(std::vector<base::PersonId>& people, const base::PersonId& person) {
  auto found = std::find(people.begin(), people.end(), person);
  if (found == people.end()) found = people.insert(people.end(), person);
  return "p" + std::to_string(found - people.begin() + 1);
}

base::Result<base::Json> pack_request(storage::Transaction& transaction, const Packing& packing,
                                      const PackedRequest& packed, std::vector<base::PersonId>& people) {
  const storage::VisitRecord& visit = packing.visit;
  SEGELL_TRY(VisitState state, open_visit(transaction, packed.request, packing.head.time));
  SEGELL_CHECK(require_open(state, packing.head.time));
  const base::Instant expires = std::min(visit.expires, state.request.expires);
  const base::PersonId& person = state.request.person;
  SEGELL_CHECK(
      transaction.visits().add_nonce({packed.nonce, visit.id, packed.request, person, packing.head.time, expires}));
  const CarriedRequest carried{person, state.request.document, packed.request, visit.device, visit.id};
  SEGELL_CHECK(transaction.append_event(
      encode(packing.head, PackageIssued{carried, base::sha256(packed.nonce), expires}), person));
  SEGELL_CHECK(mark_presented(transaction, state));
  SEGELL_TRY(base::Json json, visit_request_json(transaction, state, packing.tenant.settings, {}));
  json.set("person", name_in_package(people, state.signer ? *state.signer->representation.representative : person));
  json.set("nonce", base::to_base64url(packed.nonce));
  json.set("nonceExpiresAt", base::format_rfc3339(expires));
  json.set("slip", base::Json::object({{"code", packed.slip.code.shown()},
                                       {"link", slip_link(packing.public_url, packed.slip.code)}}));
  SEGELL_TRY(const bool guarded, is_protected(transaction, person, packing.head.time));
  json.set("discreet", state.payload.discreet || guarded);
  return json;
}

base::Result<base::Json> pack(storage::Transaction& transaction, const Packing& packing) {
  const base::Instant end = capability_end(packing.visit.expires);
  base::Json requests = base::Json::array();
  SlipsIssued slips{{}, {}, {}, end};
  std::vector<base::PersonId> people;
  for (const PackedRequest& packed : packing.requests) {
    SEGELL_TRY(base::Json json, pack_request(transaction, packing, packed, people));
    requests.push(std::move(json));
    storage::SlipRecord slip;
    slip.id = packed.slip.id;
    slip.state = slip_state::kFree;
    slip.created = packing.head.time;
    slip.expires = end;
    SEGELL_CHECK(transaction.slips().add(slip, slip_code_digest(packed.slip.code)));
    slips.slips.push_back(slip.id);
  }
  SEGELL_CHECK(transaction.append_event(encode(EventHead{packing.head.time, packing.head.actor}, slips)));
  SEGELL_CHECK(transaction.visits().add_package(packing.visit.id, bearer_digest(packing.capability), end));
  base::Json visit = base::Json::object({{"id", packing.visit.id.text()}, {"device", packing.visit.device.text()}});
  visit.set("issuedAt", base::format_rfc3339(packing.head.time));
  visit.set("expiresAt", base::format_rfc3339(packing.visit.expires));
  visit.set("organisation", packing.tenant.settings.organisation);
  base::Json package = base::Json::object({{"schema", kPackageSchema}, {"visit", std::move(visit)}});
  package.set("capability", packing.capability);
  package.set("requests", std::move(requests));
  return package;
}

}  // namespace

base::Result<Reply> issue_package(Service& service, const Caller& caller, std::string_view visit,
                                  const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::requests_write));
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  SEGELL_TRY(const auto id, parse_or_unknown<storage::VisitId>(visit, "visit.unknown", "visit"));
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const base::Instant now = state.clock.now();
  SEGELL_TRY(const auto record, state.store.read(caller.tenant, [&](const storage::View& view) {
    return visit_to_pack(view, caller, id, now);
  }));
  SEGELL_CHECK(freeze_what_has_no_choice(state, caller.tenant, record, now));
  Packing packing{caller,
                  *tenant,
                  record,
                  state.settings.public_url,
                  make_bearer(kPackagePrefix),
                  {},
                  EventHead{now, caller.actor, caller.role}};
  for (const RequestId& request : record.requests) packing.requests.push_back({request});
  SEGELL_TRY(auto body,
             state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
               SEGELL_CHECK(visit_to_pack(transaction, caller, id, now));
               SEGELL_TRY(base::Json package, pack(transaction, packing));
               SEGELL_CHECK(once.record(transaction, package));
               return package;
             }));
  return Reply{std::move(body)};
}

}  // namespace segell::app
