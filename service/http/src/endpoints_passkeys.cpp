#include "app/passkeys.h"

#include "http/browser.h"
#include "http/decode.h"
#include "http/route.h"

namespace segell::http::endpoints {
namespace {

base::Result<app::PasskeyProof> proof_of(const Call& call) {
  app::PasskeyProof proof;
  Fields fields(call.json);
  fields.required("id", proof.id);
  fields.required("clientDataJSON", proof.client_data);
  fields.required("authenticatorData", proof.authenticator_data);
  fields.required("signature", proof.signature);
  SEGELL_CHECK(fields.finish());
  return proof;
}

std::string_view cookie_of(const Call& call) { return session_cookie(call.request.head).value_or(""); }

}  // namespace

base::Result<Response> begin_passkey(const Call& call) {
  SEGELL_CHECK(Fields(call.json).finish());
  SEGELL_TRY(const auto body, app::begin_passkey(call.service, call.session));
  return json_response(200, body);
}

base::Result<Response> add_passkey(const Call& call) {
  app::NewPasskey made;
  Fields fields(call.json);
  fields.required("name", made.name);
  fields.required("clientDataJSON", made.client_data);
  fields.required("authenticatorData", made.authenticator_data);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::add_passkey(call.service, call.session, made));
  return granted_or_wait(201, reply, call);
}

base::Result<Response> remove_passkey(const Call& call) {
  SEGELL_CHECK(Fields(call.json).finish());
  SEGELL_TRY(const auto body, app::remove_passkey(call.service, call.session, call.parameters[0]));
  return json_response(200, body);
}

base::Result<Response> ask_for_passkey(const Call& call) {
  SEGELL_CHECK(Fields(call.json).finish());
  SEGELL_TRY(const auto body, app::ask_for_passkey(call.service, call.session));
  return json_response(200, body);
}

base::Result<Response> pass_passkey(const Call& call) {
  SEGELL_TRY(const auto proof, proof_of(call));
  SEGELL_TRY(const auto reply, app::pass_passkey(call.service, call.session, proof));
  return granted_or_wait(200, reply, call);
}

base::Result<Response> ask_for_passkey_back(const Call& call) {
  SEGELL_CHECK(Fields(call.json).finish());
  SEGELL_TRY(const auto body, app::ask_for_passkey_back(call.service, cookie_of(call)));
  return json_response(200, body);
}

base::Result<Response> take_back_by_passkey(const Call& call) {
  SEGELL_TRY(const auto proof, proof_of(call));
  SEGELL_TRY(const auto reply, app::take_back_by_passkey(call.service, cookie_of(call), proof));
  return granted_or_wait(200, reply, call);
}

}  // namespace segell::http::endpoints
