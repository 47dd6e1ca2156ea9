#pragma once

#include "app/service.h"
#include "base/bytes.h"

#include <optional>
#include <string>

namespace segell::app {

/// The verdict (`segell.verdict/1`, compact JSON) on a file with the service's anchors and CRLs: PDF, CMS or container.
/// `content` is what a detached signature is over. Stores nothing, writes no event, and never fails for what the file
/// holds. Error: unavailable "verify.busy" while as many run as the settings allow.
base::Result<std::string> verify(Service& service, base::BytesView file, std::optional<base::BytesView> disclosure,
                                 std::optional<base::BytesView> content = {});

}  // namespace segell::app
