#pragma once

#include "signer/pdf/document.h"

#include <string>
#include <vector>

namespace segell::signer::pdf {

/// What a later revision did to one object, by what it means to a signature before it.
enum class ChangeKind {
  signature,       ///< a signature field filled in, or added
  timestamp,       ///< the same of a document timestamp
  security_store,  ///< /DSS: evidence added
  form_entry,      ///< AcroForm: what a further signature field needs there
  page_entry,      ///< page, structure tree: what a further signature's widget needs there
  catalog_entry,   ///< catalog: /AcroForm, /DSS or /Extensions added or moved to another reference
  metadata,        ///< document information, XMP, private data of an application: nothing that is shown
  form_filling,    ///< another field's value with its appearance: legal for P ≥ 2, judged by policy
  annotation,      ///< another annotation added, changed or removed: legal for P = 3, judged by policy
  page_content,    ///< what a page paints, its size or its fonts
  structure,       ///< pages, structure tree, bookmarks, names, optional content, actions, fields' own shape
  other,           ///< anything else; never explained
};

struct Change {
  ChangeKind kind = ChangeKind::other;
  Ref ref;
  std::string words;  ///< "page 2: /Contents replaced"; English, safe to show
  std::string field;  ///< qualified name of the field that it touches, if any
  /// Legal by the letter of DocMDP, and the way of the known attacks: an annotation that can paint over what the page
  /// shows, or does something by itself; a visible signature field that was not there before; a field that shows
  /// something else and holds what it held; metadata that say more than when and by what the file was saved.
  bool covers = false;
  /// An annotation goes, or says or shows something else: an attack on a signature that covers it, and none of the
  /// concerns of one that is older. Metadata: the document has another title.
  bool uncovers = false;
};

/// What one revision changed against the one before.
struct RevisionChanges {
  RevisionIndex revision = 0;
  std::vector<Change> changes;
  /// True when every changed object is explained as signature, timestamp, security store or their entries.
  [[nodiscard]] bool only_signing() const;
  [[nodiscard]] bool has(ChangeKind kind) const;
};

/// Compares each revision after `from` with its predecessor, value by value. A changed object is judged in each of its
/// places (ways on which a catalog leads to it, as of any of these revisions), new ones by what brings them in, and
/// what nothing leads to is no change. Costs a look at every object of the file and more than that only where objects
/// changed. Errors: limit_exceeded "pdf.limit.…"; the source's. An object that cannot be read becomes a change of kind
/// other.
base::Result<std::vector<RevisionChanges>> changes_after(const Document& document, RevisionIndex from);

}  // namespace segell::signer::pdf
