#include "app/visit.h"

#include "app/act_members.h"
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
  app::ActMembers members;
  std::optional<app::Notes> notes;
  Fields fields(call.json);
  app::read_act_members(fields, members);
  fields.optional("notes", notes, app::read_notes);
  SEGELL_CHECK(fields.finish());
  SEGELL_TRY(auto act, app::to_act(std::move(members)));
  act.notes = std::move(notes);
  SEGELL_TRY(const auto reply, app::perform_act(call.service, call.visit, act, call.repeat));
  return created(reply);
}

base::Result<Response> answer(const Call& call) {
  app::VisitAnswer answer;
  Fields fields(call.json);
  fields.required("answer", answer.answer);
  fields.optional("notes", answer.notes, app::read_notes);
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
