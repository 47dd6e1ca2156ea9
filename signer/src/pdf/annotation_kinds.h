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

/// Where an annotation paints, in default user space: its rectangle, and without an appearance that viewers find all
/// the places that it names besides (/QuadPoints, /L, /Vertices, /InkList, /CL, /Path), with its border, the ends of
/// its lines and what it draws beside them. Nothing when that cannot be read, or no rule says it.
std::optional<Rect> painted_area(const Document& document, const Dictionary& annotation, RevisionIndex as_of);

/// Whether an annotation does more than lead somewhere when it is met: an additional action, one that is not GoTo,
/// GoToR, URI or Named (ISO 32000-1, 12.6.4), or something that it plays. DocMDP permits comments, and neither a script
/// nor a film is one.
bool has_active_action(const Document& document, const Dictionary& annotation, RevisionIndex as_of);

}  // namespace segell::signer::pdf
