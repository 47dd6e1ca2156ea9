#pragma once

#include "paper.h"
#include "state.h"

#include <string>

namespace segell::app {

/// Where the statement begins in a signature field: beside the ink, or where that would be.
double statement_left(bool ink) noexcept;

/// The statement and the time of an act, `ink` where a picture stands beside it, from the papers set a moment ago where
/// they are there. Errors: the typesetter's.
base::Result<base::Bytes> remembered_statement(Service::State& state, const std::string& language,
                                               const PaperFacts& facts, const StatedAct& act, bool ink);
base::Result<base::Bytes> remembered_time(Service::State& state, const std::string& language, TimeLabel label,
                                          base::Instant now, double width);

/// Sets the statements of the acts that this visit's page offers next, so that the act does not wait for it.
void prepare_statements(Service::State& state, const RequestPayload& request, const PaperFacts& facts);

}  // namespace segell::app
