#pragma once

#include "base/result.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace segell::templates {

/// A text taken apart: literal pieces and the names between "{{" and "}}".
struct TextPiece {
  std::string_view text;
  bool is_placeholder = false;
};

/// Error: malformed "template.malformed" for a brace that opens or closes nothing, or a name that is none ([a-z0-9_]
/// and one dot).
base::Result<std::vector<TextPiece>> take_apart(std::string_view text);

/// "person" of "person.given_name".
std::string_view field_of(std::string_view placeholder);

}  // namespace segell::templates
