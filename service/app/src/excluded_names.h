#pragma once

#include "storage/transaction.h"

#include <string>
#include <vector>

namespace segell::app {

/// Under which names those are known here who are excluded from a person by a protection that holds (domain:
/// excluded_person): of the person, of the login, and of whose own matters that login holds. Whoever is known by none
/// of them has no name here.
base::Result<std::vector<std::string>> excluded_names(const storage::View& view, const base::PersonId& person);

}  // namespace segell::app
