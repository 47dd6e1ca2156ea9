#include "base/verifying_key.h"

#include "base/encoding.h"
#include "base/signing_key.h"
#include "support/example_pki.h"

#include <doctest/doctest.h>

using namespace segell;

TEST_CASE("a P-256 key as WebCrypto exports it verifies, and nothing else is taken for one") {
  const auto identity = tests::pki_identity("seal-p256");
  const base::Bytes spki = identity.key->public_key_der();
  REQUIRE(spki.size() == 91);
  const auto key = base::VerifyingKey::p256_spki(spki);
  REQUIRE(key);
  CHECK(key->kind() == base::VerifyingKey::Kind::p256);
  base::Bytes longer = spki;
  longer.push_back(std::byte{0});
  CHECK_FALSE(base::VerifyingKey::p256_spki(longer));
  CHECK_FALSE(base::VerifyingKey::p256_spki(base::BytesView(spki).first(90)));
  CHECK_FALSE(base::VerifyingKey::p256_spki({}));
  for (const std::size_t at : {std::size_t{0}, std::size_t{5}, std::size_t{20}, std::size_t{26}, std::size_t{40}}) {
    base::Bytes other = spki;
    other[at] ^= std::byte{1};
    CAPTURE(at);
    // A changed coordinate is a point that does not lie on the curve.
    CHECK(base::VerifyingKey::p256_spki(other).has_value() == false);
  }
  CHECK_FALSE(base::VerifyingKey::p256_spki(tests::pki_identity("seal-rsa").key->public_key_der()));
}
