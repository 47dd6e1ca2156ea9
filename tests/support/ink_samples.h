#pragma once

#include "base/encoding.h"
#include "base/json.h"

#include <cmath>
#include <string>

// Ink records as the signing page writes them, for an invented pen.

namespace segell::tests {

/// A sample as web/src/ink/series.ts has it.
inline base::Json ink_sample(int line, std::int64_t microseconds, double x, double y, base::Json pressure,
                             int tilt_x = 30, int tilt_y = -12, int twist = 45, int buttons = 1) {
  return base::Json::array({line, microseconds, x, y, std::move(pressure), tilt_x, tilt_y, twist, buttons});
}

struct InkChoices {
  bool pressure = true;
  bool angles = true;
  bool in_air = true;
  std::string document = std::string(64, 'a');
  std::string nonce = base::to_base64url(base::Bytes(32, std::byte{7}));
  std::int64_t gap_microseconds = 4167;  ///< 240 Hz
};

/// Two strokes of a pen, with hovering between them.
inline base::Json ink_record(const InkChoices& choices = {}) {
  base::Json points = base::Json::array();
  std::int64_t time = 0;
  std::int64_t count = 0;
  const auto add = [&](int line, double x, double y, double pressure, int buttons) {
    const int on = choices.angles ? 1 : 0;
    points.push(ink_sample(line, time, x, y, choices.pressure ? base::Json(pressure) : base::Json(), 30 * on, -12 * on,
                           (40 + static_cast<int>(count % 10)) * on, buttons));
    time += choices.gap_microseconds;
    ++count;
  };
  for (int i = 0; i < 90; ++i)
    add(0, 60 + 6.25 * i, 150 + 70 * std::sin(i / 6.0), 0.2 + 0.5 * std::abs(std::sin(i / 20.0)), 1);
  add(0, 60 + 6.25 * 89, 150, 0, 0);
  for (int i = 0; i < 20 && choices.in_air; ++i) add(-1, 600 - 22 * i, 160 + 5 * i, 0, 0);
  for (int i = 0; i < 40; ++i) add(1, 160 + 14 * i, 262 - i, 0.35 + 0.01 * i, 1);
  add(1, 160 + 14 * 39, 222, 0, 0);
  const base::Json surface = base::Json::object({{"width", 916}, {"height", 343.5}, {"devicePixelRatio", 2}});
  base::Json first = base::Json::object({{"fromSample", 0}, {"width", 916}, {"height", 343.5}});
  base::Json quality = base::Json::object({{"rateHz", 240},
                                           {"samples", count},
                                           {"pressure", choices.pressure},
                                           {"coalescedEvents", true},
                                           {"cancelledLines", base::Json::array()},
                                           {"undoneLines", 0},
                                           {"surfaces", base::Json::array({std::move(first)})}});
  return base::Json::object({{"schema", "segell.ink/1"},
                             {"document", base::Json::object({{"sha256", choices.document}})},
                             {"nonce", choices.nonce},
                             {"surface", surface},
                             {"started", "2026-03-02T10:15:00.123Z"},
                             {"pointerType", "pen"},
                             {"quality", std::move(quality)},
                             {"points", std::move(points)}});
}

}  // namespace segell::tests
