#include "harness.h"

#include <doctest/doctest.h>

#include <random>

using namespace segell;
using namespace segell::test;

namespace {
/// How often somebody kills it at a moment of no choosing, and how often the same store: after each kill all of it is
/// checked, so that a store that lives long costs as the square of its kills. With SEGELL_LONG=1 they live ten times as
/// long.
struct Kills {
  int stores = 3;
  int each = 10;
};

Kills kills_at_random() {
  const char* wanted = std::getenv("SEGELL_LONG");
  return wanted != nullptr && std::string_view(wanted) == "1" ? Kills{3, 100} : Kills{};
}

bool killed(int status) { return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL; }
}  // namespace

TEST_CASE("a process killed at every point of an act loses nothing that it acknowledged") {
  const TempFolder folder;
  CrashHarness harness(folder.path());
  int rounds = 0;
  for (const char* point : {"key-durable", "blob-durable", "before-commit", "committed", "acknowledged"}) {
    for (const int count : {1, 2, 3, 7, 20}) {
      const int status = harness.run({{"SEGELL_CRASH_AT", std::string(point) + ":" + std::to_string(count)}},
                                     std::chrono::milliseconds(0));
      INFO(point << ":" << count << " status " << status);
      REQUIRE(killed(status));
      harness.check();
      ++rounds;
    }
  }
  MESSAGE(rounds << " kills, " << harness.acknowledged() << " acts acknowledged, " << harness.checkpoints()
                 << " checkpoints seen");
  CHECK(rounds == 25);
  CHECK(harness.acknowledged() > 50);
  CHECK(harness.checkpoints() > 5);
}

TEST_CASE("a process killed at any moment under load loses nothing that it acknowledged") {
  const unsigned seed = std::random_device()();
  MESSAGE("seed " << seed);
  std::mt19937 random(seed);
  const Kills kills = kills_at_random();
  std::size_t acknowledged = 0;
  std::size_t checkpoints = 0;
  for (int store = 0; store < kills.stores; ++store) {
    const TempFolder folder;
    CrashHarness harness(folder.path());
    const auto began = std::chrono::steady_clock::now();
    REQUIRE(WIFEXITED(harness.run({{"SEGELL_CRASH_ACTS", "1"}}, std::chrono::milliseconds(0))));
    // Most moments lie behind the start, however slow the machine and the way of building are.
    const auto start = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
    for (int round = 0; round < kills.each; ++round) {
      const std::chrono::milliseconds moment(20 + random() % static_cast<unsigned>(130 + 2 * start.count()));
      REQUIRE(killed(harness.run({}, moment)));
      harness.check();
    }
    acknowledged += harness.acknowledged();
    checkpoints += harness.checkpoints();
  }
  MESSAGE((kills.stores * kills.each) << " kills, " << acknowledged << " acts acknowledged, " << checkpoints
                                      << " checkpoints seen");
  CHECK(acknowledged > 100);
}
