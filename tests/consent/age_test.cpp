#include "consent/age.h"

#include <doctest/doctest.h>

#include <string>

using namespace segell;
using namespace segell::consent;

namespace {

base::Instant moment(const char* text) { return *base::parse_rfc3339(text); }
BirthDate born(const char* text) { return *parse_birth_date(text, moment("2026-11-26T12:00:00Z")); }
std::string turned(const char* text, int years) { return base::format_rfc3339(turns(born(text), years)); }
std::string fault(const char* text) {
  const auto date = parse_birth_date(text, moment("2026-11-26T12:00:00Z"));
  return date ? std::string() : std::string(date.error().reason);
}

}  // namespace

TEST_CASE("somebody is 14 from 00:00 of the birthday on the clocks of the place") {
  CHECK(turned("2012-12-03", 14) == "2026-12-02T23:00:00Z");  // winter
  CHECK(turned("2012-07-03", 14) == "2026-07-02T22:00:00Z");  // summer
  const auto date = born("2012-12-03");
  CHECK(age_band(date, moment("2026-12-02T22:59:59Z")) == AgeBand::under_14);
  CHECK(age_band(date, moment("2026-12-02T23:00:00Z")) == AgeBand::from_14);
  CHECK(age_band(date, moment("2030-12-02T22:59:59Z")) == AgeBand::from_14);
  CHECK(age_band(date, moment("2030-12-02T23:00:00Z")) == AgeBand::adult);
  CHECK(age_band({}, moment("2030-12-02T23:00:00Z")) == AgeBand::unknown);
}

TEST_CASE("on the days on which the clocks change, midnight is still on the old ones") {
  CHECK(turned("2012-03-29", 14) == "2026-03-28T23:00:00Z");
  CHECK(turned("2012-03-30", 14) == "2026-03-29T22:00:00Z");
  CHECK(turned("2012-10-25", 14) == "2026-10-24T22:00:00Z");
  CHECK(turned("2012-10-26", 14) == "2026-10-25T23:00:00Z");
}

TEST_CASE("whoever was born on 29 February is 14 on 1 March, and 16 on 29 February") {
  CHECK(turned("2012-02-29", 14) == "2026-02-28T23:00:00Z");
  CHECK(turned("2012-02-29", 16) == "2028-02-28T23:00:00Z");
  CHECK(age_band(born("2012-02-29"), moment("2026-02-28T12:00:00Z")) == AgeBand::under_14);
}

TEST_CASE("a date of birth is a day that there was") {
  CHECK(format_birth_date(born("2013-05-02")) == "2013-05-02");
  CHECK(fault("2026-11-26").empty());
  CHECK(fault("1900-01-01").empty());
  for (const char* wrong : {"", "2013-5-2", "02-05-2013", "2013-02-29", "2013-13-01", "2013-00-10", "2013-05-02Z",
                            "2o13-05-02", "-013-05-02", "1899-12-31", "2026-11-27", "9999-12-31", "2013/05/02"}) {
    CAPTURE(wrong);
    CHECK(fault(wrong) == "person.bad-birth-date");
  }
}

TEST_CASE("the next day begins at the next midnight there") {
  CHECK(base::format_rfc3339(next_midnight(moment("2026-11-26T12:00:00Z"))) == "2026-11-26T23:00:00Z");
  CHECK(base::format_rfc3339(next_midnight(moment("2026-11-26T23:00:00Z"))) == "2026-11-27T23:00:00Z");
  CHECK(base::format_rfc3339(next_midnight(moment("2026-11-26T23:30:00Z"))) == "2026-11-27T23:00:00Z");
  CHECK(base::format_rfc3339(next_midnight(moment("2026-07-01T22:30:00Z"))) == "2026-07-02T22:00:00Z");
}
