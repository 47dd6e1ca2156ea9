#pragma once

#include "cli/verb.h"

#include <span>

namespace segell::cli {

/// Declares verbs below a verb, one of which must be given, and gives what runs the one that was.
Action declare_group(CLI::App& app, std::span<const Verb> verbs);

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
