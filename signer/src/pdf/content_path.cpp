#include "pdf/content_path.h"

#include "pdf/content_operators.h"

#include <cmath>
#include <utility>

namespace segell::signer::pdf {
namespace {

constexpr double kStraight = 0.01;  ///< by which corners may be off

}  // namespace

std::optional<Rect> rectangle_of(const Subpath& part) {
  const std::vector<Point>& p = part.points;
  const auto same = [](double a, double b) { return std::abs(a - b) <= kStraight; };
  const bool closed = p.size() == 5 && same(p[0].x, p[4].x) && same(p[0].y, p[4].y);
  if (part.pieces.find_first_not_of('l') != std::string::npos || (p.size() != 4 && !closed)) return std::nullopt;
  const bool straight =
      (same(p[0].x, p[1].x) && same(p[1].y, p[2].y) && same(p[2].x, p[3].x) && same(p[3].y, p[0].y)) ||
      (same(p[0].y, p[1].y) && same(p[1].x, p[2].x) && same(p[2].y, p[3].y) && same(p[3].x, p[0].x));
  Box box;
  for (const Point corner : p) box.add(corner);
  return straight ? std::optional(box.rect) : std::nullopt;
}

bool ContentPath::take(std::string_view word, std::span<const double> n, const Matrix& ctm) {
  if (!takes(word, n)) return false;
  if (word == "m" || word == "re") begin(apply(ctm, n[0], n[1]));
  if (word == "re") {
    line_to(apply(ctm, n[0] + n[2], n[1]));
    line_to(apply(ctm, n[0] + n[2], n[1] + n[3]));
    line_to(apply(ctm, n[0], n[1] + n[3]));
  }
  if (word == "re" || word == "h") close();
  if (is_any(word, "l", "c", "v", "y")) {
    if (m_parts.empty()) begin(m_ended);
    m_parts.back().pieces += word;
    for (std::size_t i = 0; i < n.size(); i += 2) m_parts.back().points.push_back(apply(ctm, n[i], n[i + 1]));
  }
  return is_any(word, "m", "re", "h", "l", "c", "v", "y");
}

void ContentPath::close() {
  if (!m_parts.empty()) line_to(m_parts.back().points.front());
}

std::vector<Subpath> ContentPath::finish() {
  if (!m_parts.empty()) m_ended = m_parts.back().points.back();
  if (last_pieces() == 0 && !m_parts.empty()) m_parts.pop_back();
  return std::exchange(m_parts, {});
}

bool ContentPath::is_closed() const {
  if (m_parts.empty()) return true;
  const Point &begin = m_parts.back().points.front(), &end = m_parts.back().points.back();
  return begin.x == end.x && begin.y == end.y;
}

bool ContentPath::is_torn_by(std::string_view word) const { return !m_parts.empty() && is_any(word, "cm", "q", "Q"); }

// one that begins behind another makes nothing of that
void ContentPath::begin(Point at) {
  if (m_parts.empty() || last_pieces() != 0) m_parts.emplace_back();
  m_parts.back().points = {at};
}

void ContentPath::line_to(Point to) {
  m_parts.back().pieces += 'l';
  m_parts.back().points.push_back(to);
}

}  // namespace segell::signer::pdf
