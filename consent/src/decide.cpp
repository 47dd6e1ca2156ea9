#include "consent/decide.h"

#include "capacities.h"

#include <algorithm>

namespace segell::consent {

namespace {

bool is_restriction(DecisionKind kind) noexcept {
  switch (kind) {
    case DecisionKind::refuse:
    case DecisionKind::withdraw:
    case DecisionKind::object:
    case DecisionKind::expire:
      return true;
    case DecisionKind::inform:
    case DecisionKind::grant:
    case DecisionKind::defer:
    case DecisionKind::withdraw_objection:
    case DecisionKind::enter_in_error:
      return false;
  }
  return true;
}

Reason reason_of(DecisionKind restriction) noexcept {
  switch (restriction) {
    case DecisionKind::refuse:
      return Reason::refused;
    case DecisionKind::withdraw:
      return Reason::withdrawn;
    case DecisionKind::object:
      return Reason::opposed;
    case DecisionKind::expire:
      return Reason::expired;
    case DecisionKind::inform:
    case DecisionKind::grant:
    case DecisionKind::defer:
    case DecisionKind::withdraw_objection:
    case DecisionKind::enter_in_error:
      return Reason::no_consent;
  }
  return Reason::no_consent;
}

/// One question on one set of facts; looks only at what is in force at `at`.
class Evaluation {
 public:
  Evaluation(const Facts& facts, const Scope& asked, base::Instant at)
      : m_facts(facts),
        m_asked(asked),
        m_at(at),
        m_capacities(facts.capacities, asked),
        m_capacity_now(m_capacities.at(at)),
        m_opposed(is_opposed_by_holder()) {
    m_in_force.reserve(facts.decisions.size());
    for (const DecisionFact& fact : facts.decisions) {
      if (fact.kind == DecisionKind::enter_in_error && fact.voids && fact.at <= at) m_errors.push_back(&fact);
    }
    for (const DecisionFact& fact : facts.decisions) {
      if (fact.at > at || fact.kind == DecisionKind::enter_in_error || !covers(fact.scope, asked)) continue;
      const bool allows_nothing = !is_restriction(fact.kind) && error_in(fact) != nullptr;
      (allows_nothing ? m_in_error : m_in_force).push_back(&fact);
    }
  }

  Answer run() const {
    if (m_facts.category == CategoryKind::unknown) return deny(Reason::unknown_category);
    if (m_asked.purpose.empty()) return deny(Reason::wrong_purpose);
    if (m_asked.category.empty()) return deny(Reason::unknown_category);
    if (m_asked.recipient.empty()) return deny(Reason::not_party);
    if (prohibited()) return deny(Reason::no_basis);
    if (is_protected()) return deny(Reason::protected_person);
    if (const BasisFact* basis = best_basis(/*opposable=*/false)) return permit(*basis);
    if (live_objection() == nullptr) {
      if (const BasisFact* basis = best_basis(/*opposable=*/true)) return permit(*basis);
    }
    return consent();
  }

 private:
  static Answer deny(Reason reason, const DecisionFact* because = nullptr) {
    Answer answer;
    answer.reason = reason;
    if (because != nullptr) answer.based_on = because->id;
    return answer;
  }

  /// The earliest act that says the decision was not the person's own; null where none does.
  const DecisionFact* error_in(const DecisionFact& decision) const {
    const DecisionFact* found = nullptr;
    for (const DecisionFact* error : m_errors) {
      if (error->voids == decision.id && (found == nullptr || error->at < found->at)) found = error;
    }
    return found;
  }

  Reason reason_of_standing(const DecisionFact& restriction) const {
    return error_in(restriction) != nullptr ? Reason::entered_in_error : reason_of(restriction.kind);
  }

  bool prohibited() const {
    return std::any_of(m_facts.prohibitions.begin(), m_facts.prohibitions.end(),
                       [&](const Prohibition& p) { return p.from <= m_at && covers(p.scope, m_asked); });
  }

  bool is_protected() const {
    return std::any_of(m_facts.protections.begin(), m_facts.protections.end(), [&](const Protection& p) {
      return p.from <= m_at && (!p.until || m_at < *p.until) && covers(p.scope, m_asked);
    });
  }

  /// Special categories are used only under a condition of article 9.
  bool fits_category(const LegalBasis& basis) const {
    return m_facts.category != CategoryKind::special || basis.article9 != Article9::none;
  }

  /// A "yes" to the thing in question, said by somebody who could say it.
  bool counts(const DecisionFact& fact) const {
    return fact.kind == DecisionKind::grant && fact.basis.kind == BasisKind::express_consent && fact.valid_until &&
           fits_category(fact.basis) && !lacks_capacity(fact);
  }

  bool lacks_capacity(const DecisionFact& fact) const {
    if (m_capacity_now == Capacity::unclear || fact.voice == Voice::unproven) return true;
    if (fact.voice == Voice::representative)
      return !Capacities::are_others(m_capacity_now) || !m_capacities.were_others(fact.at, m_at);
    return m_capacities.at(fact.at) != Capacity::able;
  }

  /// Until when a grant that counts now can count: its term, or the day from which the person decides themselves.
  base::Instant end_of(const DecisionFact& grant) const {
    const bool for_another = grant.voice == Voice::representative;
    return for_another ? m_capacities.are_others_until(m_at, *grant.valid_until) : *grant.valid_until;
  }

  bool is_opposed_by_holder() const {
    return std::any_of(m_facts.objections.begin(), m_facts.objections.end(), [&](const HolderObjection& o) {
      return o.from <= m_at && (!o.until || m_at < *o.until) && covers(o.scope, m_asked);
    });
  }

  /// Another holder of parental authority stands against it.
  bool is_blocked(const DecisionFact& grant) const { return m_opposed && grant.voice == Voice::representative; }

  /// A restriction that was not the person's own ends when they were asked themselves, after that was found.
  bool overtaken(const DecisionFact& restriction) const {
    const DecisionFact* error = error_in(restriction);
    if (error == nullptr) return false;
    return std::any_of(m_in_force.begin(), m_in_force.end(), [&](const DecisionFact* fact) {
      return fact->kind == DecisionKind::inform && fact->at > error->at && fact->at > restriction.at &&
             covers(restriction.scope, fact->scope);
    });
  }

  /// A later and not wider decision of that kind answers the restriction.
  bool lifted(const DecisionFact& restriction, DecisionKind by) const {
    return std::any_of(m_in_force.begin(), m_in_force.end(), [&](const DecisionFact* candidate) {
      const DecisionFact& fact = *candidate;
      if (fact.kind != by || fact.at <= restriction.at) return false;
      if (by == DecisionKind::grant && (!counts(fact) || is_blocked(fact) || *fact.valid_until <= m_at)) return false;
      if (by == DecisionKind::withdraw_objection && fact.voice == Voice::unproven) return false;
      return covers(restriction.scope, fact.scope);
    });
  }

  /// The order among restrictions that all stand: the newest, then the stronger word, then the smaller id, so that the
  /// order of the facts cannot show in the answer.
  static bool before(const DecisionFact& a, const DecisionFact& b) {
    if (a.at != b.at) return a.at > b.at;
    if (a.kind != b.kind) return a.kind > b.kind;
    return a.id < b.id;
  }

  const DecisionFact* live_objection() const {
    const DecisionFact* found = nullptr;
    for (const DecisionFact* fact : m_in_force) {
      if (fact->kind != DecisionKind::object) continue;
      if (found != nullptr && !before(*fact, *found)) continue;
      if (!lifted(*fact, DecisionKind::withdraw_objection) && !overtaken(*fact)) found = fact;
    }
    return found;
  }

  /// Whether a restriction stands in the way of consent. A new grant answers an objection as it answers a refusal.
  bool stands(const DecisionFact& fact) const {
    if (!is_restriction(fact.kind)) return false;
    if (lifted(fact, DecisionKind::grant) || overtaken(fact)) return false;
    return fact.kind != DecisionKind::object || !lifted(fact, DecisionKind::withdraw_objection);
  }

  const DecisionFact* standing_restriction() const {
    const DecisionFact* found = nullptr;
    for (const DecisionFact* fact : m_in_force) {
      if (found != nullptr && !before(*fact, *found)) continue;
      if (stands(*fact)) found = fact;
    }
    return found;
  }

  /// The oldest refusal or withdrawal that nothing lifted.
  const DecisionFact* said_no() const {
    const DecisionFact* found = nullptr;
    for (const DecisionFact* fact : m_in_force) {
      if (fact->kind != DecisionKind::refuse && fact->kind != DecisionKind::withdraw) continue;
      if ((found == nullptr || before(*found, *fact)) && stands(*fact)) found = fact;
    }
    return found;
  }

  bool usable(const BasisFact& fact, bool opposable) const {
    const bool holds = fact.from <= m_at && (!fact.until || m_at < *fact.until) && covers(fact.scope, m_asked) &&
                       fits_category(fact.basis);
    if (!holds || (fact.basis.opposable != Opposable::no) != opposable) return false;
    switch (fact.basis.kind) {
      case BasisKind::law:
        return fact.by_administrator && !fact.basis.law.empty() && (!opposable || informed() != nullptr);
      case BasisKind::vital_interest:
        return !opposable && fact.by_administrator && fact.until.has_value();
      case BasisKind::non_opposition:
        // After a "no" only an administrator's own entry may still be used; a professional's item may not.
        return opposable && informed() != nullptr && (fact.by_administrator || said_no() == nullptr);
      case BasisKind::express_consent:
      case BasisKind::agreement:
        return false;
    }
    return false;
  }

  /// The newest proof that the person was told, which an opposable basis needs; null where there is none.
  const DecisionFact* informed() const {
    const DecisionFact* found = nullptr;
    for (const DecisionFact* fact : m_in_force) {
      if (fact->kind != DecisionKind::inform) continue;
      if (found == nullptr || before(*fact, *found)) found = fact;
    }
    return found;
  }

  /// The usable basis with the longest term, then the earliest start.
  const BasisFact* best_basis(bool opposable) const {
    const BasisFact* best = nullptr;
    for (const BasisFact& fact : m_facts.bases) {
      if (!usable(fact, opposable)) continue;
      if (best == nullptr || better(fact, *best)) best = &fact;
    }
    return best;
  }

  static bool better(const BasisFact& a, const BasisFact& b) {
    const base::Instant end_a = a.until.value_or(base::Instant::max());
    const base::Instant end_b = b.until.value_or(base::Instant::max());
    if (end_a != end_b) return end_a > end_b;
    if (a.from != b.from) return a.from < b.from;
    if (a.basis.kind != b.basis.kind) return a.basis.kind < b.basis.kind;
    if (a.basis.article6 != b.basis.article6) return a.basis.article6 < b.basis.article6;
    if (a.basis.article9 != b.basis.article9) return a.basis.article9 < b.basis.article9;
    if (a.basis.opposable != b.basis.opposable) return a.basis.opposable < b.basis.opposable;
    return a.basis.law < b.basis.law;
  }

  Answer permit(const BasisFact& fact) const {
    Answer answer;
    answer.permit = true;
    answer.basis = fact.basis;
    answer.valid_until = fact.until;
    answer.scsp = scsp_value(fact.basis);
    if (fact.basis.opposable != Opposable::no) answer.based_on = informed()->id;
    const DecisionFact* no = said_no();
    answer.basis_shopping = no != nullptr && no->at < fact.from;
    return answer;
  }

  Answer consent() const {
    const DecisionFact* newest = nullptr;
    for (const DecisionFact* fact : m_in_force) {
      if (!counts(*fact)) continue;
      if (newest == nullptr || fact->at > newest->at || (fact->at == newest->at && shorter(*fact, *newest))) {
        newest = fact;
      }
    }
    if (const DecisionFact* restriction = standing_restriction()) {
      // A later "yes" that ran out, or that another holder stands against, is the nearer reason than the "no" before
      // it.
      if (newest != nullptr && newest->at > restriction->at) {
        if (*newest->valid_until <= m_at) return deny(Reason::expired, newest);
        if (is_blocked(*newest)) return deny(Reason::opposed, newest);
      }
      return deny(reason_of_standing(*restriction), restriction);
    }
    const bool over = newest == nullptr || *newest->valid_until <= m_at;
    if (const DecisionFact* error = newest_in_error(); over && error != nullptr) {
      if (newest == nullptr || error->at > newest->at) return deny(Reason::entered_in_error, error);
    }
    if (newest == nullptr) return deny(nearest_reason());
    if (const DecisionFact* error = ran_out_before_found(*newest)) return deny(Reason::entered_in_error, error);
    if (over) return deny(Reason::expired, newest);
    if (is_blocked(*newest)) return deny(Reason::opposed, newest);
    Answer answer;
    answer.permit = true;
    answer.basis = newest->basis;
    answer.based_on = newest->id;
    answer.valid_until = term(*newest);
    answer.scsp = Scsp::si;
    return answer;
  }

  /// The newest "yes", or word that the person was told, that was not theirs.
  const DecisionFact* newest_in_error() const {
    const DecisionFact* found = nullptr;
    for (const DecisionFact* fact : m_in_error) {
      if (fact->kind == DecisionKind::defer) continue;
      if (found == nullptr || before(*fact, *found)) found = fact;
    }
    return found;
  }

  /// A later "yes" that was over already when it was found not to be theirs: an older one does not come back by that.
  const DecisionFact* ran_out_before_found(const DecisionFact& newest) const {
    const DecisionFact* found = nullptr;
    for (const DecisionFact* fact : m_in_error) {
      if (!counts(*fact) || fact->at < newest.at || *fact->valid_until > error_in(*fact)->at) continue;
      if (found == nullptr || before(*fact, *found)) found = fact;
    }
    return found;
  }

  /// Until when this permit stands if nothing new is said: its own term, or sooner, when a restriction stands again
  /// because the last grant that answers it runs out.
  base::Instant term(const DecisionFact& newest) const {
    base::Instant end = end_of(newest);
    for (const DecisionFact* fact : m_in_force) {
      if (!is_restriction(fact->kind) || overtaken(*fact)) continue;
      if (fact->kind == DecisionKind::object && lifted(*fact, DecisionKind::withdraw_objection)) continue;
      base::Instant answered = m_at;
      for (const DecisionFact* grant : m_in_force) {
        if (counts(*grant) && !is_blocked(*grant) && grant->at > fact->at && covers(fact->scope, grant->scope)) {
          answered = std::max(answered, end_of(*grant));
        }
      }
      end = std::min(end, answered);
    }
    return end;
  }

  /// Among grants of one instant the one that allows less.
  static bool shorter(const DecisionFact& a, const DecisionFact& b) {
    if (*a.valid_until != *b.valid_until) return *a.valid_until < *b.valid_until;
    return a.id < b.id;
  }

  /// Without any "yes": what came nearest.
  Reason nearest_reason() const {
    Reason best = Reason::no_basis;
    const auto seen = [&](Reason reason) {
      if (rank(reason) > rank(best)) best = reason;
    };
    for (const DecisionFact* fact : m_in_force) {
      if (fact->kind == DecisionKind::grant && lacks_capacity(*fact)) seen(Reason::capacity_unclear);
      seen(Reason::no_consent);
    }
    for (const DecisionFact& fact : m_facts.decisions) {
      if (fact.at <= m_at && fact.kind == DecisionKind::grant) seen_beside(fact.scope, seen);
    }
    for (const BasisFact& fact : m_facts.bases) {
      if (fact.from <= m_at) seen_beside(fact.scope, seen);
    }
    return best;
  }

  template <class Seen>
  void seen_beside(const Scope& scope, const Seen& seen) const {
    Scope other = m_asked;
    other.purpose = scope.purpose;
    if (covers(scope, other) && scope.purpose != m_asked.purpose) seen(Reason::wrong_purpose);
    other = m_asked;
    other.recipient = scope.recipient;
    if (covers(scope, other) && scope.recipient != m_asked.recipient) seen(Reason::not_party);
  }

  static int rank(Reason reason) noexcept {
    switch (reason) {
      case Reason::capacity_unclear:
        return 4;
      case Reason::no_consent:
        return 3;
      case Reason::wrong_purpose:
        return 2;
      case Reason::not_party:
        return 1;
      case Reason::no_basis:
      case Reason::refused:
      case Reason::withdrawn:
      case Reason::expired:
      case Reason::opposed:
      case Reason::protected_person:
      case Reason::unknown_category:
      case Reason::entered_in_error:
        return 0;
    }
    return 0;
  }

  const Facts& m_facts;
  const Scope& m_asked;
  base::Instant m_at;
  Capacities m_capacities;
  Capacity m_capacity_now;
  bool m_opposed;  ///< an objection of another holder lives
  /// The decisions that speak of the question and were made by then: the rules look at each several times.
  std::vector<const DecisionFact*> m_in_force;
  /// What was found by then not to be the person's own, and what it would have allowed here.
  std::vector<const DecisionFact*> m_errors;
  std::vector<const DecisionFact*> m_in_error;
};

}  // namespace

Answer decide(const Facts& facts, const Question& question, base::Instant at) {
  return Evaluation(facts, question.scope, at).run();
}

}  // namespace segell::consent
