// segell_bench [NAME…]: measures and prints one JSON line a figure. Without a name, everything.
#include "bench.h"

#include "base/json.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>

namespace segell::bench {
namespace {
struct Entry {
  std::string name;
  std::function<void()> run;
  std::string group;
};
std::vector<Entry>& entries() {
  static std::vector<Entry> all;
  return all;
}
}  // namespace

Register::Register(std::string_view name, std::function<void()> run, std::string_view group) {
  entries().push_back({std::string(name), std::move(run), std::string(group)});
}

void report(const Figure& figure) {
  const auto line = base::Json::object({{"name", figure.name},
                                        {"value", figure.value},
                                        {"unit", figure.unit},
                                        {"limit", figure.limit},
                                        {"ratio", figure.ratio},
                                        {"bar", figure.bar},
                                        {"met", figure.met}});
  std::printf("%s\n", base::write_json(line).c_str());
  std::fflush(stdout);
}

namespace {
std::chrono::duration<double> now(Seconds seconds) {
  if (seconds == Seconds::children) {
    rusage used{};
    ::getrusage(RUSAGE_CHILDREN, &used);
    return std::chrono::seconds(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           std::chrono::microseconds(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
  }
  timespec time{};
  ::clock_gettime(seconds == Seconds::wall ? CLOCK_MONOTONIC : CLOCK_THREAD_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}
}  // namespace

double rate(std::chrono::milliseconds span, const std::function<void()>& work, Seconds seconds) {
  const auto start = now(seconds);
  std::size_t count = 0;
  std::chrono::duration<double> elapsed{};
  do {
    work();
    ++count;
    elapsed = now(seconds) - start;
  } while (elapsed < span);
  return static_cast<double>(count) / elapsed.count();
}

std::vector<double> interleaved_rates(int rounds, std::chrono::milliseconds slice,
                                      const std::vector<std::function<void()>>& work, Seconds seconds) {
  std::vector<std::vector<double>> rates(work.size());
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < work.size(); ++i) rates[i].push_back(rate(slice, work[i], seconds));
  }
  std::vector<double> medians;
  for (auto& values : rates) medians.push_back(median(std::move(values)));
  return medians;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[values.size() / 2];
}

}  // namespace segell::bench

namespace {

/// Each bench in a process of its own: the memory that one has used is part of what the kernel says of the children of
/// the next.
bool run_alone(const std::string& name, const std::function<void()>& bench) {
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      bench();
      std::exit(0);
    } catch (const std::exception& error) {
      std::fprintf(stderr, "bench %s: %s\n", name.c_str(), error.what());
      std::exit(1);
    }
  }
  int status = 0;
  return child > 0 && ::waitpid(child, &status, 0) == child && status == 0;
}

}  // namespace

int main(int argc, char** argv) {
  int failed = 0;
  bool matched = argc < 2;
  for (const auto& entry : segell::bench::entries()) {
    const bool wanted = argc < 2 || std::any_of(argv + 1, argv + argc, [&](const char* name) {
                          return entry.name.rfind(name, 0) == 0 || entry.group == name ||
                                 std::string_view(name).rfind(entry.name + ".", 0) == 0;
                        });
    if (!wanted) continue;
    matched = true;
    if (!run_alone(entry.name, entry.run)) failed = 1;
  }
  if (!matched) std::fprintf(stderr, "no bench of that name\n");
  return matched ? failed : 2;
}
