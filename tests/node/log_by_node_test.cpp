#include "base/encoding.h"
#include "base/json.h"
#include "cli/verb.h"
#include "support/store_fixture.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <filesystem>
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

/// A log of `size` entries in several commits, and the key file that opens what is behind them.
void make_log(const TempFolder& folder, std::uint64_t size) {
  const auto open = open_store(folder.path());
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
  const std::string kek = folder.path("kek");
  std::ofstream(kek, std::ios::binary) << base::to_text(open->kek.view());
  std::filesystem::permissions(kek, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

int export_openings(const TempFolder& folder, std::string& out) {
  return run_segell({"log", "openings", folder.path().c_str(), "--kek", folder.path("kek").c_str(), "-o",
                     folder.path("openings.jsonl").c_str()},
                    out);
}

}  // namespace

TEST_CASE("a second implementation agrees with logs of every shape") {
  for (const std::uint64_t size : {0, 1, 2, 255, 256, 257, 600, 66'000}) {
    const TempFolder folder;
    make_log(folder, size);
    std::string out;
    REQUIRE(export_openings(folder, out) == 0);
    REQUIRE(run_segell({"log", "export", folder.path().c_str(), "-o", folder.path("log").c_str()}, out) == 0);
    const Ran ran = run_node(folder.path("log") + " " + folder.path("openings.jsonl"));
    INFO(ran.out);
    CHECK(ran.exit == 0);
    CHECK(ran.out.find(std::to_string(size) + " entries") != std::string::npos);
    CHECK(ran.out.find(std::to_string(size) + " openings") != std::string::npos);
  }
}

TEST_CASE("the second implementation sees what was changed") {
  const TempFolder folder;
  make_log(folder, 300);
  std::string told;
  REQUIRE(export_openings(folder, told) == 0);
  const std::pair<const char*, int> places[] = {{"log/tile/0/000", 100},       {"log/tile/entries/000", 100},
                                                {"log/tile/1/000.p/1", 3},     {"log/checkpoint", 62},
                                                {"log/checkpoints.jsonl", 70}, {"openings.jsonl", 50}};
  for (const auto& place : places) {
    const auto& [name, offset] = place;
    std::string out;
    REQUIRE(run_segell({"log", "export", folder.path().c_str(), "-o", folder.path("log").c_str()}, out) == 0);
    const std::string path = folder.path(name);
    const std::string before = base::to_text(*base::load_file(path, 1 << 24));
    std::string after = before;
    char& octet = after[static_cast<std::size_t>(offset)];
    octet = octet == '1' ? '2' : '1';
    std::ofstream(path, std::ios::binary) << after;
    const Ran ran = run_node(folder.path("log") + " " + folder.path("openings.jsonl"));
    INFO(place.first << ": " << ran.out);
    CHECK(ran.exit == 1);
    CHECK(ran.out.starts_with("FAIL "));
    std::ofstream(path, std::ios::binary) << before;
  }
  CHECK(run_node(folder.path("log") + " " + folder.path("openings.jsonl")).exit == 0);
}

TEST_CASE("segell log checks, proves and tells, with the frozen exit codes") {
  const TempFolder folder;
  make_log(folder, 300);
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

TEST_CASE("openings go to the owner of the file alone, and only with the right key") {
  const TempFolder folder;
  make_log(folder, 3);
  const std::string dir = folder.path();
  const std::string path = folder.path("openings.jsonl");
  std::string out;
  CHECK(run_segell({"log", "openings", dir.c_str(), "-o", path.c_str()}, out) == 2);  // no key, nothing
  {
    const std::string other = folder.path("other");
    std::ofstream(other, std::ios::binary) << std::string(32, 'x');
    std::filesystem::permissions(other, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    CHECK(run_segell({"log", "openings", dir.c_str(), "--kek", other.c_str(), "-o", path.c_str()}, out) == 2);
  }
  CHECK_FALSE(std::filesystem::exists(path));
  REQUIRE(export_openings(folder, out) == 0);
  CHECK(out.find("3 openings of 3 entries") != std::string::npos);
  CHECK(std::filesystem::status(path).permissions() ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  std::ifstream file(path);
  std::string line;
  for (std::uint64_t index = 0; index < 3; ++index) {
    REQUIRE(std::getline(file, line));
    const auto json = base::parse_json(line);
    REQUIRE(json);
    const auto event = base::from_base64(*json->find("event")->as_string());
    REQUIRE(event);
    CHECK(base::to_text(*event) == "event " + std::to_string(index));
  }
  std::filesystem::remove(folder.path("keys.db"));
  CHECK(export_openings(folder, out) == 2);
  CHECK(out.find("keys.db") != std::string::npos);
}
