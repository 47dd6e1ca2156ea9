#include "decided_when.h"

#include "consent_facts.h"

namespace segell::app {

namespace {

bool is_no(consent::DecisionKind kind) noexcept {
  using consent::DecisionKind;
  return kind == DecisionKind::refuse || kind == DecisionKind::withdraw || kind == DecisionKind::object;
}

bool is_yes(consent::DecisionKind kind) noexcept {
  using consent::DecisionKind;
  return kind == DecisionKind::grant || kind == DecisionKind::inform || kind == DecisionKind::withdraw_objection;
}

}  // namespace

base::Result<base::Instant> counts_from(const storage::View& view, const base::PersonId& person,
                                        const consent::DecisionFact& fact, const DecidedWhen& when) {
  if (when.earliest == when.latest || !is_yes(fact.kind)) return when.latest;
  SEGELL_TRY(const auto records, view.consents().of_person(person));
  SEGELL_TRY(auto decisions, from_records(records));
  for (const consent::DecisionFact& other : consent::without_errors(std::move(decisions))) {
    const bool meanwhile = other.at >= when.earliest && other.at <= when.latest;
    const bool same_use = consent::covers(other.scope, fact.scope) || consent::covers(fact.scope, other.scope);
    if (meanwhile && same_use && is_no(other.kind)) return when.earliest;
  }
  return when.latest;
}

}  // namespace segell::app
