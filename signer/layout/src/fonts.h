#pragma once

#include "base/result.h"

#include <filesystem>
#include <memory>

#include <fontconfig/fontconfig.h>
#include <glib-object.h>
#include <pango/pango.h>

namespace segell::layout {

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* pointer) const noexcept {
    Free(pointer);
  }
};
template <class T>
using GObjectPtr = std::unique_ptr<T, Deleter<g_object_unref>>;

/// The Noto fonts of one folder behind a fontconfig that knows no other file and no configuration of the machine.
class Fonts {
 public:
  /// Error: not_found "layout.fonts".
  static base::Result<Fonts> load(const std::filesystem::path& folder);

  /// A context in which one unit is one point, without hinting: metrics depend on the fonts alone.
  [[nodiscard]] GObjectPtr<PangoContext> make_context() const;

 private:
  using ConfigPtr = std::unique_ptr<FcConfig, Deleter<FcConfigDestroy>>;
  /// Pango 1.50 keeps its reference to the configuration for ever unless it is taken away first.
  struct MapRelease {
    void operator()(PangoFontMap* map) const noexcept;
  };
  using MapPtr = std::unique_ptr<PangoFontMap, MapRelease>;
  Fonts(ConfigPtr config, MapPtr map) : m_config(std::move(config)), m_map(std::move(map)) {}
  ConfigPtr m_config;
  MapPtr m_map;
};

}  // namespace segell::layout
