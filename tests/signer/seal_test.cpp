#include "signer/ades/seal.h"

#include "support/curl_exchange.h"
#include "support/example_pki.h"
#include "support/pdf_oracles.h"
#include "support/sample_pdf.h"
#include "support/timestamp_peer.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::signer;
using namespace segell::signer::ades;
using namespace std::chrono_literals;

namespace {
const tests::TimestampPeer& peer() {
  static const tests::TimestampPeer kPeer;
  return kPeer;
}

const Sealer& sealer(const std::string& name) {
  static std::map<std::string, Sealer> all;
  const auto found = all.find(name);
  if (found != all.end()) return found->second;
  return all.emplace(name, Sealer::make(tests::pki_identity(name)).value()).first->second;
}

struct Authority {
  tests::CurlExchange http{};
  base::SystemClock clock{};
  TimestampClient client;
  explicit Authority(const std::string& behaviour, TimestampBounds bounds = {})
      : client(http, clock,
               {.url = peer().url(behaviour),
                .anchors = {tests::pki_certificate("root")},
                .intermediates = {},
                .policy = {}},
               bounds) {}
};

SealRequest request_for(pdf::SignaturePlace place) {
  return {.place = std::move(place),
          .reason = "Conformitat amb l'acord (exemple)",
          .claimed_time = base::SystemClock().now()};
}

pdf::Document open(const std::string& octets) {
  return pdf::Document::open(pdf::borrow_source(base::as_bytes(octets))).value();
}

base::Result<SealedRevision> try_seal(const std::string& pdf, const std::string& key, SealRequest request,
                                      TimeDemand demand = TimeDemand::none, const TimestampClient* tsa = nullptr) {
  const pdf::Document document = open(pdf);
  return sealer(key).seal(document, std::move(request), demand, tsa);
}

std::string seal(const std::string& pdf, const std::string& key, SealRequest request,
                 TimeDemand demand = TimeDemand::none, const TimestampClient* tsa = nullptr) {
  const auto revision = try_seal(pdf, key, std::move(request), demand, tsa);
  if (!revision) FAIL(revision.error().message);
  CHECK(revision->base_length == pdf.size());
  return pdf + base::to_text(revision->bytes);
}

// Every oracle on the nth signature of the file, which is its last.
void check_with_oracles(const std::string& pdf, std::size_t nth, bool timestamped) {
  std::string said;
  const auto signatures = tests::pdfsig(pdf, &said);
  CAPTURE(said);
  REQUIRE(signatures.size() == nth + 1);
  for (const auto& signature : signatures) {
    CHECK(signature.valid);
    CHECK(signature.sub_filter == "ETSI.CAdES.detached");
  }
  CHECK(signatures[nth].total_document);
  CHECK(tests::qpdf_complaints(pdf) == "");
  for (std::size_t i = 0; i <= nth; ++i) CHECK(tests::openssl_cms_complaints(tests::covered_bytes(pdf, i)) == "");
  const auto stamp = tests::signature_timestamp(tests::covered_bytes(pdf, nth).der);
  CHECK(stamp.token.empty() == !timestamped);
  if (timestamped) CHECK(tests::openssl_ts_complaints(stamp.token, stamp.signature) == "");
}
}  // namespace

TEST_CASE("every kind of seal is valid for pdfsig, openssl and qpdf") {
  const Authority good("good");
  for (const int rotate : {0, 90, 180, 270}) {
    const std::string classic = tests::make_sample_pdf({.rotate = rotate});
    const std::string streams = tests::with_object_streams(classic);
    for (const std::string& pdf : {classic, streams}) {
      for (const std::string key : {"seal-rsa", "seal-p256"}) {
        CAPTURE(rotate);
        CAPTURE(key);
        const bool timestamped = rotate == 0 || rotate == 270;
        const pdf::SignaturePlace place = rotate == 180
                                              ? pdf::SignaturePlace(pdf::InvisibleField{})
                                              : pdf::SignaturePlace(pdf::VisibleField{"", 0, {100, 100, 320, 190}});
        const std::string sealed =
            seal(pdf, key, request_for(place), timestamped ? TimeDemand::required : TimeDemand::none, &good.client);
        check_with_oracles(sealed, 0, timestamped);
      }
    }
  }
}

TEST_CASE("a second and a third signer leave the earlier signatures valid") {
  const Authority good("good");
  for (const bool object_streams : {false, true}) {
    std::string pdf = tests::make_sample_pdf();
    if (object_streams) pdf = tests::with_object_streams(pdf);
    pdf = seal(pdf, "seal-p256", request_for(pdf::VisibleField{"", 0, {50, 50, 200, 120}}));
    check_with_oracles(pdf, 0, false);
    pdf = seal(pdf, "seal-rsa", request_for(pdf::VisibleField{"", 2, {50, 50, 200, 120}}), TimeDemand::required,
               &good.client);
    check_with_oracles(pdf, 1, true);
    pdf = seal(pdf, "seal-p256", request_for(pdf::InvisibleField{"Third"}));
    check_with_oracles(pdf, 2, false);
    const auto signatures = tests::pdfsig(pdf);
    CHECK(signatures[0].field == "Signature1");
    CHECK(signatures[1].field == "Signature2");
    CHECK(signatures[2].field == "Third");
    CHECK_FALSE(signatures[0].total_document);
  }
}

TEST_CASE("one changed octet in the signed ranges is seen by every oracle") {
  const std::string sealed = seal(tests::make_sample_pdf(), "seal-rsa", request_for(pdf::InvisibleField{}));
  std::string changed = sealed;
  changed[changed.find("exemple")] = 'E';
  CHECK_FALSE(tests::pdfsig(changed).at(0).valid);
  CHECK(tests::openssl_cms_complaints(tests::covered_bytes(changed, 0)) != "");
}

TEST_CASE("a document hash that the caller kept gives the same seal as hashing again") {
  const std::string pdf = tests::make_sample_pdf();
  base::Hasher hasher(base::HashAlgorithm::sha256);
  hasher.update(base::as_bytes(pdf));
  auto request = request_for(pdf::InvisibleField{});
  const pdf::Document document = open(pdf);
  const auto plain = sealer("seal-rsa").prepare(document, request).value().document_digest();
  request.document_hash = &hasher;
  CHECK(sealer("seal-rsa").prepare(document, request).value().document_digest() == plain);
  check_with_oracles(seal(pdf, "seal-rsa", request), 0, false);
}

TEST_CASE("the stages can stand apart: the signature may come from anywhere") {
  const std::string pdf = tests::make_sample_pdf();
  const pdf::Document document = open(pdf);
  auto prepared = sealer("seal-p256").prepare(document, request_for(pdf::InvisibleField{})).value();
  const tests::TemporaryFolder folder;
  tests::write_file(folder / "tbs", base::as_text(prepared.to_be_signed()));
  const auto signature =
      tests::run({"openssl", "dgst", "-sha256", "-sign", tests::pki_file("seal-p256.key"), folder / "tbs"});
  REQUIRE(signature.ok());
  const auto revision = std::move(prepared).complete(base::as_bytes(signature.out)).value().finish().has_value();
  CHECK(revision);
}

TEST_CASE("a token larger than the room kept makes the seal start over with the measured size") {
  const Authority huge("huge-token");
  const std::string sealed = seal(tests::make_sample_pdf(), "seal-rsa", request_for(pdf::InvisibleField{}),
                                  TimeDemand::required, &huge.client);
  check_with_oracles(sealed, 0, true);
}

TEST_CASE("a token over another signature is refused") {
  const Authority good("good");
  const auto token = good.client.fetch(base::HashAlgorithm::sha256, base::sha256(base::as_bytes("another"))).value();
  auto request = request_for(pdf::InvisibleField{});
  request.timestamp_room = 8192;
  const std::string pdf = tests::make_sample_pdf();
  const pdf::Document document = open(pdf);
  auto prepared = sealer("seal-rsa").prepare(document, request).value();
  const auto signature = sealer("seal-rsa").identity().key->sign(prepared.to_be_signed()).value();
  auto refused = std::move(prepared).complete(signature).value().finish(token);
  CHECK(refused.error().reason == "tsa.wrong-imprint");
}

TEST_CASE("no time, and the seal stays B-B with its reason, or is refused where time is required") {
  const std::string pdf = tests::make_sample_pdf();
  for (const std::string behaviour :
       {"down", "wrong-nonce", "wrong-imprint", "untrusted", "garbage", "rejected", "slow"}) {
    CAPTURE(behaviour);
    const Authority liar(behaviour, {.deadline = 1s});
    const auto pending =
        try_seal(pdf, "seal-p256", request_for(pdf::InvisibleField{}), TimeDemand::wanted, &liar.client);
    REQUIRE(pending.has_value());
    CHECK_FALSE(pending->timestamp.has_value());
    REQUIRE(pending->timestamp_failure.has_value());
    const auto refused =
        try_seal(pdf, "seal-p256", request_for(pdf::InvisibleField{}), TimeDemand::required, &liar.client);
    CHECK(refused.error().reason == pending->timestamp_failure->reason);
    check_with_oracles(pdf + base::to_text(pending->bytes), 0, false);
  }
  CHECK(try_seal(pdf, "seal-p256", request_for(pdf::InvisibleField{}), TimeDemand::wanted).error().reason ==
        "seal.no-authority");
}

TEST_CASE("a late timestamp is one more revision over the whole document") {
  const Authority good("good");
  for (const bool object_streams : {false, true}) {
    std::string pdf = tests::make_sample_pdf();
    if (object_streams) pdf = tests::with_object_streams(pdf);
    pdf = seal(pdf, "seal-p256", request_for(pdf::InvisibleField{}));
    const std::string stamped = pdf + base::to_text(append_document_timestamp(open(pdf), good.client).value().bytes);
    CHECK(tests::qpdf_complaints(stamped) == "");
    CHECK(tests::pdfsig(stamped).at(0).valid);  // poppler does not judge document timestamps
    const auto covered = tests::covered_bytes(stamped, 1);
    CHECK(covered.content.size() + 2 * 6144 <= stamped.size());
    CHECK(tests::openssl_ts_complaints(covered.der, covered.content) == "");
    CHECK(stamped.find("ETSI.RFC3161") != std::string::npos);
    CHECK(stamped.find("/DocTimeStamp") != std::string::npos);
    const std::string again = seal(stamped, "seal-rsa", request_for(pdf::InvisibleField{}));
    CHECK(tests::pdfsig(again).back().total_document);
  }
  const Authority huge("huge-token");
  const std::string pdf = tests::make_sample_pdf();
  const std::string stamped = pdf + base::to_text(append_document_timestamp(open(pdf), huge.client).value().bytes);
  const auto covered = tests::covered_bytes(stamped, 0);
  CHECK(tests::openssl_ts_complaints(covered.der, covered.content) == "");
}

TEST_CASE("the manifest travels as an embedded file of the signature, and qpdf finds it") {
  auto request = request_for(pdf::InvisibleField{});
  request.manifest = base::to_bytes(R"({"schema":"segell.manifest/1"})");
  const std::string sealed = seal(tests::make_sample_pdf(), "seal-rsa", request);
  check_with_oracles(sealed, 0, false);
  const auto signatures = pdf::find_signatures(open(sealed)).value();
  REQUIRE(signatures.size() == 1);
  CHECK(base::as_text(signatures[0].manifest.value()) == base::as_text(request.manifest));
  CHECK(signatures[0].reason == "Conformitat amb l'acord (exemple)");
  CHECK(signatures[0].faults.empty());
  CHECK(sealed.find("/SGLL_Manifest") != std::string::npos);
  CHECK(sealed.find("/EmbeddedFiles") == std::string::npos);  // never from the catalog
}

TEST_CASE("certificates that may not seal are named with their reason") {
  const auto now = base::SystemClock().now();
  CHECK(check_seal_certificate(tests::pki_certificate("seal-rsa"), now).has_value());
  CHECK(check_seal_certificate(tests::pki_certificate("seal-expired"), now).error().reason ==
        "seal.certificate-expired");
  CHECK(check_seal_certificate(tests::pki_certificate("seal-not-yet-valid"), now).error().reason ==
        "seal.certificate-not-yet-valid");
  CHECK(check_seal_certificate(tests::pki_certificate("seal-wrong-usage"), now).error().reason ==
        "seal.certificate-usage");
}
