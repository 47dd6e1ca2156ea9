#include "request_acting.h"

#include "checks.h"
#include "json_fields.h"
#include "protection_kinds.h"
#include "words.h"

#include <algorithm>

namespace segell::app {

namespace {

constexpr std::string_view kForAnother[] = {"parent", "guardian", "curator"};
constexpr std::string_view kOtherHolder[] = {"sole", "declared", "signed"};
constexpr std::string_view kJoint = "joint";

bool asks_for_consent(const RequestPayload& payload) {
  return std::any_of(payload.items.begin(), payload.items.end(), [](const consent::ConsentItem& item) {
    return item.basis.kind == consent::BasisKind::express_consent;
  });
}

std::vector<std::string> purposes_of(const RequestPayload& payload) {
  std::vector<std::string> purposes;
  for (const consent::ConsentItem& item : payload.items) {
    if (!one_of(purposes, item.scope.purpose)) purposes.push_back(item.scope.purpose);
  }
  return purposes;
}

/// Until 14 nobody consents for themselves. One look-up where nothing is known of the person's age.
base::Result<void> require_old_enough(const storage::View& view, const storage::RequestRecord& request,
                                      const RequestPayload& payload, base::Instant at) {
  if (!asks_for_consent(payload)) return base::ok();
  SEGELL_TRY(const auto standing, view.persons().standing(request.person));
  if (!standing.has_capacity_facts) return base::ok();
  SEGELL_TRY(const auto person, view.persons().get(request.person));
  SEGELL_TRY(const auto age, age_band(person.profile, at));
  if (age != consent::AgeBand::under_14) return base::ok();
  return base::fail(base::Code::conflict, "request.under-14",
                    "until 14 whoever represents the person consents for them",
                    "ask a parent or guardian: capacity and representationId");
}

bool signs_for_another(std::string_view capacity) noexcept { return one_of(kForAnother, capacity); }

}  // namespace

base::Result<void> check_acting_form(const NewSignatureRequest& request) {
  if (!request.other_holder.empty() && !one_of(kOtherHolder, request.other_holder)) {
    return invalid("request.bad-other-holder", "the other holder's consent is sole, declared or signed");
  }
  if (signs_for_another(request.capacity)) {
    if (!request.representation_id.empty()) return base::ok();
    return invalid("request.representation-needed", "whoever signs for another needs a recorded representation",
                   "record it with POST /api/v1/persons/{id}/representations, and name it as representationId");
  }
  if (request.representation_id.empty() && request.other_holder.empty()) return base::ok();
  return invalid("request.representation-refused", "only a parent, guardian or curator signs for another",
                 "leave out representationId and otherHolder, or choose the capacity");
}

base::Result<std::optional<Acting>> who_signs(const storage::View& view, const storage::RequestRecord& request,
                                              const RequestPayload& payload, base::Instant at) {
  if (payload.representation.empty()) {
    SEGELL_CHECK(require_old_enough(view, request, payload, at));
    return std::optional<Acting>();
  }
  SEGELL_TRY(auto acting, require_acting(view, payload.representation,
                                         {request.person, payload.capacity, purposes_of(payload), at}));
  SEGELL_TRY(const bool confidential, view.protection_flags().covers(request.document, protection_kind::kConfidential));
  if (confidential) {
    return base::fail(base::Code::conflict, "request.confidential-document",
                      "the document is kept from whoever represents the person", "ask the person");
  }
  if (acting.age == consent::AgeBand::from_14 && asks_for_consent(payload)) {
    return base::fail(base::Code::conflict, "request.decides-alone",
                      "from 14 on the person decides about their own data and image",
                      "ask the person for these decisions first; a representative signs the rest");
  }
  return std::optional(std::move(acting));
}

base::Result<void> settle_other_holder(const Acting& acting, RequestPayload& payload) {
  const std::string& holds = acting.representation.holds;
  if (acting.representation.basis != representation_basis::kParental) {
    if (payload.other_holder.empty()) return base::ok();
    return invalid("request.bad-other-holder", "only parental authority has another holder");
  }
  if (holds == kJoint) {
    if (payload.other_holder == "declared" || payload.other_holder == "signed") return base::ok();
    return invalid("request.bad-other-holder", "the register names another holder of parental authority",
                   "say whether their consent is declared or signed");
  }
  if (!payload.other_holder.empty() && payload.other_holder != "sole") {
    return invalid("request.bad-other-holder", "the register names no other holder of parental authority");
  }
  payload.other_holder = "sole";
  return base::ok();
}

base::Result<void> require_may_sign(const storage::View& view, const storage::RequestRecord& request,
                                    const RequestPayload& payload, base::Instant at) {
  const auto acting = who_signs(view, request, payload, at);
  if (acting) return base::ok();
  if (acting.error().code != base::Code::conflict && acting.error().code != base::Code::not_found)
    return base::fail(acting.error());
  // Not why: that a paper is the person's own matter, or who is excluded, is kept from the one who holds the link.
  return base::fail(base::Code::conflict, "representation.not-valid", "whoever was asked may not sign this now",
                    "nothing was signed; ask the professional for a new signature request");
}

base::Result<std::optional<Signer>> signer_for(const storage::View& view, const RequestPayload& payload,
                                               const std::string& person_name) {
  if (payload.representation.empty()) return std::optional<Signer>();
  SEGELL_TRY(auto record, load_representation(view, payload.representation));
  const auto over = [] { return base::fail(base::Code::conflict, "visit.over", "this request is over"); };
  if (!record.representative) return over();
  SEGELL_TRY(const auto person, view.persons().get(*record.representative));
  if (person.erased) return over();
  return std::optional(Signer{std::move(record), text_or_empty(person.profile, "name"), person_name});
}

std::string signer_words(const RequestPayload& payload, const Signer& signer, bool guarded) {
  const Words& words = Words::embedded();
  return words.say(payload.language, guarded ? "signer-guarded" : "signer",
                   {{"signer", signer.name},
                    {"capacity", words.say(payload.language, "capacity-" + payload.capacity)},
                    {"person", signer.represented_name}});
}

base::Json acting_fact(const RequestPayload& payload, const Signer& signer) {
  const storage::RepresentationRecord& record = signer.representation;
  base::Json fact = base::Json::object({{"representation", record.id.text()}, {"basis", record.basis}});
  if (!record.holds.empty()) fact.set("holds", record.holds);
  if (!payload.other_holder.empty()) fact.set("otherHolder", payload.other_holder);
  fact.set("represented", signer.represented_name);
  base::Json evidence = base::Json::object();
  if (const base::Json* given = record.words.find("evidence"); given != nullptr) {
    evidence.set("kind", member_or_null(*given, "kind"));
    if (const base::Json* seen = given->find("seen"); seen != nullptr)
      evidence.set("seenAt", member_or_null(*seen, "at"));
  }
  fact.set("evidence", std::move(evidence));
  return fact;
}

base::Result<base::Json> representative_json(const storage::View& view, const RequestPayload& payload) {
  if (payload.representation.empty()) return base::Json();
  SEGELL_TRY(const auto record, load_representation(view, payload.representation));
  base::Json json = base::Json::object({{"id", base::Json()}, {"name", base::Json()}, {"basis", record.basis}});
  if (!record.representative) return json;
  SEGELL_TRY(const auto person, view.persons().get(*record.representative));
  json.set("id", record.representative->text());
  json.set("name", member_or_null(person.profile, "name"));
  return json;
}

}  // namespace segell::app
