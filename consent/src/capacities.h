#pragma once

#include "consent/decide.h"

#include <vector>

namespace segell::consent {

/// Who could consent to what is asked, over time. The facts and the question outlive it.
class Capacities {
 public:
  Capacities(const std::vector<CapacityFact>& facts, const Scope& asked) : m_facts(facts), m_asked(asked) {}

  /// Whether somebody else consents for the person.
  static bool are_others(Capacity capacity) noexcept {
    return capacity == Capacity::under_14 || capacity == Capacity::represented;
  }

  [[nodiscard]] Capacity at(base::Instant when) const;
  /// Whether from then until `now` it was always somebody else: what changes at all changes at the edge of a fact.
  [[nodiscard]] bool were_others(base::Instant since, base::Instant now) const;
  /// When the person decides themselves, if that is behind `now` and before `end`; else `end`.
  [[nodiscard]] base::Instant are_others_until(base::Instant now, base::Instant end) const;

 private:
  const std::vector<CapacityFact>& m_facts;
  const Scope& m_asked;
};

}  // namespace segell::consent
