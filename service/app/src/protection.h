#pragma once

#include "storage/transaction.h"

#include <algorithm>

namespace segell::app {

/// Whether any protection of the person is in force: then what others may see of them names nothing.
inline base::Result<bool> has_protection(const storage::View& view, const base::PersonId& person, base::Instant now) {
  SEGELL_TRY(const auto protections, view.consents().protections(person));
  return std::any_of(protections.begin(), protections.end(), [now](const storage::ProtectionFact& fact) {
    return fact.from <= now && (!fact.until || now < *fact.until);
  });
}

}  // namespace segell::app
