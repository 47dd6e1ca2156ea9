#pragma once

#include "cli/verb.h"

namespace segell::cli {

// One line a verb, each in its own source file.

}  // namespace segell::cli
