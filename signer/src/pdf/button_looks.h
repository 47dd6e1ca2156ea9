#pragma once

#include "pdf/revision_pair.h"

namespace segell::signer::pdf {

/// Whether the widget of a check box or a radio button (ISO 32000-1, 12.7.4.2.3) shows in each of its states what it
/// showed: where a state is drawn anew, a mark was and is a mark, and nothing was and is nothing, on no more than the
/// ground and the frame that the widget states. Writers draw all states anew when they fill in one of them.
/// `before`, `now`: the widget in the pair's two revisions. `below`: an object was replaced that the drawings consist
/// of, so that the same references lead to others. False where a drawing cannot be read without doubt. A widget that
/// had no appearance may get one: marks, and none where it is off.
bool draws_same_states(const RevisionPair& pair, const Dictionary& before, const Dictionary& now, bool below);

/// Whether a viewer that makes its look anew would draw a mark where it shows none, or none where it shows one.
bool state_becomes_another(const RevisionPair& pair, const Dictionary& widget, RevisionIndex as_of);

}  // namespace segell::signer::pdf
