#include "signer/ink/plots.h"

#include "base/markup.h"
#include "ink/numbers.h"
#include "ink/svg.h"

#include <algorithm>
#include <cmath>

namespace segell::signer::ink {

namespace {

Dot millimetres(const InkSeries& series, std::size_t at) {
  const double size = series.millimetres_per_pixel(at);
  return {series.samples[at].x * size, series.samples[at].y * size};
}

double seconds(const InkSeries& series, std::size_t at) {
  return static_cast<double>(series.samples[at].microseconds - series.samples.front().microseconds) / 1e6;
}

/// Everything that was drawn or hovered over, with the surface's upper left corner.
Sheet trace_sheet(const InkSeries& series, const PlotWords& words) {
  Sheet::Bounds bounds{0, 1, 0, 1};
  for (std::size_t i = 0; i < series.samples.size(); ++i) {
    const Dot dot = millimetres(series, i);
    bounds.left = std::min(bounds.left, dot.x);
    bounds.right = std::max(bounds.right, dot.x);
    bounds.low = std::min(bounds.low, dot.y);
    bounds.high = std::max(bounds.high, dot.y);
  }
  return Sheet(bounds, {.equal = true, .down = true}, words);
}

std::vector<Dot> dots_on(const Sheet& sheet, const InkSeries& series, const Run& run) {
  std::vector<Dot> dots;
  for (const std::size_t at : run.samples) {
    const Dot place = millimetres(series, at);
    dots.push_back(sheet.at(place.x, place.y));
  }
  return dots;
}

std::string path(std::string_view kind, const std::vector<Dot>& dots, std::string_view inner = {}) {
  const std::string start = "<path class=\"" + std::string(kind) + "\" d=\"" + path_through(dots) + "\"";
  return inner.empty() ? start + "/>\n" : start + std::string(inner) + "</path>\n";
}

/// A value of each run over time, as lines: `value` gives nothing where there is none.
template <class Value>
std::string plot_over_time(const InkSeries& series, const PlotWords& words, double high, bool with_air, Value value) {
  Sheet sheet({0, seconds(series, series.samples.size() - 1), 0, high}, {}, words);
  for (const Run& run : runs_of(series)) {
    if (run.in_air && !with_air) continue;
    std::vector<Dot> dots;
    for (std::size_t i = 0; i < run.samples.size(); ++i)
      if (const auto read = value(run, i)) dots.push_back(sheet.at(seconds(series, run.samples[i]), *read));
    if (!dots.empty()) sheet.add(path(run.in_air ? "air" : "ink", dots));
  }
  return sheet.finish();
}

/// Millimetres a second that brought the pen to a sample of a run.
std::optional<double> speed_at(const InkSeries& series, const Run& run, std::size_t at) {
  if (at == 0) return std::nullopt;
  const double took = seconds(series, run.samples[at]) - seconds(series, run.samples[at - 1]);
  if (!(took > 0)) return std::nullopt;
  const Dot from = millimetres(series, run.samples[at - 1]), to = millimetres(series, run.samples[at]);
  return std::hypot(to.x - from.x, to.y - from.y) / took;
}

/// Numbers of an animation, separated by semicolons.
class Steps {
 public:
  void add(double time, const std::string& value) {
    if (!m_times.empty()) m_times += ';', m_values += ';';
    m_times += to_decimal(time, 6);
    m_values += value;
  }
  [[nodiscard]] std::string attributes(std::string_view values) const {
    return " keyTimes=\"" + m_times + "\" " + std::string(values) + "=\"" + m_values + "\" calcMode=\"linear\"";
  }

 private:
  std::string m_times, m_values;
};

/// Begins with the page and whenever the button is pressed, once, and stays as it ends.
std::string animation_clock(double duration) {
  return " begin=\"0s;again.click\" dur=\"" + to_decimal(duration, 3) + "s\" fill=\"freeze\"";
}

/// Shares of the whole duration; never backwards, as an animation demands.
class Shares {
 public:
  Shares(const InkSeries& series, double duration) : m_series(series), m_duration(duration) {}
  double of(std::size_t at) {
    m_last = std::clamp(seconds(m_series, at) / m_duration, m_last, 1.0);
    return m_last;
  }

 private:
  const InkSeries& m_series;
  double m_duration;
  double m_last = 0;
};

/// A line that appears as far as the pen has come.
std::string replayed_line(const InkSeries& series, const Run& run, const std::vector<Dot>& dots, double duration) {
  std::vector<double> lengths{0};
  for (std::size_t i = 1; i < dots.size(); ++i)
    lengths.push_back(lengths.back() + std::hypot(dots[i].x - dots[i - 1].x, dots[i].y - dots[i - 1].y));
  const double whole = std::max(lengths.back(), 0.01);
  Shares shares(series, duration);
  Steps steps;
  steps.add(0, to_decimal(whole, 3));
  for (std::size_t i = 0; i < dots.size(); ++i)
    steps.add(shares.of(run.samples[i]), to_decimal(i + 1 == dots.size() ? 0 : whole - lengths[i], 3));
  steps.add(1, "0");
  const std::string begins = to_decimal(seconds(series, run.samples.front()) / duration, 6);
  const std::string length = to_decimal(whole, 3);
  return path("ink", dots,
              " pathLength=\"" + length + "\" stroke-dasharray=\"" + length + " " + to_decimal(whole + 10, 3) +
                  "\"><animate attributeName=\"stroke-dashoffset\"" + steps.attributes("values") +
                  animation_clock(duration) + "/><animate attributeName=\"opacity\" keyTimes=\"0;" + begins +
                  "\" values=\"0;1\" calcMode=\"discrete\"" + animation_clock(duration) + "/>");
}

/// The pen itself, in the air too.
std::string moving_pen(const Sheet& sheet, const InkSeries& series, double duration) {
  Shares shares(series, duration);
  Steps across, down;
  for (std::size_t i = 0; i < series.samples.size(); ++i) {
    const Dot place = millimetres(series, i);
    const Dot dot = sheet.at(place.x, place.y);
    const double time = i == 0 ? 0 : shares.of(i);
    across.add(time, to_decimal(dot.x, 2));
    down.add(time, to_decimal(dot.y, 2));
    if (i + 1 == series.samples.size()) {
      across.add(1, to_decimal(dot.x, 2));
      down.add(1, to_decimal(dot.y, 2));
    }
  }
  return "<circle r=\"5\" fill=\"#c0261c\"><animate attributeName=\"cx\"" + across.attributes("values") +
         animation_clock(duration) + "/><animate attributeName=\"cy\"" + down.attributes("values") +
         animation_clock(duration) + "/></circle>\n";
}

}  // namespace

std::string plot_trace(const InkSeries& series, const PlotWords& words) {
  Sheet sheet = trace_sheet(series, words);
  for (const Run& run : runs_of(series)) {
    const std::vector<Dot> dots = dots_on(sheet, series, run);
    sheet.add(path(run.in_air ? "air" : "ink", dots));
    if (run.in_air) continue;
    for (const Dot& dot : dots)
      sheet.add("<circle class=\"dot\" cx=\"" + to_decimal(dot.x, 2) + "\" cy=\"" + to_decimal(dot.y, 2) +
                "\" r=\"1.8\"/>\n");
  }
  return sheet.finish();
}

std::string plot_speed(const InkSeries& series, const PlotWords& words) {
  double fastest = 0;
  for (const Run& run : runs_of(series))
    for (std::size_t i = 0; i < run.samples.size() && !run.in_air; ++i)
      fastest = std::max(fastest, speed_at(series, run, i).value_or(0));
  return plot_over_time(series, words, fastest, false,
                        [&](const Run& run, std::size_t at) { return speed_at(series, run, at); });
}

std::string plot_pressure(const InkSeries& series, const PlotWords& words) {
  return plot_over_time(series, words, 1, true,
                        [&](const Run& run, std::size_t at) { return series.samples[run.samples[at]].pressure; });
}

std::string write_replay(const InkSeries& series, const PlotWords& words) {
  Sheet sheet = trace_sheet(series, words);
  const double duration = std::max(0.1, seconds(series, series.samples.size() - 1));
  for (const Run& run : runs_of(series))
    if (!run.in_air) sheet.add(replayed_line(series, run, dots_on(sheet, series, run), duration));
  sheet.add(moving_pen(sheet, series, duration));
  sheet.add(
      "<g id=\"again\" role=\"button\" style=\"cursor:pointer\"><rect x=\"900\" y=\"10\" width=\"180\" height=\"34\" "
      "rx=\"6\" "
      "fill=\"#12327a\"/><text x=\"990\" y=\"32\" text-anchor=\"middle\" style=\"fill:#fff\">" +
      base::escape_markup(words.again) + "</text></g>\n");
  return sheet.finish();
}

}  // namespace segell::signer::ink
