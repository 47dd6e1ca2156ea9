#include "app/visit_package.h"

#include "app/templates.h"
#include "base/encoding.h"
#include "base/verifying_key.h"
#include "captured_act.h"
#include "captured_acts_job.h"
#include "checks.h"
#include "consent_facts.h"
#include "device_state.h"
#include "signer/ades/verification_code.h"
#include "tokens.h"
#include "visit_acts.h"
#include "visit_capability.h"
#include "visit_events.h"
#include "visit_state.h"

#include <algorithm>

namespace segell::app {

namespace {

/// How many refused uploads of one visit are events: nobody fills the log with them.
constexpr std::uint32_t kMostRefusals = 100;

struct Carried {
  storage::VisitRecord visit;
  storage::DeviceRecord device;
};

base::Result<Carried> load_carried(const storage::View& view, const storage::VisitId& id) {
  Carried carried;
  SEGELL_TRY(carried.visit, view.visits().get(id));
  SEGELL_TRY(carried.device, view.devices().get(carried.visit.device));
  return carried;
}

/// Says in the log that something was refused, and why; gives the failure back.
base::Failure note_refusal(Service::State& state, const PackageCaller& caller, base::Failure refusal) {
  const base::Instant now = state.clock.now();
  const auto noted = state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<void> {
    SEGELL_TRY(const auto visit, transaction.visits().get(caller.visit));
    if (visit.refusals >= kMostRefusals) return base::ok();
    SEGELL_CHECK(transaction.visits().count_refusal(caller.visit));
    const ActRefused event{visit.device, caller.visit, std::string(refusal.error.reason)};
    SEGELL_CHECK(transaction.append_event(encode(EventHead{now, device_actor(visit.device)}, event)));
    return base::ok();
  });
  if (!noted) return base::fail(noted.error());  // what the log does not take was not answered either
  return refusal;
}

/// The visit, as long as its device is in use.
base::Result<Carried> require_device(Service::State& state, const PackageCaller& caller) {
  SEGELL_TRY(Carried carried, state.store.read(caller.tenant, [&](const storage::View& view) {
    return load_carried(view, caller.visit);
  }));
  if (carried.device.state == device_state::kActive) return carried;
  return note_refusal(state, caller, device_revoked(base::Code::forbidden));
}

/// Whether the person of the request has excluded whoever prepared the visit since.
base::Result<bool> is_cut_off(const storage::View& view, const storage::VisitRecord& visit, const RequestId& id) {
  const base::Json* author = visit.details.find(kMadeBy);
  if (author == nullptr || author->as_string() == nullptr) return false;
  SEGELL_TRY(const auto actor, ActorId::parse(*author->as_string()));
  SEGELL_TRY(const auto request, view.requests().get(id));
  return view.protection_flags().excludes(request.person, same_bits<storage::AccountId>(actor));
}

/// The request of the visit, while its papers may be read.
base::Result<VisitCaller> request_of_package(Service::State& state, const PackageCaller& caller,
                                             std::string_view request) {
  SEGELL_TRY(const Carried carried, require_device(state, caller));
  SEGELL_TRY(const auto id, parse_or_unknown<RequestId>(request, "request.unknown", "signature request"));
  const auto& requests = carried.visit.requests;
  if (std::find(requests.begin(), requests.end(), id) == requests.end()) {
    return base::fail(base::Code::not_found, "request.unknown", "no such signature request");
  }
  if (carried.visit.expires <= state.clock.now()) {
    return base::fail(base::Code::expired, "visit.expired", "this visit is over", "ask for another one");
  }
  SEGELL_TRY(const bool cut, state.store.read(caller.tenant, [&](const storage::View& view) {
    return is_cut_off(view, carried.visit, id);
  }));
  if (cut) return base::fail(base::Code::not_found, "request.unknown", "no such signature request");
  return VisitCaller{caller.tenant, id};
}

/// An act whose device and nonce are what they should be.
struct Upload {
  CapturedAct act;
  std::string canonical;
  base::Sha256 digest{};
  const base::Json& json;
  std::string signature;
};

base::Result<void> check_signature(const Carried& carried, const Upload& upload) {
  SEGELL_TRY(const auto key, base::VerifyingKey::p256_spki(carried.device.key));
  const auto signature = base::from_base64url(upload.signature);
  if (signature && key.verify(base::as_bytes(upload.canonical), *signature)) return base::ok();
  return invalid("act.bad-signature", "the signature is not this device's over the act in its RFC 8785 form",
                 "sign the canonical form, as r and s of 32 octets each, in base64url");
}

base::Json received_json(const storage::CapturedActRecord& act) {
  base::Json json = base::Json::object({{"request", act.request.text()}, {"nonce", base::to_base64url(act.nonce)}});
  json.set("state", captured_state::kReceived);
  json.set("receivedAt", base::format_rfc3339(act.received));
  return base::Json::object({{"act", std::move(json)}});
}

/// The answer that was given before, if this is the same act again.
base::Result<std::optional<Reply>> earlier_receipt(const storage::View& view, const Upload& upload) {
  SEGELL_TRY(const auto earlier, view.visits().act(upload.act.nonce));
  if (!earlier) return std::optional<Reply>();
  if (earlier->digest != upload.digest) {
    return base::fail(base::Code::invalid_argument, "idempotency.other-body", "that nonce was used for another act",
                      "a nonce is good for one act");
  }
  return std::optional(Reply{received_json(*earlier), true});
}

base::Result<Reply> store_act(storage::Transaction& transaction, const Carried& carried, const Upload& upload,
                              base::Instant now) {
  SEGELL_TRY(auto earlier, earlier_receipt(transaction, upload));
  if (earlier) return *std::move(earlier);
  const CapturedAct& act = upload.act;
  auto nonce = transaction.visits().nonce(act.nonce);
  const bool unknown = !nonce && nonce.error().code == base::Code::not_found;
  if (!nonce && !unknown) return base::fail(std::move(nonce).error());
  if (unknown || nonce->visit != carried.visit.id || nonce->request != act.request) {
    return base::fail(base::Code::not_found, "nonce.unknown",
                      "no package of this visit has that nonce for that request");
  }
  SEGELL_TRY(const bool used, transaction.visits().counter_used(carried.device.id, act.counter));
  if (used) {
    return base::fail(base::Code::conflict, "act.counter-used", "the device counted another act so already",
                      "a device counts each of its acts once, whatever the visit");
  }
  SEGELL_TRY(const bool there, transaction.persons().is_there(nonce->person));
  if (!there) return base::fail(base::Code::conflict, "visit.over", "this request is over");
  SEGELL_TRY(const auto request, transaction.requests().standing(act.request));
  storage::CapturedActRecord record;
  record.nonce = act.nonce;
  record.visit = carried.visit.id;
  record.request = act.request;
  record.person = nonce->person;
  record.device = carried.device.id;
  record.counter = act.counter;
  record.digest = upload.digest;
  record.answer = act.answer;
  record.state = captured_state::kReceived;
  record.received = now;
  record.content = base::Json::object({{"act", upload.json}, {"signature", upload.signature}});
  const ActReceived event{{record.person, request.document, record.request, record.device, record.visit},
                          act.answer,
                          base::sha256(act.nonce),
                          act.counter,
                          record.digest};
  SEGELL_CHECK(transaction.append_event(encode(EventHead{now, device_actor(record.device)}, event), record.person));
  SEGELL_CHECK(transaction.visits().add_act(record));
  if (nonce->expires <= now) {
    SEGELL_CHECK(set_act_aside(transaction, record, "nonce.expired", now));
  } else {
    SEGELL_CHECK(transaction.jobs().add(captured_act_job(act.nonce, now)));
  }
  return Reply{received_json(record)};
}

/// The refusals that the log knows.
bool is_noted(std::string_view reason) {
  return reason == "act.bad-signature" || reason == "act.other-visit" || reason == "nonce.unknown" ||
         reason == "act.counter-used";
}

base::Result<Reply> receive(Service::State& state, const PackageCaller& caller, const Carried& carried,
                            const Upload& upload) {
  SEGELL_CHECK(check_signature(carried, upload));
  if (upload.act.visit != caller.visit || upload.act.device != carried.device.id) {
    return invalid("act.other-visit", "the act is of another visit or another device than this package");
  }
  const base::Instant now = state.clock.now();
  return state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<Reply> {
    SEGELL_TRY(const Carried still, load_carried(transaction, caller.visit));
    if (still.device.state != device_state::kActive) return device_revoked(base::Code::forbidden);
    return store_act(transaction, carried, upload, now);
  });
}

}  // namespace

base::Result<PackageCaller> authenticate_package(Service& service, std::string_view capability) {
  Service::State& state = service.state();
  if (!is_bearer(capability, kPackagePrefix)) return invalid_token();
  const auto place = state.store.find_package(bearer_digest(capability));
  if (!place && place.error().code == base::Code::not_found) return invalid_token();
  if (!place) return base::fail(place.error());
  SEGELL_CHECK(state.tenant(place->tenant));
  if (place->expires <= state.clock.now()) {
    return base::fail(base::Code::expired, "visit.expired", "this visit is over", "ask for another one");
  }
  return PackageCaller{place->tenant, place->visit};
}

base::Result<Content> read_package_paper(Service& service, const PackageCaller& caller, std::string_view request) {
  SEGELL_TRY(const VisitCaller visit, request_of_package(service.state(), caller, request));
  auto paper = read_paper(service, visit);
  if (paper || paper.error().reason != "visit.no-paper") return paper;
  return read_frozen(service, visit);
}

base::Result<Content> read_package_reading_view(Service& service, const PackageCaller& caller,
                                                std::string_view request) {
  SEGELL_TRY(const VisitCaller visit, request_of_package(service.state(), caller, request));
  return read_visit_reading_view(service, visit);
}

base::Result<Reply> receive_act(Service& service, const PackageCaller& caller, const base::Json& act,
                                std::string_view signature, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_TRY(const Carried carried, require_device(state, caller));
  SEGELL_TRY(CapturedAct captured, parse_captured_act(act));
  if (idempotency.key != base::to_base64url(captured.nonce)) {
    return invalid("act.key-is-no-nonce", "the idempotency key of a captured act is its nonce");
  }
  Upload upload{std::move(captured), {}, {}, act, std::string(signature)};
  SEGELL_TRY(upload.canonical, base::write_canonical_json(act));
  upload.digest = base::sha256(base::as_bytes(upload.canonical));
  auto reply = receive(state, caller, carried, upload);
  if (!reply) {
    const bool revoked = reply.error().reason == "device.revoked";
    if (!revoked && !is_noted(reply.error().reason)) return base::fail(std::move(reply).error());
    return note_refusal(state, caller, base::fail(std::move(reply).error()));
  }
  if (!reply->replayed) state.hurry();
  return reply;
}

base::Result<base::Json> describe_package(Service& service, const PackageCaller& caller) {
  Service::State& state = service.state();
  SEGELL_TRY(const Carried carried, require_device(state, caller));
  return state.store.read(caller.tenant, [&](const storage::View& view) -> base::Result<base::Json> {
    SEGELL_TRY(const auto standings, standings_of(view, carried.visit));
    base::Json acts = base::Json::array();
    for (const NonceStanding& standing : standings) {
      base::Json json = standing_json(standing);
      if (standing.act && standing.act->state == captured_state::kSealed) {
        SEGELL_TRY(const auto request, view.requests().standing(standing.nonce.request));
        SEGELL_TRY(const auto document, view.documents().get(request.document));
        const auto code = signer::ades::VerificationCode::parse(document.verification_code);
        if (code) json.set("verificationCode", code->shown());
      }
      acts.push(std::move(json));
    }
    base::Json visit = base::Json::object({{"id", carried.visit.id.text()}, {"device", carried.device.id.text()}});
    visit.set("expiresAt", base::format_rfc3339(carried.visit.expires));
    return base::Json::object({{"visit", std::move(visit)}, {"acts", std::move(acts)}});
  });
}

}  // namespace segell::app
