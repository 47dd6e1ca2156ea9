#include "app/administration.h"
#include "http/decode.h"
#include "http/paging.h"
#include "http/route.h"

namespace segell::http::endpoints {
namespace {

void take_role(Fields& fields, app::RoleWish& to) {
  fields.required("role", to.role);
  fields.optional("personId", to.person);
}

using AccountChange = base::Result<app::Reply> (*)(app::Service&, const app::Caller&, std::string_view,
                                                   const app::Idempotency&);

/// A change that needs no words.
base::Result<Response> change_account(const Call& call, AccountChange change) {
  SEGELL_CHECK(Fields(call.json).finish());
  SEGELL_TRY(const auto reply, change(call.service, call.caller, call.parameters[0], call.repeat));
  return done(reply);
}

}  // namespace

base::Result<Response> add_account(const Call& call) {
  app::AccountWish wanted;
  Fields fields(call.json);
  fields.required("name", wanted.name);
  fields.required("shownName", wanted.shown);
  fields.optional("unit", wanted.unit);
  fields.required_list("roles", wanted.roles, take_role);
  fields.required("language", wanted.language);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::add_account(call.service, call.caller, wanted, call.repeat));
  return created(reply);
}

base::Result<Response> list_accounts(const Call& call) {
  app::AccountQuery query;
  SEGELL_TRY(query.page, read_page(call.request.head.query, "role", query.role));
  SEGELL_TRY(const auto body, app::list_organisation_accounts(call.service, call.caller, query));
  return json_response(200, body);
}

base::Result<Response> describe_account(const Call& call) {
  SEGELL_TRY(const auto body, app::describe_account(call.service, call.caller, call.parameters[0]));
  return json_response(200, body);
}

base::Result<Response> give_account_role(const Call& call) {
  app::RoleWish wanted;
  Fields fields(call.json);
  take_role(fields, wanted);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply,
             app::give_account_role(call.service, call.caller, call.parameters[0], wanted, call.repeat));
  return done(reply);
}

base::Result<Response> withdraw_account_role(const Call& call) {
  std::string role;
  Fields fields(call.json);
  fields.required("id", role);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply,
             app::withdraw_account_role(call.service, call.caller, call.parameters[0], role, call.repeat));
  return done(reply);
}

base::Result<Response> block_account(const Call& call) { return change_account(call, app::block_account); }

base::Result<Response> unblock_account(const Call& call) { return change_account(call, app::unblock_account); }

base::Result<Response> reset_second_factor(const Call& call) { return change_account(call, app::reset_second_factor); }

base::Result<Response> end_account_sessions(const Call& call) {
  return change_account(call, app::end_account_sessions);
}

base::Result<Response> issue_account_letter(const Call& call) {
  std::string language;
  Fields fields(call.json);
  fields.required("language", language);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply,
             app::issue_account_letter(call.service, call.caller, call.parameters[0], language, call.repeat));
  return done(reply);
}

}  // namespace segell::http::endpoints
