#include "consent/decide.h"

#include <algorithm>

namespace segell::consent {

std::vector<DecisionFact> without_errors(std::vector<DecisionFact> decisions) {
  std::vector<DecisionId> errors;
  for (const DecisionFact& fact : decisions) {
    if (fact.kind == DecisionKind::enter_in_error && fact.voids) errors.push_back(*fact.voids);
  }
  std::erase_if(decisions, [&](const DecisionFact& fact) {
    return fact.kind == DecisionKind::enter_in_error ||
           std::find(errors.begin(), errors.end(), fact.id) != errors.end();
  });
  return decisions;
}

ItemState item_state(const std::vector<DecisionFact>& history) {
  const std::vector<DecisionFact> own = without_errors(history);
  if (own.empty() && !history.empty()) return ItemState::entered_in_error;
  ItemState state = ItemState::offered;
  for (const DecisionFact& fact : own) {
    if (const auto next = next_state(state, fact.kind)) state = *next;
  }
  return state;
}

}  // namespace segell::consent
