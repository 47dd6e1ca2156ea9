#include "base/encoding.h"
#include "base/json.h"
#include "cli/verb.h"
#include "support/store_fixture.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <fstream>
#include <sstream>

#include <sys/wait.h>

using namespace segell;
using namespace segell::storage;
using namespace segell::test;

namespace {

struct Ran {
  int exit = -1;
  std::string out;
};

Ran run_node(const std::string& arguments) {
  const std::string command = "node " SEGELL_SOURCE_DIR "/tests/node/log_check.mjs " + arguments + " 2>&1";
  FILE* pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  Ran ran;
  char buffer[4096];
  while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, pipe)) ran.out.append(buffer, count);
  const int status = ::pclose(pipe);
  ran.exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

int run_segell(std::vector<const char*> arguments, std::string& out) {
  arguments.insert(arguments.begin(), "segell");
  std::ostringstream result;
  std::ostringstream errors;
  const base::FixedClock clock(at_second(0));
  const auto code = cli::run(arguments, {result, errors, clock});
  out = result.str() + errors.str();
  return cli::to_int(code);
}

/// A log of `size` entries in several commits, and its openings as JSON.
void make_log(const std::string& folder, const std::string& openings_path, std::uint64_t size) {
  const auto open = open_store(folder);
  make_test_tenant(*open->store);
  for (std::uint64_t done = 0; done < size;) {
    const std::uint64_t group = std::min<std::uint64_t>(size - done, 1 + done / 2);
    REQUIRE(open->store->run(test_tenant(), [&](Transaction& tx) -> base::Result<void> {
      for (std::uint64_t i = 0; i < group; ++i)
        SEGELL_CHECK(tx.append_event(base::as_bytes("event " + std::to_string(done + i))));
      return base::ok();
    }));
    done += group;
  }
  base::Json openings = base::Json::array();
  const auto read = open->store->read(test_tenant(), [&](const View& view) -> base::Result<void> {
    for (std::uint64_t i = 0; i < size; ++i) {
      SEGELL_TRY(const Opening opening, view.evidence().opening(i));
      openings.push(base::Json::object(
          {{"index", i}, {"salt", base::to_hex(opening.salt)}, {"event", base::to_hex(opening.event)}}));
    }
    return base::ok();
  });
  REQUIRE(read);
  std::ofstream(openings_path) << base::write_json(openings);
}

}  // namespace

TEST_CASE("a second implementation agrees with logs of every shape") {
  for (const std::uint64_t size : {0, 1, 2, 255, 256, 257, 600, 66'000}) {
    const TempFolder folder;
    make_log(folder.path(), folder.path("openings.json"), size);
    std::string out;
    REQUIRE(run_segell({"log", "export", folder.path().c_str(), "-o", folder.path("log").c_str()}, out) == 0);
    const Ran ran = run_node(folder.path("log") + " " + folder.path("openings.json"));
    INFO(ran.out);
    CHECK(ran.exit == 0);
    CHECK(ran.out.find(std::to_string(size) + " entries") != std::string::npos);
    CHECK(ran.out.find(std::to_string(size) + " openings") != std::string::npos);
  }
}

TEST_CASE("the second implementation sees what was changed") {
  const TempFolder folder;
  make_log(folder.path(), folder.path("openings.json"), 300);
  const std::pair<const char*, int> places[] = {{"log/tile/0/000", 100},       {"log/tile/entries/000", 100},
                                                {"log/tile/1/000.p/1", 3},     {"log/checkpoint", 62},
                                                {"log/checkpoints.jsonl", 70}, {"openings.json", 40}};
  for (const auto& [name, offset] : places) {
    std::string out;
    REQUIRE(run_segell({"log", "export", folder.path().c_str(), "-o", folder.path("log").c_str()}, out) == 0);
    const std::string path = folder.path(name);
    const std::string before = base::to_text(*base::load_file(path, 1 << 24));
    std::string after = before;
    char& octet = after[static_cast<std::size_t>(offset)];
    octet = octet == '1' ? '2' : '1';
    std::ofstream(path, std::ios::binary) << after;
    const Ran ran = run_node(folder.path("log") + " " + folder.path("openings.json"));
    INFO(name << ": " << ran.out);
    CHECK(ran.exit == 1);
    CHECK(ran.out.starts_with("FAIL "));
    std::ofstream(path, std::ios::binary) << before;
  }
  CHECK(run_node(folder.path("log") + " " + folder.path("openings.json")).exit == 0);
}

TEST_CASE("segell log checks, proves and tells, with the frozen exit codes") {
  const TempFolder folder;
  make_log(folder.path(), folder.path("openings.json"), 300);
  const std::string dir = folder.path();
  std::string out;
  CHECK(run_segell({"log", "fsck", dir.c_str()}, out) == 0);
  CHECK(out.find("ok    segell.example/") == 0);
  CHECK(out.find("300 entries") != std::string::npos);
  CHECK(run_segell({"log", "fsck", "--json", dir.c_str()}, out) == 0);
  CHECK(base::parse_json(out));
  CHECK(run_segell({"log", "prove", dir.c_str(), "299"}, out) == 0);
  CHECK(out.starts_with("c2sp.org/tlog-proof@v1\nindex 299\n"));
  CHECK(run_segell({"log", "prove", dir.c_str(), "300"}, out) == 2);
  CHECK(run_segell({"log", "consistency", dir.c_str(), "7", "300"}, out) == 0);
  CHECK(out.find("\"consistent\":true") != std::string::npos);
  CHECK(run_segell({"log", "consistency", dir.c_str(), "0", "300"}, out) == 2);
  CHECK(run_segell({"log", "tail", dir.c_str(), "-n", "2"}, out) == 0);
  CHECK(out.starts_with("298 01"));
  CHECK(run_segell({"log", "fsck", "/nonexistent"}, out) == 2);
  CHECK(out.find("hint: ") != std::string::npos);
  CHECK(run_segell({"log", "fsck", dir.c_str(), "--kek", "/nonexistent"}, out) == 2);
  {
    const auto database = *sqlite::open_database(folder.path("segell.db"), sqlite::OpenMode::serve);
    REQUIRE((*database->open_session(Access::write))->execute("UPDATE log_head SET size = 299"));
  }
  CHECK(run_segell({"log", "fsck", dir.c_str()}, out) == 1);
  CHECK(out.find("FAIL  log.head") == 0);
}
