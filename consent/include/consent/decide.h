#pragma once

#include "base/id.h"
#include "base/time.h"
#include "consent/item.h"

#include <optional>
#include <string_view>
#include <vector>

namespace segell::consent {

/// Who expressed a decision, as far as its validity depends on it.
enum class Voice {
  self,            ///< the person
  representative,  ///< somebody whose power was found valid
  unproven,        ///< somebody whose power is not valid or not known
};

/// A recorded decision, reduced to what the rules need.
struct DecisionFact {
  DecisionId id;
  DecisionKind kind = DecisionKind::defer;
  Scope scope;
  LegalBasis basis;
  base::Instant at{};                        ///< effective time
  std::optional<base::Instant> valid_until;  ///< grants without one never count
  Voice voice = Voice::self;
  /// Of `enter_in_error` alone: the decision that was not the person's own. `at` is when that was found.
  std::optional<DecisionId> voids{};
};

/// A basis other than consent that the tenant holds for a scope: from its register, or from an item of which the person
/// was informed.
struct BasisFact {
  Scope scope;
  LegalBasis basis;
  base::Instant from{};
  std::optional<base::Instant> until;
  /// Entered by an administrator with its legal reference; a professional cannot type one freely.
  bool by_administrator = false;
};

/// A statute that forbids the use, whatever else is said.
struct Prohibition {
  Scope scope;
  base::Instant from{};
};

/// A protection of the person (hidden address, excluded recipient …) over a scope; it overrides every permit.
struct Protection {
  Scope scope;
  base::Instant from{};
  std::optional<base::Instant> until;
};

/// Who consents for the person, the one that allows less last: they themselves from 14 on (LOPDGDD art. 7); whoever
/// represents an adult by a judgment, as far as that goes; until 14 whoever holds parental authority or guardianship;
/// nobody, where it is not known.
enum class Capacity { able, represented, under_14, unclear };
struct CapacityFact {
  Capacity capacity = Capacity::able;
  base::Instant from{};
  std::optional<base::Instant> until{};  ///< from then on what held before holds again
  Scope scope{};                         ///< what it speaks of; an empty part means "any"
};

/// One of several holders of parental authority does not agree (Civil Code of Catalonia, art. 236-8 and 236-13). It
/// ends when they take it back themselves, or by a judgment.
struct HolderObjection {
  Scope scope;  ///< an empty part means "any"
  base::Instant from{};
  std::optional<base::Instant> until;
};

/// What the catalogue knows about the category of the question.
enum class CategoryKind { known, special, unknown };

/// Everything that a question about one person can rest on. The order inside the lists means nothing.
struct Facts {
  std::vector<DecisionFact> decisions;
  std::vector<BasisFact> bases;
  std::vector<Prohibition> prohibitions;
  std::vector<Protection> protections;
  std::vector<CapacityFact> capacities;
  std::vector<HolderObjection> objections;
  CategoryKind category = CategoryKind::known;
};

/// May the recipient use data of this category for this purpose? Every part is mandatory.
struct Question {
  Scope scope;
};

/// The rules as code: changes with every change of their meaning, so that an old answer can be explained.
inline constexpr std::string_view kRuleVersion = "3";

struct Answer {
  bool permit = false;
  Reason reason = Reason::no_basis;          ///< of a denial
  std::optional<LegalBasis> basis;           ///< of a permit
  std::optional<DecisionId> based_on;        ///< the decision it rests on: the grant, the refusal …
  std::optional<base::Instant> valid_until;  ///< of a permit, where the basis has a term
  Scsp scsp = Scsp::none;                    ///< of a permit
  /// A basis is used for an item that the person refused or withdrew before that basis was entered.
  bool basis_shopping = false;

  bool operator==(const Answer&) const = default;
};

/// The one function that decides, pure and total. First match wins:
/// 1. unknown category, or a question that is not complete → deny. 2. A statute prohibits → deny no_basis. 3. A
/// protection covers the question → deny protected_person. 4. A law that leaves no opposition, entered by an
/// administrator → permit Ley. 5. An opposable basis of which the person was informed, without a live objection →
/// permit. 6. Consent: the newest grant alone counts, and no restriction (refusal, withdrawal, objection, expiry) may
/// stand against it. A grant lifts a restriction only when it is strictly newer and not wider; restrictions never lift
/// one another; ties deny. 7. Nothing → deny with the nearest reason. Facts after `at` do not count, so that "as known
/// at T" can be replayed.
///
/// A representative's grant counts only as long as somebody else decides for the person: the capacity was under_14 or
/// represented when it was given, and ever since until `at`. From 14 on it is no basis any more (deny capacity_unclear
/// where nothing nearer says why), and a grant that the person gave before counts never. While an objection of another
/// holder lives, the representatives' grants inside its scope permit nothing and lift nothing, however new they are
/// (deny opposed); it stands against no basis but consent, and not against what the person grants from 14 on.
///
/// What was entered in error allows nothing from then on (deny entered_in_error where nothing nearer says why). What it
/// forbade stays forbidden until the person was asked anew: a grant lifts it as it lifts any restriction, and so does
/// that the person was informed after the error was found. To find an error therefore never turns a denial into a
/// permit by itself.
Answer decide(const Facts& facts, const Question& question, base::Instant at);

/// Those decisions that were the person's own: without what was entered in error, and without the acts that say so.
std::vector<DecisionFact> without_errors(std::vector<DecisionFact> decisions);

/// The state of one item after all that was decided about exactly it, in the order of the log; `entered_in_error` where
/// nothing of it was the person's own. What does not fit the state is passed over.
ItemState item_state(const std::vector<DecisionFact>& history);

}  // namespace segell::consent
