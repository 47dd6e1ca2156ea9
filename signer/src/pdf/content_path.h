#pragma once

#include "pdf/geometry.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace segell::signer::pdf {

/// What hangs together of a path.
struct Subpath {
  std::string pieces;         ///< by the operators of table 59 that add them: l, c, v or y
  std::vector<Point> points;  ///< where it begins, and of each piece its control points and where it ends

  /// Calls take(piece, points), the points with the one where the piece begins.
  template <typename Take>
  void each(Take take) const {
    std::size_t at = 0;
    for (const char piece : pieces) {
      const std::size_t more = piece == 'l' ? 1 : piece == 'c' ? 3 : 2;
      take(piece, std::span(points).subspan(at, more + 1));
      at += more;
    }
  }
};

/// The rectangle along the axes that it is, closed or open; nothing for other shapes.
std::optional<Rect> rectangle_of(const Subpath& part);

/// The path that a content stream is making (ISO 32000-1, 8.5.2), in the space to which the transformations of its
/// operators lead. A Bézier curve stays one under them, and lies within the hull of its points.
class ContentPath {
 public:
  /// False for what is no operator of table 59, or has other operands.
  bool take(std::string_view word, std::span<const double> n, const Matrix& ctm);
  /// A line to where the last subpath begins, if there is one: of no length where it has just arrived there.
  void close();
  /// Ends the path: the subpaths that have any pieces. What goes on without a beginning begins where it ended.
  std::vector<Subpath> finish();

  [[nodiscard]] bool is_closed() const;
  /// Whether an operator that moves the coordinates comes between those that make the path and the one that paints it,
  /// where none may stand (8.2): viewers differ in which of the two it moves.
  [[nodiscard]] bool is_torn_by(std::string_view word) const;
  [[nodiscard]] std::size_t last_pieces() const { return m_parts.empty() ? 0 : m_parts.back().pieces.size(); }

 private:
  void begin(Point at);
  void line_to(Point to);

  std::vector<Subpath> m_parts;
  Point m_ended;
};

}  // namespace segell::signer::pdf
