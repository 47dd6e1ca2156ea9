// ISO/IEC 19794-7:2014/Amd 1:2015. Public examples of it are wrong in ways that this writer avoids: an inclusion field
// without X, pressure written as Z, a capture date and a device that nobody knew, no time at all.
#include "ink/numbers.h"
#include "signer/ink/exports.h"

#include <array>

namespace segell::signer::ink {

namespace {

constexpr std::array<const char*, kChannels> kDescriptionNames{
    "XChannelDescription",  "YChannelDescription",  "ZChannelDescription",  "VXChannelDescription",
    "VYChannelDescription", "AXChannelDescription", "AYChannelDescription", "TChannelDescription",
    "DTChannelDescription", "FChannelDescription",  "SChannelDescription",  "TXChannelDescription",
    "TYChannelDescription", "AzChannelDescription", "ElChannelDescription", "RChannelDescription"};

std::string leaf(int depth, std::string_view name, const std::string& text) {
  return std::string(static_cast<std::size_t>(depth) * 2, ' ') + '<' + std::string(name) + '>' + text + "</" +
         std::string(name) + ">\n";
}

std::string leaf(int depth, std::string_view name, std::int32_t value) {
  return leaf(depth, name, std::to_string(value));
}

std::string inclusion_field(const IsoRecord& record) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  unsigned map = 0;
  for (const ChannelDescription& of : record.channels) map |= 0x8000U >> static_cast<unsigned>(of.channel);
  std::string text;
  for (const unsigned shift : {12U, 8U, 4U, 0U}) text += kDigits[map >> shift & 0xFU];
  return text;
}

std::string description(const ChannelDescription& of) {
  const std::string name = kDescriptionNames[static_cast<std::size_t>(of.channel)];
  std::string text = "        <" + name + ">\n";
  if (of.scaling) text += leaf(5, "ScalingValue", to_decimal(of.scaling->value()));
  if (of.minimum) text += leaf(5, "MinChannelValue", *of.minimum);
  if (of.maximum) text += leaf(5, "MaxChannelValue", *of.maximum);
  return text + "        </" + name + ">\n";
}

/// The values of one sample point, by channel.
class Row {
 public:
  Row(const IsoRecord& record, std::size_t point) {
    std::size_t at = point * record.columns();
    for (const ChannelDescription& of : record.channels)
      if (!of.constant) m_values[static_cast<std::size_t>(of.channel)] = record.values[at++];
  }
  [[nodiscard]] std::string leaf_of(Channel channel, int depth, std::string_view name) const {
    const auto& value = m_values[static_cast<std::size_t>(channel)];
    return value ? leaf(depth, name, *value) : std::string();
  }

 private:
  std::array<std::optional<std::int32_t>, kChannels> m_values{};
};

std::string sample_point(const Row& row) {
  std::string text = "        <SamplePoint>\n          <PenTipCoord>\n";
  text +=
      row.leaf_of(Channel::x, 6, "cmn:X") + row.leaf_of(Channel::y, 6, "cmn:Y") + row.leaf_of(Channel::z, 6, "cmn:Z");
  text += "          </PenTipCoord>\n";
  text += row.leaf_of(Channel::t, 5, "TimeChannel") + row.leaf_of(Channel::dt, 5, "DTChannel") +
          row.leaf_of(Channel::f, 5, "FChannel");
  const std::string pen = row.leaf_of(Channel::tx, 6, "TiltAlongX") + row.leaf_of(Channel::ty, 6, "TiltAlongY") +
                          row.leaf_of(Channel::az, 6, "PenAzimuth") + row.leaf_of(Channel::el, 6, "PenElevation") +
                          row.leaf_of(Channel::r, 6, "PenRotation");
  if (!pen.empty()) text += "          <PenOrient>\n" + pen + "          </PenOrient>\n";
  return text + "        </SamplePoint>\n";
}

}  // namespace

std::string write_iso_xml(const IsoRecord& record, std::optional<base::Instant> started) {
  std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<SignatureSignTimeSeries xmlns=\"http://standards.iso.org/iso-iec/19794/-7/ed-1/amd/1\"\n"
      "    xmlns:cmn=\"http://standards.iso.org/iso-iec/19794/-1/ed-2/amd/2\" cmn:SchemaVersion=\"1.0\">\n"
      "  <Version>\n    <cmn:Major>2</cmn:Major>\n    <cmn:Minor>0</cmn:Minor>\n  </Version>\n"
      "  <RepresentationList>\n    <Representation>\n";
  if (started) text += leaf(3, "CaptureDateAndTime", base::format_rfc3339(*started));
  text +=
      "      <CaptureDevice>\n        <DeviceID>\n          <cmn:Organization>0</cmn:Organization>\n"
      "          <cmn:Identifier>0</cmn:Identifier>\n        </DeviceID>\n"
      "        <DeviceTechnology>Unknown</DeviceTechnology>\n      </CaptureDevice>\n"
      "      <QualityList>\n        <cmn:Quality>\n          <cmn:Algorithm>\n"
      "            <cmn:Organization>0</cmn:Organization>\n            <cmn:Identifier>0</cmn:Identifier>\n"
      "          </cmn:Algorithm>\n          <cmn:QualityCalculationFailed/>\n        </cmn:Quality>\n"
      "      </QualityList>\n";
  text += leaf(3, "InclusionField", inclusion_field(record));
  text += "      <ChannelDescriptionList>\n";
  for (const ChannelDescription& of : record.channels) text += description(of);
  text += "      </ChannelDescriptionList>\n      <SamplePointList>\n";
  for (std::size_t point = 0; point < record.points; ++point) text += sample_point(Row(record, point));
  return text +
         "      </SamplePointList>\n    </Representation>\n  </RepresentationList>\n</SignatureSignTimeSeries>\n";
}

}  // namespace segell::signer::ink
