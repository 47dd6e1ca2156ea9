// Keys in PKCS#11 tokens, by SoftHSM: what vanishes and comes back. What users are told is in
// tests/cli/distant_keys.mjs.
#include "support/soft_token.h"

#include "base/token_key.h"

#include <doctest/doctest.h>

using namespace segell;

namespace {

base::Secret pin() { return base::Secret(base::to_bytes("4711")); }

}  // namespace

TEST_CASE("a token that vanished is opened anew by the next signature, without a restart") {
  const tests::SoftToken token;
  const auto opened = base::open_token_key(token.uri(), pin());
  REQUIRE_MESSAGE(opened, opened.error().message);
  const base::SigningKey& key = *opened->key;
  CHECK(key.scheme() == base::SignatureScheme::ecdsa_p256_sha256);
  CHECK(key.sign(base::as_bytes("before")).has_value());

  const auto away = token.folder.path() / "away";
  std::filesystem::rename(token.tokens(), away);
  std::filesystem::create_directory(token.tokens());
  const auto lost = key.sign(base::as_bytes("while it is away"));
  REQUIRE_FALSE(lost);
  CHECK(lost.error().message.find("\"proves\"") != std::string::npos);
  CHECK_FALSE(lost.error().hint.empty());
  CHECK_FALSE(key.sign(base::as_bytes("still away")).has_value());

  std::filesystem::remove_all(token.tokens());
  std::filesystem::rename(away, token.tokens());
  const auto again = key.sign(base::as_bytes("after"));
  REQUIRE_MESSAGE(again, again.error().message);

  const auto certificate = base::Certificate::parse_pem(tests::read_file(tests::pki_file("seal-p256.pem")));
  REQUIRE(certificate);
  CHECK(certificate->front().public_key_der() == key.public_key_der());
}

TEST_CASE("a wrong PIN is refused by name, and no PIN stands in what is said") {
  const tests::SoftToken token;
  const auto wrong = base::open_token_key(token.uri(), base::Secret(base::to_bytes("0815")));
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().reason == "pkcs11.pin");
  CHECK(wrong.error().message.find("0815") == std::string::npos);
  CHECK(base::open_token_key(token.uri(), pin()).has_value());
}
