#pragma once

#include "cli/verb.h"

namespace segell::cli {

// One line a verb, each in its own source file.
Action declare_verify(CLI::App& app);
Action declare_inspect(CLI::App& app);
Action declare_seal(CLI::App& app);
Action declare_ink(CLI::App& app);
Action declare_log(CLI::App& app);
Action declare_template(CLI::App& app);

// Below "ink".
Action declare_ink_open(CLI::App& app);
Action declare_ink_openings(CLI::App& app);
Action declare_ink_half(CLI::App& app);
Action declare_ink_key(CLI::App& app);

}  // namespace segell::cli
