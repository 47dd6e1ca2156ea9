#include "segelld/commands.h"

namespace segell::segelld {

std::span<const http::Asset> embedded_assets() { return {}; }

}  // namespace segell::segelld
