#pragma once

#include "app/notes.h"
#include "base/json.h"

namespace segell::app {

/// Error: invalid_argument "act.bad-notes" with what is wrong.
base::Result<void> check_notes(const Notes& notes);

/// As stored and as told: the members of read_notes().
base::Json to_json(const Notes& notes);
/// Error: corrupt "app.record".
base::Result<Notes> notes_from_json(const base::Json& json);

/// The two facts that notes become: what was asked, null for nothing; and who helped and whether the person spoke
/// alone.
base::Json questions_fact(const Notes& notes);
base::Json support_fact(const Notes& notes);

}  // namespace segell::app
