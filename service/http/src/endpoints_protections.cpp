#include "app/protections.h"
#include "http/decode.h"
#include "http/paging.h"
#include "http/route.h"

namespace segell::http::endpoints {

base::Result<Response> set_protection(const Call& call) {
  app::NewProtection wanted;
  Fields fields(call.json);
  fields.required("kind", wanted.kind);
  fields.required("reason", wanted.reason);
  fields.optional("login", wanted.login);
  fields.optional("identifier", wanted.identifier, [](Fields& inner, app::NewPerson::Identifier& to) {
    inner.required("type", to.type);
    inner.required("value", to.value);
  });
  fields.optional("personId", wanted.person);
  fields.optional("address", wanted.address);
  fields.optional("document", wanted.document);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::set_protection(call.service, call.caller, call.parameters[0], wanted, call.repeat));
  return created(reply);
}

base::Result<Response> list_protections(const Call& call) {
  SEGELL_TRY(const auto page, read_page(call.request.head.query));
  SEGELL_TRY(const auto body, app::list_protections(call.service, call.caller, page));
  return json_response(200, body);
}

base::Result<Response> remove_protection(const Call& call) {
  std::string reason;
  Fields fields(call.json);
  fields.required("reason", reason);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply,
             app::remove_protection(call.service, call.caller, call.parameters[0], reason, call.repeat));
  return created(reply);
}

}  // namespace segell::http::endpoints
