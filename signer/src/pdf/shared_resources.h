#pragma once

#include "pdf/change_rules.h"

namespace segell::signer::pdf {

/// Resources of the form (/DR) that pages or appearances paint with too, as word processors write their forms: whether
/// a revision only added names to them that nothing in the document uses. Whoever signs or fills in such a form puts a
/// font or a layer there, and the pages look as before. False when that cannot be told.
bool only_adds_unused_names(const RevisionPair& pair, const ChangedObject& object);

}  // namespace segell::signer::pdf
