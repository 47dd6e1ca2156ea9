#pragma once

#include "base/bytes.h"

#include <string>

namespace segell::layout {

/// Cairo 1.16 writes tagged PDF without the language that screen readers need: puts /Lang (ISO 32000-1 14.9.2), and the
/// wish to show the title, into the catalog of a PDF that Cairo has just written, and moves the cross-references behind
/// it. Anything that Cairo does not write is a defect: std::logic_error.
base::Bytes with_language(const base::Bytes& pdf, const std::string& language);

}  // namespace segell::layout
