#include "app/persons.h"
#include "app/requests.h"
#include "http/decode.h"
#include "http/paging.h"
#include "http/route.h"

namespace segell::http::endpoints {

base::Result<Response> find_persons(const Call& call) {
  app::PersonSearch search;
  Fields fields(call.json);
  fields.optional("name", search.name);
  fields.optional("identifier", search.identifier, [](Fields& inner, app::NewPerson::Identifier& to) {
    inner.required("type", to.type);
    inner.required("value", to.value);
  });
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto body, app::find_persons(call.service, call.caller, search));
  return json_response(200, body);
}

base::Result<Response> list_signature_requests(const Call& call) {
  app::RequestQuery query;
  SEGELL_TRY(query.page, read_page(call.request.head.query, "state", query.state));
  SEGELL_TRY(const auto body, app::list_signature_requests(call.service, call.caller, query));
  return json_response(200, body);
}

base::Result<Response> cancel_signature_request(const Call& call) {
  SEGELL_CHECK(Fields(call.json).finish());
  SEGELL_TRY(const auto reply,
             app::cancel_signature_request(call.service, call.caller, call.parameters[0], call.repeat));
  return created(reply);
}

base::Result<Response> renew_request_link(const Call& call) {
  std::string expires_at;
  Fields fields(call.json);
  fields.required("expiresAt", expires_at);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply,
             app::renew_request_link(call.service, call.caller, call.parameters[0], expires_at, call.repeat));
  return created(reply);
}

}  // namespace segell::http::endpoints
