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

Made make_cms(const base::SealIdentity& identity, std::string_view content) {
  const auto signer = CmsSigner::make(identity.certificate, identity.chain, identity.key->scheme()).value();
  CmsToBeSigned prepared(signer, base::hash(signer.digest_algorithm(), base::as_bytes(content)));
  const auto signature = identity.key->sign(prepared.octets()).value();
  const auto done = std::move(prepared).complete(signature).value();
  CHECK(done.der().size() <= signer.max_size());
  CHECK(signer.max_size() < done.der().size() + 400);
  CHECK(base::as_text(done.signature_value()) == base::as_text(signature));
  return {done.der(), signature};
}

Made make_cms(const std::string& identity_name, std::string_view content) {
  return make_cms(tests::pki_identity(identity_name), content);
}

// A key that openssl makes, with a certificate that it signs itself.
base::SealIdentity self_signed(const tests::TemporaryFolder& folder, std::vector<std::string> genpkey) {
  genpkey.insert(genpkey.begin(), {"openssl", "genpkey"});
  genpkey.insert(genpkey.end(), {"-out", folder / "own.key"});
  REQUIRE(tests::run(genpkey).ok());
  REQUIRE(tests::run({"openssl", "req", "-x509", "-key", folder / "own.key", "-subj", "/O=Example/CN=Own", "-days", "2",
                      "-addext", "keyUsage=critical,digitalSignature", "-out", folder / "own.pem"})
              .ok());
  const std::string key = tests::read_file(folder / "own.key");
  return base::make_seal_identity(base::parse_signing_key_pem(base::as_bytes(key), base::Secret()).value(),
                                  base::Certificate::parse_pem(tests::read_file(folder / "own.pem")).value().front(),
                                  {})
      .value();
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

TEST_CASE("openssl verifies our signatures of P-384, P-521 and RSA-PSS, with the digest of each") {
  const std::vector<std::pair<std::vector<std::string>, std::string>> rows{
      {{"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"}, "ecdsa-with-SHA384"},
      {{"-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"}, "ecdsa-with-SHA512"},
      {{"-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"}, "rsassaPss"},
      {{"-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"}, "rsassaPss"},
  };
  for (const auto& row : rows) {
    const auto& genpkey = row.first;
    const auto& named = row.second;
    CAPTURE(genpkey[1]);
    const tests::TemporaryFolder folder;
    base::SealIdentity identity = self_signed(folder, genpkey);
    if (genpkey[1] == "RSA") identity.key = base::with_pss_padding(identity.key).value();
    const Made cms = make_cms(identity, "the content");
    tests::write_file(folder / "cms.der", base::as_text(cms.der));
    const auto verify = [&](std::string_view content) {
      tests::write_file(folder / "content", content);
      return tests::run({"openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", folder / "cms.der",
                         "-content", folder / "content", "-CAfile", folder / "own.pem", "-purpose", "any", "-out",
                         "/dev/null"});
    };
    const auto good = verify("the content");
    CHECK_MESSAGE(good.ok(), good.all());
    CHECK_FALSE(verify("the Content").ok());
    CHECK(asn1_dump(folder).find(named) != std::string::npos);
    const auto again =
        tests::run({"openssl", "cms", "-cmsout", "-inform", "DER", "-in", folder / "cms.der", "-outform", "DER"});
    CHECK(base::to_hex(base::as_bytes(again.out)) == base::to_hex(cms.der));
  }
}

TEST_CASE("an Ed25519 signature is over the attributes themselves, and names SHA-512 (RFC 8419)") {
  const tests::TemporaryFolder folder;
  const auto identity = self_signed(folder, {"-algorithm", "ED25519"});
  const auto signer = CmsSigner::make(identity.certificate, {}, identity.key->scheme()).value();
  CHECK(signer.digest_algorithm() == base::HashAlgorithm::sha512);
  CmsToBeSigned prepared(signer, base::hash(base::HashAlgorithm::sha512, base::as_bytes("the content")));
  tests::write_file(folder / "attributes", base::as_text(prepared.octets()));
  const auto signature = identity.key->sign(prepared.octets()).value();
  tests::write_file(folder / "signature", base::as_text(signature));
  // openssl 3.0 cannot verify such a CMS; it can verify what the CMS holds
  const auto judged = tests::run({"openssl", "pkeyutl", "-verify", "-rawin", "-certin", "-inkey", folder / "own.pem",
                                  "-in", folder / "attributes", "-sigfile", folder / "signature"});
  CHECK_MESSAGE(judged.ok(), judged.all());
  tests::write_file(folder / "cms.der", base::as_text(std::move(prepared).complete(signature).value().der()));
  const std::string dump = asn1_dump(folder);
  CHECK(dump.find("algorithm: sha512") != std::string::npos);
  CHECK(dump.find("algorithm: ED25519") != std::string::npos);
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
}
