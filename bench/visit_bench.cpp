// What a visit costs people and gives away: waiting, taps, what a death of the tablet loses, ink, withdraw and leak;
// and many tablets at one time. Scripts do what people and programs do (bench/*.mjs, tests/browser,
// tests/http/leak.mjs), count and time.

#include "bench.h"

#include "base/json.h"
#include "support/child_process.h"

#include <algorithm>
#include <sstream>
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

/// `words` of node, in the tree's own folder and with the programs of this build.
tests::RunResult node(const std::vector<std::string>& words, std::chrono::minutes timeout) {
  std::vector<std::string> command{"env", "SEGELL_BIN=" SEGELL_BIN, "SEGELL_PKI=" SEGELL_PKI, "SEGELL_LONG=1", "node"};
  command.insert(command.end(), words.begin(), words.end());
  return tests::run(command, {.timeout = timeout});
}

/// The figures that a script prints as one JSON line, whatever its exit code says of them.
base::Json figures_of(const std::string& script, const std::string& argument = {}) {
  std::vector<std::string> words{SEGELL_SOURCE_DIR "/" + script};
  if (!argument.empty()) words.push_back(argument);
  const auto measured = node(words, std::chrono::minutes(3));
  auto json = base::parse_json(measured.out);
  if (!json) throw std::runtime_error("not read: " + measured.all());
  return *std::move(json);
}

/// Reports what must be at most `limit`.
void at_most(std::string name, double value, std::string unit, double limit, std::string bar) {
  report({std::move(name), value, std::move(unit), limit, value / limit, std::move(bar), value <= limit});
}

void run_wait_and_taps() {
  const base::Json json = figures_of("bench/visit.mjs");
  const double documents = number_of(json, "documents");
  at_most("visit.wait", number_of(json, "wait") / 1000, "s", 6, "≤ 6 s in all");
  at_most("visit.wait.longest", number_of(json, "longest") / 1000, "s", 6, "(part of visit.wait)");
  at_most("visit.taps.person", number_of(json, "taps"), "taps", number_of(json, "decisions") + 2 * documents,
          "decisions + 2 a document");
  const double typed = number_of(json, "keys");
  report({"visit.taps.typed", typed, "keys", 0, typed, "0 typed", typed == 0});
  at_most("visit.taps.professional", number_of(json, "professional"), "taps", 9, "≤ 9 up to hand-over");
}

void run_together() {
  const base::Json json = figures_of("bench/tablets.mjs", "64");
  at_most("visit.together.p95", number_of(json, "p95"), "ms", 1000, "64 tablets at one time, tap to sealed p95 ≤ 1 s");
  at_most("visit.together.slowest", number_of(json, "slowest"), "ms", 1000, "(the slowest of them)");
}

/// Runs a test of the pages; its output, in which figures stand as comments of the test protocol.
std::string page_test(const std::string& topic, bool& passed) {
  const auto measured =
      node({"--test", SEGELL_SOURCE_DIR "/tests/browser/" + topic + ".test.mjs"}, std::chrono::minutes(10));
  passed = measured.exit_code == 0;
  return measured.out;
}

void run_resume() {
  bool passed = false;
  const std::string out = page_test("tablet_resume", passed);
  constexpr std::string_view kMark = " points, each resumed";
  const std::size_t end = out.find(kMark);
  if (end == std::string::npos) throw std::runtime_error("not read: " + out);
  const double points = std::stod(out.substr(out.rfind('#', end) + 1));
  report({"visit.resume", points, "points", 40, points / 40, "40 of 40 resume, no half signature",
          passed && points >= 40});
}

void run_ink() {
  bool passed = false;
  std::istringstream lines(page_test("ink", passed));
  for (std::string line; std::getline(lines, line);) {
    const auto json = base::parse_json(std::string_view(line).substr(std::min<std::size_t>(2, line.size())));
    if (!line.starts_with("# {") || !json || json->find("name") == nullptr) continue;
    const std::string name = *json->find("name")->as_string();
    const double value = number_of(*json, "value");
    const double limit = number_of(*json, "limit");
    const bool kept = name == "ink.kept";
    report({name, value, *json->find("unit")->as_string(), limit, value / limit, kept ? "≥ 99 %" : "≤ 33 ms",
            kept ? value >= limit : value <= 33});
  }
  if (!passed) throw std::runtime_error("a test of the ink failed");
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
    at_most(std::move(name), number_of(json, key), std::move(unit), limit, std::move(bar));
  };
  most("withdraw.screens", "screens", "screens", 3, "≤ 3 screens");
  most("withdraw.taps", "taps", "taps", 4, "≤ 4 taps");
  most("withdraw.typed.screens", "typedScreens", "screens", 3, "≤ 3 screens");
  most("withdraw.typed.taps", "typedTaps", "taps", 4, "≤ 4 taps");
  most("withdraw.effect", "effect", "ms", 1000, "effect < 1 s, median");
  most("withdraw.effect.slowest", "slowest", "ms", 1000, "effect < 1 s, slowest");
}

const Register kWait{"visit.wait", run_wait_and_taps};
const Register kTogether{"visit.together", run_together};
const Register kResume{"visit.resume", run_resume};
const Register kInk{"ink", run_ink, "visit"};
const Register kWithdraw{"withdraw", run_withdraw, "visit"};
const Register kLeak{"leak", run_leak, "visit"};

}  // namespace
}  // namespace segell::bench
