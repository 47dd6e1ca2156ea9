#pragma once

#include "pdf/revision_pair.h"

namespace segell::signer::pdf {

/// Whether a widget's rectangle is more than nothing, or cannot be read.
bool takes_room(const Document& document, const Dictionary& widget, RevisionIndex as_of);
/// Whether a widget paints, on a screen or on paper: a rectangle that is not empty, an appearance or a ground that
/// viewers draw, and no flag that hides it for good (12.5.3).
bool is_visible_widget(const Document& document, const Dictionary& widget, RevisionIndex as_of);
/// A field and all that stands below it, as of the newer revision: what of it has a rectangle is its widgets.
std::vector<std::uint32_t> widgets_of(const RevisionPair& pair, std::uint32_t field);

}  // namespace segell::signer::pdf
