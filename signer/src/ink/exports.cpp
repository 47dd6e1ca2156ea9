#include "signer/ink/exports.h"

#include "ink/numbers.h"

#include "base/encoding.h"

namespace segell::signer::ink {

namespace {

constexpr int kMillimetrePlaces = 4;  // a tenth of a micrometre

std::string millimetres(const InkSeries& series, std::size_t at, double pixels) {
  return to_decimal(pixels * series.millimetres_per_pixel(at), kMillimetrePlaces);
}

std::string channel(std::string_view name, std::string_view type, std::string_view more) {
  return "        <channel name=\"" + std::string(name) + "\" type=\"" + std::string(type) + "\"" + std::string(more) +
         "/>\n";
}

std::string annotation(std::string_view type, const std::string& text) {
  return "  <annotation type=\"" + std::string(type) + "\">" + text + "</annotation>\n";
}

/// What a trace of InkML carries besides place and time.
struct Carried {
  bool pressure = false, tilt = false, twist = false;
};

std::string trace_format(const Carried& carried) {
  std::string text = "      <traceFormat>\n";
  text += channel("X", "decimal", " units=\"mm\"") + channel("Y", "decimal", " units=\"mm\"");
  text += channel("T", "decimal", " units=\"ms\"");
  if (carried.pressure) text += channel("F", "decimal", " min=\"0\" max=\"1\" units=\"dev\"");
  if (carried.tilt)
    text += channel("OTx", "decimal", " min=\"-90\" max=\"90\" units=\"deg\"") +
            channel("OTy", "decimal", " min=\"-90\" max=\"90\" units=\"deg\"");
  if (carried.twist) text += channel("OR", "decimal", " min=\"0\" max=\"360\" units=\"deg\"");
  return text + "      </traceFormat>\n";
}

std::string trace_point(const InkSeries& series, std::size_t at, const Carried& carried) {
  const Sample& sample = series.samples[at];
  std::string text = millimetres(series, at, sample.x) + ' ' + millimetres(series, at, sample.y) + ' ' +
                     to_decimal(static_cast<double>(sample.microseconds) / 1000, 3);
  if (carried.pressure) text += ' ' + to_decimal(sample.pressure.value_or(0));
  if (carried.tilt) text += ' ' + to_decimal(sample.tilt_x) + ' ' + to_decimal(sample.tilt_y);
  // InkML counts rotation against the clock, Pointer Events with it.
  if (carried.twist) text += ' ' + to_decimal(sample.twist == 0 ? 0 : 360 - sample.twist);
  return text;
}

std::string traces(const InkSeries& series, const Carried& carried) {
  std::string text;
  for (std::size_t at = 0; at < series.samples.size(); ++at) {
    const std::int32_t line = series.samples[at].line;
    const bool begins = at == 0 || line != series.samples[at - 1].line;
    if (begins) text += line == kInAir ? "  <trace type=\"penUp\">\n" : "  <trace type=\"penDown\">\n";
    const bool ends = at + 1 == series.samples.size() || series.samples[at + 1].line != line;
    text += "    " + trace_point(series, at, carried) + (ends ? "\n  </trace>\n" : ",\n");
  }
  return text;
}

}  // namespace

std::string write_inkml(const InkRecord& record) {
  const InkSeries& series = record.series;
  const Carried carried{series.has_pressure(), series.has_tilt(), series.has_twist()};
  std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ink xmlns=\"http://www.w3.org/2003/InkML\">\n"
      "  <definitions>\n    <inkSource xml:id=\"tablet\">\n";
  text += trace_format(carried);
  text += "    </inkSource>\n    <context xml:id=\"signing\" inkSourceRef=\"#tablet\"/>\n  </definitions>\n";
  text += annotation("documentSha256", base::to_hex(record.document));
  text += annotation("nonce", base::to_base64url(record.nonce));
  text += annotation("pointerType", series.pointer_type);
  text += annotation("millimetres", series.calibrated ? "measured" : "nominal");
  return text + traces(series, carried) + "</ink>\n";
}

std::string write_csv(const InkSeries& series) {
  std::string text =
      "line,in_air,time_us,x_px,y_px,x_mm,y_mm,pressure,tilt_x_deg,tilt_y_deg,twist_deg,buttons,surface_width_px,"
      "surface_height_px\r\n";
  for (std::size_t at = 0; at < series.samples.size(); ++at) {
    const Sample& sample = series.samples[at];
    const Surface& surface = series.surface_of(at);
    const bool in_air = sample.line == kInAir;
    text += (in_air ? std::string() : std::to_string(sample.line)) + ',' + (in_air ? '1' : '0') + ',';
    text += std::to_string(sample.microseconds) + ',' + to_decimal(sample.x) + ',' + to_decimal(sample.y) + ',';
    text += millimetres(series, at, sample.x) + ',' + millimetres(series, at, sample.y) + ',';
    text += (sample.pressure ? to_decimal(*sample.pressure) : std::string()) + ',';
    text += to_decimal(sample.tilt_x) + ',' + to_decimal(sample.tilt_y) + ',' + to_decimal(sample.twist) + ',';
    text +=
        std::to_string(sample.buttons) + ',' + to_decimal(surface.width) + ',' + to_decimal(surface.height) + "\r\n";
  }
  return text;
}

}  // namespace segell::signer::ink
