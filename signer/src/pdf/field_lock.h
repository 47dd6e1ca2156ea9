#pragma once

#include "signer/pdf/fields.h"

namespace segell::signer::pdf {

/// Reads a Lock dictionary or the parameters of a FieldMDP transform.
base::Result<std::optional<FieldLock>> read_field_lock(const Document& document, const Dictionary& dictionary,
                                                       RevisionIndex as_of);

}  // namespace segell::signer::pdf
