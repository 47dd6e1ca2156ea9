#pragma once

#include <string>
#include <string_view>

namespace segell::app {

/// An identifier as it is kept and compared: upper case, without the blanks, dots and dashes that people put in.
std::string normal_identifier(std::string_view value);

}  // namespace segell::app
