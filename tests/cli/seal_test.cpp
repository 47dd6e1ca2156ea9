// `segell seal` as its users run it.
#include "support/example_pki.h"
#include "support/pdf_oracles.h"
#include "support/sample_pdf.h"
#include "support/timestamp_peer.h"

#include <doctest/doctest.h>

using namespace segell;

namespace {
struct Desk {
  tests::TemporaryFolder folder{};
  std::string input = folder / "in.pdf";
  std::string output = folder / "out.pdf";
  Desk() { tests::write_file(input, tests::make_sample_pdf()); }

  // Options in pairs replace or extend the usual ones; an empty value drops one.
  tests::RunResult seal(std::vector<std::pair<std::string, std::string>> changes = {}) const {
    std::map<std::string, std::string> options = {{"--key", tests::pki_file("seal-rsa.key")},
                                                  {"--cert", tests::pki_file("seal-rsa.pem")},
                                                  {"--chain", tests::pki_file("issuing.pem")},
                                                  {"-o", output},
                                                  {"FILE", input}};
    for (auto& [name, value] : changes) options[name] = value;
    std::vector<std::string> command = {SEGELL_BIN "/segell", "seal"};
    for (const auto& [name, value] : options) {
      if (name == "FILE" || value.empty()) continue;
      command.push_back(name);
      command.push_back(value);
    }
    command.push_back(options["FILE"]);
    return tests::run(command);
  }
  [[nodiscard]] bool made() const { return std::filesystem::exists(output); }
};

void check_refused(const tests::RunResult& result, std::string_view words) {
  CAPTURE(result.err);
  CHECK(result.exit_code == 2);
  CHECK(result.out.empty());
  CHECK(result.err.rfind("segell: ", 0) == 0);
  CHECK(result.err.find(words) != std::string::npos);
}
}  // namespace

TEST_CASE("seal writes a valid file, says so on stdout and leaves its input alone") {
  const Desk desk;
  const auto result = desk.seal({{"--reason", "Acord d'exemple"}});
  CHECK(result.exit_code == 0);
  CHECK(result.err.empty());
  CHECK(result.out == desk.output + ": sealed in field Signature1, B-B, no timestamp\n");
  const std::string sealed = tests::read_file(desk.output);
  CHECK(tests::read_file(desk.input) == tests::make_sample_pdf());
  CHECK(sealed.rfind(tests::make_sample_pdf(), 0) == 0);
  CHECK(tests::pdfsig(sealed).at(0).total_document);
  CHECK(tests::openssl_cms_complaints(tests::covered_bytes(sealed, 0)) == "");
  CHECK(std::distance(std::filesystem::directory_iterator(desk.folder.path()), {}) == 2);
}

TEST_CASE("seal opens PKCS#12 with its passphrase, and names what is wrong with it") {
  const Desk desk;
  tests::write_file(desk.folder / "pass", "segell\n");
  const std::pair<std::string, std::string> p12[] = {
      {"--key", tests::pki_file("seal-p256.p12")}, {"--cert", ""}, {"--passphrase-file", desk.folder / "pass"}};
  const auto result = desk.seal({p12[0], p12[1], p12[2]});
  CHECK_MESSAGE(result.ok(), result.err);
  CHECK(tests::openssl_cms_complaints(tests::covered_bytes(tests::read_file(desk.output), 0)) == "");
  tests::write_file(desk.folder / "pass", "wrong\n");
  check_refused(desk.seal({p12[0], p12[1], p12[2]}), "passphrase");
  check_refused(desk.seal({p12[0], {"--cert", tests::pki_file("seal-rsa.pem")}, p12[2]}), "");
}

TEST_CASE("seal makes B-T with an authority, and nothing at all when the authority lies") {
  const tests::TimestampPeer peer;
  const Desk desk;
  const std::pair<std::string, std::string> level{"--level", "B-T"}, trust{"--tsa-trust", tests::pki_file("root.pem")};
  for (const std::string lie : {"wrong-nonce", "untrusted", "rejected", "down"}) {
    check_refused(desk.seal({level, trust, {"--tsa", peer.url(lie)}}), "timestamp");
    CHECK_FALSE(desk.made());
  }
  const auto result = desk.seal({level, trust, {"--tsa", peer.url("good")}});
  CHECK_MESSAGE(result.ok(), result.err);
  CHECK(result.out.find("B-T, time 20") != std::string::npos);
  const auto covered = tests::covered_bytes(tests::read_file(desk.output), 0);
  const auto stamp = tests::signature_timestamp(covered.der);
  CHECK(tests::openssl_ts_complaints(stamp.token, stamp.signature) == "");
  check_refused(desk.seal({level}), "timestamp authority");
  check_refused(desk.seal({level, {"--tsa", peer.url("good")}}), "no root certificate");
}

TEST_CASE("seal makes B-LT and B-LTA with revocation lists at hand, and extends what was sealed before") {
  const Desk desk;
  const tests::TimestampPeer peer;
  const std::string roots = tests::pki_file("anchors");
  const auto level_of = [&](const std::string& file) {
    const auto verdict = tests::run({SEGELL_BIN "/segell", "verify", "--json", "--trust", roots, file}).out;
    const auto at = verdict.find("\"level\":\"");
    return at == std::string::npos ? verdict : verdict.substr(at + 9, verdict.find('"', at + 9) - at - 9);
  };
  const std::pair<std::string, std::string> tsa{"--tsa", peer.url("good")}, trust{"--trust", roots};
  for (const std::string level : {"B-LT", "B-LTA"}) {
    const auto sealed = desk.seal({{"--level", level}, tsa, trust});
    CHECK_MESSAGE(sealed.exit_code == 0, sealed.err);
    CHECK(sealed.out.find("sealed in field Signature1, " + level + ", time ") != std::string::npos);
    CHECK(level_of(desk.output) == level);
    for (const auto& one : tests::pdfsig(tests::read_file(desk.output))) CHECK_FALSE(one.field.empty());
  }
  CHECK(desk.seal().exit_code == 0);
  CHECK(level_of(desk.output) == "B-B");
  const std::string lasting = desk.folder / "lasting.pdf";
  const auto extend = [&](std::vector<std::string> more) {
    std::vector<std::string> command{SEGELL_BIN "/segell", "seal", "--extend", "-o", lasting};
    command.insert(command.end(), more.begin(), more.end());
    command.push_back(desk.output);
    return tests::run(command);
  };
  const auto extended = extend({"--tsa", peer.url("down"), "--tsa", peer.url("good"), "--trust", roots});
  CHECK_MESSAGE(extended.exit_code == 0, extended.err);
  CHECK(extended.out.find("extended to B-LTA, 3 revisions, ") != std::string::npos);
  CHECK(level_of(lasting) == "B-LTA");
  CHECK(tests::read_file(lasting).rfind(tests::read_file(desk.output), 0) == 0);
  // the root alone: nobody answers for certificates that name no address
  const auto unanswered = extend({"--tsa", peer.url("good"), "--trust", tests::pki_file("root.pem")});
  check_refused(unanswered, "does not say where its revocation status is to be had");
  check_refused(extend({"--trust", roots}), "needs a timestamp authority");
  check_refused(extend({"--tsa", peer.url("good")}), "no root certificate");
  check_refused(extend({"--level", "B-T", "--tsa", peer.url("good")}), "--extend goes to level B-LT or B-LTA");
  check_refused(extend({"--key", tests::pki_file("seal-rsa.key"), "--tsa", peer.url("good")}),
                "--extend makes no seal");
}

TEST_CASE("seal fills an existing field by its name, or makes a new one") {
  const Desk desk;
  CHECK(desk.seal({{"--field", "Visat"}}).out.find("sealed in field Visat") != std::string::npos);
  const std::string second = desk.folder / "second.pdf";
  check_refused(desk.seal({{"FILE", desk.output}, {"-o", second}, {"--field", "Visat"}}), "sign");
}

TEST_CASE("what seal cannot do it says in words, with the way out") {
  const Desk desk;
  check_refused(desk.seal({{"--key", "pkcs11:token=t1;pin-value=1"}}), "hint: ");
  check_refused(desk.seal({{"--level", "B-LTA"}}), "level B-LTA needs a timestamp authority");
  check_refused(desk.seal({{"--key", ""}, {"--cert", ""}}), "--key is required");
  check_refused(desk.seal({{"--level", "B-X"}}), "--level is one of");
  check_refused(desk.seal({{"-o", desk.input}}), "would replace the input");
  check_refused(desk.seal({{"-o", desk.folder / "no-such-folder/out.pdf"}}), "cannot be written");
  check_refused(desk.seal({{"FILE", desk.folder / "missing.pdf"}}), "missing.pdf");
  check_refused(desk.seal({{"--cert", tests::pki_file("seal-p256.pem")}}), "certificate");
  check_refused(
      desk.seal({{"--key", tests::pki_file("seal-expired.key")}, {"--cert", tests::pki_file("seal-expired.pem")}}),
      "was valid until");
  CHECK_FALSE(desk.made());
  CHECK(tests::read_file(desk.input) == tests::make_sample_pdf());
}

TEST_CASE("seal refuses files that are no PDF, empty, cut short or encrypted, and writes nothing") {
  const Desk desk;
  const auto refused = [&](std::string_view content, std::string_view words) {
    tests::write_file(desk.folder / "bad", content);
    check_refused(desk.seal({{"FILE", desk.folder / "bad"}}), words);
    CHECK_FALSE(desk.made());
  };
  const std::string pdf = tests::make_sample_pdf();
  refused("", "");
  refused("hello, world", "PDF");
  refused(pdf.substr(0, pdf.size() / 2), "");
  const auto encrypted =
      tests::run({"qpdf", "--encrypt", "secret", "secret", "256", "--", desk.input, desk.folder / "e"});
  REQUIRE(encrypted.ok());
  refused(tests::read_file(desk.folder / "e"), "encrypted");
}
