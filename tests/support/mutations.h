#pragma once

#include "signer/ades/verdict.h"

#include <doctest/doctest.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <random>
#include <string>

namespace segell::tests {

/// A sealed thing of which one octet was changed.
struct Mutant {
  std::size_t which = 0;  ///< of the things
  std::size_t at = 0;     ///< the octet
  base::Bytes octets;
  std::string place;  ///< for the message of a failure
};

struct MutationRounds {
  int rounds = 0;  ///< 100,000 with SEGELL_LONG
  unsigned seed = 0;
};

inline long peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;  // KiB
}

/// Checks that what mutate(round, random) makes does not pass judge(mutant), unless excuse(mutant, verdict) names what
/// was changed without harm, by which it is counted; and that none takes long or much memory, nor ends in an error.
template <class Mutate, class Judge, class Excuse>
void check_mutations(const MutationRounds& wanted, Mutate mutate, Judge judge, Excuse excuse) {
  const int rounds = std::getenv("SEGELL_LONG") != nullptr ? 100'000 : wanted.rounds;
  MESSAGE("seed " << wanted.seed);
  std::mt19937 random(wanted.seed);
  std::map<std::string, int> excused;
  std::chrono::steady_clock::duration longest{};
  const long before = peak_memory();
  for (int round = 0; round < rounds; ++round) {
    const Mutant mutant = mutate(static_cast<std::size_t>(round), random);
    const auto begun = std::chrono::steady_clock::now();
    const signer::ades::Verdict verdict = judge(mutant);
    longest = std::max(longest, std::chrono::steady_clock::now() - begun);
    CAPTURE(mutant.place);
    CAPTURE(mutant.at);
    CAPTURE(std::to_integer<int>(mutant.octets[mutant.at]));
    CAPTURE(verdict.summary);
    CHECK(verdict.indication != signer::ades::Indication::error);
    if (verdict.indication != signer::ades::Indication::total_passed) continue;
    const std::string why(excuse(mutant, verdict));
    CHECK_FALSE(why.empty());
    ++excused[why];
  }
  for (const auto& [why, count] : excused) MESSAGE(count << " of " << rounds << " passed: " << why);
  CHECK(longest < std::chrono::seconds(5));
  CHECK(peak_memory() - before < 64 * 1024);
}

}  // namespace segell::tests
