#include "qr_code.h"

#include "fonts.h"

#include <qrencode.h>

namespace segell::layout {

base::Result<void> draw_qr_code(cairo_t* cairo, const std::string& content, double x, double y, double size) {
  constexpr int kQuietModules = 4;
  constexpr std::size_t kMaxContent = 300;  // more would make modules too small to read from paper
  const std::unique_ptr<QRcode, Deleter<QRcode_free>> code(
      content.empty() || content.size() > kMaxContent
          ? nullptr
          : QRcode_encodeData(static_cast<int>(content.size()), reinterpret_cast<const unsigned char*>(content.data()),
                              0, QR_ECLEVEL_M));
  if (code == nullptr)
    return base::fail(base::Code::limit_exceeded, "layout.too-long",
                      "the address for the QR code is empty or too long");
  const double module = size / (code->width + 2 * kQuietModules);
  cairo_set_source_rgb(cairo, 0, 0, 0);
  for (int row = 0; row < code->width; ++row) {
    const auto is_dark = [&](int column) {
      return column < code->width && (code->data[row * code->width + column] & 1) != 0;
    };
    // Neighbours are one rectangle, so that no viewer draws a hairline between them.
    for (int column = 0; column < code->width; ++column) {
      if (!is_dark(column)) continue;
      int end = column + 1;
      while (is_dark(end)) ++end;
      cairo_rectangle(cairo, x + (column + kQuietModules) * module, y + (row + kQuietModules) * module,
                      (end - column) * module, module);
      column = end;
    }
  }
  cairo_fill(cairo);
  return base::ok();
}

}  // namespace segell::layout
