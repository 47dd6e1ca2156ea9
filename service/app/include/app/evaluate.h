#pragma once

#include "app/caller.h"
#include "app/service.h"
#include "base/json.h"

namespace segell::app {

/// Answers an AuthZEN evaluation; the answer and its event commit together. The result is the response body. Errors:
/// malformed "authzen.malformed" (400); forbidden "auth.missing-right".
base::Result<base::Json> evaluate(Service& service, const Caller& caller, const base::Json& request);

}  // namespace segell::app
