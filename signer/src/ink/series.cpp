#include "signer/ink/series.h"

#include <algorithm>

namespace segell::signer::ink {

const Surface& InkSeries::surface_of(std::size_t sample) const {
  const auto after = std::upper_bound(surfaces.begin(), surfaces.end(), sample,
                                      [](std::size_t at, const Surface& surface) { return at < surface.from_sample; });
  return after == surfaces.begin() ? surfaces.front() : *(after - 1);
}

double InkSeries::millimetres_per_pixel(std::size_t sample) const {
  const Surface& surface = surface_of(sample);
  // A measured screen has a fixed size of its own dots; the nominal size of a CSS pixel knows nothing of dots.
  const double dots = calibrated ? surface.device_pixel_ratio / surfaces.back().device_pixel_ratio : 1.0;
  return surface.zoom * dots / pixels_per_millimetre;
}

bool InkSeries::has_pressure() const {
  return std::any_of(samples.begin(), samples.end(), [](const Sample& sample) { return sample.pressure.has_value(); });
}

bool InkSeries::has_tilt() const {
  return std::any_of(samples.begin(), samples.end(),
                     [](const Sample& sample) { return sample.tilt_x != 0 || sample.tilt_y != 0; });
}

bool InkSeries::has_twist() const {
  return std::any_of(samples.begin(), samples.end(), [](const Sample& sample) { return sample.twist != 0; });
}

}  // namespace segell::signer::ink
