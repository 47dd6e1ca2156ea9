#pragma once

#include "http/api.h"
#include "segelld/config.h"

#include <span>
#include <string>

namespace segell::segelld {

/// Exit codes of segelld; 70 comes from storage::ExitOnFatal.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;  ///< could not start, or could not stop in time
inline constexpr int kExitUsage = 2;   ///< wrong arguments or configuration

/// Serves until SIGTERM or SIGINT; writes "listening URL" to stdout once it is ready.
int serve(const Config& config);

struct InitWish {
  std::string token_file;  ///< empty: the token goes to stdout
};
/// Makes data folder, key file, tenant and the first integrator's token, which is shown once.
int init(const Config& config, const InitWish& wish);

/// Opens every file that the configuration names; opens no store and no port.
int check(const Config& config);

/// The built pages; none in builds with SEGELL_WEB=OFF.
std::span<const http::Asset> embedded_assets();

}  // namespace segell::segelld
