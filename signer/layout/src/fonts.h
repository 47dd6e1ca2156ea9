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
  Fonts(ConfigPtr config, GObjectPtr<PangoFontMap> map) : m_config(std::move(config)), m_map(std::move(map)) {}
  ConfigPtr m_config;
  GObjectPtr<PangoFontMap> m_map;
};

}  // namespace segell::layout
