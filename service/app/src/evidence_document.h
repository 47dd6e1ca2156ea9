#pragma once

#include "app/caller.h"
#include "storage/transaction.h"

#include <optional>
#include <string>

namespace segell::app {

/// A stored paper that somebody names as what they saw: one that they reach; none where none is named. Error: not_found
/// "document.unknown".
base::Result<std::optional<base::DocumentId>> evidence_document(const storage::View& view, const Caller& caller,
                                                                const std::optional<std::string>& named);

/// The person, whom the caller works with. Error: not_found "person.unknown".
base::Result<storage::PersonRecord> reachable_person(const storage::View& view, const Caller& caller,
                                                     const base::PersonId& person);

}  // namespace segell::app
