#pragma once

#include "base/bytes.h"
#include "base/digest.h"
#include "base/result.h"
#include "base/time.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace segell::signer::ink {

/// One sample as the browser gave it; never smoothed, never interpolated.
struct Sample {
  std::int32_t line = 0;             ///< index of the line; kInAir while the pen hovered
  std::int64_t microseconds = 0;     ///< since the first sample, by the event's own clock
  double x = 0, y = 0;               ///< CSS pixels from the surface's upper left corner, y grows downward
  std::optional<double> pressure{};  ///< 0 to 1; nothing where the device has no sensor
  double tilt_x = 0, tilt_y = 0;     ///< degrees, -90 to 90
  double twist = 0;                  ///< degrees clockwise, 0 to 359
  std::uint32_t buttons = 0;

  bool operator==(const Sample&) const = default;
};

/// Line index of samples of a pen in the air.
inline constexpr std::int32_t kInAir = -1;

/// The surface from one sample on: there are several when the tablet was turned or zoomed while somebody signed.
struct Surface {
  std::size_t from_sample = 0;
  double width = 0, height = 0;  ///< CSS pixels
  double device_pixel_ratio = 1;
  double zoom = 1;  ///< pinch zoom: how much larger than usual a CSS pixel was shown

  bool operator==(const Surface&) const = default;
};

/// What the page itself said of the capture; measure.h says what the samples say.
struct ClaimedQuality {
  std::optional<std::int64_t> rate_hz{};
  std::int64_t samples = 0;
  bool pressure = false;
  bool coalesced_events = false;
  std::optional<std::int64_t> dropped{};
  std::vector<std::int64_t> cancelled_lines{};
  std::int64_t undone_lines = 0;
};

/// How a signature was made, sample by sample: the raw series of a custody envelope.
class InkSeries {
 public:
  std::vector<Sample> samples;
  std::vector<Surface> surfaces;           ///< never empty; the first begins at sample 0
  std::optional<base::Instant> started{};  ///< the first sample, by the tablet's clock
  std::string pointer_type;                ///< "pen", "touch", "mouse", several joined by "+", or "unknown"
  ClaimedQuality claimed;
  /// CSS pixels a millimetre at the last surface's pixel ratio.
  double pixels_per_millimetre = kNominalPixelsPerMillimetre;
  /// False: nobody measured the screen, and CSS's 96 pixels an inch stand for its real size.
  bool calibrated = false;

  static constexpr double kNominalPixelsPerMillimetre = 96.0 / 25.4;

  /// The surface that a sample was made on.
  [[nodiscard]] const Surface& surface_of(std::size_t sample) const;
  /// Millimetres that one CSS pixel measured at that sample.
  [[nodiscard]] double millimetres_per_pixel(std::size_t sample) const;

  [[nodiscard]] bool has_pressure() const;  ///< some sample has one
  [[nodiscard]] bool has_tilt() const;      ///< some tilt is not 0: a browser says 0 for "unknown"
  [[nodiscard]] bool has_twist() const;
};

/// The content of a custody envelope ("segell.ink/1"): the series and what it is bound to.
struct InkRecord {
  base::Sha256 document{};            ///< SHA-256 of the revision that the person saw
  std::array<std::byte, 32> nonce{};  ///< the same as in the evidence manifest
  InkSeries series;
};

// Bounds of the reader.
inline constexpr std::size_t kMaxRecordBytes = 4U << 20U;  ///< as many as an envelope may have
inline constexpr std::size_t kMaxSamples = 100'000;        ///< seven minutes at 240 a second
inline constexpr std::size_t kMaxSurfaces = 1'000;
inline constexpr std::int32_t kMaxLines = 10'000;

/// Strict and bounded: unknown members, numbers out of range, surfaces out of order and times beyond a day are
/// refused. Times may run backwards: that is a matter of quality, which measure.h tells. Errors: limit_exceeded
/// "ink.record-too-large", malformed "ink.record-malformed", unsupported "ink.record-unknown-schema".
base::Result<InkRecord> parse_record(base::BytesView octets);

}  // namespace segell::signer::ink
