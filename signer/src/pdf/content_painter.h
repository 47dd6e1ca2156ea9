#pragma once

#include "signer/pdf/document.h"
#include "signer/pdf/pages.h"

#include <string_view>
#include <vector>

namespace segell::signer::pdf {

inline constexpr std::size_t kPaintedOctets = 16U << 20U;  ///< of the contents of a page, and of one form object

/// Follows the contents of a page (ISO 32000-1, 8 and 9) and appends rectangles in default user space that hold
/// whatever they paint: letters by their widths, lines by their width, filled paths and pictures by their bounds.
/// Of clipping the bounds of its paths are looked at; white areas are not counted. False when the text cannot be
/// followed to its end, or paints more than is kept.
bool paint_content(const Document& document, RevisionIndex as_of, std::string_view text, const Object& resources,
                   std::vector<Rect>& areas);

}  // namespace segell::signer::pdf
