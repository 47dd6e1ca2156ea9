#pragma once

#include "representation_record.h"

#include <string>
#include <string_view>
#include <vector>

// Whether somebody may act for a person: the one place, for asking, for signing, and for what a login reaches.

namespace segell::app {

/// What somebody wants to do for a person.
struct ActingFor {
  base::PersonId person;              ///< the subject
  std::string capacity;               ///< "parent", "guardian" or "curator"
  std::vector<std::string> purposes;  ///< of what is decided; none: nothing is but the paper itself
  base::Instant at{};                 ///< of the act: its own time, where it was captured before
};

/// Who acts, and for whom.
struct Acting {
  storage::RepresentationRecord representation;
  storage::PersonRecord representative;
  std::string representative_name;
  std::string represented_name;
  consent::AgeBand age = consent::AgeBand::unknown;  ///< of the represented person, at that time
};

/// Error: not_found "representation.unknown", for a malformed id too.
base::Result<storage::RepresentationRecord> load_representation(const storage::View& view, std::string_view id);

/// Who acts through that representation. Errors: not_found "representation.unknown", also where it is about another
/// person; conflict "representation.not-valid" (not valid or not begun at that time, or its representative is excluded
/// from the person: which of them is not told); invalid_argument "representation.capacity" (parent acts by parental
/// authority, guardian by a judgment or public guardianship, curator by a judgment); conflict "representation.scope"
/// (it does not reach a purpose); conflict "person.no-birth-date" (of a minor, who decides depends on it).
base::Result<Acting> require_acting(const storage::View& view, std::string_view representation,
                                    const ActingFor& wanted);

/// Whether the representation's representative is excluded from whom they represent, in whatever way they are known
/// here.
base::Result<bool> is_excluded(const storage::View& view, const storage::RepresentationRecord& representation);

/// Whether the account belongs to somebody who represents the person now: it holds a valid representative's own matters
/// as citizen, and nobody excluded them. One look-up where nobody represents the person.
base::Result<bool> represents(const storage::View& view, const storage::AccountId& account,
                              const base::PersonId& person, base::Instant now);

}  // namespace segell::app
