#pragma once

#include "signer/pdf/document.h"
#include "signer/pdf/pages.h"

#include <map>
#include <vector>

namespace segell::signer::pdf {

/// Where a page shows something: rectangles in default user space that hold all of it. They may be too large, never too
/// small: widths of letters that no font states are taken for wide ones, and paths clip by their bounds. White areas on
/// nothing are nothing.
class PagePaint {
 public:
  /// The page as of a revision, its annotations included. What cannot be followed to its end counts as painted all
  /// over.
  static PagePaint of(const Document& document, std::uint32_t page, RevisionIndex as_of);

  /// Whether the rectangle is free of anything that is shown. `own`: what stands there and gives way, or null.
  [[nodiscard]] bool is_empty(const Rect& area, const Rect* own = nullptr) const;
  [[nodiscard]] bool is_turned() const { return m_turned; }
  void add(const Rect& area) { m_areas.push_back(area); }

 private:
  bool m_everywhere = false;
  bool m_turned = false;
  std::vector<Rect> m_areas;
};

/// The pages of a document, each followed once: as it is when it is first asked for, with what is added from then on.
class PaintedPages {
 public:
  explicit PaintedPages(const Document& document) : m_document(document) {}
  /// Whether what comes to stand in the area covers nothing that the page shows as of a revision; from now on it is
  /// shown. `own`: where it stood before, or null. `upright`: it does not turn with its page.
  bool place(std::uint32_t page, const Rect& area, RevisionIndex as_of, const Rect* own, bool upright);

 private:
  const Document& m_document;
  std::map<std::uint32_t, PagePaint> m_pages;
  std::size_t m_asked = 0;
};

}  // namespace segell::signer::pdf
