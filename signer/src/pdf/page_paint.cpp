#include "pdf/page_paint.h"

#include "pdf/annotation_kinds.h"
#include "pdf/content_painter.h"

#include <algorithm>
#include <optional>
#include <string>

namespace segell::signer::pdf {
namespace {

constexpr std::size_t kQuestions = 5000, kPagesFollowed = 200;  ///< of one document; behind them nothing is known
constexpr double kFree = 0.5;                                   ///< points by which areas may touch

/// The contents of a page as one text; nothing when it cannot be read.
std::optional<std::string> contents_of(const Document& document, const Dictionary& page, RevisionIndex as_of) {
  const auto contents = document.get(page, "Contents", as_of);
  if (!contents) return std::nullopt;
  std::string out;
  const auto take = [&](const Object& part) {
    const auto value = document.resolve(part, as_of);
    if (!value) return false;
    if (value->as_stream() == nullptr) return value->is_null();
    const auto octets = document.decode(*value->as_stream(), kPaintedOctets);
    if (!octets || out.size() + octets->size() > kPaintedOctets) return false;
    out += base::as_text(*octets);
    out += '\n';
    return true;
  };
  if (const Array* parts = contents->as_array()) {
    for (const Object& part : *parts)
      if (!take(part)) return std::nullopt;
    return out;
  }
  if (!take(*contents)) return std::nullopt;
  return out;
}

/// Where annotations stand that show something: the viewer's own drawing counts as their rectangle.
void add_annotations(const Document& document, const Dictionary& page, RevisionIndex as_of, std::vector<Rect>& areas) {
  const auto list = document.get(page, "Annots", as_of);
  const Array* items = list ? list->as_array() : nullptr;
  if (items == nullptr) return;
  for (const Object& item : *items) {
    const auto value = document.resolve(item, as_of);
    const Dictionary* annotation = value ? value->as_dictionary() : nullptr;
    if (annotation == nullptr || annotation->is_name("Subtype", "Link") || annotation->is_name("Subtype", "Popup"))
      continue;
    if (const auto area = painted_area(document, *annotation, as_of); area && area->width() > 0 && area->height() > 0)
      areas.push_back(*area);
  }
}

}  // namespace

PagePaint PagePaint::of(const Document& document, std::uint32_t page, RevisionIndex as_of) {
  PagePaint out;
  out.m_everywhere = true;
  const auto refs = page_refs(document, as_of);
  if (!refs) return out;
  const auto at = std::ranges::find(*refs, page, &Ref::number);
  if (at == refs->end()) return out;
  const auto loaded = load_page(document, static_cast<std::size_t>(at - refs->begin()), as_of);
  if (!loaded || loaded->object.as_dictionary() == nullptr) return out;
  const auto text = contents_of(document, *loaded->object.as_dictionary(), as_of);
  if (!text) return out;
  if (!paint_content(document, as_of, *text, loaded->resources, out.m_areas)) return out;
  out.m_turned = loaded->rotate != 0;
  add_annotations(document, *loaded->object.as_dictionary(), as_of, out.m_areas);
  out.m_everywhere = false;
  return out;
}

bool PagePaint::is_empty(const Rect& area, const Rect* own) const {
  if (m_everywhere) return false;
  return std::ranges::none_of(m_areas, [&](const Rect& one) {
    return (own == nullptr || one != *own) && one.left < area.right - kFree && one.right > area.left + kFree &&
           one.bottom < area.top - kFree && one.top > area.bottom + kFree;
  });
}

bool PaintedPages::place(std::uint32_t page, const Rect& area, RevisionIndex as_of, const Rect* own, bool upright) {
  if (++m_asked > kQuestions) return false;
  auto paint = m_pages.find(page);
  if (paint == m_pages.end()) {
    if (m_pages.size() >= kPagesFollowed) return false;
    paint = m_pages.emplace(page, PagePaint::of(m_document, page, as_of)).first;
  }
  const double side = std::max(area.width(), area.height());
  const bool around = upright && paint->second.is_turned();
  // it turns around its upper left corner (12.5.3)
  const Rect taken = around ? Rect{area.left - side, area.top - side, area.left + side, area.top + side} : area;
  const bool empty = paint->second.is_empty(taken, own);
  paint->second.add(taken);
  return empty;
}

}  // namespace segell::signer::pdf
