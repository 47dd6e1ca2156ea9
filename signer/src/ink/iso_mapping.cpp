// From a series to the channels of ISO/IEC 19794-7.
#include "signer/ink/iso19794.h"

#include <algorithm>
#include <cmath>

namespace segell::signer::ink {

namespace {

using base::Code;
using base::fail;
using base::Result;

constexpr double kMillisecondsASecond = 1000;
constexpr std::int64_t kGreatest = 0xFFFF;
constexpr double kLargestPlace = 32767;
constexpr double kMaxForce = 65535;

/// In metres; Y upward from the surface's lower edge.
struct Metres {
  double x = 0, y = 0;
};

Metres place_of(const InkSeries& series, std::size_t at) {
  const double metres = series.millimetres_per_pixel(at) / 1000;
  const Sample& sample = series.samples[at];
  return {sample.x * metres, (series.surface_of(at).height - sample.y) * metres};
}

/// The finest scaling in which every place fits.
Result<Scaling> place_scaling(const std::vector<Metres>& places) {
  double farthest = 0;
  for (const Metres& place : places) farthest = std::max({farthest, std::abs(place.x), std::abs(place.y)});
  const auto scaling = Scaling::at_most(farthest > 0 ? kLargestPlace / farthest : 1e9);
  if (!scaling)
    return fail(Code::limit_exceeded, "iso19794.range", "the pen left the surface farther than a record can say");
  return scaling;
}

/// Steps since the sample before, in units of `a_second`; their sum is the rounded time, so rounding never adds up. A
/// time that runs backwards is 0.
std::vector<std::int64_t> time_steps(const std::vector<Sample>& samples, double a_second) {
  std::vector<std::int64_t> steps;
  steps.reserve(samples.size());
  std::int64_t told = 0;
  for (const Sample& sample : samples) {
    const double since = static_cast<double>(sample.microseconds - samples.front().microseconds) / 1e6;
    const std::int64_t step = std::max<std::int64_t>(0, std::llround(since * a_second) - told);
    told += step;
    steps.push_back(step);
  }
  return steps;
}

struct Times {
  Scaling scaling{};
  std::vector<std::int64_t> steps{};
};

Result<Times> times_of(const std::vector<Sample>& samples) {
  for (double a_second = kMillisecondsASecond;; a_second /= 2) {
    SEGELL_TRY(const Scaling scaling, Scaling::at_most(a_second));
    auto steps = time_steps(samples, scaling.value());
    if (*std::max_element(steps.begin(), steps.end()) <= kGreatest) return Times{scaling, std::move(steps)};
  }
}

std::int32_t whole(double value) { return static_cast<std::int32_t>(std::lround(value)); }

std::vector<ChannelDescription> describe(const InkSeries& series, Scaling place, Scaling time) {
  constexpr Scaling kDegrees{0x8000};  // 1 unit a degree
  std::vector<ChannelDescription> channels{{.channel = Channel::x, .scaling = place},
                                           {.channel = Channel::y, .scaling = place},
                                           {.channel = Channel::dt, .scaling = time}};
  if (series.has_pressure()) channels.push_back({.channel = Channel::f, .minimum = 0, .maximum = whole(kMaxForce)});
  if (series.has_tilt()) {
    channels.push_back({.channel = Channel::tx, .scaling = kDegrees, .minimum = -90, .maximum = 90});
    channels.push_back({.channel = Channel::ty, .scaling = kDegrees, .minimum = -90, .maximum = 90});
  }
  if (series.has_twist())
    channels.push_back({.channel = Channel::r, .scaling = kDegrees, .minimum = 0, .maximum = 359});
  return channels;
}

}  // namespace

Result<IsoRecord> make_iso_record(const InkSeries& series) {
  if (series.samples.empty() || series.surfaces.empty())
    return fail(Code::invalid_argument, "iso19794.record", "a series without samples");
  std::vector<Metres> places;
  places.reserve(series.samples.size());
  for (std::size_t i = 0; i < series.samples.size(); ++i) places.push_back(place_of(series, i));
  SEGELL_TRY(const Scaling place, place_scaling(places));
  SEGELL_TRY(const Times times, times_of(series.samples));

  IsoRecord record{.channels = describe(series, place, times.scaling), .values = {}, .points = series.samples.size()};
  record.values.reserve(record.points * record.columns());
  const bool pressure = series.has_pressure(), tilt = series.has_tilt(), twist = series.has_twist();
  for (std::size_t i = 0; i < series.samples.size(); ++i) {
    const Sample& sample = series.samples[i];
    record.values.push_back(whole(places[i].x * place.value()));
    record.values.push_back(whole(places[i].y * place.value()));
    record.values.push_back(static_cast<std::int32_t>(times.steps[i]));
    if (pressure) record.values.push_back(whole(sample.pressure.value_or(0) * kMaxForce));
    if (tilt) {
      record.values.push_back(whole(sample.tilt_x));
      record.values.push_back(whole(sample.tilt_y));
    }
    if (twist) record.values.push_back(whole(sample.twist) % 360);
  }
  return record;
}

}  // namespace segell::signer::ink
