#pragma once

#include <string>

namespace segell::tests {

/// The program under test.
inline const std::string kSegell = std::string(SEGELL_BIN) + "/segell";

}  // namespace segell::tests
