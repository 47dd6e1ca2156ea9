#include "fonts.h"

#include <cairo-ft.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include <string>

namespace segell::layout {
namespace {

/// Scripts that names and texts of the people served are written in. The list is fixed: another font in the folder must
/// not change a page.
constexpr const char* kFamilies[] = {
    "NotoSans",           "NotoSansHebrew",   "NotoSansArabic",   "NotoSansArmenian", "NotoSansGeorgian",
    "NotoSansDevanagari", "NotoSansBengali",  "NotoSansGurmukhi", "NotoSansGujarati", "NotoSansTamil",
    "NotoSansTelugu",     "NotoSansSinhala",  "NotoSansThai",     "NotoSansKhmer",    "NotoSansMyanmar",
    "NotoSansEthiopic",   "NotoSansTifinagh", "NotoSansSymbols",
};

}  // namespace

base::Result<Fonts> Fonts::load(const std::filesystem::path& folder) {
  ConfigPtr config(FcConfigCreate());
  if (config == nullptr) throw std::bad_alloc();
  const auto add = [&](const std::string& file) {
    const std::string path = (folder / file).string();
    std::error_code ignored;
    return std::filesystem::exists(path, ignored) &&
           FcConfigAppFontAddFile(config.get(), reinterpret_cast<const FcChar8*>(path.c_str())) == FcTrue;
  };
  for (const std::string family : kFamilies) {
    const bool regular = add(family + "-Regular.ttf");
    const bool bold = add(family + "-Bold.ttf");
    // The Latin pair is needed; a script whose fonts are absent is refused when a text uses it.
    if (family == kFamilies[0] && !(regular && bold))
      return base::fail(base::Code::not_found, "layout.fonts", "no Noto Sans fonts in " + folder.string(),
                        "install fonts-noto-core, or name the folder that holds NotoSans-Regular.ttf");
  }
  MapPtr map(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
  if (map == nullptr) throw std::runtime_error("Pango without FreeType fonts");
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map.get()), config.get());
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map.get()), 72.0);
  return Fonts(std::move(config), std::move(map));
}

void Fonts::MapRelease::operator()(PangoFontMap* map) const noexcept {
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), nullptr);
  g_object_unref(map);
}

GObjectPtr<PangoContext> Fonts::make_context() const {
  GObjectPtr<PangoContext> context(pango_font_map_create_context(m_map.get()));
  const std::unique_ptr<cairo_font_options_t, Deleter<cairo_font_options_destroy>> options(cairo_font_options_create());
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(context.get(), options.get());
  pango_cairo_context_set_resolution(context.get(), 72.0);
  pango_context_set_round_glyph_positions(context.get(), FALSE);
  return context;
}

}  // namespace segell::layout
