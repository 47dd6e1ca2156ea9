#include "support/child_process.h"

#include <doctest/doctest.h>

#include <csignal>

using namespace segell::tests;

TEST_CASE("a program's output, input and exit code come back") {
  const auto result = run({"sh", "-c", "cat; echo wrong >&2; exit 3"}, {.input = std::string(300000, 'x')});
  CHECK(result.out.size() == 300000);
  CHECK(result.err == "wrong\n");
  CHECK(result.exit_code == 3);
  CHECK(run({"sh", "-c", "kill -TERM $$"}).exit_code == 128 + SIGTERM);
  CHECK(run({"no-such-program-here"}).exit_code == 127);
}

TEST_CASE("a program that never ends is killed when its time is up") {
  const auto result = run({"sleep", "60"}, {.timeout = std::chrono::milliseconds(100)});
  CHECK(result.timed_out);
  CHECK_FALSE(result.ok());
}

TEST_CASE("a server is waited for, stopped by its id, and gone") {
  ChildProcess server({"sh", "-c", "echo starting; echo port 4711; exec sleep 60"});
  CHECK(server.wait_for_line("port ") == "4711");
  const pid_t pid = server.pid();
  CHECK(server.stop() == 128 + SIGTERM);
  CHECK(kill(pid, 0) != 0);
  ChildProcess silent({"sh", "-c", "echo no; exit 1"});
  CHECK_THROWS_WITH(silent.wait_for_line("port "), doctest::Contains("it said: no"));
}

TEST_CASE("a temporary folder goes with its object") {
  std::filesystem::path path;
  {
    TemporaryFolder folder;
    path = folder.path();
    write_file(folder / "a", "b");
    CHECK(read_file(folder / "a") == "b");
  }
  CHECK_FALSE(std::filesystem::exists(path));
}
