#pragma once

#include "signer/pdf/document.h"

#include <vector>

namespace segell::signer::pdf {

/// A rectangle with ordered corners, in the units that its owner says.
struct Rect {
  double left = 0;
  double bottom = 0;
  double right = 0;
  double top = 0;

  [[nodiscard]] double width() const noexcept { return right - left; }
  [[nodiscard]] double height() const noexcept { return top - bottom; }
  bool operator==(const Rect&) const = default;
};

/// A page with what it inherits (ISO 32000-1, 7.7.3.4).
struct Page {
  Ref ref;
  Object object;     ///< the page's own dictionary
  Object resources;  ///< own or inherited, resolved; null when none
  Rect media_box;    ///< default user space
  Rect crop_box;     ///< clipped to the media box; the media box when none
  int rotate = 0;    ///< 0, 90, 180 or 270, clockwise
  double user_unit = 1;

  /// Size as displayed, in points of 1/72 inch.
  [[nodiscard]] double shown_width() const noexcept;
  [[nodiscard]] double shown_height() const noexcept;
  /// From upright page space (origin at the lower left corner as displayed, points of 1/72 inch) to default user space.
  [[nodiscard]] Rect to_user_space(const Rect& upright) const noexcept;
  [[nodiscard]] Rect to_upright(const Rect& user) const noexcept;
};

/// Number of pages, by walking the tree (a stated /Count is not believed). Errors: malformed "pdf.page-tree" (a cycle,
/// a node of no kind), limit_exceeded "pdf.limit.pages".
base::Result<std::size_t> page_count(const Document& document, RevisionIndex as_of);
/// References of all pages in order.
base::Result<std::vector<Ref>> page_refs(const Document& document, RevisionIndex as_of);
/// One page; index 0 is the first. Errors: not_found "pdf.no-such-page"; those of page_count.
base::Result<Page> load_page(const Document& document, std::size_t index, RevisionIndex as_of);
inline base::Result<Page> load_page(const Document& document, std::size_t index) {
  return load_page(document, index, document.latest());
}

/// Reads four numbers (indirect ones too) as a rectangle with ordered corners.
base::Result<Rect> read_rect(const Document& document, const Object& array, RevisionIndex as_of);

}  // namespace segell::signer::pdf
