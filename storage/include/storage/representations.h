#pragma once

#include "base/json.h"
#include "base/time.h"
#include "storage/consents.h"
#include "storage/scope.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace segell::storage {

/// That one person of the tenant may act for another. What it reaches and how it was proven are sealed under the key of
/// whoever is represented.
struct RepresentationRecord {
  RepresentationId id;
  PersonId person;                         ///< who is represented
  std::optional<PersonId> representative;  ///< none once they are erased: then nobody acts through it
  std::string state;                       ///< the app's closed words, as somebody entered it
  base::Instant created{};
  std::optional<base::Instant> ended{};  ///< from when on somebody's word ended it; what was done before stays done
  std::uint64_t log_index = 0;           ///< the event that brought it in: the order of lists

  std::string basis;                  ///< the app's closed words
  std::string holds;                  ///< sole or joint, of parental authority alone
  std::vector<std::string> purposes;  ///< codes; none: everything
  base::Instant from{};
  std::optional<base::Instant> until;

  base::Json words;  ///< evidence, and why its state changed; null once the representative is erased
};

/// That one of several holders of parental authority does not agree.
struct ObjectionRecord {
  ObjectionId id;
  PersonId person;  ///< whose matters it is about
  RepresentationId representation;
  std::uint64_t log_index = 0;
  ItemKey item;  ///< an empty member stands for every value
  base::Instant from{};
  std::optional<base::Instant> until;
  base::Json words;  ///< channel, evidence, reasons; null once whoever objected is erased
};

/// Who acts for whom, and which holders object.
class Representations {
 public:
  explicit Representations(Scope& scope) : m_scope(&scope) {}

  /// Error: not_found "representation.unknown".
  [[nodiscard]] base::Result<RepresentationRecord> get(const RepresentationId& id) const;
  /// Of whoever is represented, in log order.
  [[nodiscard]] base::Result<std::vector<RepresentationRecord>> of_person(const PersonId& person) const;
  /// Those of a person whose representative is that one.
  [[nodiscard]] base::Result<std::vector<RepresentationRecord>> between(const PersonId& person,
                                                                        const PersonId& representative) const;
  /// People who are represented, in the order of their ids, those after that one.
  [[nodiscard]] base::Result<std::vector<PersonId>> represented(const std::optional<PersonId>& after,
                                                                std::size_t limit) const;

  /// Marks the person too (PersonStanding::has_capacity_facts).
  base::Result<void> add(const RepresentationRecord& representation);
  /// Changes state, end and words. Error: not_found "representation.unknown".
  base::Result<void> update(const RepresentationRecord& representation);

  /// Error: not_found "objection.unknown".
  [[nodiscard]] base::Result<ObjectionRecord> objection(const ObjectionId& id) const;
  /// In log order, those that ended too.
  [[nodiscard]] base::Result<std::vector<ObjectionRecord>> objections_of(const PersonId& person) const;
  base::Result<void> add(const ObjectionRecord& objection);
  /// Changes end and words. Error: not_found "objection.unknown".
  base::Result<void> update(const ObjectionRecord& objection);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
