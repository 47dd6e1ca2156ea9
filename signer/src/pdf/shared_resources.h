#pragma once

#include "pdf/change_rules.h"

namespace segell::signer::pdf {

/// Additions to a dictionary of resources: every name of every kind keeps its value. `forms`: those of form objects and
/// pictures too.
bool resources_grew(const RevisionPair& pair, const Object& before, const Object& now, bool forms = true);

/// Resources of the form (/DR) that pages or appearances paint with too, as word processors write their forms: whether
/// a revision only added names to them that nothing in the document uses. Whoever signs or fills in such a form puts a
/// font or a layer there, and the pages look as before. False when that cannot be told.
bool only_adds_unused_names(const RevisionPair& pair, const ChangedObject& object);
/// Whether of the resources of the form (/DR) nothing but form objects and pictures are others, under names by which
/// nothing in the document looks for them there: whatever uses such a name has resources of its own.
bool only_replaces_unused_forms(const RevisionPair& pair, const Object& before, const Object& now);

}  // namespace segell::signer::pdf
