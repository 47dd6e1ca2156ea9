#pragma once

#include "signer/pdf/document.h"

#include <string>

namespace segell::signer::pdf {

/// The /Subtype of an annotation for messages: letters and digits, at most 24 of them.
std::string annotation_kind(const Dictionary& annotation);

/// Whether an annotation can paint over what a page shows, or uncover it when it goes (Mainka, Mladenov, Rohlmann:
/// "Breaking the Specification: PDF Certification", 2021): everything but comments that keep to a small icon, links,
/// and marks that leave the text below them readable.
bool may_cover(const Document& document, const Dictionary& annotation, RevisionIndex as_of);

}  // namespace segell::signer::pdf
