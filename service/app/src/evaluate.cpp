#include "app/evaluate.h"

#include "consent/mappings/authzen.h"
#include "consent_facts.h"
#include "events.h"
#include "state.h"

#include <algorithm>

namespace segell::app {

namespace {

namespace mappings = consent::mappings;

/// Whether the caller's agreement covers the question: only then are grounds told, and only then can the answer be yes.
bool is_covered(const Caller& caller, const consent::Scope& asked) {
  return std::any_of(caller.agreement.begin(), caller.agreement.end(),
                     [&](const consent::Scope& scope) { return consent::covers(scope, asked); });
}

struct Answered {
  consent::Answer answer;
  std::optional<base::PersonId> person;
};

base::Result<Answered> answer_in(const storage::View& view, const TenantSettings& settings,
                                 const std::optional<mappings::PersonQuestion>& question, base::Instant now) {
  Answered answered;
  if (!question) return answered;
  SEGELL_TRY(const auto standing, view.persons().standing(question->person));
  if (!standing.is_there) return answered;
  answered.person = question->person;
  SEGELL_TRY(const consent::Facts facts,
             load_facts(view, settings, question->person, standing, question->question.scope.category));
  answered.answer = consent::decide(facts, question->question, now);
  return answered;
}

}  // namespace

base::Result<base::Json> evaluate(Service& service, const Caller& caller, const base::Json& request) {
  Service::State& state = service.state();
  SEGELL_TRY(const auto parsed, mappings::parse_evaluation_request(request));
  SEGELL_CHECK(require(caller, Right::evaluate));
  SEGELL_TRY(const Tenant* tenant, state.tenant(caller.tenant));
  const auto question = mappings::to_question(parsed);
  const bool covered = question && is_covered(caller, question->question.scope);
  const auto evaluation = base::Id<EvaluationTag>::make();
  const EventHead head{state.clock.now(), caller.actor};
  return state.store.run(caller.tenant, [&](storage::Transaction& transaction) -> base::Result<base::Json> {
    SEGELL_TRY(auto answered, answer_in(transaction, tenant->settings, question, head.time));
    if (!covered) {
      answered.answer = consent::Answer{};
      answered.answer.reason = consent::Reason::not_party;
    }
    EvaluationAnswered event{answered.person, {}, evaluation, answered.answer, covered};
    if (question) event.asked = question->question.scope;
    SEGELL_CHECK(transaction.append_event(encode(head, event), answered.person));
    return covered ? mappings::write_evaluation_response(answered.answer, evaluation.text())
                   : mappings::neutral_denial();
  });
}

}  // namespace segell::app
