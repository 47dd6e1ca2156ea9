#pragma once

#include "visibility.h"
#include "visit_state.h"

#include <string>
#include <vector>

namespace segell::app {

/// The request, if a device without a network can do all of it. Errors: not_found "request.unknown" for what the
/// caller does not reach; those of load_visit() and require_open(); conflict "visit.not-laid-out" (its choices have no
/// place on the paper), "visit.decisions-first" (somebody else decides on that document first), "visit.no-method" (only
/// an official could sign it, who needs the network).
base::Result<VisitState> load_carriable(const storage::View& view, const Caller& caller, const RequestId& request,
                                        base::Instant now);

/// What somebody should know of a paper before it is taken along, as closed words; none of it keeps it from being
/// carried: "request.newer" (the same person was asked anew about the same document), "visit.carried-elsewhere"
/// (another visit carries it that is neither over nor withdrawn), "notice.newer" (a notice on it was published anew
/// since), "person.no-language", "person.other-language" (than that of the paper), "document.no-reading-view" (it can
/// be shown as a PDF alone).
base::Result<std::vector<std::string>> carrying_notes(const storage::View& view, const VisitState& visit,
                                                      base::Instant now);

/// The newest request of the same person on the same document that came after this one; none where this is the newest.
base::Result<std::optional<RequestId>> newer_request(const storage::View& view, const storage::RequestRecord& request);

}  // namespace segell::app
