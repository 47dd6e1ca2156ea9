#include "earlier_no.h"

#include "consent/decide.h"
#include "consent_facts.h"

#include <algorithm>

namespace segell::app {

base::Result<base::Json> earlier_no_json(const storage::View& view, const base::PersonId& person,
                                         const consent::Scope& scope) {
  SEGELL_TRY(const auto records, view.consents().of_item(person, {scope.purpose, scope.category, scope.recipient}));
  if (records.empty()) return base::Json();
  SEGELL_TRY(auto all, from_records(records));
  const auto history = consent::without_errors(std::move(all));
  const consent::ItemState state = consent::item_state(history);
  if (state != consent::ItemState::withdrawn && state != consent::ItemState::refused &&
      state != consent::ItemState::opposed)
    return base::Json();
  const auto no = std::find_if(history.rbegin(), history.rend(), [](const consent::DecisionFact& fact) {
    return fact.kind == consent::DecisionKind::withdraw || fact.kind == consent::DecisionKind::refuse ||
           fact.kind == consent::DecisionKind::object;
  });
  // What a representative said is nobody's to be reminded of.
  if (no == history.rend() || no->voice == consent::Voice::representative) return base::Json();
  return base::Json::object({{"state", to_string(state)}, {"at", base::format_rfc3339(no->at)}});
}

}  // namespace segell::app
