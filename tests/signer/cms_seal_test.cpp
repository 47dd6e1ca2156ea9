#include "signer/ades/cms_seal.h"

#include "support/example_pki.h"

#include "base/encoding.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::signer::ades;

namespace {
struct Made {
  base::Bytes der;
  base::Bytes signature;
};

Made make_cms(const std::string& identity_name, std::string_view content) {
  const auto identity = tests::pki_identity(identity_name);
  const auto signer = CmsSigner::make(identity.certificate, identity.chain, identity.key->scheme()).value();
  CmsToBeSigned prepared(signer, base::sha256(base::as_bytes(content)));
  const auto signature = identity.key->sign(prepared.octets()).value();
  const auto done = std::move(prepared).complete(signature).value();
  CHECK(done.der().size() <= signer.max_size());
  CHECK(signer.max_size() < done.der().size() + 400);
  CHECK(base::as_text(done.signature_value()) == base::as_text(signature));
  return {done.der(), signature};
}

tests::RunResult openssl_verify(const tests::TemporaryFolder& folder, const Made& cms, std::string_view content) {
  tests::write_file(folder / "cms.der", base::as_text(cms.der));
  tests::write_file(folder / "content", content);
  return tests::run({"openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", folder / "cms.der",
                     "-content", folder / "content", "-CAfile", tests::pki_file("root.pem"), "-purpose", "any", "-out",
                     "/dev/null"});
}

std::string asn1_dump(const tests::TemporaryFolder& folder) {
  return tests::run({"openssl", "cms", "-cmsout", "-print", "-inform", "DER", "-in", folder / "cms.der"}).out;
}
}  // namespace

TEST_CASE("openssl verifies our CAdES signatures, RSA and P-256, and refuses them over other content") {
  for (const std::string name : {"seal-rsa", "seal-p256"}) {
    CAPTURE(name);
    const tests::TemporaryFolder folder;
    const Made cms = make_cms(name, "the content");
    const auto good = openssl_verify(folder, cms, "the content");
    CHECK_MESSAGE(good.ok(), good.all());
    CHECK_FALSE(openssl_verify(folder, cms, "the Content").ok());
  }
}

TEST_CASE("the signed attributes are exactly content-type, message-digest and signing-certificate-v2") {
  const tests::TemporaryFolder folder;
  openssl_verify(folder, make_cms("seal-p256", "x"), "x");
  const std::string dump = asn1_dump(folder);
  const auto begin = dump.find("signedAttrs:");
  const auto end = dump.find("signatureAlgorithm:", begin);
  REQUIRE(end != std::string::npos);
  const std::string attributes = dump.substr(begin, end - begin);
  CHECK(attributes.find("object: contentType (1.2.840.113549.1.9.3)") != std::string::npos);
  CHECK(attributes.find("object: messageDigest (1.2.840.113549.1.9.4)") != std::string::npos);
  CHECK(attributes.find("object: id-smime-aa-signingCertificateV2") != std::string::npos);
  std::size_t count = 0;
  for (auto at = attributes.find("object: "); at != std::string::npos; at = attributes.find("object: ", at + 1))
    ++count;
  CHECK(count == 3);
  CHECK(dump.find("signingTime") == std::string::npos);
  CHECK(dump.find("eContent: <ABSENT>") != std::string::npos);
}

TEST_CASE("the CMS is DER throughout: openssl writes the same octets again") {
  for (const std::string name : {"seal-rsa", "seal-p256"}) {
    const tests::TemporaryFolder folder;
    const Made cms = make_cms(name, "x");
    tests::write_file(folder / "cms.der", base::as_text(cms.der));
    const auto again =
        tests::run({"openssl", "cms", "-cmsout", "-inform", "DER", "-in", folder / "cms.der", "-outform", "DER"});
    CHECK(base::to_hex(base::as_bytes(again.out)) == base::to_hex(cms.der));
  }
}

TEST_CASE("a signature of an impossible size is refused") {
  const auto identity = tests::pki_identity("seal-p256");
  const auto signer = CmsSigner::make(identity.certificate, {}, identity.key->scheme()).value();
  CHECK(CmsToBeSigned(signer, {}).complete({}).error().reason == "cms.signature-size");
  CHECK(CmsToBeSigned(signer, {}).complete(base::Bytes(9000)).error().reason == "cms.signature-size");
  CHECK(CmsSigner::make(identity.certificate, {}, base::SignatureScheme::ed25519).error().reason == "cms.scheme");
}
