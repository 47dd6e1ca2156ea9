#pragma once

#include "cli/verb.h"

namespace segell::cli {

Action declare_template_lint(CLI::App& app);

}  // namespace segell::cli
