#pragma once

#include "pdf/revision_pair.h"
#include "pdf/written_look.h"

#include <optional>

namespace segell::signer::pdf {

/// What the appearance of a field's widget (/AP, ISO 32000-1, 12.7.3.3) says, as far as it can be read without doubt.
/// `looks`: the value of /AP or, for its stream alone, that; as of the pair's newer revision.

/// Whether it paints nothing at all.
bool paints_nothing(const RevisionPair& pair, const Object& looks);

/// Whether the characters that it shows are those of the field's value, or of the choice that is its value, on nothing
/// but a frame and a ground; of a list, whether it marks what is chosen. A field that holds nothing shows nothing, on
/// no other ground than its widget had. False where fonts, colours, places, pictures or paths leave room for anything
/// else, and where the widget shows it otherwise than upright and in about its size.
bool says_value(const RevisionPair& pair, const Object& looks, const WidgetPair& widget, const FieldFacts& field);

/// Whether the marks (/I) of a choice field are those of its value, of no value twice.
bool marks_value(const RevisionPair& pair, const Object& marks, const FieldFacts& field);

/// The luminance of the ground that a widget named before (/MK, /BG).
std::optional<double> own_ground(const RevisionPair& pair, const Dictionary& widget);

/// Whether it can be read like that, and says something else.
bool says_otherwise(const RevisionPair& pair, const Object& looks, const Object& value);

/// Whether it is another one under the pointer or the button of a mouse.
bool changes_when_met(const Object& looks);

}  // namespace segell::signer::pdf
