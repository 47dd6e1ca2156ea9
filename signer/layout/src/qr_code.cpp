#include "qr_code.h"

#include "fonts.h"
#include "layout/slip_page.h"

#include <qrencode.h>

namespace segell::layout {

namespace {

using QrPtr = std::unique_ptr<QRcode, Deleter<QRcode_free>>;

base::Result<QrPtr> encode(const std::string& content) {
  constexpr std::size_t kMaxContent = 300;  // more would make modules too small to read from paper
  QrPtr code(content.empty() || content.size() > kMaxContent
                 ? nullptr
                 : QRcode_encodeData(static_cast<int>(content.size()),
                                     reinterpret_cast<const unsigned char*>(content.data()), 0, QR_ECLEVEL_M));
  if (code == nullptr)
    return base::fail(base::Code::limit_exceeded, "layout.too-long",
                      "the address for the QR code is empty or too long");
  return code;
}

}  // namespace

base::Result<std::vector<std::string>> qr_modules(const std::string& content) {
  SEGELL_TRY(const QrPtr code, encode(content));
  std::vector<std::string> rows;
  for (int row = 0; row < code->width; ++row) {
    std::string& modules = rows.emplace_back();
    for (int column = 0; column < code->width; ++column)
      modules.push_back((code->data[row * code->width + column] & 1) != 0 ? '1' : '0');
  }
  return rows;
}

base::Result<void> draw_qr_code(cairo_t* cairo, const std::string& content, double x, double y, double size) {
  constexpr int kQuietModules = 4;
  SEGELL_TRY(const QrPtr code, encode(content));
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
