#include "cli/exit_code.h"
#include "cli/program.h"

#include "support/child_process.h"

#include <doctest/doctest.h>

#include <sstream>

namespace {

using namespace segell;
using cli::ExitCode;

std::string name_of(ExitCode code) {
  switch (code) {
    case ExitCode::passed:
      return "passed";
    case ExitCode::proven_bad:
      return "proven_bad";
    case ExitCode::could_not_run:
      return "could_not_run";
    case ExitCode::indeterminate:
      return "indeterminate";
    case ExitCode::nothing_to_verify:
      return "nothing_to_verify";
  }
  return "";
}

}  // namespace

TEST_CASE("the table in docs/exit-codes.md is the enumeration") {
  std::istringstream page(tests::read_file(std::filesystem::path(SEGELL_SOURCE_DIR) / "docs/exit-codes.md"));
  std::string line;
  int rows = 0;
  while (std::getline(page, line)) {
    int code = 0;
    char name[32];
    if (std::sscanf(line.c_str(), "| %d | %31[a-z_] |", &code, name) != 2) continue;
    CHECK(name_of(static_cast<ExitCode>(code)) == name);
    ++rows;
  }
  CHECK(rows == 5);
}

TEST_CASE("help and version go to stdout and succeed") {
  auto done = tests::run({tests::kSegell, "--version"});
  CHECK(done.exit_code == 0);
  CHECK(done.out.substr(0, 7) == "segell ");
  CHECK(done.err.empty());
  done = tests::run({tests::kSegell, "--help"});
  CHECK(done.exit_code == 0);
  CHECK(done.out.find("verify") != std::string::npos);
  CHECK(done.out.find("inspect") != std::string::npos);
  CHECK(tests::run({tests::kSegell, "verify", "--help"}).exit_code == 0);
}

TEST_CASE("a wrong use says so in lower case on stderr, with a hint, and exits 2") {
  for (const auto& arguments :
       std::vector<std::vector<std::string>>{{tests::kSegell},
                                             {tests::kSegell, "frobnicate"},
                                             {tests::kSegell, "verify"},
                                             {tests::kSegell, "verify", "--no-such-option", "a.pdf"},
                                             {tests::kSegell, "verify", "--lang", "xx", "a.pdf"},
                                             {tests::kSegell, "verify", "--at", "yesterday", "a.pdf"},
                                             {tests::kSegell, "verify", "--trust", "/nonexistent", "a.pdf"},
                                             {tests::kSegell, "inspect", "/nonexistent.pdf"}}) {
    const auto done = tests::run(arguments);
    CAPTURE(done.err);
    CHECK(done.exit_code == 2);
    CHECK(done.out.empty());
    CHECK(done.err.substr(0, 8) == "segell: ");
    CHECK(std::islower(static_cast<unsigned char>(done.err[8])) + (done.err[8] == '/') + (done.err[8] == '-') > 0);
  }
}

TEST_CASE("an unwritable standard output is no success") {
  const auto done = tests::run({"sh", "-c", "\"$0\" --help > /dev/full", tests::kSegell});
  CHECK(done.exit_code == 2);
}

TEST_CASE("the program links neither a server, a database, a text engine nor what only the network needs") {
  const auto done = tests::run({"readelf", "-d", tests::kSegell});
  REQUIRE(done.ok());
  CHECK(done.out.find("libcrypto") != std::string::npos);  // the listing is of a dynamic program, and not empty
  for (const char* library :
       {"libPoco", "libpq", "libpango", "libcairo", "libspdlog", "libcurl", "libqpdf", "libgnutls"})
    CHECK(done.out.find(library) == std::string::npos);
}
