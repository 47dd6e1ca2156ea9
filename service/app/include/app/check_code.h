#pragma once

#include "app/service.h"
#include "base/json.h"

#include <string_view>

namespace segell::app {

/// The verdict on the stored document with that printed verification code, and nothing of the document: {"check":
/// {verdict,reason}}. `verdict` is unchanged, extended (only signatures followed), changed, false, none (not signed) or
/// unknown; `reason` the ETSI sub-indication where there is one, "no-document" for every code that is none of ours,
/// else null. A check of a document is an event. Error: unavailable "verify.busy".
base::Result<base::Json> check_code(Service& service, std::string_view code);

}  // namespace segell::app
