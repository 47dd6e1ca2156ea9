#include "signer/ades/timestamp_client.h"

#include "support/curl_exchange.h"
#include "support/example_pki.h"
#include "support/timestamp_peer.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::signer::ades;
using namespace std::chrono_literals;

namespace {
const tests::TimestampPeer& peer() {
  static const tests::TimestampPeer kPeer;
  return kPeer;
}

TimestampAuthority authority(const std::string& behaviour) {
  return {.url = peer().url(behaviour), .anchors = {tests::pki_certificate("root")}, .intermediates = {}, .policy = {}};
}

const base::Sha256 kDigest = base::sha256(base::as_bytes("covered"));

base::Result<TimestampToken> fetch(const TimestampAuthority& from, const TimestampBounds& bounds = {}) {
  tests::CurlExchange http;
  const base::SystemClock clock;
  return TimestampClient(http, clock, from, bounds).fetch(base::HashAlgorithm::sha256, kDigest);
}

std::string reason(const base::Result<TimestampToken>& result) {
  return result ? "accepted" : std::string(result.error().reason);
}
}  // namespace

TEST_CASE("a good authority's token is accepted, and openssl accepts it too") {
  const auto token = fetch(authority("good")).value();
  CHECK(timestamp_covers(token, base::as_bytes("covered")));
  CHECK_FALSE(timestamp_covers(token, base::as_bytes("Covered")));
  CHECK(token.policy() == "1.3.6.1.4.1.99999.1");
  CHECK(token.nonce().size() == 16);
  CHECK(token.accuracy() == base::Microseconds(1s));
  CHECK(token.certificates().size() == 2);
  CHECK(std::chrono::abs(token.time() - base::SystemClock().now()) < 10s);
  CHECK(check_timestamp_signature(token).holds());

  const tests::TemporaryFolder folder;
  tests::write_file(folder / "token", base::as_text(token.der()));
  tests::write_file(folder / "data", "covered");
  const auto verdict = tests::run({"openssl", "ts", "-verify", "-token_in", "-in", folder / "token", "-data",
                                   folder / "data", "-CAfile", tests::pki_file("root.pem")});
  CHECK_MESSAGE(verdict.ok(), verdict.all());
}

TEST_CASE("each lie of an authority has its own error") {
  CHECK(reason(fetch(authority("wrong-nonce"))) == "tsa.wrong-nonce");
  CHECK(reason(fetch(authority("wrong-imprint"))) == "tsa.wrong-imprint");
  CHECK(reason(fetch(authority("untrusted"))) == "tsa.untrusted");
  CHECK(reason(fetch(authority("garbage"))) == "tsa.malformed");
  CHECK(reason(fetch(authority("huge-answer"))) == "tsa.too-large");
  const auto rejected = fetch(authority("rejected"));
  CHECK(reason(rejected) == "tsa.rejected");
  CHECK(rejected.error().message.find("badDataFormat: Bad request format") != std::string::npos);
  CHECK(rejected.error().code == base::Code::untrusted);
}

TEST_CASE("an authority that is silent, gone or broken is an error in time") {
  const auto start = std::chrono::steady_clock::now();
  CHECK(reason(fetch(authority("slow"), {.deadline = 300ms})) == "tsa.timeout");
  CHECK(std::chrono::steady_clock::now() - start < 3s);
  CHECK(reason(fetch(authority("down"))) == "tsa.unreachable");
  CHECK(reason(fetch(authority("error"))) == "tsa.unreachable");
  auto nowhere = authority("good");
  nowhere.url = "http://127.0.0.1:1/";
  CHECK(reason(fetch(nowhere)) == "tsa.unreachable");
}

TEST_CASE("a policy is asked for and checked") {
  auto second = authority("good");
  second.policy = "1.3.6.1.4.1.99999.2";
  CHECK(fetch(second).value().policy() == "1.3.6.1.4.1.99999.2");
  auto unknown = authority("good");
  unknown.policy = "1.3.6.1.4.1.99999.3";
  CHECK(reason(fetch(unknown)) == "tsa.rejected");
  unknown.policy = "not an oid";
  CHECK(reason(fetch(unknown)) == "tsa.policy");
}

TEST_CASE("a genTime far from our clock, or an anchor that is not there, is not believed") {
  tests::CurlExchange http;
  const base::FixedClock tomorrow(base::SystemClock().now() + 24h);
  CHECK(reason(TimestampClient(http, tomorrow, authority("good")).fetch(base::HashAlgorithm::sha256, kDigest)) ==
        "tsa.wrong-time");
  auto no_anchor = authority("good");
  no_anchor.anchors = {tests::pki_certificate("unknown-root")};
  CHECK(reason(fetch(no_anchor)) == "tsa.untrusted");
  no_anchor.anchors = {};
  CHECK(reason(fetch(no_anchor)) == "tsa.untrusted");
}

TEST_CASE("a token with any octet changed is malformed or does not hold, and never crashes") {
  const auto token = fetch(authority("good")).value();
  int accepted = 0;
  for (std::size_t i = 0; i < token.der().size(); i += 7) {
    auto octets = base::to_bytes(token.der());
    octets[i] ^= std::byte{0x01};
    const auto changed = TimestampToken::parse(octets);
    if (!changed || !check_timestamp_signature(*changed).holds()) continue;
    ++accepted;  // an unused embedded certificate, say
    CHECK(base::as_text(changed->imprint()) == base::as_text(token.imprint()));
    CHECK(changed->time() == token.time());
  }
  CHECK(accepted < 200);
  auto longer = base::to_bytes(token.der());
  longer.push_back(std::byte{0});
  CHECK(TimestampToken::parse(longer).error().reason == "timestamp.malformed");
  CHECK(TimestampToken::parse(base::Bytes(TimestampToken::kMaxBytes + 1)).error().reason == "timestamp.too-large");
}

TEST_CASE("a seal certificate cannot stamp time") {
  // A CMS around a TSTInfo, made by openssl with a certificate that lacks the critical timeStamping usage.
  const auto token = fetch(authority("good")).value();
  const tests::TemporaryFolder folder;
  tests::write_file(folder / "token", base::as_text(token.der()));
  const auto inner = tests::run(
      {"openssl", "cms", "-verify", "-noverify", "-inform", "DER", "-in", folder / "token", "-out", folder / "info"});
  REQUIRE(inner.ok());
  const auto made = tests::run({"openssl",
                                "cms",
                                "-sign",
                                "-binary",
                                "-nodetach",
                                "-cades",
                                "-md",
                                "sha256",
                                "-nosmimecap",
                                "-econtent_type",
                                "1.2.840.113549.1.9.16.1.4",
                                "-in",
                                folder / "info",
                                "-signer",
                                tests::pki_file("seal-rsa.pem"),
                                "-inkey",
                                tests::pki_file("seal-rsa.key"),
                                "-outform",
                                "DER",
                                "-out",
                                folder / "forged"});
  REQUIRE_MESSAGE(made.ok(), made.all());
  const std::string octets = tests::read_file(folder / "forged");
  const auto forged = TimestampToken::parse(base::as_bytes(octets)).value();
  const auto check = check_timestamp_signature(forged);
  CHECK(check.signature_fits);
  CHECK(check.attributes_fit);
  CHECK(check.bound);
  CHECK_FALSE(check.usage_fits);
  CHECK(check.detail == "its signer's certificate is not for timestamps");
}
