#include "cli/program.h"
#include "verify/samples.h"

#include "base/json.h"

#include <doctest/doctest.h>

#include <algorithm>

// `segell verify` and `segell inspect` as processes: exit codes, streams, no network.

namespace {

using namespace segell;
using namespace segell::tests;

const std::string kAnchors = pki_file("anchors").string();

RunResult verify(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {tests::kSegell, "verify", "--trust", kAnchors});
  return run(arguments);
}

base::Json parse_line(const std::string& text) {
  auto json = base::parse_json(text.substr(0, text.find('\n')));
  REQUIRE(json);
  return *json;
}

struct Files {
  Samples samples;
  std::filesystem::path plain, good, bad, unsure;
  Files() {
    const auto text = samples.plain();
    plain = samples.write(text, "plain-copy");
    const auto sealed = samples.sign(text, "seal-rsa");
    good = samples.write(sealed, "good");
    bad = samples.write(replaced(sealed, "page 2", "page 9"), "bad");
    unsure = samples.write(samples.sign(text, "seal-unknown-ca", {}, ""), "unsure");
  }
};

}  // namespace

TEST_CASE("each outcome has its exit code, its first line and its JSON") {
  Files files;
  struct Row {
    std::filesystem::path file;
    int exit;
    std::string indication;
  };
  for (const Row& row : {Row{files.good, 0, "TOTAL-PASSED"}, Row{files.bad, 1, "TOTAL-FAILED"},
                         Row{files.unsure, 3, "INDETERMINATE"}, Row{files.plain, 4, "NO-SIGNATURE"}}) {
    CAPTURE(row.indication);
    const auto text = verify({row.file.string()});
    CHECK(text.exit_code == row.exit);
    CHECK(text.out.find(row.indication) == 0);
    CHECK(text.err.empty());
    CHECK(std::count(text.out.begin(), text.out.end(), '\n') <= 12);
    const auto json = verify({"--json", row.file.string()});
    CHECK(json.exit_code == row.exit);
    const auto verdict = parse_line(json.out);
    CHECK(*verdict.find("schema")->as_string() == "segell.verdict/1");
    CHECK(*verdict.find("indication")->as_string() == row.indication);
    CHECK(*verdict.find("exit")->as_int() == row.exit);
    CHECK(*verdict.find("input")->as_string() == row.file.string());
    const auto quiet = verify({"--quiet", row.file.string()});
    CHECK(quiet.exit_code == row.exit);
    CHECK(quiet.out.empty());
  }
}

TEST_CASE("several inputs give a line each and the worst exit code; one that cannot be read does not stop the others") {
  Files files;
  const auto done =
      verify({"--json", files.good.string(), "/nonexistent.pdf", files.plain.string(), files.unsure.string()});
  CHECK(done.exit_code == 2);
  CHECK(std::count(done.out.begin(), done.out.end(), '\n') == 4);
  CHECK(done.out.find("\"indication\":\"ERROR\"") != std::string::npos);
  CHECK(verify({files.good.string(), files.unsure.string()}).exit_code == 3);
  CHECK(verify({files.good.string(), files.plain.string()}).exit_code == 4);
  CHECK(verify({files.bad.string(), "/nonexistent.pdf"}).exit_code == 1);
}

TEST_CASE("three languages, one first line") {
  Files files;
  const auto text = [&](const char* tag) { return verify({"--lang", tag, files.good.string()}).out; };
  CHECK(text("ca").find("No s'ha canviat des que es va signar.") != std::string::npos);
  CHECK(text("es").find("No ha cambiado desde que se firmó.") != std::string::npos);
  CHECK(text("en").find("Unchanged since signing.") != std::string::npos);
  CHECK(text("en") == text("en"));
}

TEST_CASE("a file that was changed is never said to have no changes, and a file that is no PDF says so") {
  Files files;
  CHECK(verify({files.bad.string()}).out.find("Changes:") == std::string::npos);
  CHECK(verify({files.good.string()}).out.find("Changes: none") != std::string::npos);
  const auto foreign = files.samples.write(base::as_bytes("hello"), "foreign");
  CHECK(verify({foreign.string()}).exit_code == 4);
  CHECK(verify({foreign.string()}).out.find("Why: the file is no PDF") != std::string::npos);
  CHECK(verify({"--lang", "ca", foreign.string()}).out.find("Motiu: el fitxer no és un PDF") != std::string::npos);
  CHECK(verify({files.plain.string()}).out.find("Why:") == std::string::npos);
}

TEST_CASE("what cannot be used is named in lower case, with a way out") {
  Files files;
  const auto foreign = files.samples.write(base::as_bytes("hello"), "foreign");
  struct Row {
    std::vector<std::string> arguments;
    std::string message, hint;
  };
  for (const Row& row : {
           Row{{"verify", "/nonexistent.pdf"}, "/nonexistent.pdf: no such file", "check the name"},
           Row{{"verify", "/tmp"}, "/tmp: is a directory", ""},
           Row{{"verify", "--trust", "/nonexistent", files.good.string()}, "no such file or directory", ""},
           Row{{"verify", "--disclosure", foreign.string(), files.good.string()},
               foreign.string() + ": ",
               "--disclosure"},
           Row{{"log"}, "segell: a subcommand is required", "--help"},
           Row{{"seal", "--key", pki_file("seal-rsa.p12").string(), "-o", "/tmp/o.pdf", files.plain.string()},
               "the passphrase does not open",
               "--passphrase-file"},
           Row{{"seal", "--key", pki_file("seal-rsa.key").string(), "-o", "/tmp/o.pdf", files.plain.string()},
               "--cert is required",
               "the PEM certificate"},
       }) {
    CAPTURE(row.message);
    auto arguments = row.arguments;
    arguments.insert(arguments.begin(), tests::kSegell);
    const auto done = run(arguments);
    CHECK(done.exit_code == 2);
    CHECK(done.out.empty());
    CHECK(done.err.find(row.message) != std::string::npos);
    if (!row.hint.empty()) CHECK(done.err.find("hint: ") != std::string::npos);
    CHECK(done.err.find(row.hint) != std::string::npos);
  }
}

TEST_CASE("without an anchor the answer is indeterminate, and a hint on stderr says what to do") {
  Files files;
  const auto done = run({tests::kSegell, "verify", files.good.string()});
  CHECK(done.exit_code == 3);
  CHECK(done.err.find("--trust") != std::string::npos);
}

TEST_CASE("the time of validation can be set") {
  Files files;
  CHECK(verify({"--at", "2049-01-01T00:00:00Z", files.good.string()}).exit_code == 3);
  CHECK(verify({"--at", "not a time", files.good.string()}).exit_code == 2);
}

TEST_CASE("verifying opens no socket, and works where there is no network") {
  Files files;
  // A sanitizer's search for leaks is a tracer too, and a process has one.
  const auto traced =
      run({"env", "LSAN_OPTIONS=detect_leaks=0", "strace", "-f", "-o", files.samples.path("trace").string(), "-e",
           "trace=network", tests::kSegell, "verify", "--trust", kAnchors, files.good.string()});
  CHECK(traced.exit_code == 0);
  const std::string trace = read_file(files.samples.path("trace"));
  CHECK(trace.find("socket(") == std::string::npos);
  CHECK(trace.find("connect(") == std::string::npos);
  CHECK(trace.find("exited with 0") != std::string::npos);  // strace did watch it
  CHECK(run({"unshare", "-rn", tests::kSegell, "verify", "--trust", kAnchors, files.good.string()}).exit_code == 0);
}

TEST_CASE("inspect shows the structure, and never writes a control character") {
  Files files;
  const auto done = run({tests::kSegell, "inspect", files.good.string()});
  CHECK(done.exit_code == 0);
  CHECK(done.out.find("revisions: 2") != std::string::npos);
  CHECK(done.out.find("field Signature1") != std::string::npos);
  const auto hostile = files.samples.write(
      replaced(base::as_bytes(read_file(files.good)), "/T (Signature1)", "/T (\x1b[2Jgnat\r1)"), "hostile");
  const auto shown = run({tests::kSegell, "inspect", hostile.string()});
  CHECK(shown.exit_code == 0);
  CHECK(std::all_of(shown.out.begin(), shown.out.end(),
                    [](unsigned char octet) { return octet >= 0x20 || octet == '\n'; }));
  const auto none = run({tests::kSegell, "inspect", "--manifest", files.good.string()});
  CHECK(none.exit_code == 4);
  CHECK(none.out.empty());
  CHECK(none.err.find("no signature of this document carries an evidence manifest") != std::string::npos);
}

TEST_CASE("pdfsig and openssl agree on the good file and on the changed one") {
  Files files;
  const auto pdfsig = run({"pdfsig", "-nocert", files.good.string()});
  CHECK(pdfsig.out.find("Signature is Valid.") != std::string::npos);
  CHECK(pdfsig.out.find("Total document signed") != std::string::npos);
  CHECK(run({"pdfsig", "-nocert", files.bad.string()}).out.find("Digest Mismatch") != std::string::npos);
}

TEST_CASE("--explain tells what a check means, in three languages, with or without a document") {
  using namespace segell::tests;
  const auto explain = [](std::vector<std::string> more) {
    more.insert(more.begin(), {kSegell, "verify", "--explain"});
    return run(more);
  };
  const auto english = explain({"cms.signing-certificate"});
  CHECK(english.exit_code == 0);
  CHECK(english.out.find("cms.signing-certificate\n") == 0);
  CHECK(english.out.find("RFC 5035") != std::string::npos);
  CHECK(english.out.find("What to do: ") != std::string::npos);
  CHECK(explain({"cms.signing-certificate", "--lang", "ca"}).out.find("Què fer: ") != std::string::npos);
  CHECK(explain({"cms.signing-certificate", "--lang", "es"}).out.find("Qué hacer: ") != std::string::npos);
  CHECK(explain({"act.shown"}).exit_code == 0);  // by its kind
  const auto machine = explain({"cert.revocation", "--json"});
  CHECK(machine.out.find("{\"check\":\"cert.revocation\",\"meaning\":\"") == 0);
  const auto unknown = explain({"cert.colour"});
  CHECK(unknown.exit_code == 2);
  CHECK(unknown.err.find("no verdict has a check cert.colour") != std::string::npos);
  CHECK(unknown.err.find("cert.revocation") != std::string::npos);
  const auto nothing = run({kSegell, "verify"});
  CHECK(nothing.exit_code == 2);
  CHECK(nothing.err.find("segell: a document is required") != std::string::npos);
}
