#include "app/seal_preparations.h"
#include "http/decode.h"
#include "http/route.h"

namespace segell::http::endpoints {

base::Result<Response> prepare_seal(const Call& call) {
  app::NewSealPreparation wanted;
  wanted.document = call.parameters[0];
  Fields fields(call.json);
  fields.required("certificates", wanted.certificates);
  fields.optional("padding", wanted.padding);
  fields.optional("field", wanted.field);
  fields.optional("reason", wanted.reason);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::prepare_seal(call.service, call.caller, wanted, call.repeat));
  return created(reply);
}

base::Result<Response> complete_seal(const Call& call) {
  base::Bytes signature;
  Fields fields(call.json);
  fields.required_base64("signature", signature);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply,
             app::complete_seal(call.service, call.caller, call.parameters[0], signature, call.repeat));
  return created(reply);
}

}  // namespace segell::http::endpoints
