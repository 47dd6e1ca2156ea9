#pragma once

#include "consent/decide.h"

#include <chrono>
#include <string>
#include <utility>

namespace segell::consent::test {

/// Day n of a made-up calendar.
inline base::Instant day(int n) { return base::Instant(std::chrono::hours(24) * (20000 + n)); }

inline Scope meal_grant() { return {"meal-grant", "income.tax", "ensenyament"}; }

inline DecisionFact fact(DecisionKind kind, int at, Scope scope = meal_grant()) {
  DecisionFact made;
  made.id = DecisionId::make();
  made.kind = kind;
  made.scope = std::move(scope);
  made.at = day(at);
  if (kind == DecisionKind::grant) made.valid_until = day(1000);
  return made;
}

/// That `decision` was not the person's own, found on day `at`.
inline DecisionFact error_of(const DecisionFact& decision, int at) {
  DecisionFact made = fact(DecisionKind::enter_in_error, at, decision.scope);
  made.voids = decision.id;
  return made;
}

inline BasisFact law(int from, Scope scope = meal_grant()) {
  return {std::move(scope),
          {BasisKind::law, Article6::c, Article9::none, "Llei 12/2007, DA 15", Opposable::no},
          day(from),
          std::nullopt,
          true};
}

inline BasisFact non_opposition(int from, Scope scope = meal_grant()) {
  return {std::move(scope),
          {BasisKind::non_opposition, Article6::e, Article9::none, "", Opposable::art28},
          day(from),
          day(1000),
          false};
}

inline Answer ask(const Facts& facts, int at, Scope scope = meal_grant()) {
  return decide(facts, Question{std::move(scope)}, day(at));
}

}  // namespace segell::consent::test
