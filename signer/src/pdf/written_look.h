#pragma once

#include "pdf/look_letters.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segell::signer::pdf {

inline constexpr std::uint64_t kLookOctets = 256U << 10U;  ///< of one appearance

/// A line of text.
struct WrittenLine {
  std::string text;     ///< UTF-8; U+0001 where a gap between letters may stand for a blank, U+0002 for a wide one
  bool marked = false;  ///< on a ground of its own, as what is chosen in a list
};

struct WrittenLook {
  std::vector<WrittenLine> lines;  ///< from top to bottom
  bool ground = false;             ///< painted below them, or a frame that covers what is below
  std::set<std::uint32_t> fonts;   ///< that it is written in and that bring shapes of their own
};

/// A widget in both revisions.
struct WidgetPair {
  const Dictionary& before;
  const Dictionary& now;
};

/// What an appearance writes that writes a text and nothing else on a frame and a ground, as of the pair's newer
/// revision; nothing where fonts, colours, places, pictures or paths leave room for anything else. `list`: lines may
/// stand on grounds of their own. `widget`, where one is given, shows it: nothing also where /BBox and /Matrix (12.5.5)
/// put it on the page otherwise than upright, as /MK /R or the widget's look before turns it, and in about its size.
std::optional<WrittenLook> read_written(const RevisionPair& pair, const Stream& look, bool list,
                                        const WidgetPair* widget, const KnownFonts& known);

/// Whether a default appearance (/DA, ISO 32000-1, 12.7.3.3) makes viewers write dark letters of a readable size, in a
/// font of letters that is one of the form's resources; of a button, in whatever font, since its signs have their own.
bool writes_plainly(const RevisionPair& pair, const Object& style, const Object& resources, bool button);

/// Whether a line that was written (lines: one after another, U+0001 between them) says a text: its letters, and blanks
/// where it has blanks. White space at both ends does not count, nor does how much of it there is, nor, in the cells of
/// a comb, any gap.
bool says_words(std::string_view written, std::string_view meant, bool comb);

}  // namespace segell::signer::pdf
