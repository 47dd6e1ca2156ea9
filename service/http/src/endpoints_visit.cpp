#include "app/visit.h"

#include "app/templates.h"
#include "http/decode.h"
#include "http/route.h"

namespace segell::http::endpoints {

base::Result<Response> read_visit(const Call& call) {
  SEGELL_TRY(const auto body, app::read_visit(call.service, call.visit));
  return json_response(200, body);
}

base::Result<Response> choose(const Call& call) {
  std::vector<app::Choice> choices;
  std::optional<std::string> made;
  Fields fields(call.json);
  fields.required_list("choices", choices, [](Fields& inner, app::Choice& to) {
    inner.required("item", to.item);
    inner.required("choice", to.choice);
  });
  fields.optional("sha256", made);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::choose(call.service, call.visit, choices, made));
  return done(reply);
}

base::Result<Response> read_frozen(const Call& call) {
  SEGELL_TRY(auto content, app::read_frozen(call.service, call.visit));
  return inline_response(std::move(content));
}

base::Result<Response> read_paper(const Call& call) {
  SEGELL_TRY(auto content, app::read_paper(call.service, call.visit));
  return inline_response(std::move(content));
}

base::Result<Response> read_visit_reading_view(const Call& call) {
  SEGELL_TRY(auto content, app::read_visit_reading_view(call.service, call.visit));
  return inline_response(std::move(content));
}

base::Result<Response> act(const Call& call) {
  app::Act act;
  const base::Json* capture = nullptr;
  Fields fields(call.json);
  fields.required("shown", act, [](Fields& inner, app::Act& to) {
    inner.required("sha256", to.shown_sha256);
    inner.required("sha512", to.shown_sha512);
    inner.required("length", to.shown_length);
  });
  fields.required("method", act.method);
  fields.required("meaning", act.meaning);
  fields.optional("reservation", act.reservation);
  fields.optional("picture", act.picture, [](Fields& inner, app::PictureInput& to) {
    inner.required("width", to.width);
    inner.required("height", to.height);
    inner.required_base64("bits", to.zlib);
  });
  fields.optional_base64("envelope", act.envelope);
  fields.optional_object("capture", capture);
  SEGELL_CHECK(fields.finish());
  if (capture != nullptr) act.capture = *capture;
  SEGELL_TRY(const auto reply, app::perform_act(call.service, call.visit, act, call.repeat));
  return created(reply);
}

base::Result<Response> answer(const Call& call) {
  std::string answer;
  Fields fields(call.json);
  fields.required("answer", answer);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::answer_visit(call.service, call.visit, answer, call.repeat));
  return done(reply);
}

base::Result<Response> choose_copy(const Call& call) {
  app::CopyChoice choice;
  Fields fields(call.json);
  fields.required("copy", choice.kind);
  fields.optional("code", choice.code);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(const auto reply, app::choose_copy(call.service, call.visit, choice, call.repeat));
  return created(reply);
}

}  // namespace segell::http::endpoints
