#include "app/mine.h"
#include "http/decode.h"
#include "http/paging.h"
#include "http/route.h"

namespace segell::http::endpoints {
namespace {

using List = base::Result<base::Json> (*)(app::Service&, const app::Caller&, const app::Page&);

base::Result<Response> answer_list(const Call& call, List list) {
  SEGELL_TRY(const auto page, read_page(call.request.head.query));
  SEGELL_TRY(const auto body, list(call.service, call.caller, page));
  return json_response(200, body);
}

void read_correction_words(Fields& fields, app::NewCorrection& to) {
  fields.required("text", to.text);
  fields.optional("documentId", to.document);
}

}  // namespace

base::Result<Response> list_my_documents(const Call& call) { return answer_list(call, &app::list_my_documents); }
base::Result<Response> list_my_decisions(const Call& call) { return answer_list(call, &app::list_my_decisions); }
base::Result<Response> list_my_accesses(const Call& call) { return answer_list(call, &app::list_my_accesses); }
base::Result<Response> list_my_corrections(const Call& call) { return answer_list(call, &app::list_my_corrections); }
base::Result<Response> list_corrections(const Call& call) { return answer_list(call, &app::list_corrections); }

base::Result<Response> list_my_representatives(const Call& call) {
  SEGELL_TRY(const auto body, app::list_my_representatives(call.service, call.caller));
  return json_response(200, body);
}

base::Result<Response> check_my_document(const Call& call) {
  SEGELL_TRY(auto verdict, app::check_my_document(call.service, call.caller, call.parameters[0]));
  Response response;
  response.content_type = "application/json";
  response.body = std::move(verdict);
  return response;
}

base::Result<Response> withdraw_my_consent(const Call& call) {
  SEGELL_CHECK(Fields(call.json).finish());
  SEGELL_TRY(const auto reply, app::withdraw_my_consent(call.service, call.caller, call.parameters[0], call.repeat));
  return created(reply);
}

base::Result<Response> object_to_my_use(const Call& call) {
  SEGELL_CHECK(Fields(call.json).finish());
  SEGELL_TRY(const auto reply, app::object_to_my_use(call.service, call.caller, call.parameters[0], call.repeat));
  return created(reply);
}

base::Result<Response> read_my_receipt(const Call& call) {
  SEGELL_TRY(const auto language, read_language(call.request.head.query));
  SEGELL_TRY(auto content, app::read_my_receipt(call.service, call.caller, call.parameters[0], language));
  return attached_response(std::move(content));
}

base::Result<Response> ask_my_correction(const Call& call) {
  app::NewCorrection wanted;
  Fields fields(call.json);
  read_correction_words(fields, wanted);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::ask_my_correction(call.service, call.caller, wanted, call.repeat));
  return created(reply);
}

base::Result<Response> ask_correction(const Call& call) {
  app::NewCorrection wanted;
  Fields fields(call.json);
  read_correction_words(fields, wanted);
  fields.required("channel", wanted.channel);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::ask_correction(call.service, call.caller, call.parameters[0], wanted, call.repeat));
  return created(reply);
}

base::Result<Response> read_correction(const Call& call) {
  SEGELL_TRY(const auto body, app::read_correction(call.service, call.caller, call.parameters[0]));
  return json_response(200, body);
}

base::Result<Response> answer_correction(const Call& call) {
  app::CorrectionAnswer answer;
  Fields fields(call.json);
  fields.required("answer", answer.answer);
  fields.required("text", answer.text);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply,
             app::answer_correction(call.service, call.caller, call.parameters[0], answer, call.repeat));
  return created(reply);
}

}  // namespace segell::http::endpoints
