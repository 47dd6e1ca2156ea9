#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace segell::bench {

/// One figure of one run. `limit` is the physical or peer limit measured in the same run, in the same unit; `ratio` is
/// what the bar of the design speaks about (value against limit, said by `note` where it is the other way round).
struct Figure {
  std::string name;
  double value = 0;
  std::string unit;
  double limit = 0;
  double ratio = 0;
  std::string bar;  ///< the bar in words: "ratio ≥ 0.93"
  bool met = false;
};

/// Prints the figure as one JSON line on stdout.
void report(const Figure& figure);

/// A bench registers itself: `static const Register kSeal{"seal", run_seal};`. The name is what `./dev bench NAME`
/// selects (a prefix is enough); the name of a `group` selects all that is in it.
struct Register {
  Register(std::string_view name, std::function<void()> run, std::string_view group = {});
};

/// Which seconds count: those of the wall, those that this thread had the processor, or those that the processes that
/// it waited for had it. The last two are for work that waits for nothing: on a machine that others use too they still
/// give the rate of one core.
enum class Seconds { wall, processor, children };

/// Runs `work` for about `span` and returns how often a second it ran.
double rate(std::chrono::milliseconds span, const std::function<void()>& work, Seconds seconds = Seconds::wall);

/// Rates of several pieces of work, interleaved in short rounds so that a machine that drifts hits all alike; medians
/// over the rounds.
std::vector<double> interleaved_rates(int rounds, std::chrono::milliseconds slice,
                                      const std::vector<std::function<void()>>& work, Seconds seconds = Seconds::wall);

double median(std::vector<double> values);

/// Keeps a value from being optimised away.
template <class T>
void keep(const T& value) {
  asm volatile("" : : "g"(&value) : "memory");
}

}  // namespace segell::bench
