#pragma once

#include "signer/pdf/document.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace segell::signer::pdf {

/// Reads a content stream (ISO 32000-1, 7.8.2) operator by operator. `take` gets each operator with its operands and
/// answers whether to go on; an inline image comes as "BI" without any. False when the text does not read to its end,
/// or has more operators than the bound.
bool scan_content(std::string_view text, const std::function<bool(std::string_view, const std::vector<Object>&)>& take);

}  // namespace segell::signer::pdf
