#pragma once

#include "base/result.h"

#include <chrono>
#include <string>
#include <string_view>

namespace segell::base {

/// A point of time: UTC microseconds since 1970, leap seconds not counted (design: "Times: UTC microseconds").
using Instant = std::chrono::sys_time<std::chrono::microseconds>;
using Microseconds = std::chrono::microseconds;

/// RFC 3339 in UTC: "2026-11-20T09:14:07Z", with six decimals only where the microseconds are not zero.
std::string format_rfc3339(Instant time);

/// Reads RFC 3339 with any offset, years 1970 to 9999, at most six decimals kept. Error: malformed, "time.malformed".
Result<Instant> parse_rfc3339(std::string_view text);

/// Where the time comes from. Pure rooms receive it; only executables choose one.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
};

/// For tests and for `--at`: stands still until told otherwise.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(Instant time) : m_time(time) {}
  [[nodiscard]] Instant now() const override { return m_time; }
  void set(Instant time) { m_time = time; }

 private:
  Instant m_time;
};

}  // namespace segell::base
