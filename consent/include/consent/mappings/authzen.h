#pragma once

#include "base/json.h"
#include "consent/decide.h"

#include <optional>
#include <string>

namespace segell::consent::mappings {

/// An AuthZEN Authorization API 1.0 evaluation request, as far as it is understood. Empty parts were absent.
struct EvaluationRequest {
  std::string subject_type;
  std::string subject_id;  ///< the recipient, for type "organization"
  std::string action;      ///< "read"
  std::string purpose;     ///< action.properties.purpose
  std::string resource_type;
  std::string resource_id;  ///< Segell's person id, for type "person_data"
  std::string category;     ///< resource.properties.category
};

/// Strict where the text is strict: subject{type,id}, action{name} and resource{type,id} are mandatory and strings,
/// properties and context are objects. Unknown members are ignored, context is never needed. Error: malformed,
/// "authzen.malformed" (answered 400) with the member's name.
base::Result<EvaluationRequest> parse_evaluation_request(const base::Json& body);

/// The question, or nothing where the request asks for something that Segell holds no answer to (another subject type,
/// action or resource type, a person id that is none): such a request is denied, not refused.
struct PersonQuestion {
  base::PersonId person;
  Question question;
};
std::optional<PersonQuestion> to_question(const EvaluationRequest& request);

/// `{"decision":…,"context":{id,basis,basedOn,ruleVersion,validUntil,scsp,reason}}`: only for callers whose agreement
/// covers the question. `id` names the logged evaluation.
base::Json write_evaluation_response(const Answer& answer, std::string_view id);

/// `{"decision":false}`: what everybody else gets, whatever the reason.
base::Json neutral_denial();

}  // namespace segell::consent::mappings
