#pragma once

#include "signer/ink/series.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace segell::signer::ink {

/// The channels of ISO/IEC 19794-7, in the order of the inclusion bit map (most significant bit first).
enum class Channel : std::uint8_t { x, y, z, vx, vy, ax, ay, t, dt, f, s, tx, ty, az, el, r };
inline constexpr std::size_t kChannels = 16;

/// Values of X, Y, their derivatives and the tilts are signed and stored as offset binary; the others are plain.
bool is_signed(Channel channel) noexcept;

/// A scaling value: recorded units a base unit (metre, second, degree), (1 + fraction/2048) · 2^(exponent − 16).
struct Scaling {
  std::uint16_t bits = 0;  ///< five bits of exponent, eleven of fraction

  [[nodiscard]] double value() const;
  /// The largest representable value that is not above `wanted`. Error: invalid_argument "iso19794.scaling" below
  /// 2^-16.
  static base::Result<Scaling> at_most(double wanted);
  bool operator==(const Scaling&) const = default;
};

/// How a channel was recorded. Minimum, maximum and mean are stored as the channel's values are.
struct ChannelDescription {
  Channel channel = Channel::x;
  std::optional<Scaling> scaling{};
  std::optional<std::int32_t> minimum{}, maximum{}, mean{};
  std::optional<std::uint16_t> standard_deviation{};
  bool constant = false;  ///< its values stand in no sample point
  bool linear_component_removed = false;

  bool operator==(const ChannelDescription&) const = default;
};

/// A signature record of ISO/IEC 19794-7:2007, full format.
struct IsoRecord {
  std::vector<ChannelDescription> channels;  ///< in the order of Channel
  /// A row a sample point: the values of the channels that are not constant, in their order, signs restored.
  std::vector<std::int32_t> values;
  std::size_t points = 0;
  base::Bytes extended_data{};

  /// Channels whose values stand in the sample points.
  [[nodiscard]] std::size_t columns() const;
  bool operator==(const IsoRecord&) const = default;
};

inline constexpr std::size_t kMaxIsoPoints = 0xFFFFFF;

/// Big-endian octets of the record. Error: invalid_argument "iso19794.record" for what the format cannot hold (a value
/// out of range, channels out of order, no X or Y, both or neither of T and DT, no scaling for them).
base::Result<base::Bytes> write_iso_2007(const IsoRecord& record);

/// Strict: the same rules, no octet left over, reserved octets and bits zero. Errors: malformed "iso19794.malformed";
/// unsupported "iso19794.version" for another format or version.
base::Result<IsoRecord> parse_iso_2007(base::BytesView octets);

/// The record of a series, sample by sample: X and Y in up to 65,520 units a metre, origin at the surface's lower left
/// corner, Y growing upward as the standard has it; DT in milliseconds, rounded so that its sum never drifts from the
/// samples' own times (in coarser steps, stated as scaling, where somebody paused for more than 65 seconds); F with 0
/// to 65,535 only where pressure is real; TX, TY and R in degrees only where the device gave them. No channel S: a
/// line's end is a sample of force 0. Errors: those of write_iso_2007; limit_exceeded "iso19794.range" when the pen
/// left the surface farther than 16 bits can say.
base::Result<IsoRecord> make_iso_record(const InkSeries& series);

}  // namespace segell::signer::ink
