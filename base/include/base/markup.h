#pragma once

#include <string>
#include <string_view>

namespace segell::base {

/// Text as XML 1.0 and HTML take it between tags and in quoted attributes: the five characters that mean something
/// there as references. Nothing else is looked at.
std::string escape_markup(std::string_view text);

}  // namespace segell::base
