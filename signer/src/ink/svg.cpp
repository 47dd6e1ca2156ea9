#include "ink/svg.h"

#include "base/markup.h"
#include "ink/numbers.h"

#include <algorithm>
#include <cmath>

namespace segell::signer::ink {

namespace {

constexpr double kMarginLeft = 80, kMarginRight = 30, kMarginTop = 56, kMarginBottom = 64;
constexpr double kFieldWidth = 1000, kFieldHeight = 380, kLeastHeight = 120, kMostHeight = 1400;
constexpr int kTicks = 8;

/// A step of 1, 2 or 5 times a power of ten that cuts a span into at most kTicks.
double tick_step(double span) {
  const double rough = span / kTicks;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= rough) return factor * power;
  return 10 * power;
}

std::string line(const Dot& from, const Dot& to, std::string_view kind) {
  return "<line x1=\"" + to_decimal(from.x, 2) + "\" y1=\"" + to_decimal(from.y, 2) + "\" x2=\"" + to_decimal(to.x, 2) +
         "\" y2=\"" + to_decimal(to.y, 2) + "\" class=\"" + std::string(kind) + "\"/>\n";
}

std::string label(const Dot& where, std::string_view anchor, std::string_view text, std::string_view more = {}) {
  return "<text x=\"" + to_decimal(where.x, 2) + "\" y=\"" + to_decimal(where.y, 2) + "\" text-anchor=\"" +
         std::string(anchor) + "\"" + std::string(more) + ">" + base::escape_markup(text) + "</text>\n";
}

}  // namespace

std::vector<Run> runs_of(const InkSeries& series) {
  std::vector<Run> runs;
  for (std::size_t i = 0; i < series.samples.size(); ++i) {
    if (i == 0 || series.samples[i].line != series.samples[i - 1].line)
      runs.push_back({series.samples[i].line == kInAir, {}});
    runs.back().samples.push_back(i);
  }
  return runs;
}

std::string point(const Dot& dot) { return to_decimal(dot.x, 2) + ' ' + to_decimal(dot.y, 2); }

std::string path_through(const std::vector<Dot>& dots) {
  std::string text;
  for (std::size_t i = 0; i < dots.size(); ++i) text += (i == 0 ? "M" : "L") + point(dots[i]);
  return dots.size() == 1 ? text + "h0.01" : text;
}

Sheet::Sheet(const Bounds& bounds, Shape shape, const PlotWords& words)
    : m_bounds(bounds), m_shape(shape), m_width(kFieldWidth), m_height(kFieldHeight), m_title(words.title) {
  if (!(m_bounds.right > m_bounds.left)) m_bounds.right = m_bounds.left + 1;
  if (!(m_bounds.high > m_bounds.low)) m_bounds.high = m_bounds.low + 1;
  if (m_shape.equal) {
    const double scale =
        std::min(m_width / (m_bounds.right - m_bounds.left), kMostHeight / (m_bounds.high - m_bounds.low));
    m_height = std::max(kLeastHeight, scale * (m_bounds.high - m_bounds.low));
    m_bounds.right = m_bounds.left + m_width / scale;
    m_bounds.high = m_bounds.low + m_height / scale;
  }
  draw_axes(words);
}

Dot Sheet::at(double x, double y) const {
  const double across = (x - m_bounds.left) / (m_bounds.right - m_bounds.left) * m_width;
  const double up = (y - m_bounds.low) / (m_bounds.high - m_bounds.low) * m_height;
  return {kMarginLeft + across, kMarginTop + (m_shape.down ? up : m_height - up)};
}

void Sheet::draw_axes(const PlotWords& words) {
  const double bottom = kMarginTop + m_height, right = kMarginLeft + m_width;
  const double across = tick_step(m_bounds.right - m_bounds.left);
  for (double x = std::ceil(m_bounds.left / across) * across; x <= m_bounds.right; x += across) {
    const Dot foot{at(x, m_bounds.low).x, bottom};
    m_body += line({foot.x, kMarginTop}, foot, "grid") + label({foot.x, bottom + 20}, "middle", to_decimal(x, 6));
  }
  const double up = tick_step(m_bounds.high - m_bounds.low);
  for (double y = std::ceil(m_bounds.low / up) * up; y <= m_bounds.high; y += up) {
    const Dot foot{kMarginLeft, at(m_bounds.left, y).y};
    m_body += line(foot, {right, foot.y}, "grid") + label({kMarginLeft - 8, foot.y + 5}, "end", to_decimal(y, 6));
  }
  m_body += line({kMarginLeft, bottom}, {right, bottom}, "axis") +
            line({kMarginLeft, kMarginTop}, {kMarginLeft, bottom}, "axis");
  m_body += label({kMarginLeft + m_width / 2, bottom + 46}, "middle", words.horizontal);
  const double middle = kMarginTop + m_height / 2;
  m_body +=
      label({22, middle}, "middle", words.vertical, " transform=\"rotate(-90 22 " + to_decimal(middle, 2) + ")\"");
}

std::string Sheet::finish() const {
  const std::string width = to_decimal(kMarginLeft + m_width + kMarginRight, 2);
  const std::string height = to_decimal(kMarginTop + m_height + kMarginBottom, 2);
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width +
         "\" height=\"" + height + "\" viewBox=\"0 0 " + width + " " + height + "\">\n<title>" +
         base::escape_markup(m_title) +
         "</title>\n<style>text{font:14px sans-serif;fill:#222}.grid{stroke:#e3e3e3}.axis{stroke:#444}"
         ".ink{fill:none;stroke:#12327a;stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round}"
         ".air{fill:none;stroke:#b4560a;stroke-width:1;stroke-dasharray:4 4}.dot{fill:#12327a}"
         ".head{font-size:18px;font-weight:bold}</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
         "<text x=\"" +
         to_decimal(kMarginLeft, 0) + "\" y=\"32\" class=\"head\">" + base::escape_markup(m_title) + "</text>\n" +
         m_body + "</svg>\n";
}

}  // namespace segell::signer::ink
