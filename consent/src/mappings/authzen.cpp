#include "consent/mappings/authzen.h"

#include <utility>

namespace segell::consent::mappings {

namespace {

using base::Json;

base::Failure malformed(std::string message) {
  return base::fail(base::Code::malformed, "authzen.malformed", std::move(message),
                    "AuthZEN Authorization API 1.0: subject{type,id}, action{name}, resource{type,id}");
}

base::Result<const Json*> require_object(const Json& parent, const char* name) {
  const Json* member = parent.find(name);
  if (member == nullptr || member->as_object() == nullptr) return malformed(std::string(name) + " must be an object");
  return member;
}

base::Result<std::string> require_text(const Json& parent, const char* where, const char* name) {
  const Json* member = parent.find(name);
  if (member == nullptr || member->as_string() == nullptr || member->as_string()->empty()) {
    return malformed(std::string(where) + "." + name + " must be a string");
  }
  return *member->as_string();
}

/// Optional, but an object where it stands.
base::Result<const Json*> optional_object(const Json& parent, const char* where, const char* name) {
  const Json* member = parent.find(name);
  if (member != nullptr && member->as_object() == nullptr) {
    return malformed(std::string(where) + name + " must be an object");
  }
  return member;
}

std::string text_or_empty(const Json* parent, const char* name) {
  const Json* member = parent == nullptr ? nullptr : parent->find(name);
  const std::string* text = member == nullptr ? nullptr : member->as_string();
  return text == nullptr ? std::string() : *text;
}

}  // namespace

base::Result<EvaluationRequest> parse_evaluation_request(const Json& body) {
  if (body.as_object() == nullptr) return malformed("the body must be an object");
  EvaluationRequest request;
  SEGELL_TRY(const Json* subject, require_object(body, "subject"));
  SEGELL_TRY(request.subject_type, require_text(*subject, "subject", "type"));
  SEGELL_TRY(request.subject_id, require_text(*subject, "subject", "id"));
  SEGELL_CHECK(optional_object(*subject, "subject.", "properties"));
  SEGELL_TRY(const Json* action, require_object(body, "action"));
  SEGELL_TRY(request.action, require_text(*action, "action", "name"));
  SEGELL_TRY(const Json* action_properties, optional_object(*action, "action.", "properties"));
  SEGELL_TRY(const Json* resource, require_object(body, "resource"));
  SEGELL_TRY(request.resource_type, require_text(*resource, "resource", "type"));
  SEGELL_TRY(request.resource_id, require_text(*resource, "resource", "id"));
  SEGELL_TRY(const Json* resource_properties, optional_object(*resource, "resource.", "properties"));
  SEGELL_CHECK(optional_object(body, "", "context"));
  request.purpose = text_or_empty(action_properties, "purpose");
  request.category = text_or_empty(resource_properties, "category");
  return request;
}

std::optional<PersonQuestion> to_question(const EvaluationRequest& request) {
  if (request.subject_type != "organization" || request.action != "read" || request.resource_type != "person_data") {
    return std::nullopt;
  }
  auto person = base::PersonId::parse(request.resource_id);
  if (!person) return std::nullopt;
  for (const std::string* code : {&request.purpose, &request.category, &request.subject_id}) {
    if (!is_code(*code)) return std::nullopt;
  }
  return PersonQuestion{*person, Question{Scope{request.purpose, request.category, request.subject_id}}};
}

Json write_evaluation_response(const Answer& answer, std::string_view id) {
  Json context = Json::object();
  context.set("id", id);
  context.set("ruleVersion", kRuleVersion);
  if (answer.permit) {
    context.set("basis", to_string(answer.basis->kind));
    if (answer.scsp != Scsp::none) context.set("scsp", to_string(answer.scsp));
    if (answer.valid_until) context.set("validUntil", base::format_rfc3339(*answer.valid_until));
  } else {
    context.set("reason", to_string(answer.reason));
  }
  Json based_on = Json::array();
  if (answer.based_on) based_on.push("decision/" + answer.based_on->text());
  context.set("basedOn", std::move(based_on));
  Json body = Json::object();
  body.set("decision", answer.permit);
  body.set("context", std::move(context));
  return body;
}

Json neutral_denial() {
  Json body = Json::object();
  body.set("decision", false);
  return body;
}

}  // namespace segell::consent::mappings
