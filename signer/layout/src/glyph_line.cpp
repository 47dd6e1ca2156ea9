#include "glyph_line.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace segell::layout {
namespace {

/// A run of one font and direction, and where it begins.
struct Run {
  const PangoGlyphItem* item = nullptr;
  int x = 0;
};

/// Glyphs that stand for the characters from one octet of the run's text on.
struct Cluster {
  int start = 0;
  std::vector<cairo_glyph_t> glyphs;
};

/// Pango takes away the glyph of a space at which a line ends; whoever copies the text needs it.
unsigned long space_glyph(PangoFont* font) {
  hb_codepoint_t glyph = 0;
  hb_font_get_nominal_glyph(pango_font_get_hb_font(font), ' ', &glyph);
  return glyph;
}

std::vector<Cluster> clusters_of(const Run& run, std::string_view text, double x, double baseline) {
  const PangoGlyphItem& item = *run.item;
  std::vector<Cluster> clusters;
  int at = run.x + item.start_x_offset;
  for (int i = 0; i < item.glyphs->num_glyphs; ++i) {
    const PangoGlyphInfo& info = item.glyphs->glyphs[i];
    const int start = item.glyphs->log_clusters[i];
    if (clusters.empty() || clusters.back().start != start) clusters.push_back({start, {}});
    unsigned long glyph = info.glyph;
    if (glyph == PANGO_GLYPH_EMPTY && text[static_cast<std::size_t>(start)] == ' ')
      glyph = space_glyph(item.item->analysis.font);
    if (glyph != PANGO_GLYPH_EMPTY)
      clusters.back().glyphs.push_back(
          {glyph, x + points(at + info.geometry.x_offset), baseline - points(item.y_offset - info.geometry.y_offset)});
    at += info.geometry.width;
  }
  if ((item.item->analysis.level & 1) != 0)
    for (Cluster& cluster : clusters) std::reverse(cluster.glyphs.begin(), cluster.glyphs.end());
  std::sort(clusters.begin(), clusters.end(), [](const Cluster& a, const Cluster& b) { return a.start < b.start; });
  return clusters;
}

/// The text and glyphs of one run as Cairo takes them.
class RunText {
 public:
  void add(std::string_view text, const std::vector<cairo_glyph_t>& glyphs) {
    if (glyphs.empty()) return;  // a mark of direction that nobody sees
    if (is_letter_with_marks(text) &&
        static_cast<std::size_t>(g_utf8_strlen(text.data(), octets(text))) == glyphs.size()) {
      for (const cairo_glyph_t& glyph : glyphs) {
        const auto length = static_cast<std::size_t>(g_utf8_next_char(text.data()) - text.data());
        add_cluster(text.substr(0, length), {&glyph, 1});
        text.remove_prefix(length);
      }
      return;
    }
    add_cluster(text, glyphs);
  }

  void show(cairo_t* cairo) const {
    if (m_glyphs.empty()) return;
    cairo_show_text_glyphs(cairo, m_text.data(), static_cast<int>(m_text.size()), m_glyphs.data(),
                           static_cast<int>(m_glyphs.size()), m_clusters.data(), static_cast<int>(m_clusters.size()),
                           static_cast<cairo_text_cluster_flags_t>(0));
  }

 private:
  static gssize octets(std::string_view text) { return static_cast<gssize>(text.size()); }

  /// Marks over a letter are characters of their own, which readers without /ActualText would lose.
  static bool is_letter_with_marks(std::string_view text) {
    const char* const end = text.data() + text.size();
    for (const char* at = g_utf8_next_char(text.data()); at < end; at = g_utf8_next_char(at))
      if (g_unichar_type(g_utf8_get_char(at)) != G_UNICODE_NON_SPACING_MARK) return false;
    return true;
  }

  void add_cluster(std::string_view text, std::span<const cairo_glyph_t> glyphs) {
    m_text += text;
    m_glyphs.insert(m_glyphs.end(), glyphs.begin(), glyphs.end());
    m_clusters.push_back({static_cast<int>(text.size()), static_cast<int>(glyphs.size())});
  }

  std::string m_text;
  std::vector<cairo_glyph_t> m_glyphs;
  std::vector<cairo_text_cluster_t> m_clusters;
};

}  // namespace

void show_line(cairo_t* cairo, PangoLayoutLine* line, double x, double baseline) {
  std::vector<Run> runs;
  int advance = 0;
  for (const GSList* one = line->runs; one != nullptr; one = one->next) {
    const auto* item = static_cast<const PangoGlyphItem*>(one->data);
    runs.push_back({item, advance});
    advance += item->start_x_offset + item->end_x_offset;
    for (int i = 0; i < item->glyphs->num_glyphs; ++i) advance += item->glyphs->glyphs[i].geometry.width;
  }
  std::sort(runs.begin(), runs.end(),
            [](const Run& a, const Run& b) { return a.item->item->offset < b.item->item->offset; });
  const char* const all = pango_layout_get_text(line->layout);
  for (const Run& run : runs) {
    const PangoItem& item = *run.item->item;
    const std::string_view text(all + item.offset, static_cast<std::size_t>(item.length));
    const std::vector<Cluster> clusters = clusters_of(run, text, x, baseline);
    RunText out;
    for (std::size_t i = 0; i < clusters.size(); ++i) {
      const auto start = static_cast<std::size_t>(clusters[i].start);
      const auto end = i + 1 < clusters.size() ? static_cast<std::size_t>(clusters[i + 1].start) : text.size();
      out.add(text.substr(start, end - start), clusters[i].glyphs);
    }
    cairo_set_scaled_font(cairo, pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(item.analysis.font)));
    out.show(cairo);
  }
}

}  // namespace segell::layout
