#pragma once

#include "base/json.h"
#include "base/time.h"
#include "storage/scope.h"

#include <optional>
#include <string>
#include <vector>

namespace segell::storage {

/// What a decision or a basis speaks of.
struct ItemKey {
  std::string purpose;
  std::string category;
  std::string recipient;
  auto operator<=>(const ItemKey&) const = default;
};

/// One thing that a person decided about one item; never changed, only followed by later ones. At rest the item is a
/// blind index and everything else is sealed under the person's key.
struct ConsentFact {
  DecisionId decision;
  PersonId person;
  ItemKey item;
  std::string kind;  ///< grant, refuse, defer, withdraw, object, withdraw-objection, inform, entered-in-error
  std::string basis_kind;
  std::string article6;
  std::string article9;
  std::string law;
  std::string opposable;  ///< no, art28, art21
  std::string voice;      ///< self, representative, unproven: whether the "yes" of whoever acted counts
  std::string notice_key;
  std::int64_t notice_version = 0;
  std::string notice_language;
  std::string channel;
  std::string heard_by;  ///< who heard a decision that was told by voice; empty: nobody stood between
  base::Instant effective;
  std::optional<base::Instant> valid_until;
  std::uint64_t log_index = 0;
  std::optional<DocumentId> document;  ///< the sealed document that shows it, where there is one
  std::optional<DecisionId> voids;     ///< of entered-in-error: the decision that was not the person's own
  std::optional<RepresentationId> representation{};  ///< through which somebody decided for the person
};

/// A row of the legal-basis register of the tenant: it speaks of no person.
struct LegalBasisRecord {
  std::string id;  ///< given by the tenant
  ItemKey item;    ///< an empty member stands for every value
  std::string kind;
  std::string article6;
  std::string article9;
  std::string law;
  std::string opposable;  ///< no, art28, art21
  base::Instant from;
  std::optional<base::Instant> until;
  std::uint64_t log_index = 0;
};

/// A rule that protects one person whatever else was decided; sealed under the person's key.
struct ProtectionFact {
  DecisionId id;
  PersonId person;
  std::string kind;
  ItemKey item;  ///< an empty member stands for every value
  base::Instant from;
  std::optional<base::Instant> until;
  std::uint64_t log_index = 0;
};

class Consents {
 public:
  explicit Consents(Scope& scope) : m_scope(&scope) {}

  /// Facts of one item in log order. `as_of` limits them to a log of that size ("as known at T").
  [[nodiscard]] base::Result<std::vector<ConsentFact>> of_item(const PersonId& person, const ItemKey& item,
                                                               std::optional<std::uint64_t> as_of = {}) const;
  /// All facts of a person in log order.
  [[nodiscard]] base::Result<std::vector<ConsentFact>> of_person(const PersonId& person) const;
  [[nodiscard]] base::Result<std::vector<ProtectionFact>> protections(const PersonId& person) const;
  /// The whole register, in order of id (small; a caller may keep it).
  [[nodiscard]] base::Result<std::vector<LegalBasisRecord>> bases() const;

  base::Result<void> add(const ConsentFact& fact);
  base::Result<void> add_protection(const ProtectionFact& fact);
  /// Adds or replaces by id.
  base::Result<void> put_basis(const LegalBasisRecord& basis);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
