#include "text.h"

#include "base/encoding.h"
#include "glyph_line.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

namespace segell::layout {
namespace {

using base::Code;
using base::fail;

constexpr std::size_t kMaxText = 20'000;

std::string name_of(gunichar character) {
  std::array<char, 16> code{};
  std::snprintf(code.data(), code.size(), "U+%04X", static_cast<unsigned>(character));
  std::array<char, 6> utf8{};
  const int length = g_unichar_to_utf8(character, utf8.data());
  std::string out = code.data();
  if (g_unichar_isprint(character) != 0) out += " (" + std::string(utf8.data(), static_cast<std::size_t>(length)) + ")";
  return out;
}

/// Characters that are not seen and change what is: controls, and the overrides and embeddings that turn the reading
/// direction of others around (UAX 9 section 2; isolates only shield and are allowed).
bool is_deceptive(gunichar c) {
  if (c == '\n') return false;
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) || c == 0x2028 || c == 0x2029 ||
         c == 0xfeff || (c & 0xfffe) == 0xfffe;
}

base::Result<void> check_text(std::string_view text) {
  if (text.size() > kMaxText)
    return fail(Code::limit_exceeded, "layout.too-long", "a text longer than " + std::to_string(kMaxText) + " octets");
  if (!base::is_utf8(text)) return fail(Code::invalid_argument, "layout.text", "a text that is not UTF-8");
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at < end; at = g_utf8_next_char(at)) {
    const gunichar character = g_utf8_get_char(at);
    if (is_deceptive(character))
      return fail(Code::invalid_argument, "layout.text", "a text with the unseen character " + name_of(character));
  }
  return base::ok();
}

using AttributesPtr = std::unique_ptr<PangoAttrList, Deleter<pango_attr_list_unref>>;

AttributesPtr attributes_of(const TextStyle& style) {
  AttributesPtr attributes(pango_attr_list_new());
  // A letter, a glyph: "fi" as one glyph needs an explanation in the file (/ActualText) that not every reader follows.
  pango_attr_list_insert(attributes.get(), pango_attr_font_features_new("liga=0, clig=0, dlig=0"));
  if (style.strong > 0) {
    PangoAttribute* bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
    bold->start_index = 0;
    bold->end_index = static_cast<guint>(style.strong);
    pango_attr_list_insert(attributes.get(), bold);
  }
  return attributes;
}

/// Pango marks a character without a glyph by a flag on the character's own number.
base::Result<void> check_glyphs(PangoLayoutLine* line) {
  for (const GSList* run = line->runs; run != nullptr; run = run->next) {
    const PangoGlyphString* glyphs = static_cast<const PangoGlyphItem*>(run->data)->glyphs;
    for (int i = 0; i < glyphs->num_glyphs; ++i) {
      const PangoGlyph glyph = glyphs->glyphs[i].glyph;
      if ((glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0 && glyph != PANGO_GLYPH_EMPTY)
        return fail(Code::unsupported, "layout.no-glyph",
                    "no packaged font has the character " + name_of(glyph & ~PANGO_GLYPH_UNKNOWN_FLAG));
    }
  }
  return base::ok();
}

}  // namespace

base::Result<Paragraph> Paragraph::make(PangoContext* context, std::string_view text, const TextStyle& style,
                                        double width) {
  SEGELL_CHECK(check_text(text));
  Paragraph made;
  made.m_grey = style.grey;
  made.m_layout.reset(pango_layout_new(context));
  PangoLayout* const layout = made.m_layout.get();
  const std::unique_ptr<PangoFontDescription, Deleter<pango_font_description_free>> font(pango_font_description_new());
  pango_font_description_set_family_static(font.get(), "Noto Sans");
  pango_font_description_set_size(font.get(), static_cast<int>(style.size * PANGO_SCALE));
  pango_font_description_set_weight(font.get(), style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout, font.get());
  pango_layout_set_attributes(layout, attributes_of(style).get());
  pango_layout_set_width(layout, static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  // The page says from which side it is read, not the first letter of a paragraph, which may be a foreign name's.
  pango_layout_set_auto_dir(layout, FALSE);
  if (pango_context_get_base_dir(context) == PANGO_DIRECTION_RTL) pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);
  pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));

  const std::unique_ptr<PangoLayoutIter, Deleter<pango_layout_iter_free>> iterator(pango_layout_get_iter(layout));
  do {
    PangoLayoutLine* line = pango_layout_iter_get_line_readonly(iterator.get());
    SEGELL_CHECK(check_glyphs(line));
    PangoRectangle extents{};
    pango_layout_iter_get_line_extents(iterator.get(), nullptr, &extents);
    const int baseline = pango_layout_iter_get_baseline(iterator.get());
    made.m_lines.push_back({line, points(extents.x), points(baseline - extents.y), points(extents.height)});
  } while (pango_layout_iter_next_line(iterator.get()) != 0);
  return made;
}

double Paragraph::height() const {
  double sum = 0;
  for (const TextLine& line : m_lines) sum += line.height;
  return sum;
}

void Paragraph::draw(cairo_t* cairo, const TextLine& line, double x, double y) const {
  cairo_set_source_rgb(cairo, m_grey, m_grey, m_grey);
  show_line(cairo, line.line, x + line.x, y + line.baseline);
}

void Paragraph::draw_all(cairo_t* cairo, double x, double y) const {
  for (const TextLine& line : m_lines) {
    draw(cairo, line, x, y);
    y += line.height;
  }
}

base::Result<GObjectPtr<PangoContext>> context_for(const Fonts& fonts, const std::string& language,
                                                   bool right_to_left) {
  const bool is_tag =
      !language.empty() && language.size() <= 35 && std::all_of(language.begin(), language.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
      });
  if (!is_tag) return fail(Code::invalid_argument, "layout.text", "the language is not a BCP 47 tag");
  GObjectPtr<PangoContext> context = fonts.make_context();
  pango_context_set_language(context.get(), pango_language_from_string(language.c_str()));
  pango_context_set_base_dir(context.get(), right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  return context;
}

}  // namespace segell::layout
