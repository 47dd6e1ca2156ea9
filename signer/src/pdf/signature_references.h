#pragma once

#include "signer/pdf/signatures.h"

namespace segell::signer::pdf {

/// What a signature's /Reference and the catalog's /Perms say of it (ISO 32000-1, 12.8.2 and 12.8.4): certification,
/// FieldMDP, usage rights. What cannot be read is not there.
void read_references(const Document& document, Signature& signature);

}  // namespace segell::signer::pdf
