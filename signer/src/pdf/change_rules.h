#pragma once

#include "pdf/revision_pair.h"

namespace segell::signer::pdf {

/// One object that a revision changes: what it was (null when it was not there) and what it is (null when it is gone).
struct ChangedObject {
  Ref ref;
  Object before;
  Object now;
  Places::Spot spot;
};

// Each rule names what the change means in one place of the object, and adds nothing where it means nothing.

/// Catalog, store, permissions, structure, names and whatever else is neither page nor form.
void judge_catalog(const RevisionPair& pair, const ChangedObject& object, ChangeList& out);
void judge_store(const RevisionPair& pair, const ChangedObject& object, ChangeList& out);
void judge_metadata(const RevisionPair& pair, const ChangedObject& object, ChangeList& out);
void judge_structure_tree(const RevisionPair& pair, const ChangedObject& object, ChangeList& out);

/// The page tree, a page, its contents.
void judge_page_tree(const RevisionPair& pair, const ChangedObject& object, ChangeList& out);
void judge_page(const RevisionPair& pair, const ChangedObject& object, ChangeList& out);
void judge_content(const RevisionPair& pair, const ChangedObject& object, ChangeList& out);

/// A list of annotations; an annotation and what it is made of.
void judge_annotations(const RevisionPair& pair, const ChangedObject& object, ChangeList& out);
void judge_annotation(const RevisionPair& pair, const ChangedObject& object, ChangeList& out);

/// The form, a list of fields, a field or widget, its value and its appearance, the form's resources.
void judge_form(const RevisionPair& pair, const ChangedObject& object, ChangeList& out);
void judge_fields(const RevisionPair& pair, const ChangedObject& object, ChangeList& out);
void judge_field(const RevisionPair& pair, const ChangedObject& object, ChangeList& out);
void judge_value(const RevisionPair& pair, const ChangedObject& object, ChangeList& out);
void judge_appearance(const RevisionPair& pair, const ChangedObject& object, ChangeList& out);
void judge_resources(const RevisionPair& pair, const ChangedObject& object, ChangeList& out);

/// The form's /XFA; what hangs on a form or a field and is neither its value nor its appearance, a packet of XFA
/// included.
void judge_xfa(const RevisionPair& pair, Ref ref, const Object& before, const Object& now, ChangeList& out);
void judge_form_part(const RevisionPair& pair, const ChangedObject& object, ChangeList& out);

/// The rules by places: every place that the object has is asked.
void judge_object(const RevisionPair& pair, const ChangedObject& object, ChangeList& out);

}  // namespace segell::signer::pdf
