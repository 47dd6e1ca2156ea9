#pragma once

#include "app/service.h"
#include "base/bytes.h"

#include <string_view>

namespace segell::app {

/// The served checkpoint (signed note) of the log with that origin. Error: not_found "log.unknown".
base::Result<base::Bytes> read_checkpoint(Service& service, std::string_view origin);

/// A tile by its C2SP tlog-tiles path behind "tile/" ("0/x001/234", "0/005.p/17", "entries/000"). Public: holds digests
/// only. Errors: not_found "log.unknown", "log.no-tile"; malformed "log.tile-path".
base::Result<base::Bytes> read_tile(Service& service, std::string_view origin, std::string_view path);

}  // namespace segell::app
