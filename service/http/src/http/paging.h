#pragma once

#include "app/page.h"
#include "base/result.h"

#include <string_view>

namespace segell::http {

/// The part of a list that a query asks for: "cursor=…&limit=…", each at most once, nothing else. Error: malformed
/// "request.bad-query", which says back no value.
base::Result<app::Page> read_page(std::string_view query);

}  // namespace segell::http
