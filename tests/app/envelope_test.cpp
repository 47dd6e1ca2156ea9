#include "custody_envelope.h"

#include "support/child_process.h"
#include "support/example_pki.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::app;
using tests::pki_certificate;

namespace {

/// An envelope as the openssl command makes it.
base::Bytes encrypt(std::vector<std::string> to, const std::string& cipher = "-aes-256-cbc",
                    std::vector<std::string> more = {}) {
  const tests::TemporaryFolder folder;
  tests::write_file(folder / "in", "{\"schema\":\"segell.ink/1\"}");
  std::vector<std::string> command = {"openssl",
                                      "cms",
                                      "-encrypt",
                                      "-binary",
                                      cipher,
                                      "-outform",
                                      "DER",
                                      "-in",
                                      (folder / "in").string(),
                                      "-out",
                                      (folder / "out").string()};
  command.insert(command.end(), more.begin(), more.end());
  for (const std::string& name : to) {
    command.insert(command.end(), {"-recip", tests::pki_file(name + ".pem").string(), "-keyopt",
                                   "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256"});
  }
  const auto made = tests::run(command);
  INFO(made.all());
  REQUIRE(made.ok());
  return base::to_bytes(tests::read_file(folder / "out"));
}

std::vector<CustodyRecipient> custodians() {
  return {{"custodian", "Col·legi", pki_certificate("custodian")}, {"reserve", "Arxiu", pki_certificate("reserve")}};
}

}  // namespace

TEST_CASE("an envelope to exactly the configured recipients is taken") {
  const auto facts = parse_envelope(encrypt({"custodian", "reserve"}));
  REQUIRE(facts);
  CHECK(facts->serials.size() == 2);
  CHECK(check_recipients(*facts, custodians()));
}

TEST_CASE("too few, other or doubled recipients are refused") {
  for (const auto& to : std::vector<std::vector<std::string>>{{"custodian"},
                                                              {"custodian", "custodian"},
                                                              {"custodian", "seal-rsa"},
                                                              {"custodian", "reserve", "seal-rsa"}}) {
    const auto facts = parse_envelope(encrypt(to));
    REQUIRE(facts);
    const auto checked = check_recipients(*facts, custodians());
    REQUIRE_FALSE(checked);
    CHECK(checked.error().reason == "act.envelope-recipients");
  }
}

TEST_CASE("weaker or other content encryption is refused") {
  for (const char* cipher : {"-aes-128-cbc", "-des3"}) {
    const auto facts = parse_envelope(encrypt({"custodian", "reserve"}, cipher));
    REQUIRE_FALSE(facts);
    CHECK(facts.error().reason == "act.envelope-malformed");
  }
}

TEST_CASE("what is cut short, has something behind it, or is no envelope is refused and never a crash") {
  const base::Bytes good = encrypt({"custodian", "reserve"});
  for (std::size_t length = 0; length < good.size(); ++length) {
    CHECK_FALSE(parse_envelope(base::BytesView(good).first(length)));
  }
  base::Bytes longer = good;
  longer.push_back(std::byte{0});
  CHECK_FALSE(parse_envelope(longer));
  CHECK_FALSE(parse_envelope(pki_certificate("custodian").der()));
  const auto huge = parse_envelope(base::Bytes(kMaxEnvelopeBytes + 1));
  REQUIRE_FALSE(huge);
  CHECK(huge.error().reason == "act.envelope-too-large");
}

TEST_CASE("every single octet may be changed without a crash") {
  const base::Bytes good = encrypt({"custodian", "reserve"});
  for (std::size_t at = 0; at < std::min<std::size_t>(good.size(), 900); ++at) {
    base::Bytes changed = good;
    changed[at] ^= std::byte{0xFF};
    static_cast<void>(parse_envelope(changed).has_value());
  }
  CHECK(parse_envelope(good));
}
