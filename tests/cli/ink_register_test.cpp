// The register of openings that `segell ink open` keeps. strace breaks the disk.
#include "cli/custodian.h"

#include "base/digest.h"

using namespace segell;
using namespace segell::tests;

TEST_CASE("the register says who, with whom, why and what, in a chain that shows every change") {
  const Custodian custodian;
  REQUIRE(custodian.open().ok());
  REQUIRE(custodian.open({{"-o", custodian.file("again")}}).ok());
  const std::string log = custodian.log();
  const auto first = base::parse_json(log.substr(0, log.find('\n'))).value();
  CHECK(*first.find("opener") == base::Json("Marta Inventada"));
  CHECK(*first.find("witness") == base::Json("Pere Exemple"));
  CHECK(*first.find("reason") == base::Json("ordre 12/2026"));
  CHECK(*first.find("twoPersons") == base::Json(true));
  CHECK(*first.find("envelope") ==
        base::Json(base::to_hex(base::sha256(base::as_bytes(read_file(custodian.file("envelope")))))));
  const auto held = custodian.openings();
  CHECK(held.exit_code == 0);
  CHECK(held.out.find("the chain holds: 4 lines, head ") != std::string::npos);
  const std::string head = held.out.substr(held.out.find("head ") + 5, 64);

  const auto changed = [&](const std::string& text) {
    write_file(custodian.file("openings.jsonl"), text);
    return custodian.openings({"--head", head}).exit_code;
  };
  CHECK(changed(log) == 0);
  std::string other = log;
  other.replace(other.find("Pere"), 4, "Pau ");
  CHECK(changed(other) == 1);
  check_ink_refused(custodian.open({{"-o", custodian.file("third")}}), 2, "line 2 does not follow the line before it");
  CHECK_FALSE(std::filesystem::exists(custodian.file("third")));
  CHECK(changed(log.substr(log.find('\n') + 1)) == 1);                      // the first line cut off
  CHECK(changed(log.substr(0, log.rfind('\n', log.size() - 2) + 1)) == 1);  // the last: only the noted head tells
  CHECK(changed("") == 1);
  CHECK(run({kSegell, "ink", "openings", custodian.file("none")}).exit_code == 2);
  write_file(custodian.file("openings.jsonl"), "");
  CHECK(custodian.openings().exit_code == 4);
}

TEST_CASE("a line that a crash cut short is closed and named by the next, and nothing is removed") {
  const Custodian custodian;
  REQUIRE(custodian.open().ok());
  const std::string whole = custodian.log();
  write_file(custodian.file("openings.jsonl"), whole + R"({"schema":"segell.ope)");
  CHECK(custodian.openings().exit_code == 0);
  REQUIRE(custodian.open({{"-o", custodian.file("again")}}).ok());
  CHECK(custodian.log().rfind(whole + "{\"schema\":\"segell.ope\n{", 0) == 0);
  const auto held = custodian.openings();
  CHECK_MESSAGE(held.exit_code == 0, held.all());
  CHECK(held.out.find("cut short by a crash") != std::string::npos);
}

TEST_CASE("what the register cannot durably say is not opened") {
  const Custodian custodian;
  // A sanitizer's search for leaks is a tracer too, and a process has one; and it writes something of its own, which is
  // left alone.
  const auto broken = [&](const std::string& fault, const std::vector<std::string>& only = {}) {
    std::vector<std::string> command = {"env",
                                        "LSAN_OPTIONS=detect_leaks=0",
                                        "strace",
                                        "-o",
                                        "/dev/null",
                                        "-e",
                                        "trace=fsync,write",
                                        "-e",
                                        "inject=" + fault};
    command.insert(command.end(), only.begin(), only.end());
    for (const auto& word : custodian.command()) command.push_back(word);
    return run(command);
  };
  check_ink_refused(broken("fsync:error=EIO:when=1"), 2, "the register cannot be written");
  CHECK_FALSE(custodian.wrote());
  check_ink_refused(broken("write:error=ENOSPC:when=1", {"-P", custodian.file("openings.jsonl")}), 2,
                    "no room left for the register");
  CHECK_FALSE(custodian.wrote());
  // The second line, after decryption: still nothing leaves.
  check_ink_refused(broken("fsync:error=EIO:when=3"), 2, "the register cannot be written");
  CHECK_FALSE(custodian.wrote());
  for (const std::string& place : {std::string("no-folder/openings.jsonl"), std::string()})
    check_ink_refused(custodian.open({{"--register", custodian.file(place)}}), 2, "the register cannot be written");
  CHECK_FALSE(custodian.wrote());
}
