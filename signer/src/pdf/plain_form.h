#pragma once

#include "pdf/revision_pair.h"

namespace segell::signer::pdf {

/// Whether a form object (ISO 32000-1, 8.10) is nothing but its own drawing, seen by everybody: no layer (/OC), no
/// other file (/F, /Ref), no PostScript, and no resources that put colours in the place of the device's (8.6.5.6; some
/// readers take them by the device's own names, too) but profiles (ICCBased) that the document had before.
bool draws_by_itself(const RevisionPair& pair, const Stream& form, RevisionIndex as_of);

}  // namespace segell::signer::pdf
