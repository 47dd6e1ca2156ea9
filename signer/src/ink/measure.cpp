#include "signer/ink/measure.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace segell::signer::ink {

namespace {

constexpr double kLeastHz = 50, kGoodHz = 100;
/// A gap this many medians long may hide samples.
constexpr double kGapMedians = 1.75;
/// Farther than this between two samples, in CSS pixels, the pen did move.
constexpr double kMovedPixels = 2;

struct Gap {
  double seconds = 0;
  double pixels = 0;
};

std::vector<Gap> gaps_within_lines(const std::vector<Sample>& samples) {
  std::vector<Gap> gaps;
  for (std::size_t i = 1; i < samples.size(); ++i) {
    const Sample &now = samples[i], &before = samples[i - 1];
    if (now.line == kInAir || now.line != before.line || now.microseconds <= before.microseconds) continue;
    gaps.push_back({static_cast<double>(now.microseconds - before.microseconds) / 1e6,
                    std::hypot(now.x - before.x, now.y - before.y)});
  }
  return gaps;
}

void measure_gaps(const std::vector<Gap>& gaps, Measured& measured) {
  if (gaps.empty()) return;
  std::vector<double> seconds(gaps.size());
  std::transform(gaps.begin(), gaps.end(), seconds.begin(), [](const Gap& gap) { return gap.seconds; });
  std::sort(seconds.begin(), seconds.end());
  const double median = seconds[seconds.size() / 2];
  measured.rate_hz = 1 / median;
  measured.slowest_hz = 1 / seconds[seconds.size() * 9 / 10];
  measured.longest_gap_seconds = seconds.back();
  for (const Gap& gap : gaps)
    if (gap.seconds > kGapMedians * median && gap.pixels > kMovedPixels)
      measured.dropped += static_cast<std::size_t>(std::llround(gap.seconds / median)) - 1;
}

}  // namespace

Measured measure(const InkSeries& series) {
  Measured measured;
  measured.samples = series.samples.size();
  measured.pressure = series.has_pressure();
  measured.tilt = series.has_tilt();
  measured.twist = series.has_twist();
  std::set<std::int32_t> lines;
  std::set<double> levels;
  for (std::size_t i = 0; i < series.samples.size(); ++i) {
    const Sample& sample = series.samples[i];
    if (sample.line == kInAir)
      ++measured.in_air;
    else
      lines.insert(sample.line);
    if (sample.line != kInAir && sample.pressure) levels.insert(*sample.pressure);
    if (i > 0 && sample.microseconds < series.samples[i - 1].microseconds) ++measured.backwards;
  }
  measured.lines = lines.size();
  measured.pressure_levels = levels.size();
  if (!series.samples.empty()) {
    const auto [first, last] =
        std::minmax_element(series.samples.begin(), series.samples.end(),
                            [](const Sample& a, const Sample& b) { return a.microseconds < b.microseconds; });
    measured.duration_seconds = static_cast<double>(last->microseconds - first->microseconds) / 1e6;
  }
  measure_gaps(gaps_within_lines(series.samples), measured);
  return measured;
}

Usefulness usefulness(const Measured& measured) {
  if (!measured.rate_hz) return Usefulness::unknown;
  if (*measured.rate_hz < kLeastHz) return Usefulness::too_slow;
  return *measured.rate_hz < kGoodHz ? Usefulness::limited : Usefulness::good;
}

}  // namespace segell::signer::ink
