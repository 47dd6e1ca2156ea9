#include "app/evaluate.h"
#include "app/notices.h"
#include "app/persons.h"
#include "app/requests.h"
#include "app/told_decision.h"
#include "http/decode.h"
#include "http/route.h"

namespace segell::http::endpoints {
namespace {

void read_basis(Fields& fields, app::BasisInput& to) {
  fields.required("kind", to.kind);
  fields.required("article6", to.article6);
  fields.optional("article9", to.article9);
  fields.optional("law", to.law);
  fields.required("opposable", to.opposable);
}

void read_notice(Fields& fields, app::NoticeInput& to) {
  fields.required("key", to.key);
  fields.required("version", to.version);
}

void read_item(Fields& fields, app::NewRequestItem& to) {
  fields.required("purpose", to.purpose);
  fields.required("category", to.category);
  fields.required("recipient", to.recipient);
  fields.required("basis", to.basis, read_basis);
  fields.required("notice", to.notice, read_notice);
  fields.required("validUntil", to.valid_until);
  fields.required("text", to.text);
  fields.required("consequenceIfRefused", to.consequence_if_refused);
}

}  // namespace

base::Result<Response> create_person(const Call& call) {
  app::NewPerson person;
  Fields fields(call.json);
  fields.required("name", person.name);
  fields.optional("identifier", person.identifier, [](Fields& inner, app::NewPerson::Identifier& to) {
    inner.required("type", to.type);
    inner.required("value", to.value);
  });
  fields.optional("language", person.language);
  fields.optional("address", person.address);
  fields.optional("birthDate", person.birth_date);
  fields.optional("birthDateSeen", person.birth_date_seen);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::create_person(call.service, call.caller, person, call.repeat));
  return created(reply);
}

base::Result<Response> record_decision(const Call& call) {
  app::NewDecision decision;
  Fields fields(call.json);
  fields.required("kind", decision.kind);
  fields.required("purpose", decision.purpose);
  fields.required("category", decision.category);
  fields.required("recipient", decision.recipient);
  fields.optional("basis", decision.basis, read_basis);
  fields.optional("notice", decision.notice, read_notice);
  fields.optional("validUntil", decision.valid_until);
  fields.required("channel", decision.channel);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply,
             app::record_decision(call.service, call.caller, call.parameters[0], decision, call.repeat));
  return created(reply);
}

base::Result<Response> record_told_decision(const Call& call) {
  app::ToldDecision told;
  Fields fields(call.json);
  fields.required("kind", told.kind);
  fields.required("purpose", told.purpose);
  fields.required("category", told.category);
  fields.required("recipient", told.recipient);
  fields.required("heardBy", told.heard_by);
  fields.required("heardAt", told.heard_at);
  fields.required("channel", told.channel);
  fields.required("language", told.language);
  fields.optional("text", told.text);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply,
             app::record_told_decision(call.service, call.caller, call.parameters[0], told, call.repeat));
  return created(reply);
}

base::Result<Response> erase_person(const Call& call) {
  SEGELL_CHECK(Fields(call.json).finish());
  SEGELL_TRY(const auto reply, app::erase_person(call.service, call.caller, call.parameters[0], call.repeat));
  return created(reply);
}

base::Result<Response> publish_notice(const Call& call) {
  app::NewNotice notice;
  Fields fields(call.json);
  fields.required("key", notice.key);
  fields.required("language", notice.language);
  fields.required("title", notice.title);
  fields.required("text", notice.text);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::publish_notice(call.service, call.caller, notice, call.repeat));
  return created(reply);
}

base::Result<Response> create_signature_request(const Call& call) {
  app::NewSignatureRequest request;
  Fields fields(call.json);
  fields.required("documentId", request.document_id);
  fields.required("personId", request.person_id);
  fields.required("title", request.title);
  fields.required("language", request.language);
  fields.required("capacity", request.capacity);
  fields.required("identityEvidence", request.identity_evidence, [](Fields& inner, auto& to) {
    inner.required("kind", to.kind);
    inner.required("level", to.level);
    inner.optional("detail", to.detail);
  });
  fields.optional("professional", request.professional,
                  [](Fields& inner, auto& to) { inner.required("name", to.name); });
  fields.optional("address", request.address);
  fields.optional("representationId", request.representation_id);
  fields.optional("otherHolder", request.other_holder);
  fields.optional("signer", request.signer);
  fields.optional("after", request.after);
  fields.optional("insteadOf", request.instead_of);
  fields.optional("discreet", request.discreet);
  fields.required_list("items", request.items, read_item);
  fields.required("methods", request.methods);
  fields.optional("meanings", request.meanings);
  fields.required("expiresAt", request.expires_at);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::create_signature_request(call.service, call.caller, request, call.repeat));
  return created(reply);
}

base::Result<Response> describe_signature_request(const Call& call) {
  SEGELL_TRY(const auto body, app::describe_signature_request(call.service, call.caller, call.parameters[0]));
  return json_response(200, body);
}

base::Result<Response> evaluate(const Call& call) {
  SEGELL_TRY(const auto body, app::evaluate(call.service, call.caller, call.json));
  return json_response(200, body);
}

}  // namespace segell::http::endpoints
