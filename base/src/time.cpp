#include "base/time.h"

#include <array>
#include <cstdio>
#include <optional>

namespace segell::base {
namespace {

/// Takes digits and marks from the front of a text; the first thing that does not fit makes all later answers worthless
/// (`failed`).
class Cursor {
 public:
  explicit Cursor(std::string_view text) : m_rest(text) {}

  int number(std::size_t digits) {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const char c = take();
      if (c < '0' || c > '9') m_failed = true;
      value = value * 10 + (c - '0');
    }
    return m_failed ? 0 : value;
  }
  void expect(char upper, char lower) {
    const char c = take();
    if (c != upper && c != lower) m_failed = true;
  }
  char take() {
    if (m_rest.empty()) {
      m_failed = true;
      return '\0';
    }
    const char c = m_rest.front();
    m_rest.remove_prefix(1);
    return c;
  }
  [[nodiscard]] char peek() const { return m_rest.empty() ? '\0' : m_rest.front(); }
  [[nodiscard]] bool failed() const { return m_failed; }
  [[nodiscard]] bool at_end() const { return m_rest.empty(); }

 private:
  std::string_view m_rest;
  bool m_failed = false;
};

/// The decimals after the point as microseconds; digits after the sixth are read and dropped.
int read_fraction(Cursor& cursor) {
  if (cursor.peek() != '.') return 0;
  cursor.take();
  int micros = cursor.number(1) * 100'000;  // at least one digit
  int scale = 10'000;
  while (cursor.peek() >= '0' && cursor.peek() <= '9') {
    micros += cursor.number(1) * scale;
    scale /= 10;
  }
  return micros;
}

/// Minutes east of UTC.
std::optional<int> read_offset(Cursor& cursor) {
  const char mark = cursor.take();
  if (mark == 'Z' || mark == 'z') return 0;
  if (mark != '+' && mark != '-') return std::nullopt;
  const int hours = cursor.number(2);
  cursor.expect(':', ':');
  const int minutes = cursor.number(2);
  if (hours > 23 || minutes > 59) return std::nullopt;
  return (mark == '+' ? 1 : -1) * (hours * 60 + minutes);
}

}  // namespace

std::string format_rfc3339(Instant time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  std::string out(text.data());
  if (const auto micros = static_cast<int>(clock.subseconds().count()); micros != 0) {
    std::snprintf(text.data(), text.size(), ".%06d", micros);
    out += text.data();
  }
  return out + "Z";
}

Result<Instant> parse_rfc3339(std::string_view text) {
  using namespace std::chrono;
  const auto refuse = [] {
    return fail(Code::malformed, "time.malformed", "not an RFC 3339 time from 1970 to 9999",
                "write it like 2026-11-20T09:14:07Z");
  };
  Cursor cursor(text);
  const int y = cursor.number(4);
  cursor.expect('-', '-');
  const int mon = cursor.number(2);
  cursor.expect('-', '-');
  const int d = cursor.number(2);
  cursor.expect('T', 't');
  const int h = cursor.number(2);
  cursor.expect(':', ':');
  const int min = cursor.number(2);
  cursor.expect(':', ':');
  const int s = cursor.number(2);
  const int micros = read_fraction(cursor);
  const auto offset = read_offset(cursor);
  if (cursor.failed() || !cursor.at_end() || !offset) return refuse();
  const year_month_day date(year(y), month(static_cast<unsigned>(mon)), day(static_cast<unsigned>(d)));
  // A leap second (:60) has no place on a time scale that does not count them.
  if (!date.ok() || h > 23 || min > 59 || s > 59) return refuse();
  const Instant time = sys_days(date) + hours(h) + minutes(min) + seconds(s) + microseconds(micros) - minutes(*offset);
  constexpr Instant kFirst{};
  constexpr Instant kEnd = sys_days(year(10000) / 1 / 1);
  if (time < kFirst || time >= kEnd) return refuse();
  return time;
}

Instant SystemClock::now() const {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

}  // namespace segell::base
