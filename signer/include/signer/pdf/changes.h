#pragma once

#include "signer/pdf/document.h"

#include <string>
#include <vector>

namespace segell::signer::pdf {

/// What a later revision did to one object, and whether it belongs to plain signing.
enum class ChangeKind {
  signature,       ///< signature dictionary, its field or widget, its appearance and manifest
  timestamp,       ///< the same of a document timestamp
  security_store,  ///< /DSS and what only it reaches
  form_entry,      ///< AcroForm: additions to /Fields, /SigFlags
  page_entry,      ///< page: additions of signature widgets to /Annots
  catalog_entry,   ///< catalog: /AcroForm or /DSS added or moved to another reference
  bookkeeping,     ///< cross-reference stream, object stream, metadata of the trailer
  form_filling,    ///< another field's value or appearance: legal for P ≥ 2, judged by policy
  annotation,      ///< another annotation added or changed: legal for P = 3, judged by policy
  other,           ///< anything else; never explained
};

struct Change {
  ChangeKind kind = ChangeKind::other;
  Ref ref;
  std::string words;  ///< "page 2: /Contents replaced"; English, safe to show
  std::string field;  ///< qualified name of the field that it touches, if any
};

/// What one revision changed against the one before.
struct RevisionChanges {
  RevisionIndex revision = 0;
  std::vector<Change> changes;
  /// True when every changed object is explained as signature, timestamp, security store or their entries.
  [[nodiscard]] bool only_signing() const;
};

/// Compares each revision after `from` with its predecessor, key by key; touches only the objects that each revision
/// states, so that the cost is linear in the size of the revisions. Errors: limit_exceeded "pdf.limit.…"; the source's.
/// An object that cannot be read becomes a change of kind other.
base::Result<std::vector<RevisionChanges>> changes_after(const Document& document, RevisionIndex from);

}  // namespace segell::signer::pdf
