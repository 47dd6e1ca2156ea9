#pragma once

#include "signer/pdf/pages.h"
#include "signer/pdf/revision_writer.h"

#include <string>
#include <vector>

namespace segell::signer::pdf {

/// A new form field and where its one widget stands.
struct NewField {
  std::string name;      ///< of the root of the form: no dot
  std::string label;     ///< /TU: what assistive technology says; UTF-8
  std::size_t page = 0;  ///< of the pages that the call is about
  Rect rect;             ///< upright page space
  std::size_t form = 0;  ///< which structure element /Form of those pages, in their order, stands for it
};

/// One way in which a choice can stand on paper.
struct ChoiceState {
  std::string name;            ///< "Off" or [a-z-]{1,32}: the name in /AP /N, /V and /AS
  std::size_t appearance = 0;  ///< its page in the document of appearances
};

/// A read-only button field with an appearance for each state (ISO 32000-1, 12.5.5 and 12.7.4.2); it begins as "Off".
struct NewChoice {
  NewField field;
  std::vector<ChoiceState> states;  ///< one of them is "Off"
};

struct NewFields {
  std::vector<NewChoice> choices;
  std::vector<NewField> signatures;  ///< empty ones, to be signed later
};

/// Adds fields to the pages of a document of our own. `appearances` holds one page a state, each as large as its box;
/// it may be null when there are no choices. Where the document is tagged, the structure elements /Form get their
/// fields (14.7.4.3). Errors: RevisionWriter::begin's; conflict "pdf.signed", "pdf.field-exists"; invalid_argument
/// "pdf.field-name", "pdf.rect", "pdf.choice-states"; not_found "pdf.no-such-page"; malformed; limit_exceeded.
base::Result<AppendedRevision> append_choice_fields(const Document& base, const Document* appearances,
                                                    const NewFields& fields);

/// Appends all pages of a trusted PDF behind the last page of the base, with fields on the added pages: one revision. A
/// base that is tagged gets the added pages' structure behind its own; one that is not stays without. Errors as above,
/// and import's.
base::Result<AppendedRevision> append_pages_with_fields(const Document& base, const Document& pages,
                                                        const Document* appearances, const NewFields& fields);

}  // namespace segell::signer::pdf
