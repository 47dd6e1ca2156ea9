#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <cstdint>

namespace segell::signer::ink {

/// Ink as people see it and nothing more: a 1-bit picture at 600 dpi. Set bits are ink. It holds no order, direction,
/// time or pressure; two traces that cover the same dots are the same picture, octet for octet.
class Picture {
 public:
  static constexpr std::uint32_t kMaxSide = 4096;  ///< dots
  static constexpr double kDotsPerInch = 600.0;

  /// From the page's bits: zlib data of packed rows, most significant bit first, each row padded to a whole octet.
  /// Bounded inflation; the size must be exact, padding bits zero. Errors: invalid_argument
  /// "ink.size" (a side of 0 or above 4096); malformed "ink.malformed"; invalid_argument "ink.empty" (no dot at all)
  /// and "ink.full" (more than half of the dots: no trace of a pen).
  static base::Result<Picture> parse_zlib(std::uint32_t width, std::uint32_t height, base::BytesView zlib);
  /// From packed rows, with the same checks.
  static base::Result<Picture> make(std::uint32_t width, std::uint32_t height, base::Bytes rows);

  [[nodiscard]] std::uint32_t width() const { return m_width; }
  [[nodiscard]] std::uint32_t height() const { return m_height; }
  /// Physical size in points (1/72 inch).
  [[nodiscard]] double width_points() const { return m_width * 72.0 / kDotsPerInch; }
  [[nodiscard]] double height_points() const { return m_height * 72.0 / kDotsPerInch; }
  [[nodiscard]] base::BytesView rows() const { return m_rows; }
  /// The rows as PDF FlateDecode data, re-encoded here: the page's own compression (which could hide a message) never
  /// reaches the file.
  [[nodiscard]] base::Bytes flate() const;

 private:
  Picture(std::uint32_t width, std::uint32_t height, base::Bytes rows)
      : m_width(width), m_height(height), m_rows(std::move(rows)) {}
  std::uint32_t m_width;
  std::uint32_t m_height;
  base::Bytes m_rows;
};

}  // namespace segell::signer::ink
