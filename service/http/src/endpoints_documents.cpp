#include "app/documents.h"

#include "app/check_code.h"
#include "app/templates.h"
#include "app/verify.h"
#include "http/decode.h"
#include "http/paging.h"
#include "http/route.h"

namespace segell::http::endpoints {

base::Result<Response> store_document(const Call& call) {
  SEGELL_TRY(const auto reply, app::store_document(call.service, call.caller, call.request.body, call.repeat));
  return created(reply);
}

base::Result<Response> describe_document(const Call& call) {
  SEGELL_TRY(const auto body, app::describe_document(call.service, call.caller, call.parameters[0]));
  return json_response(200, body);
}

base::Result<Response> read_content(const Call& call) {
  SEGELL_TRY(auto content, app::read_content(call.service, call.caller, call.parameters[0]));
  return attached_response(std::move(content));
}

base::Result<Response> read_disclosure(const Call& call) {
  SEGELL_TRY(auto content, app::read_disclosure(call.service, call.caller, call.parameters[0]));
  return attached_response(std::move(content));
}

base::Result<Response> read_void_record(const Call& call) {
  SEGELL_TRY(const auto language, read_language(call.request.head.query));
  SEGELL_TRY(auto content, app::read_void_record(call.service, call.caller, call.parameters[0], language));
  return attached_response(std::move(content));
}

base::Result<Response> read_envelope(const Call& call) {
  SEGELL_TRY(auto content, app::read_envelope(call.service, call.caller, call.parameters[0]));
  return attached_response(std::move(content));
}

base::Result<Response> read_document_notes(const Call& call) {
  SEGELL_TRY(const auto body, app::read_document_notes(call.service, call.caller, call.parameters[0]));
  return json_response(200, body);
}

base::Result<Response> read_reading_view(const Call& call) {
  SEGELL_TRY(auto content, app::read_reading_view(call.service, call.caller, call.parameters[0]));
  return attached_response(std::move(content));
}

base::Result<Response> list_templates(const Call& call) {
  SEGELL_TRY(const auto body, app::list_templates(call.service, call.caller));
  return json_response(200, body);
}

base::Result<Response> make_template_document(const Call& call) {
  app::NewTemplateDocument wanted;
  wanted.key = call.parameters[0];
  const base::Json* values = nullptr;
  Fields fields(call.json);
  fields.optional("version", wanted.version);
  fields.required("language", wanted.language);
  fields.required_object("fields", values);
  fields.required_list("items", wanted.items, [](Fields& inner, app::NewTemplateDocument::Item& to) {
    inner.required("item", to.item);
    inner.optional("noticeVersion", to.notice_version);
    inner.required("validUntil", to.valid_until);
  });
  fields.required_list("signers", wanted.signers, [](Fields& inner, app::NewTemplateDocument::Signer& to) {
    inner.required("signer", to.signer);
    inner.required("name", to.name);
    inner.optional("personId", to.person);
  });
  SEGELL_CHECK(fields.finish());
  wanted.fields = *values;
  SEGELL_TRY(const auto reply, app::make_template_document(call.service, call.caller, wanted, call.repeat));
  return created(reply);
}

base::Result<Response> verify(const Call& call) {
  const auto answer = [](base::Result<std::string> verdict) -> base::Result<Response> {
    if (!verdict) return base::fail(std::move(verdict).error());
    Response response;
    response.content_type = "application/json";
    response.body = *std::move(verdict);
    return response;
  };
  SEGELL_TRY(const auto split, read_signature_length(call.request.head.query));
  const base::BytesView body = call.request.body;
  if (call.request.spooled) return answer(app::verify_spooled(call.service, call.request.spooled, split));
  if (call.json.as_object() == nullptr) {
    if (!split) return answer(app::verify(call.service, body, {}));
    if (*split >= body.size()) return app::bad_split();
    const auto first = static_cast<std::size_t>(*split);
    return answer(app::verify(call.service, body.first(first), {}, body.subspan(first)));
  }
  if (split)
    return base::fail(base::Code::malformed, "request.bad-query",
                      "a body in JSON has its content in a field of its own",
                      "send file and content in base64, without a query");
  base::Bytes file;
  std::optional<base::Bytes> disclosure, content;
  const base::Json* given = nullptr;
  Fields fields(call.json);
  fields.required_base64("file", file);
  fields.optional_base64("content", content);
  fields.optional_object("disclosure", given);
  SEGELL_CHECK(fields.finish());
  if (given != nullptr) disclosure = base::to_bytes(base::write_json(*given));
  const auto view = [](const std::optional<base::Bytes>& bytes) {
    return bytes ? std::optional<base::BytesView>(*bytes) : std::nullopt;
  };
  return answer(app::verify(call.service, file, view(disclosure), view(content)));
}

base::Result<Response> check_code(const Call& call) {
  std::string code;
  Fields fields(call.json);
  fields.required("code", code);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto body, app::check_code(call.service, code));
  return json_response(200, body);
}

}  // namespace segell::http::endpoints
