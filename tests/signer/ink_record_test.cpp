// The content of a custody envelope: read strictly, measured from its samples alone.
#include "support/ink_samples.h"

#include "signer/ink/measure.h"
#include "signer/ink/series.h"

#include <doctest/doctest.h>

#include <functional>

using namespace segell;
using namespace segell::signer;
using base::Json;

namespace {

base::Result<ink::InkRecord> parse(const Json& json) {
  return ink::parse_record(base::as_bytes(base::write_json(json)));
}

Json* member(Json& json, std::string_view name) {
  for (auto& [key, value] : *json.as_object())
    if (key == name) return &value;
  return nullptr;
}

Json& point(Json& record, std::size_t at) { return (*member(record, "points")->as_array())[at]; }

}  // namespace

TEST_CASE("a record keeps every sample as the page wrote it") {
  const auto record = parse(tests::ink_record()).value();
  CHECK(base::to_hex(record.document) == std::string(64, 'a'));
  CHECK(record.nonce == std::array<std::byte, 32>{record.nonce});
  CHECK(record.nonce[0] == std::byte{7});
  const auto& series = record.series;
  REQUIRE(series.samples.size() == 152);
  CHECK(series.samples[1] == ink::Sample{.line = 0,
                                         .microseconds = 4167,
                                         .x = 66.25,
                                         .y = 150 + 70 * std::sin(1 / 6.0),
                                         .pressure = 0.2 + 0.5 * std::abs(std::sin(1 / 20.0)),
                                         .tilt_x = 30,
                                         .tilt_y = -12,
                                         .twist = 41,
                                         .buttons = 1});
  CHECK(series.samples[91].line == ink::kInAir);
  CHECK(series.pointer_type == "pen");
  CHECK(base::format_rfc3339(*series.started) == "2026-03-02T10:15:00.123000Z");
  CHECK(series.has_pressure());
  CHECK_FALSE(series.calibrated);
  CHECK(series.surfaces.at(0).device_pixel_ratio == 2);
  CHECK(series.millimetres_per_pixel(0) == doctest::Approx(25.4 / 96));
}

TEST_CASE("a device without a pressure sensor leaves nothing where its pressure would be") {
  const auto record = parse(tests::ink_record({.pressure = false, .angles = false})).value();
  CHECK_FALSE(record.series.has_pressure());
  CHECK_FALSE(record.series.has_tilt());
  CHECK_FALSE(record.series.has_twist());
  CHECK_FALSE(record.series.samples[3].pressure.has_value());
}

TEST_CASE("surfaces that changed, a zoom and a measured screen enter the millimetres") {
  Json json = tests::ink_record();
  member(*member(json, "quality"), "surfaces")
      ->push(
          Json::object({{"fromSample", 50}, {"width", 600}, {"height", 225}, {"devicePixelRatio", 2}, {"zoom", 1.5}}));
  const auto nominal = parse(json).value();
  CHECK(nominal.series.surface_of(49).width == 916);
  CHECK(nominal.series.surface_of(50).width == 600);
  CHECK(nominal.series.millimetres_per_pixel(50) == doctest::Approx(1.5 * 25.4 / 96));
  json.set("calibration", Json::object({{"pixelsPerMillimetre", 6.5}, {"source", "measured"}}));
  const auto measured = parse(json).value();
  CHECK(measured.series.calibrated);
  CHECK(measured.series.millimetres_per_pixel(0) == doctest::Approx(1 / 6.5));
}

TEST_CASE("a record that differs in one member is refused by the member's name") {
  const auto refused = [](std::string_view reason, const std::function<void(Json&)>& change) {
    Json json = tests::ink_record();
    change(json);
    const auto read = parse(json);
    REQUIRE_FALSE(read);
    CHECK(read.error().reason == reason);
  };
  const auto malformed = [&](const std::function<void(Json&)>& change) { refused("ink.record-malformed", change); };
  refused("ink.record-unknown-schema", [](Json& json) { json.set("schema", "segell.ink/2"); });
  malformed([](Json& json) { json.set("extra", 1); });
  malformed([](Json& json) { json.set("nonce", "AAAA"); });
  malformed([](Json& json) { member(json, "document")->set("sha256", "aa"); });
  malformed([](Json& json) { json.set("pointerType", "<script>"); });
  malformed([](Json& json) { json.set("pointerType", "pen+"); });
  malformed([](Json& json) { json.set("started", "yesterday"); });
  malformed([](Json& json) { json.set("points", Json::array()); });
  malformed([](Json& json) { point(json, 3).as_array()->pop_back(); });
  malformed([](Json& json) { (*point(json, 3).as_array())[0] = -2; });
  malformed([](Json& json) { (*point(json, 3).as_array())[1] = 1.5; });
  malformed([](Json& json) { (*point(json, 3).as_array())[2] = 1e300; });
  malformed([](Json& json) { (*point(json, 3).as_array())[4] = 1.01; });
  malformed([](Json& json) { (*point(json, 3).as_array())[5] = 91; });
  malformed([](Json& json) { (*point(json, 3).as_array())[7] = "45"; });
  malformed([](Json& json) { member(json, "quality")->set("samples", 3); });
  malformed([](Json& json) { member(json, "quality")->set("pressure", false); });
  malformed([](Json& json) { member(json, "quality")->set("surfaces", Json::array()); });
  malformed([](Json& json) {
    member(*member(json, "quality"), "surfaces")->push(Json::object({{"fromSample", 0}, {"width", 1}, {"height", 1}}));
  });
  malformed([](Json& json) {
    json.set("calibration", Json::object({{"pixelsPerMillimetre", 6}, {"source", "guessed"}}));
  });
  CHECK(ink::parse_record(base::as_bytes("")).error().reason == "ink.record-malformed");
  CHECK(ink::parse_record(base::Bytes(ink::kMaxRecordBytes + 1, std::byte{' '})).error().reason ==
        "ink.record-too-large");
}

TEST_CASE("the samples themselves say how well they were taken") {
  const auto good = ink::measure(parse(tests::ink_record()).value().series);
  CHECK(good.samples == 152);
  CHECK(good.lines == 2);
  CHECK(good.in_air == 20);
  CHECK(*good.rate_hz == doctest::Approx(240).epsilon(0.001));
  CHECK(good.dropped == 0);
  CHECK(good.backwards == 0);
  CHECK(good.duration_seconds == doctest::Approx(151 * 0.004167));
  CHECK(ink::usefulness(good) == ink::Usefulness::good);

  CHECK(ink::usefulness(ink::measure(parse(tests::ink_record({.gap_microseconds = 16'667})).value().series)) ==
        ink::Usefulness::limited);
  CHECK(ink::usefulness(ink::measure(parse(tests::ink_record({.gap_microseconds = 33'333})).value().series)) ==
        ink::Usefulness::too_slow);
}

TEST_CASE("samples lost on the way are counted, a pen at rest is not a loss") {
  auto series = parse(tests::ink_record()).value().series;
  series.samples.erase(series.samples.begin() + 20, series.samples.begin() + 25);
  CHECK(ink::measure(series).dropped == 5);
  CHECK(ink::measure(series).longest_gap_seconds == doctest::Approx(6 * 0.004167));
  for (std::size_t i = 21; i < series.samples.size(); ++i) series.samples[i].microseconds += 400'000;
  series.samples[21].x = series.samples[20].x;
  series.samples[21].y = series.samples[20].y;
  CHECK(ink::measure(series).dropped == 5);
  CHECK(ink::measure(series).longest_gap_seconds == doctest::Approx(0.404167).epsilon(0.001));
  series.samples[40].microseconds = series.samples[39].microseconds - 1;
  CHECK(ink::measure(series).backwards == 1);
}
