#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace segell::signer::pdf {

/// What a text of XML says, in one form whichever program wrote it: without space between tags, its attributes in their
/// order of names, empty elements opened and closed, ends of lines and the entities that XML has of itself read. Two
/// texts with the same form say the same. Nothing where declarations, CDATA, control characters or tags that do not
/// close leave room for more. No reader of XML is needed for it.
std::optional<std::string> plain_markup(std::string_view text);

}  // namespace segell::signer::pdf
