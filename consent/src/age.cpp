#include "consent/age.h"

#include <array>
#include <cstdio>

namespace segell::consent {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::sys_days;

constexpr std::chrono::year kEarliest{1900};

/// How far ahead of UTC the clocks there are at 00:00 of that day: they change later, at 01:00 UTC of the last Sundays
/// of March and October.
hours offset_at_midnight(sys_days day) {
  using namespace std::chrono;
  const year_month_day date(day);
  const sys_days begin = date.year() / March / Sunday[last];
  const sys_days end = date.year() / October / Sunday[last];
  return hours(begin < day && day <= end ? 2 : 1);
}

base::Instant midnight_of(sys_days day) { return base::Instant(day.time_since_epoch()) - offset_at_midnight(day); }

/// The digits at that place, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

base::Result<BirthDate> parse_birth_date(std::string_view text, base::Instant now) {
  const auto refuse = [](const char* message) {
    return base::fail(base::Code::invalid_argument, "person.bad-birth-date", message, "write it like 2013-05-02");
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return refuse("that is no date of birth");
  const int y = digits(text, 0, 4);
  const int m = digits(text, 5, 2);
  const int d = digits(text, 8, 2);
  if (y < 0 || m < 0 || d < 0) return refuse("that is no date of birth");
  const BirthDate date(std::chrono::year(y), std::chrono::month(static_cast<unsigned>(m)),
                       std::chrono::day(static_cast<unsigned>(d)));
  if (!date.ok()) return refuse("there is no such day");
  if (date.year() < kEarliest || midnight_of(date) > now) return refuse("nobody alive was born on that day");
  return date;
}

std::string format_birth_date(const BirthDate& date) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

base::Instant turns(const BirthDate& born, int years_old) {
  const BirthDate birthday = born + std::chrono::years(years_old);
  return midnight_of(birthday.ok() ? sys_days(birthday) : sys_days(birthday.year() / std::chrono::March / 1));
}

base::Instant next_midnight(base::Instant now) {
  sys_days day = std::chrono::floor<days>(now);
  while (midnight_of(day) <= now) day += days(1);
  return midnight_of(day);
}

std::string_view to_string(AgeBand band) noexcept {
  switch (band) {
    case AgeBand::unknown:
      return "unknown";
    case AgeBand::under_14:
      return "under-14";
    case AgeBand::from_14:
      return "14-17";
    case AgeBand::adult:
      return "adult";
  }
  return "unknown";
}

AgeBand age_band(const std::optional<BirthDate>& born, base::Instant at) {
  if (!born) return AgeBand::unknown;
  if (at < turns(*born, kDecidesOnData)) return AgeBand::under_14;
  return at < turns(*born, kOfAge) ? AgeBand::from_14 : AgeBand::adult;
}

}  // namespace segell::consent
