#pragma once

#include "pdf/revision_pair.h"

namespace segell::signer::pdf {

/// Whether document information (ISO 32000-1, 14.3.3) or a metadata stream (14.3.2, XMP) says nothing new but when, by
/// what and as which version the file was saved: what programs write with every save and nobody is shown. False for
/// everything else, and for what cannot be read.
bool only_says_when(const RevisionPair& pair, const Object& before, const Object& now);

/// Whether the document has a title now, in its information or in its XMP (dc:title under whatever prefix), that it had
/// in neither before: viewers show it above the page, and screen readers begin with it. A title that goes, or that one
/// of the two takes over from the other, is no other one. True where a packet cannot be read.
bool has_other_title(const RevisionPair& pair);

}  // namespace segell::signer::pdf
