// What a visit costs people and gives away: withdraw and leak. Scripts do what people and programs do
// (bench/withdraw.mjs, tests/http/leak.mjs), count and time.

#include "bench.h"

#include "base/json.h"
#include "support/child_process.h"

#include <stdexcept>
#include <string>
#include <vector>

namespace segell::bench {
namespace {

double number_of(const base::Json& json, std::string_view name) {
  const base::Json* member = json.find(name);
  if (member == nullptr) throw std::runtime_error("no figure " + std::string(name));
  if (const auto* whole = member->as_int()) return static_cast<double>(*whole);
  if (const auto* real = member->as_double()) return *real;
  throw std::runtime_error("no number " + std::string(name));
}

/// The figures that a script prints as one JSON line, whatever its exit code says of them.
base::Json figures_of(const std::string& script, const std::string& argument = {}) {
  std::vector<std::string> command{"env", "SEGELL_BIN=" SEGELL_BIN, "SEGELL_PKI=" SEGELL_PKI, "node",
                                   SEGELL_SOURCE_DIR "/" + script};
  if (!argument.empty()) command.push_back(argument);
  const auto measured = tests::run(command, {.timeout = std::chrono::minutes(3)});
  auto json = base::parse_json(measured.out);
  if (!json) throw std::runtime_error("not read: " + measured.all());
  return *std::move(json);
}

void run_leak() {
  const base::Json json = figures_of("tests/http/leak.mjs");
  const double hits = number_of(json, "hits");
  const std::string bar = "0 hits of " + std::to_string(static_cast<int>(number_of(json, "canaries"))) +
                          " canaries at " + std::to_string(static_cast<int>(number_of(json, "exits"))) + " exits";
  report({"leak", hits, "hits", number_of(json, "exits"), hits / number_of(json, "exits"), bar, hits == 0});
}

void run_withdraw() {
  const base::Json json = figures_of("bench/withdraw.mjs", "9");
  const auto most = [&](std::string name, std::string_view key, std::string unit, double limit, std::string bar) {
    const double value = number_of(json, key);
    report({std::move(name), value, std::move(unit), limit, value / limit, std::move(bar), value <= limit});
  };
  most("withdraw.screens", "screens", "screens", 3, "≤ 3 screens");
  most("withdraw.taps", "taps", "taps", 4, "≤ 4 taps");
  most("withdraw.typed.screens", "typedScreens", "screens", 3, "≤ 3 screens");
  most("withdraw.typed.taps", "typedTaps", "taps", 4, "≤ 4 taps");
  most("withdraw.effect", "effect", "ms", 1000, "effect < 1 s, median");
  most("withdraw.effect.slowest", "slowest", "ms", 1000, "effect < 1 s, slowest");
}

const Register kWithdraw{"withdraw", run_withdraw};
const Register kLeak{"leak", run_leak};

}  // namespace
}  // namespace segell::bench
