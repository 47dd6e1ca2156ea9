#pragma once

#include "pdf/effort.h"
#include "signer/pdf/document.h"
#include "signer/pdf/pages.h"

namespace segell::signer::pdf {

/// Whether the appearance of a text mark (highlight, underline, strike-out; ISO 32000-1, 12.5.6.10) leaves readable
/// what lies below it: it paints lines, and areas that let through, and nowhere so many that they become a wall.
/// `shown`: the annotation's rectangle. False when the appearance cannot be followed to its end, or paints letters,
/// pictures or shadings, or effort ends.
bool lets_text_through(const Document& document, const Stream& appearance, const Rect& shown, RevisionIndex as_of,
                       Effort& effort);

/// The same of a mark that a viewer paints by itself, on each line of text that it names (/QuadPoints): a ground in its
/// colour (/C), or where `line` is more than nothing a line of that width, which viewers draw thicker on larger text.
bool leaves_text(const Document& document, const Dictionary& annotation, RevisionIndex as_of, double line,
                 Effort& effort);

}  // namespace segell::signer::pdf
