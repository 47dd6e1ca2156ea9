#pragma once

#include "pdf/revision_pair.h"

namespace segell::signer::pdf {

/// What the appearance of a field's widget (/AP, ISO 32000-1, 12.7.3.3) says, as far as it can be read without doubt.
/// `looks`: the value of /AP or, for its stream alone, that; as of the pair's newer revision.

/// Whether it paints nothing at all.
bool paints_nothing(const RevisionPair& pair, const Object& looks);

/// Whether the characters that it shows in that widget are those of the field's value, on nothing but a frame and a
/// ground. False where fonts, colours, places, pictures or paths leave room for anything else, and where /BBox and
/// /Matrix (12.5.5) show it on the page otherwise than upright, as the widget's /MK /R turns it, and in about its size.
bool says_value(const RevisionPair& pair, const Object& looks, const Object& value, const Dictionary& widget);

/// Whether it can be read like that, and says something else.
bool says_otherwise(const RevisionPair& pair, const Object& looks, const Object& value);

/// Whether it is another one under the pointer or the button of a mouse.
bool changes_when_met(const Object& looks);

}  // namespace segell::signer::pdf
