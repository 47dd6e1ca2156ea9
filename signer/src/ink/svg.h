#pragma once

#include "signer/ink/plots.h"
#include "signer/ink/series.h"

#include <string>
#include <vector>

namespace segell::signer::ink {

/// A place on a sheet, in SVG units or in the plot's own.
struct Dot {
  double x = 0, y = 0;
};

/// Samples that follow one another on one line, or in the air.
struct Run {
  bool in_air = false;
  std::vector<std::size_t> samples{};  ///< indexes
};
std::vector<Run> runs_of(const InkSeries& series);

/// A sheet with title, axes and ticks, and where values of the plot lie on it.
class Sheet {
 public:
  struct Bounds {
    double left = 0, right = 1, low = 0, high = 1;
  };
  /// `equal`: both axes have the same scale. `down`: the vertical axis grows downward.
  struct Shape {
    bool equal = false;
    bool down = false;
  };
  Sheet(const Bounds& bounds, Shape shape, const PlotWords& words);

  [[nodiscard]] Dot at(double x, double y) const;
  void add(std::string_view svg) { m_body += svg; }
  [[nodiscard]] std::string finish() const;

 private:
  void draw_axes(const PlotWords& words);

  Bounds m_bounds;
  Shape m_shape;
  double m_width = 0, m_height = 0;  ///< of the field inside the axes
  std::string m_title;
  std::string m_body;
};

std::string point(const Dot& dot);
/// The `d` of a path through some dots; a single dot becomes a line too short to see the end of.
std::string path_through(const std::vector<Dot>& dots);

}  // namespace segell::signer::ink
