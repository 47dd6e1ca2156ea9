#include "trust/drill.h"

#include <doctest/doctest.h>

#include <algorithm>

// Proofs that last: sealed today, renewed twice, verified thirty years on, with authorities whose clock the test sets
// (tests/trust/authority.mjs). And what is told when they do not answer as they should.

namespace {

using namespace segell;
using namespace segell::tests;

std::string told(const base::Result<base::Bytes>& result) {
  return result ? "made" : std::string(result.error().reason) + ": " + result.error().message;
}

bool tells(const base::Result<base::Bytes>& result, std::string_view reason, std::string_view words) {
  const std::string text = told(result);
  INFO(text);
  const bool fits = text.find(reason) == 0 && text.find(words) != std::string::npos;
  CHECK_MESSAGE(fits, text);
  return fits;
}

}  // namespace

TEST_CASE("sealed today, renewed twice, and thirty years on every certificate below the root but the last has ended") {
  Drill drill;
  const auto sealed = drill.seal();
  CHECK(drill.verify(sealed, "2026-11-20").signatures[0].level == Level::b_t);
  auto made = drill.extend(sealed);
  REQUIRE_MESSAGE(made, told(made));
  const base::Bytes first = *made;
  CHECK(drill.verify(first, "2026-11-20").signatures[0].level == Level::b_lta);

  drill.set_time("2031-10-01");
  made = drill.extend(first);
  REQUIRE_MESSAGE(made, told(made));
  const base::Bytes second = *made;

  drill.set_time("2041-06-01");
  made = drill.extend(second);
  REQUIRE_MESSAGE(made, told(made));
  const base::Bytes third = *made;

  const Verdict verdict = drill.verify(third, "2056-11-20");
  CHECK_MESSAGE(name_of(verdict) == "TOTAL-PASSED", verdict.summary);
  CHECK(verdict.signatures[0].level == Level::b_lta);
  CHECK(base::format_rfc3339(*verdict.signatures[0].proven_time) == "2026-11-20T12:00:00Z");
  // each stage holds as long as its newest timestamp does, and no longer
  CHECK(name_of(drill.verify(sealed, "2030-01-01")) == "TOTAL-PASSED");
  CHECK(name_of(drill.verify(sealed, "2033-01-01")) == "INDETERMINATE/OUT_OF_BOUNDS_NO_POE");
  CHECK(name_of(drill.verify(first, "2033-01-01")) == "INDETERMINATE/OUT_OF_BOUNDS_NO_POE");
  CHECK(name_of(drill.verify(second, "2033-01-01")) == "TOTAL-PASSED");
  CHECK(name_of(drill.verify(second, "2043-01-01")) == "INDETERMINATE/OUT_OF_BOUNDS_NO_POE");
  CHECK(name_of(drill.verify(third, "2061-01-01")) == "INDETERMINATE/OUT_OF_BOUNDS_NO_POE");
  // what a renewal covers it protects: one octet of the first revisions
  base::Bytes spoilt = third;
  spoilt[200] ^= std::byte{1};
  CHECK(drill.verify(spoilt, "2056-11-20").indication == Indication::total_failed);

  // qpdf and poppler go on reading it
  Samples files;
  const auto path = files.write(third, "third");
  CHECK(run({"qpdf", "--check", path.string()}).exit_code == 0);
  CHECK(run({"pdfsig", "-nocert", path.string()}).out.find("Signature is Valid") != std::string::npos);
}

TEST_CASE("a CAdES signature lasts as long: extended, renewed, and verified when its certificates have ended") {
  Drill drill;
  const base::Bytes letter = base::to_bytes(base::as_bytes("Informe de mostra\n"));
  for (const ContentPlace place : {ContentPlace::detached, ContentPlace::enveloping}) {
    CAPTURE(place == ContentPlace::detached);
    drill.set_time("2026-11-20");
    const pdf::SourcePtr content = place == ContentPlace::detached ? pdf::borrow_source(letter) : nullptr;
    const auto sealed = drill.seal_cades(letter, place);
    const auto level = [&](const base::Bytes& file, const char* at) {
      return drill.verify_cades(file, content, at).signatures.at(0).level;
    };
    CHECK(level(sealed, "2026-11-20") == Level::b_b);
    const auto lasting = drill.extend_cades(sealed, content, LongTermLevel::b_lt);
    REQUIRE_MESSAGE(lasting, told(lasting));
    CHECK(level(*lasting, "2026-11-20") == Level::b_lt);
    const auto first = drill.extend_cades(*lasting, content);
    REQUIRE_MESSAGE(first, told(first));
    CHECK(level(*first, "2026-11-20") == Level::b_lta);
    // outside programs go on reading it
    Samples files;
    const auto path = files.write(*first, "first");
    std::vector<std::string> words{
        "openssl",     "cms",      "-verify", "-binary", "-cades",          "-inform", "DER",      "-in",
        path.string(), "-purpose", "any",     "-CAfile", drill.root_path(), "-out",    "/dev/null"};
    if (content) words.insert(words.end(), {"-content", files.write(letter, "letter").string()});
    const auto judged = run(words);
    CHECK_MESSAGE(judged.exit_code == 0, judged.err);

    drill.set_time("2031-10-01");
    const auto second = drill.extend_cades(*first, content);
    REQUIRE_MESSAGE(second, told(second));
    const Verdict verdict = drill.verify_cades(*second, content, "2041-06-01");
    CHECK_MESSAGE(name_of(verdict) == "TOTAL-PASSED", verdict.summary);
    CHECK(verdict.signatures.at(0).level == Level::b_lta);
    CHECK(base::format_rfc3339(*verdict.signatures.at(0).proven_time) == "2026-11-20T12:00:00Z");
    CHECK(name_of(drill.verify_cades(sealed, content, "2030-01-01")) == "INDETERMINATE/OUT_OF_BOUNDS_NO_POE");
    CHECK(name_of(drill.verify_cades(*first, content, "2030-01-01")) == "TOTAL-PASSED");
    CHECK(name_of(drill.verify_cades(*first, content, "2033-01-01")) == "INDETERMINATE/OUT_OF_BOUNDS_NO_POE");
  }
  const auto detached = drill.seal_cades(letter, ContentPlace::detached);
  CHECK(tells(drill.extend_cades(detached, nullptr), "extend.no-content", "not at hand"));
  CHECK(tells(drill.extend_cades(detached, pdf::borrow_source(base::as_bytes("another"))), "extend.broken",
              "do not hold"));
  CHECK(tells(drill.extend_cades(letter, nullptr), "extend.format", "neither a PDF, a CAdES"));
}

TEST_CASE("containers last as long: evidence in the signature file, and a timestamp over every file") {
  Drill drill;
  for (const ContainerKind kind : {ContainerKind::asic_s, ContainerKind::asic_e}) {
    CAPTURE(kind == ContainerKind::asic_e);
    drill.set_time("2026-11-20");
    const auto sealed = drill.seal_container(kind);
    const auto level = [&](const base::Bytes& file, const char* at) {
      return drill.verify_cades(file, nullptr, at).signatures.at(0).level;
    };
    CHECK(level(sealed, "2026-11-20") == Level::b_b);
    const auto lasting = drill.extend_container(sealed, LongTermLevel::b_lt);
    REQUIRE_MESSAGE(lasting, told(lasting));
    CHECK(level(*lasting, "2026-11-20") == Level::b_lt);
    const auto first = drill.extend_container(*lasting);
    REQUIRE_MESSAGE(first, told(first));
    drill.set_time("2031-10-01");
    const auto second = drill.extend_container(*first);
    REQUIRE_MESSAGE(second, told(second));
    const Verdict verdict = drill.verify_cades(*second, nullptr, "2041-06-01");
    CHECK_MESSAGE(name_of(verdict) == "TOTAL-PASSED", verdict.summary);
    const auto& signature = *std::ranges::find(verdict.signatures, SignatureType::seal, &SignatureVerdict::type);
    CHECK(signature.level == Level::b_lta);
    CHECK(signature.coverage == Coverage::whole_file);
    CHECK(base::format_rfc3339(*signature.proven_time) == "2026-11-20T12:00:00Z");
    CHECK(name_of(drill.verify_cades(*first, nullptr, "2033-01-01")) == "INDETERMINATE/OUT_OF_BOUNDS_NO_POE");
    Samples files;
    CHECK(run({"python3", "-m", "zipfile", "-t", files.write(*second, "second").string()}).exit_code == 0);
  }
}

TEST_CASE("renewal after the end is refused, and says that it is too late") {
  Drill drill;
  const auto first = drill.extend(drill.seal()).value();
  drill.set_time("2033-01-01");
  CHECK(tells(drill.extend(first), "extend.expired", "too late"));
}

TEST_CASE("what the document answers for is not asked again, and B-LT needs no authority for times") {
  Drill drill;
  const auto sealed = drill.seal();
  const auto lasting = drill.extend(sealed, LongTermLevel::b_lt);
  REQUIRE_MESSAGE(lasting, told(lasting));
  CHECK(drill.verify(*lasting, "2026-11-20").signatures[0].level == Level::b_lt);
  const int before = drill.answered();
  const auto again = drill.extend(*lasting, LongTermLevel::b_lt);
  REQUIRE_MESSAGE(again, told(again));
  CHECK(*again == *lasting);
  CHECK(drill.answered() == before);
}

TEST_CASE("a seal without a time gets one first") {
  Drill drill;
  const auto lasting = drill.extend(drill.seal("seal", TimeDemand::none), LongTermLevel::b_lt);
  REQUIRE_MESSAGE(lasting, told(lasting));
  const Verdict verdict = drill.verify(*lasting, "2026-11-20");
  CHECK_MESSAGE(verdict.signatures[0].level == Level::b_lt, verdict.summary);
  CHECK(verdict.signatures.size() == 2);
}

TEST_CASE("a responder that lies or is silent is named with the certificate, and the list answers where there is one") {
  Drill drill;
  const auto sealed = drill.seal();
  const auto both = drill.seal("both");
  for (const auto& row : std::initializer_list<std::array<const char*, 3>>{
           {"nonce", "revocation.not-believed", "nonce of another question"},
           {"stranger", "revocation.not-believed", "not signed by the issuer"},
           {"unknown", "revocation.not-believed", "does not know the certificate"},
           {"garbage", "revocation.not-believed", "cannot be read"},
           {"down", "revocation.unreachable", "/ocsp"}}) {
    const char* const mode = row[0];
    const char* const reason = row[1];
    const char* const words = row[2];
    CAPTURE(mode);
    drill.set_mode(mode);
    const auto refused = drill.extend(sealed);
    CHECK(tells(refused, reason, words));
    CHECK(told(refused).find("the certificate of Drill Seal (serial number ") != std::string::npos);
    const auto by_list = drill.extend(both);
    CHECK_MESSAGE(by_list, told(by_list));
  }
  drill.set_mode("revoked");
  CHECK(tells(drill.extend(both), "revocation.revoked", "it was revoked at 2026-11-10T12:00:00Z"));
}

TEST_CASE("a certificate that does not say where its status is to be had is named") {
  Drill drill;
  CHECK(tells(drill.extend(drill.seal("silent")), "revocation.no-address", "Drill Silent"));
}

TEST_CASE("an issuer's certificate that the signer left out is fetched from where the certificate says, and kept") {
  Drill drill;
  const auto sealed = drill.seal("lonely", TimeDemand::required, false);
  CHECK(name_of(drill.verify(sealed, "2026-11-20")) == "INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND");
  const auto lasting = drill.extend(sealed);
  REQUIRE_MESSAGE(lasting, told(lasting));
  CHECK(name_of(drill.verify(*lasting, "2026-11-20")) == "TOTAL-PASSED");
  // whoever says no address stays without a path
  CHECK(tells(drill.extend(drill.seal("seal", TimeDemand::required, false)), "extend.no-path", "leads to a root"));
}

TEST_CASE("the next authority is asked where the first cannot be had") {
  Drill drill;
  const auto sealed = drill.seal();
  const auto failing = drill.tsa("tsa-down");
  CHECK(tells(drill.extend(sealed, LongTermLevel::b_lta, &failing), "tsa.unreachable", "timestamp authority"));
  const auto lasting = drill.tsa("tsa-down", {"tsa-down", "tsa"});
  const auto made = drill.extend(sealed, LongTermLevel::b_lta, &lasting);
  CHECK_MESSAGE(made, told(made));
}

TEST_CASE("what is not worth keeping is refused") {
  Drill drill;
  Samples samples;
  CHECK(tells(drill.extend(samples.plain()), "extend.no-signature", "no signature"));
  auto broken = drill.seal();
  broken[200] ^= std::byte{1};
  CHECK(tells(drill.extend(broken), "extend.broken", "do not hold"));
  CHECK(tells(drill.extend(samples.sign(samples.plain(), "seal-rsa")), "extend.no-path", "leads to a root"));
}
