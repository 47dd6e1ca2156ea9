#include "app/act_members.h"
#include "app/officials.h"
#include "http/decode.h"
#include "http/paging.h"
#include "http/route.h"

namespace segell::http::endpoints {

base::Result<Response> register_official(const Call& call) {
  app::NewOfficial wanted;
  Fields fields(call.json);
  fields.required("account", wanted.account);
  fields.required("resolution", wanted.resolution);
  fields.required("since", wanted.since);
  fields.required("until", wanted.until);
  fields.optional("procedures", wanted.procedures);
  fields.optional("certificate", wanted.certificate);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::register_official(call.service, call.caller, wanted, call.repeat));
  return created(reply);
}

base::Result<Response> list_officials(const Call& call) {
  SEGELL_TRY(const app::Page page, read_page(call.request.head.query));
  SEGELL_TRY(const auto body, app::list_officials(call.service, call.caller, page));
  return json_response(200, body);
}

base::Result<Response> withdraw_official(const Call& call) {
  std::string reason;
  Fields fields(call.json);
  fields.required("reason", reason);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply,
             app::withdraw_official(call.service, call.caller, call.parameters[0], reason, call.repeat));
  return created(reply);
}

base::Result<Response> consent_on_behalf(const Call& call) {
  app::OnBehalfConsent wanted;
  app::ActMembers members;
  std::optional<app::Notes> notes;
  Fields fields(call.json);
  app::read_act_members(fields, members);
  fields.optional("notes", notes, app::read_notes);
  fields.required("consent", wanted.consent);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(wanted.act, app::to_act(std::move(members)));
  wanted.act.notes = std::move(notes);
  SEGELL_TRY(const auto reply, app::consent_on_behalf(call.service, call.visit, wanted, call.repeat));
  return created(reply);
}

base::Result<Response> sign_on_behalf(const Call& call) {
  app::OfficialSignature signature;
  Fields fields(call.json);
  fields.optional_base64("certificate", signature.certificate);
  fields.optional_base64("signature", signature.signature);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply,
             app::sign_on_behalf(call.service, call.caller, call.parameters[0], signature, call.repeat));
  return created(reply);
}

}  // namespace segell::http::endpoints
