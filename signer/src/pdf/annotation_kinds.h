#pragma once

#include "pdf/effort.h"
#include "signer/pdf/document.h"
#include "signer/pdf/pages.h"

#include <optional>
#include <string>

namespace segell::signer::pdf {

/// The /Subtype of an annotation for messages: letters and digits, at most 24 of them.
std::string annotation_kind(const Dictionary& annotation);

/// Whether an annotation can paint over what a page shows, or uncover it when it goes (Mainka, Mladenov, Rohlmann:
/// "Breaking the Specification: PDF Certification", 2021): everything but comments that keep to a small icon, links,
/// and marks that leave the text below them readable, as far as effort lasts.
bool may_cover(const Document& document, const Dictionary& annotation, RevisionIndex as_of, Effort& effort);

/// Where an annotation paints, in default user space: its rectangle, and without an appearance all the places that it
/// names besides (/QuadPoints, /L, /Vertices, /InkList, /CL), with its border. Nothing when that cannot be read.
std::optional<Rect> painted_area(const Document& document, const Dictionary& annotation, RevisionIndex as_of);

/// Whether an annotation does more than lead somewhere when it is met: an additional action, or one that is not GoTo,
/// GoToR, URI or Named (ISO 32000-1, 12.6.4). DocMDP permits comments, and a script is none.
bool has_active_action(const Document& document, const Dictionary& annotation, RevisionIndex as_of);

}  // namespace segell::signer::pdf
