#pragma once

#include "base/result.h"

#include <string>

#include <cairo.h>

namespace segell::layout {

/// Draws a QR code (ISO/IEC 18004, level M) of those octets into a square of that many points, its quiet zone of four
/// modules included. Error: limit_exceeded "layout.too-long".
base::Result<void> draw_qr_code(cairo_t* cairo, const std::string& content, double x, double y, double size);

}  // namespace segell::layout
