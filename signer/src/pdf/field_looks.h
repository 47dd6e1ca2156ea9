#pragma once

#include "pdf/revision_pair.h"
#include "pdf/written_look.h"

#include <optional>

namespace segell::signer::pdf {

/// What the appearance of a field's widget (/AP, ISO 32000-1, 12.7.3.3) says, as far as it can be read without doubt.
/// `looks`: the value of /AP or, for its stream alone, that; as of the pair's newer revision.

/// Whether it paints nothing at all.
bool paints_nothing(const RevisionPair& pair, const Object& looks);

enum class Said {
  value,      ///< the field's value, or the choice that is its value; of a list, what is chosen is marked
  otherwise,  ///< something else
  unread      ///< fonts, colours, places, pictures or paths leave room for anything else
};

/// What its characters say, on nothing but a frame and a ground; `otherwise` also where a ground that the widget did
/// not have covers what the page shows. Unread, too, where the widget (its number) shows it otherwise than upright and
/// in about its size.
Said said_of_value(const RevisionPair& pair, const Object& looks, const WidgetPair& widget, std::uint32_t number,
                   const FieldFacts& field);

/// Whether it can be read, and says something else than a value that a field got: neither that nor, of a combo box, the
/// word that the value is for programs. What a script formats, and what is typed unseen, may look otherwise.
bool contradicts_value(const RevisionPair& pair, const Object& looks, const WidgetPair& widget, std::uint32_t number,
                       const FieldFacts& field);

/// Whether the marks (/I) of a choice field are those of its value, of no value twice.
bool marks_value(const RevisionPair& pair, const Object& marks, const FieldFacts& field);

/// The luminance of the ground that a widget named before (/MK, /BG).
std::optional<double> own_ground(const RevisionPair& pair, const Dictionary& widget);

/// Whether viewers that make a widget's look anew from the field's value would show something else than it shows now:
/// one that can be read, and says otherwise.
bool becomes_another(const RevisionPair& pair, const Object& looks, const FieldFacts& field);

/// Whether it is another one under the pointer or the button of a mouse.
bool changes_when_met(const Object& looks);

}  // namespace segell::signer::pdf
