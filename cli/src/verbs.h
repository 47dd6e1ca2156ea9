#pragma once

#include "cli/verb.h"

namespace segell::cli {

// One line a verb, each in its own source file.
Action declare_verify(CLI::App& app);
Action declare_inspect(CLI::App& app);
Action declare_seal(CLI::App& app);
Action declare_log(CLI::App& app);

}  // namespace segell::cli
