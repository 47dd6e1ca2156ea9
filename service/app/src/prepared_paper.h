#pragma once

#include "paper.h"
#include "signer/pdf/choice_fields.h"
#include "state.h"
#include "storage/documents.h"
#include "visit_state.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace segell::app {

/// What was laid out for a request, and the octets that it adds to the document (none where the document was born with
/// its places to choose).
struct Preparation {
  PreparedPaper paper;
  base::Bytes added;
};

/// Lays out the page of choices for a document that a program stored and nobody has signed or decided on; takes a
/// document made from a template as it is. None where the document takes no page any more: then the choices stand in
/// the sealed facts only. Errors: the typesetter's ("layout.no-glyph" names the character), the PDF writer's.
base::Result<std::optional<Preparation>> prepare_paper(Service::State& state, const Tenant& tenant,
                                                       const storage::DocumentRecord& document,
                                                       const storage::RevisionRecord& last,
                                                       const RequestPayload& request, const PaperPeople& people,
                                                       const std::map<std::string, std::string>& notice_titles,
                                                       base::Instant now);

/// The items of a visit as they stand on its paper, in their order; none where the choices stand in the sealed facts
/// only. Error: corrupt "app.record".
base::Result<std::vector<templates::ItemPart>> printed_items(const VisitState& visit);

/// A paper's boxes as the PDF writer takes them.
signer::pdf::NewFields new_fields(const layout::Paper& paper);

}  // namespace segell::app
