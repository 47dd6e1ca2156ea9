#pragma once

#include "pdf/revision_pair.h"

namespace segell::signer::pdf {

/// Whether document information (ISO 32000-1, 14.3.3) or a metadata stream (14.3.2, XMP) says nothing new but when, by
/// what and as which version the file was saved: what programs write with every save and nobody is shown. False for
/// everything else, and for what cannot be read.
bool only_says_when(const RevisionPair& pair, const Object& before, const Object& now);

}  // namespace segell::signer::pdf
