#pragma once

#include "signer/pdf/revision_writer.h"

namespace segell::signer::pdf {

/// Copies one page of a trusted PDF (our own layout's) into the revision as a form XObject, with all it uses,
/// renumbered, streams raw. Its box is the page's crop box as displayed, moved to the origin. Errors: unsupported
/// "pdf.import-rotated"; malformed; limit_exceeded.
struct ImportedForm {
  Ref form;
  double width = 0;  ///< points
  double height = 0;
};
base::Result<ImportedForm> import_page_as_form(RevisionWriter& writer, const Document& from, std::size_t page);

/// Appends all pages of a trusted PDF behind the last page of the base: one revision. Signed documents are refused
/// (conflict "pdf.signed"). Errors: RevisionWriter::begin's; malformed "pdf.page-tree".
base::Result<AppendedRevision> append_pages(const Document& base, const Document& from);

}  // namespace segell::signer::pdf
