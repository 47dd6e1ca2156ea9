#pragma once

#include "base/result.h"
#include "base/time.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

// How old somebody is, by the calendar of where the services are: Spain's mainland (Europe/Madrid).

namespace segell::consent {

/// A day of the calendar, without a time of day.
using BirthDate = std::chrono::year_month_day;

/// In years: from when on people decide about their data (LOPDGDD art. 7), and about everything.
inline constexpr int kDecidesOnData = 14;
inline constexpr int kOfAge = 18;

/// "2013-05-02": a day that there is, from 1900 on and not after `now`. Error: invalid_argument
/// "person.bad-birth-date".
base::Result<BirthDate> parse_birth_date(std::string_view text, base::Instant now);
std::string format_birth_date(const BirthDate& date);

/// From when on somebody born then is that old: 00:00 of the birthday in Europe/Madrid, since the day of birth counts
/// whole (Spanish Civil Code, art. 240). Of 29 February, 1 March in the years that have none. Summer time is that of
/// the European Union since 1996 (Directive 2000/84/EC): of older days an hour may be wrong.
base::Instant turns(const BirthDate& born, int years);

/// The first moment after `now` at which a new day begins there.
base::Instant next_midnight(base::Instant now);

/// Who decides by age: until 14 whoever represents the person, from then on they themselves about their data (LOPDGDD
/// art. 7), from 18 about everything.
enum class AgeBand { unknown, under_14, from_14, adult };
/// "unknown", "under-14", "14-17", "adult".
std::string_view to_string(AgeBand band) noexcept;
AgeBand age_band(const std::optional<BirthDate>& born, base::Instant at);

}  // namespace segell::consent
