#pragma once

#include "signer/ink/series.h"

#include <string>
#include <string_view>

namespace segell::signer::ink {

/// The words on a picture, in the reader's language; UTF-8, escaped by the writers.
struct PlotWords {
  std::string_view title;
  std::string_view horizontal;  ///< axis, with its unit
  std::string_view vertical;
  std::string_view again{};  ///< on the button that starts a replay anew
};

// Self-contained SVG 1.1: no script, no font, nothing from outside. Values are drawn as recorded, never smoothed.

/// The lines as they were drawn, with a dot for each sample; hovering is dashed. Axes in millimetres.
std::string plot_trace(const InkSeries& series, const PlotWords& words);
/// Millimetres a second between neighbouring samples of a line, over seconds.
std::string plot_speed(const InkSeries& series, const PlotWords& words);
/// Pressure (0 to 1) over seconds. Only for a series that has it.
std::string plot_pressure(const InkSeries& series, const PlotWords& words);
/// The signature drawn anew at its own pace (SMIL animation); where nothing moves, it shows the finished trace.
std::string write_replay(const InkSeries& series, const PlotWords& words);

}  // namespace segell::signer::ink
