#include "signer/ades/cms.h"

#include "support/example_pki.h"

#include "base/digest.h"

#include <doctest/doctest.h>

// CMS messages made by the openssl command, read by our walk.

namespace {

using namespace segell;
using namespace segell::signer::ades;
using segell::tests::pki_certificate;
using segell::tests::pki_file;

const std::string kContent = "the octets that are signed";

base::Bytes openssl_cms(std::vector<std::string> options, const std::string& identity = "seal-rsa") {
  std::vector<std::string> command{"openssl", "cms", "-sign", "-binary", "-outform", "DER", "-nosmimecap"};
  command.insert(command.end(),
                 {"-signer", pki_file(identity + ".pem").string(), "-inkey", pki_file(identity + ".key").string()});
  command.insert(command.end(), options.begin(), options.end());
  const auto done = tests::run(command, {.input = kContent});
  REQUIRE_MESSAGE(done.ok(), done.err);
  return base::to_bytes(done.out);
}

base::Bytes content_digest() { return base::hash(base::HashAlgorithm::sha256, base::as_bytes(kContent)); }

SignatureCheck check(const CmsMessage& message, const std::string& identity = "seal-rsa") {
  return check_signature_value(message, pki_certificate(identity), content_digest());
}

}  // namespace

TEST_CASE("a CAdES signature of openssl is read with all its parts") {
  const auto message = parse_cms(openssl_cms({"-cades", "-certfile", pki_file("issuing.pem").string()}));
  REQUIRE(message);
  CHECK(message->content_type == "1.2.840.113549.1.7.1");
  CHECK_FALSE(message->content);
  CHECK(message->certificates.size() == 2);
  CHECK(message->attribute_content_type == message->content_type);
  CHECK(message->message_digest == content_digest());
  CHECK(message->digest == Digest::sha256);
  CHECK(message->algorithms_agree());
  CHECK(message->attributes_sorted);
  CHECK(names_signer(*message, pki_certificate("seal-rsa")));
  CHECK_FALSE(names_signer(*message, pki_certificate("seal-p256")));
  REQUIRE_FALSE(message->references.empty());
  CHECK(refers_to(message->references.front(), pki_certificate("seal-rsa")));
  CHECK_FALSE(refers_to(message->references.front(), pki_certificate("seal-p256")));
  CHECK(check(*message) == SignatureCheck::fits);
  CHECK(check(*message, "issuing") == SignatureCheck::does_not_fit);
}

TEST_CASE("RSA-PSS, ECDSA and longer digests are verified") {
  const std::vector<std::string> pss{"-cades", "-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:-1"};
  auto message = parse_cms(openssl_cms(pss));
  REQUIRE(message);
  CHECK(message->method == SignatureMethod::rsa_pss);
  CHECK(message->salt_length == 32);
  CHECK(message->algorithms_agree());
  CHECK(check(*message) == SignatureCheck::fits);

  message = parse_cms(openssl_cms({"-cades"}, "seal-p256"));
  REQUIRE(message);
  CHECK(message->method == SignatureMethod::ecdsa);
  CHECK(check(*message, "seal-p256") == SignatureCheck::fits);
  CHECK(check(*message, "seal-rsa") == SignatureCheck::does_not_fit);

  message = parse_cms(openssl_cms({"-md", "sha512"}));
  REQUIRE(message);
  CHECK(message->digest == Digest::sha512);
  CHECK(check(*message) == SignatureCheck::fits);
}

TEST_CASE("a signer named by key identifier is found") {
  const auto message = parse_cms(openssl_cms({"-keyid", "-cades"}));
  REQUIRE(message);
  CHECK(message->issuer.empty());
  CHECK(names_signer(*message, pki_certificate("seal-rsa")));
  CHECK_FALSE(names_signer(*message, pki_certificate("seal-p256")));
  CHECK(check(*message) == SignatureCheck::fits);
}

TEST_CASE("a signature without attributes is over the content's digest") {
  const auto message = parse_cms(openssl_cms({"-noattr"}));
  REQUIRE(message);
  CHECK_FALSE(message->has_signed_attributes);
  CHECK(check(*message) == SignatureCheck::fits);
  const auto other = base::hash(base::HashAlgorithm::sha256, base::as_bytes("other octets"));
  CHECK(check_signature_value(*message, pki_certificate("seal-rsa"), other) == SignatureCheck::does_not_fit);
}

TEST_CASE("the indefinite lengths of BER are read, and content inside is seen") {
  // -stream makes openssl write BER; -nodetach puts the content inside
  const auto message = parse_cms(openssl_cms({"-stream", "-nodetach", "-cades"}));
  REQUIRE(message);
  REQUIRE(message->content);
  CHECK(base::as_text(*message->content) == kContent);
  CHECK(check(*message) == SignatureCheck::fits);
}

TEST_CASE("two signers in one message are refused") {
  const auto message = parse_cms(
      openssl_cms({"-signer", pki_file("seal-p256.pem").string(), "-inkey", pki_file("seal-p256.key").string()}));
  REQUIRE_FALSE(message);
  CHECK(message.error().reason == "cms.signer-count");
}

TEST_CASE("what is no signed data is refused with its reason") {
  CHECK(parse_cms({}).error().reason == "cms.malformed");
  CHECK(parse_cms(base::as_bytes("not a CMS message")).error().reason == "cms.malformed");
  const auto data = tests::run({"openssl", "cms", "-data_create", "-binary", "-outform", "DER"}, {.input = kContent});
  REQUIRE(data.ok());
  CHECK(parse_cms(base::as_bytes(data.out)).error().reason == "cms.not-signed-data");
  CHECK(parse_cms(base::Bytes(kMaxCmsBytes + 1)).error().reason == "cms.too-large");
}

TEST_CASE("the octets behind the message are told apart from it") {
  base::Bytes padded = openssl_cms({"-cades"});
  const std::size_t length = padded.size();
  padded.resize(length + 100);
  const auto message = parse_cms(padded);
  REQUIRE(message);
  CHECK(message->length == length);
}

TEST_CASE("no truncation and no flipped octet of a message fits as before") {
  const base::Bytes whole = openssl_cms({"-cades"}, "seal-p256");
  for (std::size_t length = 0; length < whole.size(); length += 7)
    CHECK_FALSE(parse_cms(base::BytesView(whole).first(length)));
  const auto signer = pki_certificate("seal-p256");
  std::size_t unharmed = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    base::Bytes mutant = whole;
    mutant[at] ^= std::byte{0x01};
    const auto message = parse_cms(mutant);
    const bool fits = message && message->certificates.size() == 1 &&
                      message->certificates[0] == base::to_bytes(signer.der()) &&
                      message->message_digest == content_digest() && message->algorithms_agree() &&
                      names_signer(*message, signer) && message->content_type == message->attribute_content_type &&
                      !message->references.empty() && refers_to(message->references.front(), signer) &&
                      check_signature_value(*message, signer, content_digest()) == SignatureCheck::fits;
    if (fits) ++unharmed;
  }
  // the two version numbers and the list of digestAlgorithms carry no meaning for the signature
  CHECK(unharmed <= 16);
}
