#include "app/misattributions.h"
#include "http/decode.h"
#include "http/paging.h"
#include "http/route.h"

namespace segell::http::endpoints {

base::Result<Response> raise_misattribution(const Call& call) {
  app::NewMisattribution wanted;
  Fields fields(call.json);
  fields.required("seen", wanted.seen);
  fields.optional("signerPersonId", wanted.signer);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply,
             app::raise_misattribution(call.service, call.caller, call.parameters[0], wanted, call.repeat));
  return created(reply);
}

base::Result<Response> list_misattributions(const Call& call) {
  SEGELL_TRY(const auto page, read_page(call.request.head.query));
  SEGELL_TRY(const auto body, app::list_misattributions(call.service, call.caller, page));
  return json_response(200, body);
}

base::Result<Response> read_misattribution(const Call& call) {
  SEGELL_TRY(const auto body, app::read_misattribution(call.service, call.caller, call.parameters[0]));
  return json_response(200, body);
}

base::Result<Response> decide_misattribution(const Call& call) {
  app::MisattributionDecision decision;
  Fields fields(call.json);
  fields.required("answer", decision.answer);
  fields.required("reason", decision.reason);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply,
             app::decide_misattribution(call.service, call.caller, call.parameters[0], decision, call.repeat));
  return created(reply);
}

base::Result<Response> tell_recipient(const Call& call) {
  std::string recipient;
  Fields fields(call.json);
  fields.required("recipient", recipient);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply,
             app::tell_recipient(call.service, call.caller, call.parameters[0], recipient, call.repeat));
  return created(reply);
}

base::Result<Response> end_incident(const Call& call) {
  app::IncidentEnd end;
  Fields fields(call.json);
  fields.required("answer", end.answer);
  fields.required("reason", end.reason);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::end_incident(call.service, call.caller, call.parameters[0], end, call.repeat));
  return created(reply);
}

}  // namespace segell::http::endpoints
