#pragma once

#include "pdf/geometry.h"
#include "signer/pdf/pages.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace segell::signer::pdf {

/// What is still seen of an area under all that was painted over it, square by square.
class Veil {
 public:
  explicit Veil(const Rect& area)
      : m_area(area),
        m_side(std::max({kSquare, area.width() / kSquares, area.height() / kSquares})),
        m_columns(squares(area.width())),
        m_seen(m_columns * squares(area.height()), 1.0) {}

  /// `share`: how much of what lies below is seen through it.
  void paint(const Rect& part, double share) {
    if (!std::isfinite(part.width()) || !std::isfinite(part.height())) {
      m_lost = true;
      return;
    }
    const auto [left, right] = range(part.left - m_area.left, part.right - m_area.left, m_columns);
    const auto [bottom, top] = range(part.bottom - m_area.bottom, part.top - m_area.bottom, m_seen.size() / m_columns);
    for (std::size_t row = bottom; row < top; ++row)
      for (std::size_t column = left; column < right; ++column)
        dim(row * m_columns + column,
            overlap(part.left - m_area.left, part.right - m_area.left, column) *
                overlap(part.bottom - m_area.bottom, part.top - m_area.bottom, row),
            share);
  }
  /// A small piece of a line, `size` square points of it.
  void touch(Point at, double size, double share) {
    if (!std::isfinite(at.x) || !std::isfinite(at.y)) m_lost = true;
    const double column = std::floor((at.x - m_area.left) / m_side), row = std::floor((at.y - m_area.bottom) / m_side);
    const auto columns = static_cast<double>(m_columns);
    if (m_lost || column < 0 || row < 0 || column >= columns ||
        row * columns + column >= static_cast<double>(m_seen.size()))
      return;
    dim(static_cast<std::size_t>(row * columns + column), std::min(1.0, size / (m_side * m_side)), share);
  }
  [[nodiscard]] bool hides() const {
    return m_lost || std::ranges::any_of(m_seen, [](double seen) { return seen < kReadable; });
  }
  [[nodiscard]] double side() const { return m_side; }
  [[nodiscard]] std::size_t size() const { return m_seen.size(); }
  /// How many squares an area touches, at most.
  [[nodiscard]] std::size_t squares_of(const Rect& area) const {
    const double columns = std::clamp(area.width() / m_side + 2, 0.0, static_cast<double>(m_columns));
    const double rows = std::clamp(area.height() / m_side + 2, 0.0,
                                   static_cast<double>(m_seen.size()) / static_cast<double>(m_columns));
    return std::isfinite(columns * rows) ? static_cast<std::size_t>(columns * rows) : m_seen.size();
  }

  static constexpr double kReadable = 0.24;  ///< the share of what lies below that must be seen in every square

 private:
  static constexpr double kSquare = 4;     ///< points: the side of the squares that are looked at
  static constexpr double kSquares = 256;  ///< on a side, at most; larger marks are looked at more coarsely

  [[nodiscard]] std::size_t squares(double length) const {
    return std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(std::max(0.0, length) / m_side)));
  }
  [[nodiscard]] std::pair<std::size_t, std::size_t> range(double from, double to, std::size_t count) const {
    const auto limit = static_cast<double>(count);
    return {static_cast<std::size_t>(std::clamp(std::floor(from / m_side), 0.0, limit)),
            static_cast<std::size_t>(std::clamp(std::ceil(to / m_side), 0.0, limit))};
  }
  [[nodiscard]] double overlap(double from, double to, std::size_t square) const {
    const double begin = static_cast<double>(square) * m_side;
    return std::clamp((std::min(to, begin + m_side) - std::max(from, begin)) / m_side, 0.0, 1.0);
  }
  void dim(std::size_t square, double covered, double share) { m_seen[square] *= 1 - covered * (1 - share); }

  Rect m_area;
  double m_side;
  std::size_t m_columns;
  std::vector<double> m_seen;
  bool m_lost = false;  ///< something was painted at no place that has a number
};

}  // namespace segell::signer::pdf
