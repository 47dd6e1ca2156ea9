#pragma once

#include "base/digest.h"
#include "base/json.h"

#include <string>

namespace segell::app {

/// What a creating call needs to be safe to repeat (design 4.4). Scope: caller and route; kept 7 days in the
/// transaction of the act. Same key and other body: invalid_argument "idempotency.other-body" (422); still running:
/// conflict "idempotency.in-flight" (409). The key is 1 to 128 visible ASCII characters: invalid_argument
/// "idempotency.bad-key".
struct Idempotency {
  std::string key;
  std::string route;    ///< method and route pattern: "POST /api/v1/documents"
  base::Sha256 body{};  ///< digest of the request body as received
};

/// The public body of an answer, and whether it was given before to the same key.
struct Reply {
  base::Json body;
  bool replayed = false;
};

}  // namespace segell::app
