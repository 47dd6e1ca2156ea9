#pragma once

#include "pdf/revision_pair.h"

namespace segell::signer::pdf {

/// Whether a part of the structure tree (its root, an element, the parent tree; ISO 32000-1, 14.7) only grew, by
/// elements that name new signature fields or annotations and bring no marked content and no words for it.
bool structure_grew(const RevisionPair& pair, const Object& before, const Object& now);

}  // namespace segell::signer::pdf
