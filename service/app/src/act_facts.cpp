#include "act_facts.h"

#include "base/encoding.h"
#include "checks.h"
#include "notes.h"

#include <algorithm>

namespace segell::app {

namespace {

using base::Json;
using signer::ades::FactType;
using signer::ades::Meaning;
using signer::ades::Method;

constexpr std::size_t kMaxReservation = 2000;

template <std::size_t N>
base::Result<std::array<std::byte, N>> parse_digest(const std::string& text) {
  const auto bytes = base::from_hex(text);
  if (!bytes || bytes->size() != N) return invalid("act.bad-digest", "the digests are hexadecimal and complete");
  std::array<std::byte, N> out;
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}

bool needs_picture(Method method) { return method == Method::drawn || method == Method::drawn_with_dynamics; }

base::Result<void> check_parts(const Act& act, Method method) {
  if (act.picture && !needs_picture(method)) {
    return invalid("act.picture-unexpected", "only a person who draws has a picture of their own");
  }
  if (!act.picture && needs_picture(method)) return invalid("act.picture-missing", "a drawn act needs its picture");
  const bool wants_envelope = method == Method::drawn_with_dynamics;
  if (act.envelope && !wants_envelope) {
    return invalid("act.envelope-unexpected", "stroke dynamics were not chosen, so that none may be sent");
  }
  if (!act.envelope && wants_envelope) return invalid("act.envelope-missing", "this method needs a custody envelope");
  const bool wants_diligence = method == Method::witnesses;
  if (act.diligence && !wants_diligence) {
    return invalid("act.diligence-unexpected", "only an act in front of witnesses has a diligence");
  }
  if (!act.diligence && wants_diligence) {
    return invalid("act.diligence-missing", "an act in front of witnesses needs its diligence");
  }
  return base::ok();
}

/// What the signature says: one of what was offered; where nothing was, whatever needs no words of the person.
base::Result<Meaning> check_meaning(const Act& act, const std::vector<std::string>& offered) {
  const auto meaning = signer::ades::parse_meaning(act.meaning);
  if (!meaning) {
    return invalid("act.bad-meaning", "the meaning is agree, agree-with-reservation, informed, received or disagree");
  }
  const bool reserved = *meaning == Meaning::agree_with_reservation;
  const bool known =
      offered.empty() ? !reserved : std::find(offered.begin(), offered.end(), act.meaning) != offered.end();
  if (!known) return invalid("act.meaning-not-offered", "that meaning was not offered for this request");
  if (reserved && !act.reservation) {
    return invalid("act.reservation-missing", "signing with a reservation needs its words");
  }
  if (!reserved && act.reservation) {
    return invalid("act.reservation-unexpected", "only signing with a reservation has words of its own");
  }
  if (reserved && !is_plain_text(*act.reservation, kMaxReservation, /*lines=*/true)) {
    return invalid("act.bad-reservation", "the reservation is plain text of up to 2000 octets");
  }
  return *meaning;
}

/// Coarse facts about the capture, and nothing that could carry a stroke.
base::Result<std::string> read_pointer_type(const std::optional<Json>& capture) {
  if (!capture) return std::string();
  const Json::Object* members = capture->as_object();
  const Json* type = capture->find("pointerType");
  const std::string* word = type == nullptr ? nullptr : type->as_string();
  if (members == nullptr || members->size() != 1 || word == nullptr ||
      (*word != "pen" && *word != "touch" && *word != "mouse")) {
    return invalid("act.bad-capture", "capture holds pointerType: pen, touch or mouse, and nothing else");
  }
  return *word;
}

Json choices_json(const RequestPayload& payload) {
  Json list = Json::array();
  for (std::size_t i = 0; i < payload.items.size(); ++i) {
    const consent::ConsentItem& item = payload.items[i];
    Json line = Json::object();
    line.set("item", item.id.text());
    line.set("text", item.text);
    line.set("purpose", item.scope.purpose);
    line.set("category", item.scope.category);
    line.set("recipient", item.scope.recipient);
    line.set("basis", to_string(item.basis.kind));
    line.set("notice", base::to_hex(item.notice.sha256));
    line.set("validUntil", base::format_rfc3339(item.valid_until));
    line.set("choice", choice_word(payload.choices[i]));
    list.push(std::move(line));
  }
  return list;
}

/// Who the person is, and how that was seen. What a device says replaces what the request expected.
Json identity_json(const RequestPayload& payload, const CapturedEvidence* captured) {
  const bool told = captured != nullptr && !captured->identity.empty();
  Json identity = Json::object({{"kind", told ? captured->identity : payload.identity_kind}});
  if (told && captured->identity != payload.identity_kind) {
    identity.set("expected", payload.identity_kind);
  } else if (!payload.identity_detail.empty()) {
    identity.set("detail", payload.identity_detail);
  }
  return identity;
}

/// The level that the request declared, unless nobody identified the person.
std::int64_t identity_level(const RequestPayload& payload, const CapturedEvidence* captured) {
  return captured != nullptr && captured->identity == "none" ? 0 : payload.identity_level;
}

/// Received is proven; what the device said stands apart, as its claim.
Json times_json(base::Instant received, const CapturedEvidence* captured) {
  Json times = Json::object({{"received", base::format_rfc3339(received)}});
  if (captured == nullptr) return times;
  times.set("notBefore", base::format_rfc3339(captured->not_before));
  times.set("deviceClaimed", captured->times);
  return times;
}

/// Who can open the envelope, and on what ground it was made at all.
Json custody_fact(const TenantSettings& settings) {
  Json list = Json::array();
  for (const CustodyRecipient& recipient : settings.custody) {
    list.push(base::to_hex(recipient.certificate.fingerprint()));
  }
  return Json::object({{"certificates", std::move(list)},
                       {"assessment", settings.dynamics.assessment},
                       {"approval", settings.dynamics.approval}});
}

/// Who acted in the place of somebody: witnesses or an official in that of whoever signs, and a representative in that
/// of the person. Null where the person signed.
Json representation_fact(const CheckedAct& act, const VisitState& visit, const ActOrigin& origin) {
  Json fact;
  if (act.diligence) fact = diligence_fact(*act.diligence);
  if (origin.official != nullptr) fact = official_fact(*origin.official);
  if (!visit.signer) return fact;
  if (fact.is_null()) fact = Json::object({{"by", "representative"}});
  fact.set("actingFor", acting_fact(visit.payload, *visit.signer));
  return fact;
}

}  // namespace

base::Result<CheckedAct> check_act(const Act& act, const VisitState& visit, const TenantSettings& settings,
                                   ActedBy by) {
  CheckedAct checked;
  SEGELL_TRY(checked.shown_sha256, parse_digest<32>(act.shown_sha256));
  SEGELL_TRY(checked.shown_sha512, parse_digest<64>(act.shown_sha512));
  checked.shown_length = act.shown_length;
  const auto method = signer::ades::parse_method(act.method);
  const auto& offered = visit.payload.methods;
  if (!method || std::find(offered.begin(), offered.end(), act.method) == offered.end()) {
    return invalid("act.method-not-offered", "that method was not offered for this request");
  }
  checked.method = *method;
  if (checked.method == Method::official && by != ActedBy::official) {
    return invalid("act.official-session", "an official signs in a session of their own",
                   "the person consents with POST /api/v1/visit/on-behalf; then the official signs");
  }
  if (checked.method != Method::official && by == ActedBy::official) {
    return invalid("act.method-not-offered", "only the method official is somebody else's to perform");
  }
  SEGELL_TRY(checked.meaning, check_meaning(act, visit.payload.meanings));
  checked.reservation = act.reservation.value_or("");
  SEGELL_CHECK(check_parts(act, checked.method));
  if (act.picture) {
    SEGELL_TRY(checked.picture,
               signer::ink::Picture::parse_zlib(act.picture->width, act.picture->height, act.picture->zlib));
  }
  if (act.diligence) {
    SEGELL_TRY(checked.diligence, check_diligence(*act.diligence, visit));
    SEGELL_TRY(checked.picture, witnesses_ink(*checked.diligence));
  }
  if (act.envelope) {
    SEGELL_TRY(const EnvelopeFacts facts, parse_envelope(*act.envelope));
    SEGELL_CHECK(check_recipients(facts, settings.custody));
    checked.envelope = *act.envelope;
  }
  SEGELL_TRY(checked.pointer_type, read_pointer_type(act.capture));
  if (act.notes) SEGELL_CHECK(check_notes(*act.notes));
  checked.notes = act.notes;
  return checked;
}

base::Result<std::vector<signer::ades::Fact>> make_act_facts(const CheckedAct& act, const VisitState& visit,
                                                             const TenantSettings& settings, base::Instant received,
                                                             const ActOrigin& origin) {
  const CapturedEvidence* captured = origin.captured;
  const RequestPayload& payload = visit.payload;
  std::vector<std::pair<FactType, Json>> values;
  values.emplace_back(FactType::identity_evidence, identity_json(payload, captured));
  values.emplace_back(FactType::evidence_level, Json(identity_level(payload, captured)));
  values.emplace_back(FactType::signer_name, Json(visit.signer ? visit.signer->name : visit.person_name));
  values.emplace_back(FactType::capacity, Json(payload.capacity));
  values.emplace_back(FactType::times, times_json(received, captured));
  values.emplace_back(FactType::choices, choices_json(payload));
  if (!act.reservation.empty()) values.emplace_back(FactType::reservation, Json(act.reservation));
  if (!act.pointer_type.empty()) {
    values.emplace_back(FactType::capture_quality, Json::object({{"pointerType", act.pointer_type}}));
  }
  if (!act.envelope.empty()) {
    values.emplace_back(FactType::custody_envelope, Json(base::to_hex(base::sha256(act.envelope))));
    values.emplace_back(FactType::custody_recipients, custody_fact(settings));
  }
  if (captured != nullptr) {
    values.emplace_back(FactType::device, captured->device);
  }
  if (Json fact = representation_fact(act, visit, origin); !fact.is_null()) {
    values.emplace_back(FactType::representation, std::move(fact));
  }
  if (act.notes) {
    values.emplace_back(FactType::question_and_answer, questions_fact(*act.notes));
    values.emplace_back(FactType::support, support_fact(*act.notes));
  }
  return signer::ades::make_facts(std::move(values));
}

}  // namespace segell::app
