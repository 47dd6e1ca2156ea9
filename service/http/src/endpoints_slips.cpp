#include "app/slips.h"

#include "http/decode.h"
#include "http/route.h"

namespace segell::http::endpoints {

base::Result<Response> issue_slips(const Call& call) {
  app::NewSlips wanted;
  Fields fields(call.json);
  fields.required("count", wanted.count);
  fields.required("bindBy", wanted.bind_by);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::issue_slips(call.service, call.caller, wanted, call.repeat));
  return created(reply);
}

base::Result<Response> issue_request_slip(const Call& call) {
  std::optional<std::string> code;
  Fields fields(call.json);
  fields.optional("code", code);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply,
             app::issue_request_slip(call.service, call.caller, call.parameters[0], code, call.repeat));
  return created(reply);
}

base::Result<Response> revoke_slip(const Call& call) {
  SEGELL_CHECK(Fields(call.json).finish());
  SEGELL_TRY(const auto reply, app::revoke_slip(call.service, call.caller, call.parameters[0], call.repeat));
  return created(reply);
}

base::Result<Response> look_at_slip(const Call& call) {
  std::string code;
  Fields fields(call.json);
  fields.required("code", code);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto body, app::look_at_slip(call.service, code));
  return json_response(200, body);
}

base::Result<Response> withdraw_by_slip(const Call& call) {
  std::string code;
  std::vector<std::string> lines;
  Fields fields(call.json);
  fields.required("code", code);
  fields.required("lines", lines);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto body, app::withdraw_by_slip(call.service, code, lines));
  return json_response(200, body);
}

base::Result<Response> read_slip_paper(const Call& call) {
  std::string code;
  Fields fields(call.json);
  fields.required("code", code);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(auto content, app::read_slip_paper(call.service, code));
  return attached_response(std::move(content));
}

}  // namespace segell::http::endpoints
