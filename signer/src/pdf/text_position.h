#pragma once

#include "pdf/content_operators.h"
#include "pdf/geometry.h"

namespace segell::signer::pdf {

/// Where letters come to stand (ISO 32000-1, 9.4): the text matrix, and that of its line.
class TextPosition {
 public:
  /// BT and what moves from there (tables 107 and 108), and TL. `leading`: between lines, a part of the graphics state.
  /// False for other operators, and with other numbers.
  bool take(std::string_view word, std::span<const double> n, double& leading) {
    if (!takes(word, n)) return false;
    if (word == "TD") leading = -n[1];
    if (word == "BT") {
      m_at = m_line = {};
    } else if (word == "Tm") {
      m_at = m_line = matrix_of(n);
    } else if (word == "Td" || word == "TD") {
      move(n[0], n[1]);
    } else if (word == "T*") {
      next_line(leading);
    } else if (word == "TL") {
      leading = n[0];
    } else {
      return false;
    }
    return true;
  }
  void next_line(double leading) { move(0, -leading); }
  /// Along the line, as what is shown goes.
  void advance(double x) { m_at = product({1, 0, 0, 1, x, 0}, m_at); }

  [[nodiscard]] const Matrix& at() const { return m_at; }

 private:
  void move(double x, double y) { m_at = m_line = product({1, 0, 0, 1, x, y}, m_line); }

  Matrix m_at, m_line;
};

}  // namespace segell::signer::pdf
