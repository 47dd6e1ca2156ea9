#pragma once

#include <string>
#include <string_view>

namespace segell::cli {

/// Text from a file as it may stand on a terminal: control characters, invisible and direction-changing ones, and what
/// is not UTF-8 are written out as \xNN or \u{NNNN}. At most `max` octets of it, then "…".
std::string printable(std::string_view text, std::size_t max = 400);

}  // namespace segell::cli
