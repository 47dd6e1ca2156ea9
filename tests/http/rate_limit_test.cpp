#include "http/rate_limit.h"

#include <doctest/doctest.h>

using segell::http::RateLimit;
using std::chrono::seconds;

TEST_CASE("an address has so many tries, gets them back with time, and no other address pays for it") {
  RateLimit limit(3, seconds(2));
  const auto start = RateLimit::Clock::now();
  for (int i = 0; i < 3; ++i) CHECK(limit.take("192.0.2.1", start));
  CHECK_FALSE(limit.take("192.0.2.1", start));
  CHECK(limit.take("192.0.2.2", start));
  CHECK_FALSE(limit.take("192.0.2.1", start + seconds(1)));
  CHECK(limit.take("192.0.2.1", start + seconds(2)));
  CHECK_FALSE(limit.take("192.0.2.1", start + seconds(3)));
  for (int i = 0; i < 3; ++i) CHECK(limit.take("192.0.2.1", start + seconds(100)));
  CHECK_FALSE(limit.take("192.0.2.1", start + seconds(100)));
}

TEST_CASE("a try that was right does not count") {
  RateLimit limit(1, seconds(60));
  const auto start = RateLimit::Clock::now();
  for (int i = 0; i < 10; ++i) {
    CHECK(limit.take("192.0.2.1", start));
    limit.give_back("192.0.2.1");
  }
}

TEST_CASE("many addresses take bounded memory") {
  RateLimit limit(1, seconds(60));
  const auto start = RateLimit::Clock::now();
  for (std::size_t i = 0; i < 2 * RateLimit::kMost; ++i) CHECK(limit.take("host-" + std::to_string(i), start));
}
