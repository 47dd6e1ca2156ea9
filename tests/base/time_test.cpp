#include "base/time.h"

#include <doctest/doctest.h>

using namespace segell::base;
using namespace std::chrono;

TEST_CASE("a time is written in UTC, with decimals only where there are some") {
  CHECK(format_rfc3339(Instant{}) == "1970-01-01T00:00:00Z");
  CHECK(format_rfc3339(sys_days(2026y / 11 / 20) + 9h + 14min + 7s) == "2026-11-20T09:14:07Z");
  CHECK(format_rfc3339(sys_days(2026y / 11 / 20) + 9h + 14min + 7s + 50us) == "2026-11-20T09:14:07.000050Z");
  CHECK(format_rfc3339(sys_days(2024y / 2 / 29) + 23h + 59min + 59s + 999'999us) == "2024-02-29T23:59:59.999999Z");
}

TEST_CASE("the same moment reads the same from every offset") {
  const Instant moment = sys_days(1996y / 12 / 20) + 0h + 39min + 57s;  // RFC 3339 section 5.8
  for (const std::string text :
       {"1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57Z", "1996-12-20t00:39:57z", "1996-12-20T00:39:57+00:00",
        "1996-12-20T00:39:57-00:00", "1996-12-20T06:09:57+05:30", "1996-12-20T00:39:57.000000Z"}) {
    CAPTURE(text);
    CHECK(parse_rfc3339(text).value() == moment);
  }
  CHECK(parse_rfc3339("1985-04-12T23:20:50.52Z").value() == sys_days(1985y / 4 / 12) + 23h + 20min + 50s + 520ms);
  CHECK(parse_rfc3339("2000-01-01T00:00:00.1234567899Z").value() == sys_days(2000y / 1 / 1) + 123'456us);
  CHECK(parse_rfc3339("2024-02-29T00:00:00Z"));
  CHECK(parse_rfc3339("2000-02-29T00:00:00Z"));
  CHECK(parse_rfc3339("9999-12-31T23:59:59.999999Z"));
}

TEST_CASE("what is no RFC 3339 time from 1970 to 9999 is refused") {
  for (const std::string text : {"",
                                 "2026",
                                 "2026-11-20",
                                 "2026-11-20 09:14:07Z",
                                 "2026-11-20T09:14:07",
                                 "2026-11-20T09:14Z",
                                 "2026-11-20T09:14:07ZZ",
                                 "2026-11-20T09:14:07.Z",
                                 "2026-11-20T09:14:07+0100",
                                 "2026-11-20T09:14:07+24:00",
                                 "2026-11-20T09:14:07+01:60",
                                 "2026-13-01T00:00:00Z",
                                 "2026-00-01T00:00:00Z",
                                 "2026-01-00T00:00:00Z",
                                 "2026-01-32T00:00:00Z",
                                 "2025-02-29T00:00:00Z",
                                 "2100-02-29T00:00:00Z",
                                 "2026-01-01T24:00:00Z",
                                 "2026-01-01T00:60:00Z",
                                 "2016-12-31T23:59:60Z",
                                 "1969-12-31T23:59:59Z",
                                 "1970-01-01T00:00:00+00:01",
                                 "9999-12-31T23:59:59-00:01",
                                 "10000-01-01T00:00:00Z",
                                 "+026-01-01T00:00:00Z",
                                 "2026-1-01T00:00:00Z",
                                 "2026-01-01T00:00:0-Z",
                                 " 2026-01-01T00:00:00Z",
                                 "2026-01-01T00:00:00Z "}) {
    CAPTURE(text);
    const auto parsed = parse_rfc3339(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().reason == "time.malformed");
  }
}

TEST_CASE("every time that is written reads back") {
  for (std::int64_t us = 0; us < 253'402'300'800'000'000; us += 7'919'999'999'999) {
    const Instant time{microseconds(us)};
    CHECK(parse_rfc3339(format_rfc3339(time)).value() == time);
  }
}

TEST_CASE("a fixed clock stands still until it is set") {
  FixedClock clock{Instant{5s}};
  CHECK(clock.now() == Instant{5s});
  clock.set(Instant{9s});
  CHECK(clock.now() == Instant{9s});
  CHECK(SystemClock().now() > sys_days(2026y / 1 / 1));
}
