#include "app/persons.h"
#include "app/representations.h"
#include "app/reviews.h"
#include "http/decode.h"
#include "http/paging.h"
#include "http/route.h"

namespace segell::http::endpoints {

base::Result<Response> set_birth_date(const Call& call) {
  app::NewBirthDate wanted;
  Fields fields(call.json);
  fields.required("birthDate", wanted.date);
  fields.required("seen", wanted.seen);
  fields.optional("reason", wanted.reason);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::set_birth_date(call.service, call.caller, call.parameters[0], wanted, call.repeat));
  return done(reply);
}

base::Result<Response> record_representation(const Call& call) {
  app::NewRepresentation wanted;
  Fields fields(call.json);
  fields.required("representativeId", wanted.representative);
  fields.required("basis", wanted.basis);
  fields.optional("holds", wanted.holds);
  fields.required("scope", wanted.scope);
  fields.optional("from", wanted.from);
  fields.optional("until", wanted.until);
  fields.required("evidence", wanted.evidence, [](Fields& inner, app::NewRepresentation::Evidence& to) {
    inner.required("kind", to.kind);
    inner.required("reference", to.reference);
    inner.required("seen", to.seen);
    inner.optional("documentId", to.document);
  });
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply,
             app::record_representation(call.service, call.caller, call.parameters[0], wanted, call.repeat));
  return created(reply);
}

base::Result<Response> list_representations(const Call& call) {
  SEGELL_TRY(const auto body, app::list_representations(call.service, call.caller, call.parameters[0]));
  return json_response(200, body);
}

base::Result<Response> change_representation(const Call& call) {
  app::RepresentationChange change;
  Fields fields(call.json);
  fields.required("state", change.state);
  fields.required("reason", change.reason);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply,
             app::change_representation(call.service, call.caller, call.parameters[0], change, call.repeat));
  return created(reply);
}

base::Result<Response> record_objection(const Call& call) {
  app::NewHolderObjection wanted;
  Fields fields(call.json);
  fields.required("scope", wanted, [](Fields& inner, app::NewHolderObjection& to) {
    inner.optional("purpose", to.purpose);
    inner.optional("category", to.category);
    inner.optional("recipient", to.recipient);
  });
  fields.required("channel", wanted.channel);
  fields.required("receivedAt", wanted.received_at);
  fields.optional("documentId", wanted.document);
  fields.required("reason", wanted.reason);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply,
             app::record_objection(call.service, call.caller, call.parameters[0], wanted, call.repeat));
  return created(reply);
}

base::Result<Response> end_objection(const Call& call) {
  app::HolderObjectionEnd end;
  Fields fields(call.json);
  fields.required("by", end.by);
  fields.required("reason", end.reason);
  fields.optional("documentId", end.document);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::end_objection(call.service, call.caller, call.parameters[0], end, call.repeat));
  return created(reply);
}

base::Result<Response> list_reviews(const Call& call) {
  SEGELL_TRY(const auto page, read_page(call.request.head.query));
  SEGELL_TRY(const auto body, app::list_reviews(call.service, call.caller, page));
  return json_response(200, body);
}

base::Result<Response> answer_review(const Call& call) {
  app::ReviewAnswer given;
  Fields fields(call.json);
  fields.required("text", given.text);
  fields.required("seen", given.seen);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::answer_review(call.service, call.caller, call.parameters[0], given, call.repeat));
  return created(reply);
}

}  // namespace segell::http::endpoints
