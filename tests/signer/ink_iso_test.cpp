// ISO/IEC 19794-7:2007: the layout against numbers that two foreign records of the same header gave, and the mapping of
// a series onto it.
#include "support/ink_samples.h"

#include "signer/ink/iso19794.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace segell;
using namespace segell::signer;
using ink::Channel;

namespace {

/// The record of the known answer: X and Y at 300 dpi, a constant 200 Hz, force from 0 to 512.
ink::IsoRecord known_record(std::size_t points) {
  ink::IsoRecord record{.channels = {{.channel = Channel::x, .scaling = ink::Scaling{0xEB89}},
                                     {.channel = Channel::y, .scaling = ink::Scaling{0xEB89}},
                                     {.channel = Channel::dt, .scaling = ink::Scaling{0xBC80}, .constant = true},
                                     {.channel = Channel::f, .minimum = 0, .maximum = 512}},
                        .values = {699, 313, 0, 699, 313, 1, 697, 310, 11},
                        .points = points};
  for (std::size_t point = 3; point < points; ++point)
    for (const std::int32_t value : {690 - static_cast<std::int32_t>(point), -5, static_cast<std::int32_t>(point)})
      record.values.push_back(value);
  return record;
}

ink::InkSeries series_of(const tests::InkChoices& choices = {}) {
  return ink::parse_record(base::as_bytes(base::write_json(tests::ink_record(choices)))).value().series;
}

std::int32_t value_at(const ink::IsoRecord& record, std::size_t point, Channel channel) {
  std::size_t column = 0;
  for (const auto& of : record.channels) {
    if (of.channel == channel) return record.values[point * record.columns() + column];
    if (!of.constant) ++column;
  }
  FAIL("no such channel");
  return 0;
}

const ink::ChannelDescription* channel_of(const ink::IsoRecord& record, Channel channel) {
  for (const auto& of : record.channels)
    if (of.channel == channel) return &of;
  return nullptr;
}

}  // namespace

TEST_CASE("scaling values are the known ones") {
  CHECK(ink::Scaling{0xEB89}.value() == 11812);
  CHECK(ink::Scaling{0xBC80}.value() == 200);
  CHECK(ink::Scaling::at_most(11812).value().bits == 0xEB89);
  CHECK(ink::Scaling::at_most(200).value().bits == 0xBC80);
  CHECK(ink::Scaling::at_most(1000).value().value() == 1000);
  CHECK(ink::Scaling::at_most(1).value().bits == 0x8000);
  CHECK(ink::Scaling::at_most(1e9).value().value() == 65520);
  CHECK_FALSE(ink::Scaling::at_most(1e-6));
  CHECK(rc::check("the largest that is not above", [] {
    const double wanted = *rc::gen::inRange(1, 65'000'000) / 1000.0;
    const auto scaling = ink::Scaling::at_most(wanted).value();
    RC_ASSERT(scaling.value() <= wanted);
    if (scaling.bits < 0xFFFF) RC_ASSERT(ink::Scaling{static_cast<std::uint16_t>(scaling.bits + 1)}.value() > wanted);
  }));
}

TEST_CASE("the known-answer header, counts, lengths and first points are octet for octet") {
  const auto octets = ink::write_iso_2007(known_record(137)).value();
  CHECK(base::to_hex(base::BytesView(octets).first(47)) ==
        "5344490020313000c0c0"
        "80eb89"
        "80eb89"
        "84bc80"
        "6000000200"
        "00"
        "00"
        "000089"
        "82bb81390000"
        "82bb81390001"
        "82b98136000b");
  CHECK(octets.size() == 0x353);
  CHECK(ink::write_iso_2007(known_record(151)).value().size() == 0x3A7);
  CHECK(ink::parse_iso_2007(octets).value() == known_record(137));
}

TEST_CASE("what the format forbids is refused, by writer and reader") {
  const auto octets = ink::write_iso_2007(known_record(137)).value();
  const auto damaged = [&](std::size_t at, int value) {
    auto copy = octets;
    copy[at] = static_cast<std::byte>(value);
    return ink::parse_iso_2007(copy);
  };
  CHECK(damaged(0, 'X').error().reason == "iso19794.version");
  CHECK(damaged(5, '2').error().reason == "iso19794.version");
  for (const auto& [at, value] : {std::pair<std::size_t, int>{8, 0x40},  // no X
                                  {8, 0xC1},                             // T and DT
                                  {9, 0x40},                             // neither
                                  {10, 0x81},                            // reserved bit
                                  {16, 0x04},                            // DT without scaling
                                  {24, 1},                               // end of header
                                  {25, 1},                               // extended data that is not there
                                  {25, 2},                               // unknown flag
                                  {28, 0x88},                            // a point too few
                                  {28, 0x8A}})                           // a point too many
    CHECK(damaged(at, value).error().reason == "iso19794.malformed");
  for (std::size_t length = 8; length < octets.size(); length += 7)
    CHECK_FALSE(ink::parse_iso_2007(base::BytesView(octets).first(length)));

  auto record = known_record(137);
  record.values[0] = 32768;
  CHECK(ink::write_iso_2007(record).error().reason == "iso19794.record");
  record = known_record(137);
  record.values.pop_back();
  CHECK_FALSE(ink::write_iso_2007(record));
  record = known_record(137);
  std::swap(record.channels[0], record.channels[1]);
  CHECK_FALSE(ink::write_iso_2007(record));
}

TEST_CASE("every record that can be written reads back the same") {
  CHECK(rc::check("round trip", [] {
    ink::IsoRecord record;
    const bool by_t = *rc::gen::arbitrary<bool>();
    for (unsigned number = 0; number < ink::kChannels; ++number) {
      const auto channel = static_cast<Channel>(number);
      const bool time = channel == Channel::t || channel == Channel::dt;
      const bool wanted = channel == Channel::x || channel == Channel::y || (channel == Channel::t && by_t) ||
                          (channel == Channel::dt && !by_t);
      if (time ? !wanted : !wanted && !*rc::gen::arbitrary<bool>()) continue;
      const auto value = [&] {
        return ink::is_signed(channel) ? *rc::gen::inRange(-32768, 32768) : *rc::gen::inRange(0, 65536);
      };
      ink::ChannelDescription of{.channel = channel};
      if (time || *rc::gen::arbitrary<bool>()) of.scaling = ink::Scaling{*rc::gen::arbitrary<std::uint16_t>()};
      if (*rc::gen::arbitrary<bool>()) of.minimum = value();
      if (*rc::gen::arbitrary<bool>()) of.maximum = value();
      if (*rc::gen::arbitrary<bool>()) of.mean = value();
      if (*rc::gen::arbitrary<bool>()) of.standard_deviation = *rc::gen::arbitrary<std::uint16_t>();
      of.constant = *rc::gen::arbitrary<bool>();
      of.linear_component_removed = *rc::gen::arbitrary<bool>();
      record.channels.push_back(of);
    }
    record.points = static_cast<std::size_t>(*rc::gen::inRange(0, 20));
    for (std::size_t point = 0; point < record.points; ++point)
      for (const auto& of : record.channels)
        if (!of.constant)
          record.values.push_back(ink::is_signed(of.channel) ? *rc::gen::inRange(-32768, 32768)
                                                             : *rc::gen::inRange(0, 65536));
    const auto octets = ink::write_iso_2007(record).value();
    RC_ASSERT(ink::parse_iso_2007(octets).value() == record);
    RC_ASSERT(ink::write_iso_2007(ink::parse_iso_2007(octets).value()).value() == octets);
  }));
}

TEST_CASE("a series becomes a record whose numbers give its places, times and forces back") {
  const auto series = series_of();
  const auto record = ink::parse_iso_2007(ink::write_iso_2007(ink::make_iso_record(series).value()).value()).value();
  REQUIRE(record.points == series.samples.size());
  const double units = channel_of(record, Channel::x)->scaling->value();
  CHECK(units == 65520);
  CHECK(channel_of(record, Channel::dt)->scaling->value() == 1000);
  CHECK(*channel_of(record, Channel::f) ==
        ink::ChannelDescription{.channel = Channel::f, .minimum = 0, .maximum = 65535});
  CHECK(channel_of(record, Channel::s) == nullptr);
  double elapsed = 0;
  for (std::size_t i = 0; i < record.points; ++i) {
    const ink::Sample& sample = series.samples[i];
    const double metre = 25.4 / 96 / 1000;
    CHECK(std::abs(value_at(record, i, Channel::x) / units - sample.x * metre) <= 0.5 / units);
    CHECK(std::abs(value_at(record, i, Channel::y) / units - (343.5 - sample.y) * metre) <= 0.5 / units + 1e-12);
    elapsed += value_at(record, i, Channel::dt);
    CHECK(std::abs(elapsed - static_cast<double>(sample.microseconds) / 1000) <= 0.5);
    CHECK(value_at(record, i, Channel::f) == std::lround(*sample.pressure * 65535));
    CHECK(value_at(record, i, Channel::tx) == 30);
    CHECK(value_at(record, i, Channel::ty) == -12);
    CHECK(value_at(record, i, Channel::r) == static_cast<int>(sample.twist));
  }
}

TEST_CASE("channels that the device did not give are not there") {
  const auto record = ink::make_iso_record(series_of({.pressure = false, .angles = false})).value();
  CHECK(record.channels.size() == 3);
  CHECK(channel_of(record, Channel::f) == nullptr);
  CHECK(base::to_hex(base::BytesView(ink::write_iso_2007(record).value()).subspan(8, 2)) == "c080");
}

TEST_CASE("a pause longer than 65 seconds makes the steps coarser and says so") {
  auto series = series_of();
  for (std::size_t i = 100; i < series.samples.size(); ++i) series.samples[i].microseconds += 100'000'000;
  const auto record = ink::make_iso_record(series).value();
  CHECK(channel_of(record, Channel::dt)->scaling->value() == 500);
  CHECK(value_at(record, 100, Channel::dt) == doctest::Approx(50'002).epsilon(0.0001));
}

TEST_CASE("time that runs backwards stands still, and later samples keep their own times") {
  auto series = series_of();
  series.samples[10].microseconds = series.samples[8].microseconds;
  const auto record = ink::make_iso_record(series).value();
  CHECK(value_at(record, 10, Channel::dt) == 0);
  int elapsed = 0;
  for (std::size_t i = 0; i <= 11; ++i) elapsed += value_at(record, i, Channel::dt);
  CHECK(elapsed == 46);
}

TEST_CASE("a pen far outside the surface makes the units coarser, never the places wrong") {
  auto series = series_of();
  series.samples[5].x = -90'000;
  const auto record = ink::make_iso_record(series).value();
  const double units = channel_of(record, Channel::x)->scaling->value();
  CHECK(units < 1400);
  CHECK(std::abs(value_at(record, 5, Channel::x) / units + 90.0 * 25.4 / 96) <= 0.5 / units);
  CHECK(ink::write_iso_2007(record));
}
