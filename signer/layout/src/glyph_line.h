#pragma once

#include <cairo.h>
#include <pango/pango.h>

namespace segell::layout {

inline double points(int pango_units) { return static_cast<double>(pango_units) / PANGO_SCALE; }

/// Draws a line of a layout with its characters in the order in which they are read. Pango's own drawing follows the
/// eye from left to right, so that a reader of the file would get Arabic and Hebrew backwards (ISO 32000-1 14.8.2.3.3
/// wants the logical order).
void show_line(cairo_t* cairo, PangoLayoutLine* line, double x, double baseline);

}  // namespace segell::layout
