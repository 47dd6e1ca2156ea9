#pragma once

#include "segelld/config.h"

namespace segell::segelld {

/// What does not fit together though each value is good by itself, and what production refuses.
std::vector<ConfigProblem> check_together(const Config& config);

}  // namespace segell::segelld
