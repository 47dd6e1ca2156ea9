#pragma once

#include "signer/pdf/document.h"

#include <string>
#include <vector>

namespace segell::signer::pdf {

/// What a document holds and does not show as of a revision, in words: annotations with an appearance that their flags
/// hide (ISO 32000-1, 12.5.3), layers that are off at first (8.11.4.3). Harmless by itself; what a shadow attack
/// prepares before somebody signs looks like this. At most a few are named; of very long documents the first pages are
/// looked at.
std::vector<std::string> hidden_content(const Document& document, RevisionIndex as_of);

}  // namespace segell::signer::pdf
