#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace segell::signer::pdf {

/// Edits of an object's own text: what is not edited stays octet for octet as its writer left it.

/// Sets one key of the dictionary that `text` holds; an empty value removes it. Errors: malformed
/// "pdf.not-a-dictionary", "pdf.duplicate-key".
base::Result<std::string> with_key(std::string text, std::string_view key, std::string_view value);
/// Appends items to the array that `text` holds. Error: malformed "pdf.not-an-array".
base::Result<std::string> with_items(std::string text, std::string_view items);

}  // namespace segell::signer::pdf
