#pragma once

#include "base/json.h"
#include "base/time.h"
#include "storage/scope.h"

#include <optional>
#include <string>

namespace segell::storage {

/// An identifier known outside Segell, for example {"nif", "00000000T"}; normalised by the caller.
struct OutsideIdentifier {
  std::string type;
  std::string value;
};

struct PersonRecord {
  PersonId id;
  bool erased = false;
  base::Json profile;  ///< null once erased; at rest sealed under the person's key
  std::optional<OutsideIdentifier> identifier;
  base::Instant created;
  std::uint64_t log_index = 0;  ///< the event that brought it in, or, once erased, the event of the erasure
};

/// What is known of a person without opening anything of theirs.
struct PersonStanding {
  bool is_there = false;  ///< known here, and not erased
  /// Whether it takes more than their decisions to say who consents for them: a date of birth or a representation is
  /// recorded.
  bool has_capacity_facts = false;
};

/// What an erasure removed.
struct ErasureReport {
  std::uint64_t openings = 0;
  std::uint64_t disclosures = 0;
  std::uint64_t envelopes = 0;
  std::uint64_t facts = 0;
  std::uint64_t requests = 0;
};

class Persons {
 public:
  explicit Persons(Scope& scope) : m_scope(&scope) {}

  /// Error: not_found "person.unknown".
  [[nodiscard]] base::Result<PersonRecord> get(const PersonId& id) const;
  /// Whether there is such a person, and not erased; opens nothing.
  [[nodiscard]] base::Result<bool> is_there(const PersonId& id) const;
  [[nodiscard]] base::Result<PersonStanding> standing(const PersonId& id) const;
  [[nodiscard]] base::Result<std::optional<PersonId>> find(const OutsideIdentifier& identifier) const;

  /// Makes the person's key too. Error: already_exists "person.identifier-taken".
  base::Result<void> add(const PersonRecord& person);
  base::Result<void> set_profile(const PersonId& id, const base::Json& profile);
  /// From now on standing() says that there are capacity facts.
  base::Result<void> mark_capacity(const PersonId& id);

  /// Deletes profile, identifier, openings, disclosures, envelopes, consent and protection facts, the personal part of
  /// requests and slips, what they asked to have put right, who represents them, and the logins that were for this
  /// person alone; a tombstone remains. What the person did for others stays theirs, without saying who did it, and
  /// nobody acts through it any more. The key is destroyed after the commit, and again at every start. The caller logs
  /// the erasure first, with no subject, and gives its index. Errors: not_found "person.unknown"; conflict
  /// "person.erased".
  base::Result<ErasureReport> erase(const PersonId& id, std::uint64_t log_index);

 private:
  Scope* m_scope;
};

}  // namespace segell::storage
