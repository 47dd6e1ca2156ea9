#pragma once

#include "signer/pdf/pages.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>

namespace segell::signer::pdf {

struct Point {
  double x = 0, y = 0;
};

/// A transformation of coordinates (ISO 32000-1, 8.3.3).
struct Matrix {
  double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;
};

/// `first` is applied before `then`.
inline Matrix product(const Matrix& first, const Matrix& then) {
  return {first.a * then.a + first.b * then.c,          first.a * then.b + first.b * then.d,
          first.c * then.a + first.d * then.c,          first.c * then.b + first.d * then.d,
          first.e * then.a + first.f * then.c + then.e, first.e * then.b + first.f * then.d + then.f};
}

inline Point apply(const Matrix& m, double x, double y) { return {m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f}; }

/// Of six numbers.
inline Matrix matrix_of(std::span<const double> n) { return {n[0], n[1], n[2], n[3], n[4], n[5]}; }

/// By how much it makes lengths along its axes larger, at most.
inline double largest_scale(const Matrix& m) { return std::max(std::hypot(m.a, m.b), std::hypot(m.c, m.d)); }

/// The smallest rectangle around points.
struct Box {
  Rect rect{1e9, 1e9, -1e9, -1e9};
  void add(Point p) {
    rect = {std::min(rect.left, p.x), std::min(rect.bottom, p.y), std::max(rect.right, p.x), std::max(rect.top, p.y)};
  }
  [[nodiscard]] bool any() const { return rect.left <= rect.right; }
};

inline Box box_of(std::span<const Point> points) {
  Box out;
  for (const Point p : points) out.add(p);
  return out;
}

/// What two areas have in common; none of it has a negative side.
inline Rect common(const Rect& a, const Rect& b) {
  return {std::max(a.left, b.left), std::max(a.bottom, b.bottom), std::min(a.right, b.right), std::min(a.top, b.top)};
}

inline Rect widened(const Rect& r, double by) { return {r.left - by, r.bottom - by, r.right + by, r.top + by}; }

inline Rect transformed(const Matrix& m, const Rect& r) {
  Box box;
  for (const Point p :
       {apply(m, r.left, r.bottom), apply(m, r.right, r.bottom), apply(m, r.left, r.top), apply(m, r.right, r.top)})
    box.add(p);
  return box.rect;
}

/// /Matrix of a form object; the identity when there is none. False when it is not six numbers.
bool read_matrix(const Document& document, const Dictionary& form, RevisionIndex as_of, Matrix& out);

/// From the space of an appearance to the rectangle of its annotation (ISO 32000-1, 12.5.5, algorithm 8.1); nothing
/// when it takes no room, or cannot be read.
std::optional<Matrix> placed(const Document& document, const Dictionary& form, const Rect& shown, RevisionIndex as_of);

}  // namespace segell::signer::pdf
