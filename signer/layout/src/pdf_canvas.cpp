#include "pdf_canvas.h"

#include "pdf_language.h"

#include <cairo-pdf.h>

#include <stdexcept>

namespace segell::layout {
namespace {

cairo_status_t collect(void* out, const unsigned char* data, unsigned length) {
  base::append(*static_cast<base::Bytes*>(out), {reinterpret_cast<const std::byte*>(data), length});
  return CAIRO_STATUS_SUCCESS;
}

void require(cairo_status_t status) {
  if (status != CAIRO_STATUS_SUCCESS) throw std::runtime_error(std::string("cairo: ") + cairo_status_to_string(status));
}

}  // namespace

PdfCanvas::PdfCanvas(double width, double height, base::Instant created)
    : m_surface(cairo_pdf_surface_create_for_stream(collect, m_out.get(), width, height)) {
  require(cairo_surface_status(m_surface.get()));
  const auto seconds = std::chrono::floor<std::chrono::seconds>(created);
  cairo_pdf_surface_set_metadata(m_surface.get(), CAIRO_PDF_METADATA_CREATE_DATE,
                                 base::format_rfc3339(seconds).c_str());
  m_cairo.reset(cairo_create(m_surface.get()));
  require(cairo_status(m_cairo.get()));
}

void PdfCanvas::set_title(const std::string& title) {
  cairo_pdf_surface_set_metadata(m_surface.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
}

void PdfCanvas::next_page() { cairo_show_page(m_cairo.get()); }

void PdfCanvas::next_page(double width, double height) {
  next_page();
  cairo_pdf_surface_set_size(m_surface.get(), width, height);
}

PdfCanvas::Element::Element(const PdfCanvas& canvas, const char* type) : m_cairo(canvas.cairo()), m_type(type) {
  cairo_tag_begin(m_cairo, m_type, nullptr);
}
PdfCanvas::Element::~Element() { cairo_tag_end(m_cairo, m_type); }

base::Bytes PdfCanvas::finish(const std::string& language) {
  require(cairo_status(m_cairo.get()));
  m_cairo.reset();
  cairo_surface_finish(m_surface.get());
  require(cairo_surface_status(m_surface.get()));
  return with_language(*m_out, language);
}

}  // namespace segell::layout
