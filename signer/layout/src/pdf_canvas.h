#pragma once

#include "fonts.h"

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"

#include <memory>
#include <string>

#include <cairo.h>

namespace segell::layout {

/// A PDF under way in memory.
class PdfCanvas {
 public:
  PdfCanvas(double width, double height, base::Instant created);

  [[nodiscard]] cairo_t* cairo() const { return m_cairo.get(); }
  void set_title(const std::string& title);
  void next_page();
  /// The same, and the next page has that size.
  void next_page(double width, double height);

  /// Everything drawn while this object lives belongs to one structure element (ISO 32000-1 14.8.4).
  class Element {
   public:
    Element(const PdfCanvas& canvas, const char* type);
    ~Element();
    Element(const Element&) = delete;
    Element& operator=(const Element&) = delete;

   private:
    cairo_t* m_cairo;
    const char* m_type;
  };

  /// Ends the document and gives its octets, with /Lang in the catalog.
  base::Bytes finish(const std::string& language);

 private:
  using SurfacePtr = std::unique_ptr<cairo_surface_t, Deleter<cairo_surface_destroy>>;
  using CairoPtr = std::unique_ptr<cairo_t, Deleter<cairo_destroy>>;
  std::unique_ptr<base::Bytes> m_out = std::make_unique<base::Bytes>();  ///< outlives the surface that writes to it
  SurfacePtr m_surface;
  CairoPtr m_cairo;
};

}  // namespace segell::layout
