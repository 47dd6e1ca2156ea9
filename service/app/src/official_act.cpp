#include "official_act.h"

#include "act_facts.h"
#include "act_seal.h"
#include "app/act_members.h"
#include "app/officials.h"
#include "base/certificate.h"
#include "base/encoding.h"
#include "base/verifying_key.h"
#include "checks.h"
#include "json_fields.h"
#include "notes.h"
#include "official_events.h"
#include "once.h"
#include "session_parts.h"
#include "visibility.h"
#include "visit_state.h"

namespace segell::app {

namespace {

constexpr std::string_view kToSign = "segell.official-act/1\n";

/// The visit, its consent and what the register says of it, as one snapshot has them.
struct OnBehalfScene {
  VisitState visit;
  OnBehalf consented;
  RegisterEntry entry;
  std::vector<std::string> procedures;
};

base::Result<OnBehalfScene> load_on_behalf(const storage::View& view, const Caller& caller, const RequestId& id,
                                           base::Instant now) {
  SEGELL_CHECK(require_visible(view, caller, {.request = id}, "request.unknown", "signature request"));
  OnBehalfScene scene;
  SEGELL_TRY(scene.visit, open_visit(view, id, now));
  SEGELL_CHECK(require_open(scene.visit, now));
  if (scene.visit.payload.on_behalf.is_null()) {
    return base::fail(base::Code::conflict, "official.no-consent",
                      "the person has not consented to an official signing this for them",
                      "open the visit with them: they say so there");
  }
  SEGELL_TRY(scene.consented, on_behalf_from_json(scene.visit.payload.on_behalf));
  SEGELL_TRY(scene.procedures, procedures_of(scene.visit.payload, scene.visit.document));
  SEGELL_TRY(scene.entry, require_official(view, *caller.account, scene.procedures, now));
  return scene;
}

/// The signature by the certificate that the register binds the official to.
base::Result<void> check_certificate(const OnBehalfScene& scene, const OfficialSignature& given, base::Instant now) {
  const bool any = given.certificate || given.signature;
  if (scene.entry.certificate.empty()) {
    if (!any) return base::ok();
    return invalid("official.certificate-unexpected", "the register binds this official to no certificate");
  }
  if (!given.certificate || !given.signature) {
    return invalid("official.certificate-missing", "the register binds this official to a certificate",
                   "send it with a signature by its key over the text of toSign");
  }
  const auto certificate = base::Certificate::parse_der(*given.certificate);
  if (!certificate || base::to_hex(certificate->fingerprint()) != scene.entry.certificate) {
    return invalid("official.certificate-other", "that is not the certificate that the register names");
  }
  if (now < certificate->not_before() || now > certificate->not_after()) {
    return invalid("official.certificate-over", "the official's certificate is not valid now",
                   "the register needs an entry with the new one");
  }
  const std::string text = text_to_sign(scene.visit.request.id, scene.consented.act);
  const auto key = base::VerifyingKey::of(*certificate);
  if (key && key->verify(base::as_bytes(text), *given.signature)) return base::ok();
  return invalid("official.bad-signature", "the signature is not the certificate's over the text of toSign",
                 "RSASSA-PKCS1-v1_5, or ECDSA P-256 as r and s of 32 octets each, with SHA-256");
}

OfficialEvidence official_evidence(const Caller& caller, const OnBehalfScene& scene, const OfficialSignature& given) {
  OfficialEvidence evidence;
  evidence.account = *caller.account;
  evidence.entry = scene.entry;
  evidence.procedures = scene.procedures;
  evidence.level = caller.level;
  evidence.consented = scene.consented.at;
  if (!given.signature || !given.certificate) return evidence;
  evidence.signature = base::to_base64(*given.signature);
  evidence.certificate = base::to_base64(*given.certificate);
  evidence.text = text_to_sign(scene.visit.request.id, scene.consented.act);
  return evidence;
}

/// What the person consents to is what they are shown, and somebody could do it.
base::Result<void> check_consent(const storage::View& view, const VisitState& visit, const CheckedAct& act,
                                 base::Instant now) {
  SEGELL_CHECK(require_open(visit, now));
  if (!visit.payload.shown) {
    return base::fail(base::Code::conflict, "visit.not-frozen", "the choices come first");
  }
  const ShownRevision& shown = *visit.payload.shown;
  if (act.shown_sha256 != shown.sha256 || act.shown_sha512 != shown.sha512 || act.shown_length != shown.length) {
    return base::fail(base::Code::stale, "act.wrong-digest", "what was shown is not what is stored",
                      "load the document again and show it");
  }
  SEGELL_TRY(const auto procedures, procedures_of(visit.payload, visit.document));
  SEGELL_TRY(const auto officials, officials_for(view, visit.request.person, procedures, now));
  if (!officials.empty()) return base::ok();
  return base::fail(base::Code::conflict, "official.none", "no official can sign for this person now",
                    "choose another way of signing");
}

}  // namespace

base::Json to_json(const OnBehalf& consented) {
  const Act& act = consented.act;
  base::Json json = base::Json::object({{"at", base::format_rfc3339(consented.at)}, {"meaning", act.meaning}});
  json.set("shown", base::Json::object(
                        {{"sha256", act.shown_sha256}, {"sha512", act.shown_sha512}, {"length", act.shown_length}}));
  if (act.reservation) json.set("reservation", *act.reservation);
  if (act.notes) json.set("notes", to_json(*act.notes));
  return json;
}

base::Result<OnBehalf> on_behalf_from_json(const base::Json& json) {
  OnBehalf consented;
  std::string at;
  ActMembers members;
  members.method = "official";
  base::Fields fields(json, "onBehalf");
  fields.required("at", at);
  read_act_members(fields, members);
  std::optional<Notes> notes;
  fields.optional("notes", notes, read_notes);
  const auto time = base::parse_rfc3339(at);
  if (!fields.finish() || !time) return damaged("onBehalf");
  members.method = "official";
  SEGELL_TRY(consented.act, to_act(std::move(members)));
  consented.act.notes = std::move(notes);
  consented.at = *time;
  return consented;
}

std::string text_to_sign(const RequestId& request, const Act& act) {
  return std::string(kToSign) + request.text() + "\n" + act.shown_sha256 + "\n" + act.meaning + "\n";
}

base::Json official_fact(const OfficialEvidence& official) {
  const RegisterEntry& entry = official.entry;
  base::Json fact = base::Json::object({{"by", "official"}, {"name", entry.name}});
  fact.set("account", official.account.text());
  fact.set("level", official.level);
  fact.set("consented", base::format_rfc3339(official.consented));
  base::Json in_register = base::Json::object({{"id", entry.record.id.text()}, {"resolution", entry.resolution}});
  in_register.set("since", base::format_rfc3339(entry.record.since));
  in_register.set("until", base::format_rfc3339(entry.record.until));
  if (!entry.certificate.empty()) in_register.set("certificate", entry.certificate);
  fact.set("register", std::move(in_register));
  if (!official.signature.empty()) {
    fact.set("signed",
             base::Json::object(
                 {{"certificate", official.certificate}, {"signature", official.signature}, {"text", official.text}}));
  }
  return fact;
}

base::Result<Reply> consent_on_behalf(Service& service, const VisitCaller& caller, const OnBehalfConsent& consent,
                                      const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  if (!consent.consent) {
    return invalid("act.consent-missing", "an official signs only for who says so expressly");
  }
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.request.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const EventHead head{state.clock.now(), visit_actor(caller)};
  SEGELL_TRY(
      auto body, state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
        SEGELL_TRY(auto visit, open_visit(transaction, caller.request, head.time));
        SEGELL_TRY(const CheckedAct act, check_act(consent.act, visit, tenant->settings, ActedBy::official));
        SEGELL_CHECK(check_consent(transaction, visit, act, head.time));
        const OnBehalfConsented event{visit.request.person, visit.request.document, caller.request, act.shown_sha256,
                                      std::string(to_string(act.meaning))};
        SEGELL_CHECK(transaction.append_event(encode(head, event), visit.request.person));
        visit.payload.on_behalf = to_json(OnBehalf{consent.act, head.time});
        visit.request.payload = to_json(visit.payload);
        SEGELL_CHECK(transaction.requests().update(visit.request, visit.request.state));
        base::Json answer = base::Json::object({{"request", base::Json::object({{"state", visit.request.state}})}});
        SEGELL_CHECK(once.record(transaction, answer));
        return answer;
      }));
  return Reply{std::move(body)};
}

base::Result<Reply> sign_on_behalf(Service& service, const Caller& caller, std::string_view request,
                                   const OfficialSignature& signature, const Idempotency& idempotency) {
  Service::State& state = service.state();
  SEGELL_CHECK(require(caller, Right::requests_write));
  SEGELL_TRY(const auto id, parse_or_unknown<RequestId>(request, "request.unknown", "signature request"));
  // An official signs in a session of their own: for a token there is nothing here.
  if (!caller.account) return base::fail(base::Code::not_found, "http.not-found", "nothing is here for this caller");
  SEGELL_TRY(const auto once, Once::begin(state, caller.tenant, caller.actor.text(), idempotency));
  if (once.earlier()) return *once.earlier();
  const base::Instant now = state.clock.now();
  SEGELL_TRY(const auto scene, state.store.read(caller.tenant, [&](const storage::View& view) {
    return load_on_behalf(view, caller, id, now);
  }));
  if (caller.level == level::kLow) {
    return base::fail(base::Code::forbidden, "official.second-factor",
                      "an official signs in a session that was opened with a second factor",
                      "set up a second factor, and log in with it");
  }
  SEGELL_CHECK(check_certificate(scene, signature, now));
  const OfficialEvidence evidence = official_evidence(caller, scene, signature);
  SEGELL_TRY(auto body, seal_act(state, {caller.tenant, id}, scene.consented.act, {.official = &evidence},
                                 [&](storage::Transaction& transaction, const base::Json& answer) {
                                   return once.record(transaction, answer);
                                 }));
  return Reply{std::move(body)};
}

}  // namespace segell::app
