#include "signer/ink/iso19794.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace segell::signer::ink {

namespace {

using base::Bytes;
using base::BytesView;
using base::Code;
using base::fail;
using base::Result;

constexpr std::array<std::uint8_t, 8> kHead{'S', 'D', 'I', 0, ' ', '1', '0', 0};
constexpr std::int32_t kOffset = 32768;
constexpr int kExponentBias = 16;
constexpr int kFractionBits = 11;
// The preamble of a channel description, most significant bit first.
constexpr unsigned kHasScaling = 0x80, kHasMinimum = 0x40, kHasMaximum = 0x20, kHasMean = 0x10, kHasDeviation = 0x08,
                   kIsConstant = 0x04, kLinearRemoved = 0x02, kReserved = 0x01;

base::Failure malformed_record(std::string what) {
  return fail(Code::malformed, "iso19794.malformed", "no ISO/IEC 19794-7:2007 record: " + std::move(what));
}

base::Failure unfit(std::string what) { return fail(Code::invalid_argument, "iso19794.record", std::move(what)); }

unsigned bit_of(Channel channel) { return 0x8000U >> static_cast<unsigned>(channel); }

/// What must hold for every record (X.695; a record without times or places is no signature).
const char* fault_of(const std::vector<ChannelDescription>& channels) {
  unsigned map = 0;
  for (std::size_t i = 0; i < channels.size(); ++i) {
    if (i > 0 && channels[i].channel <= channels[i - 1].channel) return "channels out of order";
    map |= bit_of(channels[i].channel);
    const bool of_time = channels[i].channel == Channel::t || channels[i].channel == Channel::dt;
    if (of_time && !channels[i].scaling) return "a time channel without its scaling";
  }
  if ((map & bit_of(Channel::x)) == 0 || (map & bit_of(Channel::y)) == 0) return "no channel X or no channel Y";
  if (((map & bit_of(Channel::t)) != 0) == ((map & bit_of(Channel::dt)) != 0)) return "not exactly one of T and DT";
  return nullptr;
}

class Writer {
 public:
  void u8(unsigned value) { m_out.push_back(static_cast<std::byte>(value)); }
  void u16(unsigned value) {
    u8(value >> 8U & 0xFFU);
    u8(value & 0xFFU);
  }
  void u24(std::size_t value) {
    u8(static_cast<unsigned>(value >> 16U) & 0xFFU);
    u16(static_cast<unsigned>(value & 0xFFFFU));
  }
  /// False when the value does not fit its sixteen bits.
  bool channel_value(Channel channel, std::int32_t value) {
    const std::int32_t stored = is_signed(channel) ? value + kOffset : value;
    u16(static_cast<unsigned>(stored) & 0xFFFFU);
    return stored >= 0 && stored <= 0xFFFF;
  }
  Bytes take() { return std::move(m_out); }
  void append(BytesView more) { base::append(m_out, more); }

 private:
  Bytes m_out;
};

bool write_description(const ChannelDescription& of, Writer& out) {
  out.u8((of.scaling ? kHasScaling : 0U) | (of.minimum ? kHasMinimum : 0U) | (of.maximum ? kHasMaximum : 0U) |
         (of.mean ? kHasMean : 0U) | (of.standard_deviation ? kHasDeviation : 0U) | (of.constant ? kIsConstant : 0U) |
         (of.linear_component_removed ? kLinearRemoved : 0U));
  bool fits = true;
  if (of.scaling) out.u16(of.scaling->bits);
  for (const auto& value : {of.minimum, of.maximum, of.mean})
    if (value) fits = out.channel_value(of.channel, *value) && fits;
  if (of.standard_deviation) out.u16(*of.standard_deviation);
  return fits;
}

class Reader {
 public:
  explicit Reader(BytesView octets) : m_rest(octets) {}
  [[nodiscard]] BytesView rest() const { return m_rest; }
  Result<unsigned> u8() {
    if (m_rest.empty()) return malformed_record("it ends too early");
    const auto value = std::to_integer<unsigned>(m_rest[0]);
    m_rest = m_rest.subspan(1);
    return value;
  }
  Result<unsigned> u16() {
    SEGELL_TRY(const unsigned high, u8());
    SEGELL_TRY(const unsigned low, u8());
    return high << 8U | low;
  }
  Result<std::int32_t> channel_value(Channel channel) {
    SEGELL_TRY(const unsigned stored, u16());
    return static_cast<std::int32_t>(stored) - (is_signed(channel) ? kOffset : 0);
  }

 private:
  BytesView m_rest;
};

Result<ChannelDescription> read_description(Channel channel, Reader& in) {
  ChannelDescription of{.channel = channel};
  SEGELL_TRY(const unsigned preamble, in.u8());
  if ((preamble & kReserved) != 0) return malformed_record("a reserved bit of a channel description is set");
  if ((preamble & kHasScaling) != 0) {
    SEGELL_TRY(const unsigned bits, in.u16());
    of.scaling = Scaling{static_cast<std::uint16_t>(bits)};
  }
  if ((preamble & kHasMinimum) != 0) {
    SEGELL_TRY(of.minimum, in.channel_value(channel));
  }
  if ((preamble & kHasMaximum) != 0) {
    SEGELL_TRY(of.maximum, in.channel_value(channel));
  }
  if ((preamble & kHasMean) != 0) {
    SEGELL_TRY(of.mean, in.channel_value(channel));
  }
  if ((preamble & kHasDeviation) != 0) {
    SEGELL_TRY(const unsigned deviation, in.u16());
    of.standard_deviation = static_cast<std::uint16_t>(deviation);
  }
  of.constant = (preamble & kIsConstant) != 0;
  of.linear_component_removed = (preamble & kLinearRemoved) != 0;
  return of;
}

std::vector<Channel> recorded_channels(const IsoRecord& record) {
  std::vector<Channel> recorded;
  for (const ChannelDescription& of : record.channels)
    if (!of.constant) recorded.push_back(of.channel);
  return recorded;
}

Result<void> read_points(Reader& in, IsoRecord& record, bool extended) {
  const std::vector<Channel> recorded = recorded_channels(record);
  const std::size_t octets = record.points * recorded.size() * 2;
  if (in.rest().size() < octets) return malformed_record("it ends before its last sample point");
  if (in.rest().size() > octets && !extended) return malformed_record("something follows its last sample point");
  record.values.reserve(record.points * recorded.size());
  for (std::size_t point = 0; point < record.points; ++point)
    for (const Channel channel : recorded) {
      SEGELL_TRY(const std::int32_t value, in.channel_value(channel));
      record.values.push_back(value);
    }
  record.extended_data = base::to_bytes(in.rest());
  if (extended && record.extended_data.empty()) return malformed_record("its extended data is missing");
  return base::ok();
}

}  // namespace

bool is_signed(Channel channel) noexcept {
  switch (channel) {
    case Channel::x:
    case Channel::y:
    case Channel::vx:
    case Channel::vy:
    case Channel::ax:
    case Channel::ay:
    case Channel::tx:
    case Channel::ty:
      return true;
    case Channel::z:
    case Channel::t:
    case Channel::dt:
    case Channel::f:
    case Channel::s:
    case Channel::az:
    case Channel::el:
    case Channel::r:
      return false;
  }
  return false;
}

double Scaling::value() const {
  const int exponent = (bits >> kFractionBits) - kExponentBias;
  const double fraction = (bits & 0x7FFU) / 2048.0;
  return std::ldexp(1 + fraction, exponent);
}

Result<Scaling> Scaling::at_most(double wanted) {
  constexpr Scaling kGreatest{0xFFFF};
  if (wanted >= kGreatest.value()) return kGreatest;
  if (!(wanted >= Scaling{0}.value()))
    return fail(Code::invalid_argument, "iso19794.scaling", "a scaling value below 2^-16 cannot be written");
  int exponent = 0;
  const double mantissa = std::frexp(wanted, &exponent) * 2;  // 1 up to 2
  const auto fraction = static_cast<unsigned>((mantissa - 1) * 2048);
  return Scaling{
      static_cast<std::uint16_t>(static_cast<unsigned>(exponent - 1 + kExponentBias) << kFractionBits | fraction)};
}

std::size_t IsoRecord::columns() const {
  return static_cast<std::size_t>(
      std::count_if(channels.begin(), channels.end(), [](const ChannelDescription& of) { return !of.constant; }));
}

Result<Bytes> write_iso_2007(const IsoRecord& record) {
  if (const char* fault = fault_of(record.channels)) return unfit(fault);
  if (record.points > kMaxIsoPoints) return unfit("more than 16,777,215 sample points");
  const std::vector<Channel> recorded = recorded_channels(record);
  if (record.values.size() != record.points * recorded.size()) return unfit("the values do not fill the sample points");

  Writer out;
  for (const std::uint8_t octet : kHead) out.u8(octet);
  unsigned map = 0;
  for (const ChannelDescription& of : record.channels) map |= bit_of(of.channel);
  out.u16(map);
  bool fits = true;
  for (const ChannelDescription& of : record.channels) fits = write_description(of, out) && fits;
  out.u8(0);  // reserved: the header ends
  out.u8(record.extended_data.empty() ? 0 : 1);
  out.u24(record.points);
  for (std::size_t i = 0; i < record.values.size(); ++i)
    fits = out.channel_value(recorded[i % recorded.size()], record.values[i]) && fits;
  if (!fits) return unfit("a value does not fit sixteen bits");
  out.append(record.extended_data);
  return out.take();
}

Result<IsoRecord> parse_iso_2007(BytesView octets) {
  if (octets.size() < kHead.size() || !std::equal(kHead.begin(), kHead.end(), base::as_u8(octets)))
    return fail(Code::unsupported, "iso19794.version",
                "no ISO/IEC 19794-7 record, or one of another edition than 2007");
  Reader in(octets.subspan(kHead.size()));
  SEGELL_TRY(const unsigned map, in.u16());
  IsoRecord record;
  for (unsigned number = 0; number < kChannels; ++number) {
    const auto channel = static_cast<Channel>(number);
    if ((map & bit_of(channel)) == 0) continue;
    SEGELL_TRY(const ChannelDescription of, read_description(channel, in));
    record.channels.push_back(of);
  }
  if (const char* fault = fault_of(record.channels)) return malformed_record(fault);
  SEGELL_TRY(const unsigned reserved, in.u8());
  if (reserved != 0) return malformed_record("the octet that ends its header is not 0");
  SEGELL_TRY(const unsigned flags, in.u8());
  if (flags > 1) return malformed_record("an unknown flag is set");
  SEGELL_TRY(const unsigned high, in.u8());
  SEGELL_TRY(const unsigned low, in.u16());
  record.points = std::size_t{high} << 16U | low;
  SEGELL_CHECK(read_points(in, record, flags == 1));
  return record;
}

}  // namespace segell::signer::ink
