#include "verify/samples.h"

#include "base/json.h"

#include <doctest/doctest.h>

// Whole verdicts on files of the second maker: what must pass passes, and each way of being wrong has its name.

namespace {

using namespace segell;
using namespace segell::tests;
using namespace segell::signer::ades;
namespace pdf = segell::signer::pdf;

std::string first_fault(const Verdict& verdict) {
  for (const auto& signature : verdict.signatures)
    for (const Check& check : signature.checks)
      if (check.status == CheckStatus::fail) return check.id + ": " + check.detail;
  return {};
}

}  // namespace

TEST_CASE("signatures of RSA, RSA-PSS, P-256 and other digests pass") {
  Samples samples;
  const auto plain = samples.plain();
  struct Row {
    std::string identity;
    Samples::Options options;
  };
  for (const Row& row : {
           Row{"seal-rsa", {}},
           Row{"seal-p256", {}},
           Row{"seal-rsa", {"--digest", "sha512"}},
           Row{"seal-rsa", {"--cms=-keyid"}},
           Row{"seal-rsa", {"--cms=-keyopt rsa_padding_mode:pss"}},
       }) {
    CAPTURE(row.identity);
    const Verdict verdict = judge(samples.sign(plain, row.identity, row.options));
    CHECK_MESSAGE(name_of(verdict) == "TOTAL-PASSED", first_fault(verdict));
    REQUIRE(verdict.signatures.size() == 1);
    const SignatureVerdict& signature = verdict.signatures[0];
    CHECK(signature.integrity == Integrity::intact);
    CHECK(signature.coverage == Coverage::whole_file);
    CHECK(signature.modification == Modification::none);
    CHECK(signature.level == Level::b_b);
    CHECK(signature.type == SignatureType::seal);
    CHECK(signature.evidence_level == 3);
    CHECK(signature.field == "Signature1");
    CHECK(signature.time_basis == TimeBasis::claimed);
    CHECK(base::format_rfc3339(*signature.claimed_time) == "2026-11-20T09:14:07Z");
    CHECK(signature.signer.common_name.find("Ajuntament de Vilaexemple") == 0);
    CHECK_FALSE(signature.act.present);
  }
}

TEST_CASE("a second and a third signature leave the earlier ones standing") {
  Samples samples;
  auto file = samples.sign(samples.plain(), "seal-rsa");
  file = samples.sign(file, "seal-p256", {"--field", "Signature2"});
  file = samples.sign(file, "seal-rsa", {"--field", "Signature3"});
  const Verdict verdict = judge(file);
  CHECK_MESSAGE(name_of(verdict) == "TOTAL-PASSED", first_fault(verdict));
  REQUIRE(verdict.signatures.size() == 3);
  for (int i = 0; i < 3; ++i) {
    const auto& signature = verdict.signatures[static_cast<std::size_t>(i)];
    CHECK(signature.index == i);
    CHECK(signature.field == "Signature" + std::to_string(i + 1));
    CHECK(signature.coverage == (i == 2 ? Coverage::whole_file : Coverage::whole_revision));
    CHECK(signature.modification == (i == 2 ? Modification::none : Modification::permitted));
  }
}

TEST_CASE("a document timestamp gives the seals before it a proven time") {
  Samples samples;
  const auto sealed = samples.sign(samples.plain(), "seal-rsa");
  const Verdict verdict = judge(samples.timestamp(sealed));
  CHECK_MESSAGE(name_of(verdict) == "TOTAL-PASSED", first_fault(verdict));
  REQUIRE(verdict.signatures.size() == 2);
  CHECK(verdict.signatures[0].time_basis == TimeBasis::tsa);
  CHECK(verdict.signatures[0].level == Level::b_t);
  CHECK(verdict.signatures[0].proven_time == verdict.signatures[1].proven_time);
  CHECK(verdict.signatures[1].type == SignatureType::document_timestamp);
}

TEST_CASE("a timestamp of an authority that leads nowhere proves no time, and counts") {
  Samples samples;
  const auto sealed = samples.sign(samples.plain(), "seal-rsa");
  const Verdict verdict = judge(samples.timestamp(sealed, "tsa-untrusted", ""));
  CHECK(name_of(verdict) == "INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND");
  CHECK(name_of(verdict.signatures[0]) == "TOTAL-PASSED");
  CHECK_FALSE(verdict.signatures[0].proven_time);
  CHECK(verdict.signatures[0].level == Level::b_b);
}

TEST_CASE("a document timestamp by a certificate that is not for timestamps is not trusted") {
  Samples samples;
  // openssl refuses to make such a token, so a plain signature stands in its place: no token at all
  const Verdict verdict = judge(samples.sign(samples.plain(), "seal-rsa", {"--sub-filter", "ETSI.RFC3161"}));
  CHECK(verdict.indication == Indication::total_failed);
}

TEST_CASE("each broken certificate has its own answer") {
  Samples samples;
  const auto plain = samples.plain();
  const auto answer = [&](const std::string& identity, const std::string& chain = "issuing") {
    return name_of(judge(samples.sign(plain, identity, {}, chain)));
  };
  CHECK(answer("seal-expired") == "INDETERMINATE/OUT_OF_BOUNDS_NO_POE");
  CHECK(answer("seal-not-yet-valid") == "TOTAL-FAILED/NOT_YET_VALID");
  CHECK(answer("seal-revoked") == "INDETERMINATE/REVOKED_NO_POE");
  CHECK(answer("seal-wrong-usage") == "INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE");
  CHECK(answer("seal-unknown-ca", "") == "INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND");
  CHECK(answer("seal-rsa", "") == "INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND");  // its issuer is nowhere
}

TEST_CASE("without any anchor nothing passes") {
  Samples samples;
  const auto sealed = samples.sign(samples.plain(), "seal-rsa");
  const Verifier verifier{TrustMaterial{}};
  const auto verdict =
      verifier.verify_pdf(pdf::borrow_source(sealed), "a", {.at = base::SystemClock().now(), .disclosures = {}});
  CHECK(name_of(verdict) == "INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND");
  CHECK(verdict.signatures[0].integrity == Integrity::intact);
}

TEST_CASE("an anchor that is the signer's own certificate is honoured") {
  Samples samples;
  const auto sealed = samples.sign(samples.plain(), "seal-rsa");
  TrustMaterial trust;
  REQUIRE(trust.add_pem(read_file(pki_file("seal-rsa.pem"))));
  const auto verdict =
      Verifier(trust).verify_pdf(pdf::borrow_source(sealed), "a", {.at = base::SystemClock().now(), .disclosures = {}});
  CHECK_MESSAGE(name_of(verdict) == "TOTAL-PASSED", first_fault(verdict));
}

TEST_CASE("validity is judged at the time that is asked for") {
  Samples samples;
  const auto sealed = samples.sign(samples.plain(), "seal-rsa");
  const auto at = [&](const char* time) {
    return name_of(judge(sealed, {.at = base::parse_rfc3339(time).value(), .disclosures = {}}));
  };
  CHECK(at("2049-01-01T00:00:00Z") == "INDETERMINATE/OUT_OF_BOUNDS_NO_POE");
  CHECK(at("2020-01-01T00:00:00Z") == "TOTAL-FAILED/NOT_YET_VALID");
}

TEST_CASE("a proof of existence outlives the certificate, and the time is the timestamp's") {
  Samples samples;
  const auto stamped = samples.timestamp(samples.sign(samples.plain(), "seal-rsa"));
  // the seal's certificate ends in three years, the authority's in five
  const base::Instant at = base::SystemClock().now() + std::chrono::hours(24 * 1500);
  const auto suite = AlgorithmSuite::parse(R"({"SecuritySuitabilityPolicy": {"Algorithm": [
    {"AlgorithmIdentifier": {"Name": "SHA-256", "ObjectIdentifier": "2.16.840.1.101.3.4.2.1"}, "Evaluation": {}},
    {"AlgorithmIdentifier": {"Name": "rsaEncryption", "ObjectIdentifier": "1.2.840.113549.1.1.1"}, "Evaluation": {}}]}})");
  REQUIRE(suite);
  const auto verdict = judge(stamped, {.at = at, .disclosures = {}, .suite = *suite});
  CHECK_MESSAGE(name_of(verdict.signatures[0]) == "TOTAL-PASSED", first_fault(verdict));
  CHECK(verdict.signatures[0].proven_time == verdict.signatures[1].proven_time);
  CHECK(verdict.suite_sha256 == suite->sha256());
  // the built-in suite ends RSA of PKCS#1 v1.5 in 2028: then the timestamp itself needs a later one
  CHECK(name_of(judge(stamped, {.at = at, .disclosures = {}}).signatures[1]) ==
        "INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE");
}

TEST_CASE("what CMS and PAdES forbid inside a signature is refused") {
  Samples samples;
  const auto plain = samples.plain();
  const auto answer = [&](Samples::Options options) {
    const Verdict verdict = judge(samples.sign(plain, "seal-rsa", std::move(options)));
    CHECK(verdict.indication != Indication::total_passed);
    return name_of(verdict) + " " + first_fault(verdict);
  };
  CHECK(answer({"--cms=-nodetach"}).find("TOTAL-FAILED/FORMAT_FAILURE cms.content") == 0);
  CHECK(answer({"--cms=-noattr"}).find("TOTAL-FAILED/FORMAT_FAILURE cms.attributes") == 0);
  CHECK(answer({"--cms=-nocades"}).find("INDETERMINATE/SIG_CONSTRAINTS_FAILURE cms.signing-certificate") == 0);
  CHECK(answer({"--cms=-nocerts"}).find("INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND") == 0);
  CHECK(answer({"--digest", "sha1"}).find("INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE") == 0);
  CHECK(answer({"--digest", "md5"}).find("INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE") == 0);
  CHECK(answer({"--cms",
                "-signer " + pki_file("seal-p256.pem").string() + " -inkey " + pki_file("seal-p256.key").string()})
            .find("TOTAL-FAILED/FORMAT_FAILURE cms.format") == 0);
  // a CMS message is no octet string
  CHECK(answer({"--sub-filter", "adbe.x509.rsa_sha1"}).find("TOTAL-FAILED/FORMAT_FAILURE cms.format") == 0);
  CHECK(answer({"--sub-filter", "Some.Thing"}).find("INDETERMINATE/SIG_CONSTRAINTS_FAILURE pdf.sub-filter") == 0);
}

TEST_CASE("plain CMS is judged by its own, looser rules") {
  Samples samples;
  const auto plain = samples.plain();
  const Samples::Options loose{"--sub-filter", "adbe.pkcs7.detached"};
  auto options = loose;
  options.insert(options.end(), {"--cms=-nocades"});
  Verdict verdict = judge(samples.sign(plain, "seal-rsa", options));
  CHECK_MESSAGE(name_of(verdict) == "TOTAL-PASSED", first_fault(verdict));
  CHECK(verdict.signatures[0].level == Level::none);
  options = loose;
  options.insert(options.end(), {"--cms=-noattr"});
  verdict = judge(samples.sign(plain, "seal-rsa", options));
  CHECK_MESSAGE(name_of(verdict) == "TOTAL-PASSED", first_fault(verdict));
}

TEST_CASE("later changes beyond signing are suspicious and named, and forbidden ones fail") {
  Samples samples;
  const auto plain = samples.plain();
  const auto sealed = samples.sign(plain, "seal-rsa");
  for (const char* kind : {"replace-content", "replace-contents-reference", "annotation", "remove-page"}) {
    CAPTURE(kind);
    const Verdict verdict = judge(samples.update(sealed, kind));
    CHECK(name_of(verdict) == "INDETERMINATE/SIG_CONSTRAINTS_FAILURE");
    REQUIRE(verdict.signatures.size() == 1);
    CHECK(verdict.signatures[0].integrity == Integrity::intact);
    CHECK(verdict.signatures[0].coverage == Coverage::whole_revision);
    CHECK(verdict.signatures[0].modification == Modification::suspicious);
    CHECK_FALSE(verdict.signatures[0].changes.empty());
  }
  const auto certified = samples.sign(plain, "seal-rsa", {"--docmdp", "2"});
  CHECK_MESSAGE(name_of(judge(certified)) == "TOTAL-PASSED", first_fault(judge(certified)));
  for (const char* kind : {"replace-content", "annotation", "remove-page"}) {
    CAPTURE(kind);
    const Verdict verdict = judge(samples.update(certified, kind));
    CHECK(name_of(verdict) == "TOTAL-FAILED/FORMAT_FAILURE");
    CHECK(verdict.signatures[0].modification == Modification::not_permitted);
  }
}

TEST_CASE("the legal twins of those changes pass") {
  Samples samples;
  const auto plain = samples.plain();
  for (const char* permission : {"1", "2", "3"}) {
    CAPTURE(permission);
    const auto certified = samples.sign(plain, "seal-rsa", {"--docmdp", permission});
    const Verdict store = judge(samples.update(certified, "dss"));
    CHECK_MESSAGE(name_of(store) == "TOTAL-PASSED", first_fault(store));
    CHECK(store.signatures[0].modification == Modification::permitted);
    const Verdict stamped = judge(samples.timestamp(certified));
    CHECK_MESSAGE(name_of(stamped) == "TOTAL-PASSED", first_fault(stamped));
  }
  const auto second = samples.sign(samples.sign(plain, "seal-rsa", {"--docmdp", "2"}), "seal-p256", {"--field", "Two"});
  CHECK_MESSAGE(name_of(judge(second)) == "TOTAL-PASSED", first_fault(judge(second)));
}

TEST_CASE("a certification without permission for signatures forbids a further one") {
  Samples samples;
  const auto certified = samples.sign(samples.plain(), "seal-rsa", {"--docmdp", "1"});
  const Verdict verdict = judge(samples.sign(certified, "seal-p256", {"--field", "Two"}));
  CHECK(name_of(verdict) == "TOTAL-FAILED/FORMAT_FAILURE");
  CHECK(name_of(verdict.signatures[1]) == "TOTAL-PASSED");
}

TEST_CASE("the same file gives the same JSON, whatever was seen before") {
  Samples samples;
  const auto file = samples.timestamp(samples.sign(samples.plain(), "seal-p256"));
  const Verifier verifier(example_trust());
  const VerifyOptions options{.at = base::SystemClock().now(), .disclosures = {}};
  const auto json = [&] {
    return base::write_json(to_json(verifier.verify_pdf(pdf::borrow_source(file), "a.pdf", options), "0"));
  };
  const std::string first = json();
  CHECK(json() == first);
  verifier.forget();
  CHECK(json() == first);
}
