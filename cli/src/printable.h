#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace segell::cli {

/// Text from a file as it may stand on a terminal: control characters, invisible and direction-changing ones, and what
/// is not UTF-8 are written out as \xNN or \u{NNNN}. At most `max` octets of it, then "…".
std::string printable(std::string_view text, std::size_t max = 400);

/// The first character of a text in UTF-8, and how many octets it takes: none where it is not UTF-8.
struct Character {
  std::uint32_t code = 0;
  std::size_t size = 0;
};
Character read_character(std::string_view text);

}  // namespace segell::cli
