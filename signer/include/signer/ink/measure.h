#pragma once

#include "signer/ink/series.h"

namespace segell::signer::ink {

/// What the samples themselves say of how well they were taken. Facts about the recording, never about the person, and
/// never compared with another recording.
struct Measured {
  std::size_t samples = 0;
  std::size_t lines = 0;
  std::size_t in_air = 0;              ///< samples of a pen that hovered
  double duration_seconds = 0;         ///< from the first sample to the last
  std::optional<double> rate_hz{};     ///< median within lines; nothing when no line has two samples
  std::optional<double> slowest_hz{};  ///< nine of ten gaps between samples of a line are shorter than this rate says
  double longest_gap_seconds = 0;      ///< within a line
  /// Samples that the median rate leads one to expect in gaps during which the pen moved on. A gap without movement is
  /// a pen at rest, of which many devices report nothing.
  std::size_t dropped = 0;
  std::size_t backwards = 0;  ///< samples whose time lies before the one of their predecessor
  bool pressure = false, tilt = false, twist = false;
  std::size_t pressure_levels = 0;  ///< different values, those in the air left out
};

Measured measure(const InkSeries& series);

/// How much an expert can expect of it, by its rate alone (50 Hz is the least, below 100 Hz is told).
enum class Usefulness { good, limited, too_slow, unknown };
Usefulness usefulness(const Measured& measured);

}  // namespace segell::signer::ink
