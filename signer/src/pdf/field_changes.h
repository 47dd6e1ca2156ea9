#pragma once

#include "pdf/revision_pair.h"

namespace segell::signer::pdf {

/// Whether a widget's rectangle is more than nothing, or cannot be read.
bool takes_room(const Document& document, const Dictionary& widget, RevisionIndex as_of);
/// Whether a widget paints: a rectangle that is not empty, an appearance, and no flag that hides it (12.5.3).
bool is_visible_widget(const Document& document, const Dictionary& widget, RevisionIndex as_of);

}  // namespace segell::signer::pdf
