#pragma once

#include "signer/pdf/pages.h"

#include <string>

namespace segell::signer::pdf {

/// A number as PDF wants it: no exponent, at most four decimals, no trailing zeros.
std::string number_text(double value);
/// "[left bottom right top]".
std::string rect_text(const Rect& rect);

}  // namespace segell::signer::pdf
