#pragma once

#include <string>
#include <string_view>

namespace segell::app {

/// A name as it is compared when people are searched: without case and accents, "Núñez" as "nunez". Letters of other
/// scripts stay as they are. `text` is UTF-8.
std::string fold_name(std::string_view text);

}  // namespace segell::app
