#pragma once

#include "app/persons.h"
#include "base/json.h"
#include "consent/item.h"

namespace segell::app {

/// Errors: invalid_argument "consent.unknown-code", "consent.basis-inconsistent".
base::Result<consent::LegalBasis> make_basis(const BasisInput& input);
base::Json to_json(const consent::LegalBasis& basis);
base::Result<consent::LegalBasis> basis_from_json(const base::Json& json);

}  // namespace segell::app
