#pragma once

#include "pdf/revision_pair.h"

namespace segell::signer::pdf {

/// Whether a widget's characteristics (/MK, ISO 32000-1, 12.5.6.19) of the newer revision are those before as a program
/// writes them that keeps colours as three numbers of eight bits, and no more than them: ground, border and turn are
/// the same, names of marks may be gone. Not for push buttons, which show their captions and icons.
bool says_same_style(const RevisionPair& pair, const Object& before, const Object& now);

}  // namespace segell::signer::pdf
