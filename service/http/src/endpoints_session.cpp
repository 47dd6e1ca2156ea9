#include "app/sessions.h"

#include "http/browser.h"
#include "http/decode.h"
#include "http/problem.h"
#include "http/route.h"

namespace segell::http {

namespace {

/// The session's new cookie travels in its own header and nowhere else.
Response granted(int status, const app::SessionGrant& grant) {
  auto response = json_response(status, grant.body);
  response.headers.emplace_back("Set-Cookie", set_cookie(grant.cookie));
  return response;
}

}  // namespace

Response granted_or_wait(int status, const app::LoginReply& reply, const Call& call) {
  if (reply.grant) return granted(status, *reply.grant);
  const auto seconds = reply.wait.count();
  const auto minutes = (seconds + 59) / 60;
  const std::string time = seconds <= 90 ? std::to_string(seconds) + " seconds" : std::to_string(minutes) + " minutes";
  auto response = make_problem(429,
                               {base::Code::limit_exceeded, "login.too-many", "too many attempts that were not right",
                                "try again in " + time + "; who forgot the password asks for a new letter"},
                               call.request.id);
  response.headers.emplace_back("Retry-After", std::to_string(seconds));
  return response;
}

namespace endpoints {
namespace {

base::Json empty_object() { return base::Json::object(); }

base::Result<std::string> code_of(const Call& call) {
  std::string code;
  Fields fields(call.json);
  fields.required("code", code);
  SEGELL_CHECK(fields.finish());
  return code;
}

}  // namespace

base::Result<Response> log_in(const Call& call) {
  app::LoginAttempt attempt;
  Fields fields(call.json);
  fields.required("name", attempt.name);
  fields.required("password", attempt.password);
  SEGELL_CHECK(fields.finish());
  attempt.address = call.address;
  attempt.earlier = session_cookie(call.request.head);
  SEGELL_TRY(const auto reply, app::log_in(call.service, attempt));
  return granted_or_wait(201, reply, call);
}

base::Result<Response> activate(const Call& call) {
  app::Activation activation;
  Fields fields(call.json);
  fields.required("name", activation.name);
  fields.required("code", activation.code);
  fields.required("password", activation.password);
  SEGELL_CHECK(fields.finish());
  activation.address = call.address;
  activation.earlier = session_cookie(call.request.head);
  SEGELL_TRY(const auto reply, app::activate(call.service, activation));
  return granted_or_wait(201, reply, call);
}

base::Result<Response> describe_session(const Call& call) {
  SEGELL_TRY(const auto body, app::describe_session(call.service, call.session));
  return json_response(200, body);
}

base::Result<Response> pass_second_factor(const Call& call) {
  SEGELL_TRY(const auto code, code_of(call));
  SEGELL_TRY(const auto reply, app::pass_second_factor(call.service, call.session, code));
  return granted_or_wait(200, reply, call);
}

base::Result<Response> begin_authenticator(const Call& call) {
  SEGELL_CHECK(Fields(call.json).finish());
  SEGELL_TRY(const auto body, app::begin_totp(call.service, call.session));
  return json_response(200, body);
}

base::Result<Response> confirm_authenticator(const Call& call) {
  SEGELL_TRY(const auto code, code_of(call));
  SEGELL_TRY(const auto reply, app::confirm_totp(call.service, call.session, code));
  return granted_or_wait(200, reply, call);
}

base::Result<Response> choose_role(const Call& call) {
  std::string role;
  Fields fields(call.json);
  fields.required("id", role);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto grant, app::choose_role(call.service, call.session, role));
  return granted(200, grant);
}

base::Result<Response> change_password(const Call& call) {
  app::PasswordChange change;
  Fields fields(call.json);
  fields.required("current", change.current);
  fields.required("wanted", change.wanted);
  SEGELL_CHECK(fields.finish());
  change.address = call.address;
  SEGELL_TRY(const auto reply, app::change_password(call.service, call.session, change));
  return granted_or_wait(200, reply, call);
}

base::Result<Response> hand_over(const Call& call) {
  SEGELL_CHECK(Fields(call.json).finish());
  SEGELL_TRY(const auto grant, app::hand_over(call.service, call.session));
  return granted(200, grant);
}

base::Result<Response> take_back(const Call& call) {
  app::TakingBack taking;
  Fields fields(call.json);
  fields.required("proof", taking.proof);
  SEGELL_CHECK(fields.finish());
  taking.cookie = session_cookie(call.request.head).value_or("");
  taking.address = call.address;
  SEGELL_TRY(const auto reply, app::take_back(call.service, taking));
  return granted_or_wait(200, reply, call);
}

base::Result<Response> end_session(const Call& call) {
  bool everywhere = false;
  Fields fields(call.json);
  fields.required("everywhere", everywhere);
  SEGELL_CHECK(fields.finish());
  SEGELL_CHECK(app::end_session(call.service, call.session, everywhere));
  auto response = json_response(200, empty_object());
  response.headers.emplace_back("Set-Cookie", set_cookie({}));
  // Not "cookies" and not "storage": those would reach other services under the same domain, and visits that a tablet
  // keeps until it is back on line.
  response.headers.emplace_back("Clear-Site-Data", "\"cache\"");
  return response;
}

}  // namespace endpoints
}  // namespace segell::http
