#include "pdf/font_widths.h"

#include <algorithm>

namespace segell::signer::pdf {
namespace {

constexpr double kWideLetter = 1;

}  // namespace

std::optional<FontWidths> FontWidths::read(const Document& document, const Dictionary& font, RevisionIndex as_of) {
  FontWidths out;
  if (font.is_name("Subtype", "Type3")) return std::nullopt;
  out.m_composite = font.is_name("Subtype", "Type0");
  if (out.m_composite) return out.read_composite(document, font, as_of) ? std::optional(out) : std::nullopt;
  const auto first = document.get(font, "FirstChar", as_of);
  if (first && first->as_integer() != nullptr) out.m_first = *first->as_integer();
  const auto widths = document.get(font, "Widths", as_of);
  if (const Array* list = widths ? widths->as_array() : nullptr)
    for (const Object& width : *list) {
      double value = 0;
      out.m_widths.push_back(width.as_number(value) ? value / 1000 : kWideLetter);
    }
  return out;
}

/// Which code stands for which width depends on maps that are not read: each counts as the widest, and 1 em at least.
bool FontWidths::read_composite(const Document& document, const Dictionary& font, RevisionIndex as_of) {
  const auto encoding = document.get(font, "Encoding", as_of);
  const std::string* map = encoding ? encoding->as_name() : nullptr;
  if (map != nullptr && map->ends_with("V")) return false;
  const Dictionary* own = encoding ? encoding->as_dictionary() : nullptr;
  if (own != nullptr && own->integer("WMode") != nullptr && *own->integer("WMode") != 0) return false;
  const auto below = document.get(font, "DescendantFonts", as_of);
  const Array* fonts = below ? below->as_array() : nullptr;
  if (fonts == nullptr || fonts->empty()) return true;
  const auto descendant = document.resolve(fonts->front(), as_of);
  const Dictionary* entries = descendant ? descendant->as_dictionary() : nullptr;
  if (entries == nullptr) return true;
  double value = 0;
  const auto usual = document.get(*entries, "DW", as_of);
  if (usual && usual->as_number(value)) m_widest = std::max(m_widest, value / 1000);
  const auto widths = document.get(*entries, "W", as_of);
  const Array* list = widths ? widths->as_array() : nullptr;
  if (list == nullptr) return true;
  // c [w1 w2 ...], or c-first c-last w
  for (std::size_t i = 0; i + 1 < list->size();) {
    const auto second = document.resolve((*list)[i + 1], as_of);
    if (!second) return false;
    if (const Array* each = second->as_array()) {
      for (const Object& width : *each)
        if (width.as_number(value)) m_widest = std::max(m_widest, value / 1000);
      i += 2;
    } else {
      if (i + 2 < list->size() && (*list)[i + 2].as_number(value)) m_widest = std::max(m_widest, value / 1000);
      i += 3;
    }
  }
  return true;
}

double FontWidths::of(std::string_view text) const {
  if (m_composite) return m_widest;
  const auto code = static_cast<std::int64_t>(static_cast<unsigned char>(text.front())) - m_first;
  const bool known = code >= 0 && static_cast<std::size_t>(code) < m_widths.size();
  return known ? m_widths[static_cast<std::size_t>(code)] : kWideLetter;
}

}  // namespace segell::signer::pdf
