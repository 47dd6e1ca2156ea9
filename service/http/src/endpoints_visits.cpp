#include "app/visits.h"

#include "app/devices.h"
#include "http/decode.h"
#include "http/paging.h"
#include "http/route.h"

namespace segell::http::endpoints {

namespace {

base::Result<app::NewVisit> read_new_visit(const base::Json& body) {
  app::NewVisit wanted;
  Fields fields(body);
  fields.required("device", wanted.device);
  fields.required("requests", wanted.requests);
  fields.required("expiresAt", wanted.expires_at);
  SEGELL_CHECK(fields.finish());
  return wanted;
}

}  // namespace

base::Result<Response> enrol_device(const Call& call) {
  app::NewDevice wanted;
  Fields fields(call.json);
  fields.required("label", wanted.label);
  fields.required("publicKey", wanted.public_key);
  fields.required("proof", wanted.proof);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::enrol_device(call.service, call.caller, wanted, call.repeat));
  return created(reply);
}

base::Result<Response> list_devices(const Call& call) {
  SEGELL_TRY(const app::Page page, read_page(call.request.head.query));
  SEGELL_TRY(const auto body, app::list_devices(call.service, call.caller, page));
  return json_response(200, body);
}

base::Result<Response> revoke_device(const Call& call) {
  std::string why;
  Fields fields(call.json);
  fields.required("reason", why);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::revoke_device(call.service, call.caller, call.parameters[0], why, call.repeat));
  return created(reply);
}

base::Result<Response> prepare_visit(const Call& call) {
  SEGELL_TRY(const auto wanted, read_new_visit(call.json));
  SEGELL_TRY(const auto reply, app::prepare_visit(call.service, call.caller, wanted, call.repeat));
  return created(reply);
}

base::Result<Response> preview_visit(const Call& call) {
  SEGELL_TRY(const auto wanted, read_new_visit(call.json));
  SEGELL_TRY(const auto body, app::preview_visit(call.service, call.caller, wanted));
  return json_response(200, body);
}

base::Result<Response> withdraw_visit(const Call& call) {
  SEGELL_CHECK(Fields(call.json).finish());
  SEGELL_TRY(const auto reply, app::withdraw_visit(call.service, call.caller, call.parameters[0], call.repeat));
  return created(reply);
}

base::Result<Response> list_visits(const Call& call) {
  app::VisitQuery query;
  std::string with;
  SEGELL_TRY(query.page, read_page(call.request.head.query, "with", with));
  if (!with.empty() && with != "papers") {
    return base::fail(base::Code::malformed, "request.bad-query", "a list of visits is had with=papers or without");
  }
  query.with_papers = !with.empty();
  SEGELL_TRY(const auto body, app::list_visits(call.service, call.caller, query));
  return json_response(200, body);
}

base::Result<Response> describe_visit(const Call& call) {
  SEGELL_TRY(const auto body, app::describe_visit(call.service, call.caller, call.parameters[0]));
  return json_response(200, body);
}

base::Result<Response> issue_package(const Call& call) {
  SEGELL_CHECK(Fields(call.json).finish());
  SEGELL_TRY(const auto reply, app::issue_package(call.service, call.caller, call.parameters[0], call.repeat));
  return created(reply);
}

base::Result<Response> describe_package(const Call& call) {
  SEGELL_TRY(const auto body, app::describe_package(call.service, call.package));
  return json_response(200, body);
}

base::Result<Response> read_package_paper(const Call& call) {
  SEGELL_TRY(auto content, app::read_package_paper(call.service, call.package, call.parameters[0]));
  return inline_response(std::move(content));
}

base::Result<Response> read_package_reading_view(const Call& call) {
  SEGELL_TRY(auto content, app::read_package_reading_view(call.service, call.package, call.parameters[0]));
  return inline_response(std::move(content));
}

base::Result<Response> receive_act(const Call& call) {
  const base::Json* act = nullptr;
  std::string signature;
  Fields fields(call.json);
  fields.required_object("act", act);
  fields.required("signature", signature);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::receive_act(call.service, call.package, *act, signature, call.repeat));
  return created(reply);
}

}  // namespace segell::http::endpoints
