#include "capacities.h"

#include <algorithm>

namespace segell::consent {

Capacity Capacities::at(base::Instant when) const {
  const CapacityFact* newest = nullptr;
  for (const CapacityFact& fact : m_facts) {
    if (fact.from > when || (fact.until && *fact.until <= when) || !covers(fact.scope, m_asked)) continue;
    // Two facts of one instant: the one that allows less.
    if (newest == nullptr || fact.from > newest->from ||
        (fact.from == newest->from && fact.capacity > newest->capacity)) {
      newest = &fact;
    }
  }
  return newest == nullptr ? Capacity::able : newest->capacity;
}

bool Capacities::were_others(base::Instant since, base::Instant now) const {
  if (!are_others(at(since))) return false;
  const auto ended = [&](base::Instant edge) { return edge > since && edge <= now && !are_others(at(edge)); };
  return std::none_of(m_facts.begin(), m_facts.end(),
                      [&](const CapacityFact& fact) { return ended(fact.from) || (fact.until && ended(*fact.until)); });
}

base::Instant Capacities::are_others_until(base::Instant now, base::Instant end) const {
  const auto consider = [&](base::Instant edge) {
    if (edge > now && edge < end && !are_others(at(edge))) end = edge;
  };
  for (const CapacityFact& fact : m_facts) {
    consider(fact.from);
    if (fact.until) consider(*fact.until);
  }
  return end;
}

}  // namespace segell::consent
