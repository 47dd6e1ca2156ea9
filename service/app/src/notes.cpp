#include "notes.h"

#include "app/act_members.h"
#include "checks.h"
#include "json_fields.h"

namespace segell::app {

namespace {

using base::Json;

constexpr std::string_view kAlone[] = {"yes", "no", "not-possible"};
constexpr std::string_view kPresences[] = {"here", "telephone", "video"};
constexpr std::size_t kMostQuestions = 20;
constexpr std::size_t kLongestQuestion = 2000;
constexpr std::size_t kLongestNamed = 400;

base::Failure bad_notes(std::string what) { return invalid("act.bad-notes", std::move(what)); }

base::Result<void> check_question(const Notes::Question& one) {
  if (!is_plain_text(one.asked, kLongestQuestion, /*lines=*/true)) {
    return bad_notes("a question is plain text of up to 2000 octets");
  }
  if (one.answered.empty() || is_plain_text(one.answered, kLongestQuestion, /*lines=*/true)) return base::ok();
  return bad_notes("an answer is plain text of up to 2000 octets, or empty");
}

Json questions_json(const Notes& notes) {
  Json list = Json::array();
  for (const Notes::Question& one : notes.questions) {
    list.push(Json::object({{"asked", one.asked}, {"answered", one.answered}}));
  }
  return list;
}

}  // namespace

base::Result<void> check_notes(const Notes& notes) {
  if (notes.questions.size() > kMostQuestions) return bad_notes("up to 20 questions are noted");
  for (const Notes::Question& one : notes.questions) SEGELL_CHECK(check_question(one));
  if (notes.interpreter) {
    const Notes::Interpreter& who = *notes.interpreter;
    if (!is_plain_text(who.name, kLongestNamed)) return bad_notes("the interpreter needs a name in plain text");
    if (!is_plain_text(who.language, kLongestNamed)) return bad_notes("the interpreter needs a language in plain text");
    if (!one_of(kPresences, who.presence)) return bad_notes("an interpreter is here, or by telephone or video");
  }
  if (notes.support_person) {
    const Notes::SupportPerson& who = *notes.support_person;
    if (!is_plain_text(who.name, kLongestNamed)) return bad_notes("the support person needs a name in plain text");
    if (!is_plain_text(who.relation, kLongestNamed)) {
      return bad_notes("the support person needs a relation in plain text");
    }
  }
  if (!one_of(kAlone, notes.spoke_alone)) return bad_notes("spokeAlone is yes, no or not-possible");
  return base::ok();
}

Json to_json(const Notes& notes) {
  Json json = support_fact(notes);
  json.set("questions", questions_json(notes));
  return json;
}

base::Result<Notes> notes_from_json(const Json& json) {
  Notes notes;
  base::Fields fields(json, "notes");
  read_notes(fields, notes);
  if (!fields.finish()) return damaged("notes");
  return notes;
}

Json questions_fact(const Notes& notes) { return notes.questions.empty() ? Json() : questions_json(notes); }

Json support_fact(const Notes& notes) {
  Json json = Json::object({{"spokeAlone", notes.spoke_alone}});
  if (const auto& who = notes.interpreter) {
    json.set("interpreter",
             Json::object({{"name", who->name}, {"language", who->language}, {"presence", who->presence}}));
  }
  if (const auto& who = notes.support_person) {
    json.set("supportPerson", Json::object({{"name", who->name}, {"relation", who->relation}}));
  }
  return json;
}

}  // namespace segell::app
