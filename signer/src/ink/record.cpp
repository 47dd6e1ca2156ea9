// Reads the content of a custody envelope: what web/src/ink/record.ts writes.
#include "base/encoding.h"
#include "base/json.h"
#include "signer/ink/series.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace segell::signer::ink {

namespace {

using base::BytesView;
using base::Code;
using base::fail;
using base::Json;
using base::Result;

constexpr std::string_view kSchema = "segell.ink/1";
constexpr double kMaxPixels = 100'000;
constexpr std::int64_t kMaxMicroseconds = 86'400'000'000;
constexpr std::size_t kColumns = 9;

base::Failure malformed_ink(std::string_view what) {
  return fail(Code::malformed, "ink.record-malformed", "the ink record's " + std::string(what) + " is missing or wrong",
              "the envelope opened, but what it holds was not written by a signing page of this service");
}

/// Takes the members of an object once each; finish() refuses what was not taken.
class Members {
 public:
  Members(const Json& json, std::string_view name) : m_object(json.as_object()), m_name(name) {}

  /// Null pointer when there is no such member.
  const Json* find(std::string_view name) {
    if (m_object != nullptr)
      for (const auto& [key, value] : *m_object)
        if (key == name) {
          ++m_taken;
          return &value;
        }
    return nullptr;
  }
  [[nodiscard]] bool has(std::string_view name) const {
    return m_object != nullptr && std::any_of(m_object->begin(), m_object->end(),
                                              [&](const Json::Member& member) { return member.first == name; });
  }
  Result<double> number(std::string_view name, double least, double most) {
    const Json* value = find(name);
    const auto read = value == nullptr ? std::nullopt : as_number(*value, least, most);
    return read ? Result<double>(*read) : malformed_ink(full(name));
  }
  Result<double> number_or(std::string_view name, double least, double most, double otherwise) {
    const Json* value = find(name);
    if (value == nullptr) return otherwise;
    const auto read = as_number(*value, least, most);
    return read ? Result<double>(*read) : malformed_ink(full(name));
  }
  Result<std::int64_t> count(std::string_view name, std::int64_t most) {
    const Json* value = find(name);
    const auto* read = value == nullptr ? nullptr : value->as_int();
    if (read == nullptr || *read < 0 || *read > most) return malformed_ink(full(name));
    return *read;
  }
  /// Absent and null are the same: nothing.
  Result<std::optional<std::int64_t>> optional_count(std::string_view name, std::int64_t most) {
    const Json* value = find(name);
    if (value == nullptr || value->is_null()) return std::optional<std::int64_t>();
    const auto* read = value->as_int();
    if (read == nullptr || *read < 0 || *read > most) return malformed_ink(full(name));
    return std::optional<std::int64_t>(*read);
  }
  Result<bool> flag(std::string_view name) {
    const Json* value = find(name);
    if (value == nullptr || value->as_bool() == nullptr) return malformed_ink(full(name));
    return *value->as_bool();
  }
  Result<std::string> text(std::string_view name) {
    const Json* value = find(name);
    if (value == nullptr || value->as_string() == nullptr) return malformed_ink(full(name));
    return *value->as_string();
  }
  Result<const Json::Array*> array(std::string_view name, std::size_t most) {
    const Json* value = find(name);
    if (value == nullptr || value->as_array() == nullptr || value->as_array()->size() > most)
      return malformed_ink(full(name));
    return value->as_array();
  }
  Result<const Json*> object(std::string_view name) {
    const Json* value = find(name);
    if (value == nullptr || value->as_object() == nullptr) return malformed_ink(full(name));
    return value;
  }
  [[nodiscard]] Result<void> finish() const {
    if (m_object != nullptr && m_object->size() == m_taken) return base::ok();
    return malformed_ink(full("(unknown member)"));
  }

  static std::optional<double> as_number(const Json& value, double least, double most) {
    const double number = value.as_int() != nullptr      ? static_cast<double>(*value.as_int())
                          : value.as_double() != nullptr ? *value.as_double()
                                                         : std::nan("");
    if (!(number >= least && number <= most)) return std::nullopt;  // also NaN
    return number;
  }

 private:
  [[nodiscard]] std::string full(std::string_view name) const {
    return (m_name.empty() ? std::string() : std::string(m_name) + ".") + std::string(name);
  }
  const Json::Object* m_object;
  std::string_view m_name;
  std::size_t m_taken = 0;
};

template <std::size_t N>
std::optional<std::array<std::byte, N>> exactly(const Result<base::Bytes>& octets) {
  if (!octets || octets->size() != N) return std::nullopt;
  std::array<std::byte, N> out;
  std::copy(octets->begin(), octets->end(), out.begin());
  return out;
}

Result<Sample> read_sample(const Json& json) {
  const auto* columns = json.as_array();
  if (columns == nullptr || columns->size() != kColumns) return malformed_ink("points");
  const auto integer = [&](std::size_t at, std::int64_t least, std::int64_t most) -> Result<std::int64_t> {
    const auto* value = (*columns)[at].as_int();
    if (value == nullptr || *value < least || *value > most) return malformed_ink("points");
    return *value;
  };
  const auto number = [&](std::size_t at, double least, double most) -> Result<double> {
    const auto value = Members::as_number((*columns)[at], least, most);
    return value ? Result<double>(*value) : malformed_ink("points");
  };
  Sample sample;
  SEGELL_TRY(const auto line, integer(0, kInAir, kMaxLines));
  sample.line = static_cast<std::int32_t>(line);
  SEGELL_TRY(sample.microseconds, integer(1, -kMaxMicroseconds, kMaxMicroseconds));
  SEGELL_TRY(sample.x, number(2, -kMaxPixels, kMaxPixels));
  SEGELL_TRY(sample.y, number(3, -kMaxPixels, kMaxPixels));
  if (!(*columns)[4].is_null()) {
    SEGELL_TRY(sample.pressure, number(4, 0, 1));
  }
  SEGELL_TRY(sample.tilt_x, number(5, -90, 90));
  SEGELL_TRY(sample.tilt_y, number(6, -90, 90));
  SEGELL_TRY(sample.twist, number(7, 0, 359.999));
  SEGELL_TRY(const auto buttons, integer(8, 0, 0xFFFF));
  sample.buttons = static_cast<std::uint32_t>(buttons);
  return sample;
}

Result<std::vector<Sample>> read_samples(const Json::Array& points) {
  std::vector<Sample> samples;
  samples.reserve(points.size());
  for (const Json& point : points) {
    SEGELL_TRY(const Sample sample, read_sample(point));
    samples.push_back(sample);
  }
  if (samples.empty()) return malformed_ink("points");
  return samples;
}

/// `last` stands in for what a surface does not say of itself.
Result<std::vector<Surface>> read_surfaces(const Json::Array& list, const Surface& last, std::size_t samples) {
  std::vector<Surface> surfaces;
  for (const Json& json : list) {
    Members members(json, "quality.surfaces");
    Surface surface;
    SEGELL_TRY(const auto from, members.count("fromSample", kMaxSamples));
    surface.from_sample = static_cast<std::size_t>(from);
    SEGELL_TRY(surface.width, members.number("width", 0, kMaxPixels));
    SEGELL_TRY(surface.height, members.number("height", 0, kMaxPixels));
    SEGELL_TRY(surface.device_pixel_ratio, members.number_or("devicePixelRatio", 0.01, 100, last.device_pixel_ratio));
    SEGELL_TRY(surface.zoom, members.number_or("zoom", 0.01, 100, 1));
    SEGELL_CHECK(members.finish());
    const bool in_order =
        surfaces.empty() ? surface.from_sample == 0 : surface.from_sample > surfaces.back().from_sample;
    if (!in_order || surface.from_sample >= samples) return malformed_ink("quality.surfaces");
    surfaces.push_back(surface);
  }
  if (surfaces.empty()) return malformed_ink("quality.surfaces");
  return surfaces;
}

Result<void> read_quality(const Json& json, const Surface& last, InkSeries& series) {
  Members members(json, "quality");
  ClaimedQuality& claimed = series.claimed;
  SEGELL_TRY(claimed.rate_hz, members.optional_count("rateHz", 10'000'000));
  SEGELL_TRY(claimed.samples, members.count("samples", kMaxSamples));
  SEGELL_TRY(claimed.pressure, members.flag("pressure"));
  SEGELL_TRY(claimed.coalesced_events, members.flag("coalescedEvents"));
  SEGELL_TRY(claimed.dropped, members.optional_count("dropped", 1'000'000'000));
  SEGELL_TRY(const auto* cancelled, members.array("cancelledLines", kMaxSamples));
  for (const Json& line : *cancelled) {
    if (line.as_int() == nullptr || *line.as_int() < 0 || *line.as_int() > kMaxLines)
      return malformed_ink("quality.cancelledLines");
    claimed.cancelled_lines.push_back(*line.as_int());
  }
  SEGELL_TRY(claimed.undone_lines, members.count("undoneLines", 1'000'000));
  SEGELL_TRY(const auto* surfaces, members.array("surfaces", kMaxSurfaces));
  SEGELL_TRY(series.surfaces, read_surfaces(*surfaces, last, series.samples.size()));
  if (claimed.samples != static_cast<std::int64_t>(series.samples.size())) return malformed_ink("quality.samples");
  if (claimed.pressure != series.has_pressure()) return malformed_ink("quality.pressure");
  return members.finish();
}

Result<void> read_calibration(const Json* json, InkSeries& series) {
  if (json == nullptr) return base::ok();
  Members members(*json, "calibration");
  SEGELL_TRY(series.pixels_per_millimetre, members.number("pixelsPerMillimetre", 0.1, 1000));
  SEGELL_TRY(const std::string source, members.text("source"));
  if (source != "measured" && source != "nominal") return malformed_ink("calibration.source");
  series.calibrated = source == "measured";
  return members.finish();
}

bool is_pointer_type(std::string_view text) {
  if (text == "unknown") return true;
  while (true) {
    const std::string_view word = text.substr(0, text.find('+'));
    if (word != "pen" && word != "touch" && word != "mouse") return false;
    if (word.size() == text.size()) return true;
    text.remove_prefix(word.size() + 1);
  }
}

}  // namespace

Result<InkRecord> parse_record(BytesView octets) {
  if (octets.size() > kMaxRecordBytes)
    return fail(Code::limit_exceeded, "ink.record-too-large", "the ink record is longer than 4 MiB");
  const base::JsonLimits limits{
      .max_bytes = kMaxRecordBytes, .max_depth = 6, .max_values = kMaxSamples * (kColumns + 1) + 10'000};
  auto parsed = base::parse_json(base::as_text(octets), limits);
  if (!parsed && parsed.error().code == Code::limit_exceeded)
    return fail(Code::limit_exceeded, "ink.record-too-large", "the ink record has too many values");
  if (!parsed) return malformed_ink("text");
  Members members(*parsed, "");
  SEGELL_TRY(const std::string schema, members.text("schema"));
  if (schema != kSchema)
    return fail(Code::unsupported, "ink.record-unknown-schema", "the ink record is of another kind or version",
                "open it with the version of segell that the service used, or newer");
  InkRecord record;
  SEGELL_TRY(const Json* document, members.object("document"));
  Members bound(*document, "document");
  SEGELL_TRY(const std::string digest, bound.text("sha256"));
  const auto document_digest = exactly<32>(base::from_hex(digest));
  SEGELL_CHECK(bound.finish());
  SEGELL_TRY(const std::string nonce_text, members.text("nonce"));
  const auto nonce = exactly<32>(base::from_base64url(nonce_text));
  if (!document_digest) return malformed_ink("document.sha256");
  if (!nonce) return malformed_ink("nonce");
  record.document = *document_digest;
  record.nonce = *nonce;

  InkSeries& series = record.series;
  SEGELL_TRY(const Json* surface, members.object("surface"));
  Members last_members(*surface, "surface");
  Surface last;
  SEGELL_TRY(last.width, last_members.number("width", 0, kMaxPixels));
  SEGELL_TRY(last.height, last_members.number("height", 0, kMaxPixels));
  SEGELL_TRY(last.device_pixel_ratio, last_members.number("devicePixelRatio", 0.01, 100));
  SEGELL_CHECK(last_members.finish());
  SEGELL_TRY(series.pointer_type, members.text("pointerType"));
  if (!is_pointer_type(series.pointer_type)) return malformed_ink("pointerType");
  if (members.has("started")) {
    SEGELL_TRY(const std::string started, members.text("started"));
    const auto time = base::parse_rfc3339(started);
    if (!time) return malformed_ink("started");
    series.started = *time;
  }
  SEGELL_CHECK(read_calibration(members.find("calibration"), series));
  SEGELL_TRY(const auto* points, members.array("points", kMaxSamples));
  SEGELL_TRY(series.samples, read_samples(*points));
  SEGELL_TRY(const Json* quality, members.object("quality"));
  SEGELL_CHECK(read_quality(*quality, last, series));
  SEGELL_CHECK(members.finish());
  return record;
}

}  // namespace segell::signer::ink
