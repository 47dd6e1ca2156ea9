// From the slip to the denial: withdraw. A browser does what a person does; bench/withdraw.mjs counts and times.

#include "bench.h"

#include "base/json.h"
#include "support/child_process.h"

#include <stdexcept>

namespace segell::bench {
namespace {

double number_of(const base::Json& json, std::string_view name) {
  const base::Json* member = json.find(name);
  if (member == nullptr) throw std::runtime_error("no figure " + std::string(name));
  if (const auto* whole = member->as_int()) return static_cast<double>(*whole);
  if (const auto* real = member->as_double()) return *real;
  throw std::runtime_error("no number " + std::string(name));
}

void run_withdraw() {
  const auto measured = tests::run(
      {"env", "SEGELL_BIN=" SEGELL_BIN, "SEGELL_PKI=" SEGELL_PKI, "node", SEGELL_SOURCE_DIR "/bench/withdraw.mjs", "9"},
      {.timeout = std::chrono::minutes(3)});
  if (!measured.ok()) throw std::runtime_error(measured.all());
  const auto json = base::parse_json(measured.out);
  if (!json) throw std::runtime_error("not read: " + measured.out);
  const auto most = [&](std::string name, std::string_view key, std::string unit, double limit, std::string bar) {
    const double value = number_of(*json, key);
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

}  // namespace
}  // namespace segell::bench
