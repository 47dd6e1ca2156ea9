#include "base/random.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <thread>
#include <vector>

using namespace segell::base;

TEST_CASE("no octets come twice, in one thread or in many, in small pieces or in large ones") {
  std::vector<std::vector<Bytes>> drawn(4);
  std::vector<std::thread> threads;
  for (auto& own : drawn) {
    threads.emplace_back([&own] {
      for (int i = 0; i < 400; ++i) own.push_back(random_bytes(i % 3 == 0 ? 12 : i % 3 == 1 ? 64 : 100));
    });
  }
  for (auto& thread : threads) thread.join();
  std::set<Bytes> beginnings;
  for (const auto& own : drawn)
    for (const Bytes& octets : own) beginnings.insert(Bytes(octets.begin(), octets.begin() + 12));
  CHECK(beginnings.size() == 1600);
}

TEST_CASE("a child process does not draw what its parent draws") {
  (void)random_bytes(16);  // so that there is something to share
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const Bytes octets = random_bytes(32);
    ::_exit(::write(ends[1], octets.data(), octets.size()) == 32 ? 0 : 1);
  }
  Bytes theirs(32);
  REQUIRE(::read(ends[0], theirs.data(), theirs.size()) == 32);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(random_bytes(32) != theirs);
  ::close(ends[0]);
  ::close(ends[1]);
}
