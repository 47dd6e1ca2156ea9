#include "app/feedback.h"
#include "http/decode.h"
#include "http/paging.h"
#include "http/route.h"

namespace segell::http::endpoints {

base::Result<Response> describe_organisation(const Call& call) {
  SEGELL_TRY(const auto body, app::describe_organisation(call.service));
  return json_response(200, body);
}

base::Result<Response> send_feedback(const Call& call) {
  app::NewFeedback wanted;
  Fields fields(call.json);
  fields.required("text", wanted.text);
  fields.optional("page", wanted.page);
  fields.required("way", wanted.way);
  fields.optional("contact", wanted.contact);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto body, app::send_feedback(call.service, wanted));
  return json_response(201, body);
}

base::Result<Response> list_feedback(const Call& call) {
  SEGELL_TRY(const auto page, read_page(call.request.head.query));
  SEGELL_TRY(const auto body, app::list_feedback(call.service, call.caller, page));
  return json_response(200, body);
}

base::Result<Response> read_feedback(const Call& call) {
  SEGELL_TRY(const auto body, app::read_feedback(call.service, call.caller, call.parameters[0]));
  return json_response(200, body);
}

base::Result<Response> answer_feedback(const Call& call) {
  std::string text;
  Fields fields(call.json);
  fields.required("text", text);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::answer_feedback(call.service, call.caller, call.parameters[0], text, call.repeat));
  return created(reply);
}

}  // namespace segell::http::endpoints
