#include "base/digest.h"

#include "base/encoding.h"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace segell::base;

namespace {
Bytes from_text(std::string_view text) { return from_hex(text).value(); }
Bytes repeated(unsigned octet, std::size_t count) { return Bytes(count, static_cast<std::byte>(octet)); }
}  // namespace

TEST_CASE("SHA-2 gives the digests of FIPS 180-4's examples") {
  CHECK(to_hex(sha256(as_bytes("abc"))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(to_hex(sha256({})) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(sha512(as_bytes("abc"))) ==
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce8"
        "0e2a"
        "9ac94fa54ca49f");
  CHECK(to_hex(hash(HashAlgorithm::sha384, as_bytes("abc"))) ==
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7");
}

TEST_CASE("hashing piece by piece gives the digest of the whole") {
  const std::string text(1'000'000, 'a');
  Hasher hasher(HashAlgorithm::sha256);
  for (std::size_t at = 0; at < text.size(); at += 999) hasher.update(as_bytes(text.substr(at, 999)));
  const Sha256 piecewise = hasher.finish_sha256();
  CHECK(to_hex(piecewise) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  CHECK(piecewise == sha256(as_bytes(text)));
}

TEST_CASE("a hasher that has finished refuses more") {
  Hasher hasher(HashAlgorithm::sha512);
  CHECK_THROWS_AS((void)hasher.finish_sha256(), std::logic_error);
  CHECK(hasher.finish().size() == 64);
  CHECK_THROWS_AS(hasher.update(as_bytes("x")), std::logic_error);
  CHECK_THROWS_AS((void)hasher.finish(), std::logic_error);
}

TEST_CASE("threads hash without disturbing one another") {
  std::vector<std::thread> threads;
  std::vector<int> wrong(4);
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&wrong, t] {
      const Bytes input = repeated(static_cast<unsigned>(t), 65);
      const Sha256 expected = sha256(input);
      for (int i = 0; i < 2000; ++i) wrong[t] += sha256(input) == expected ? 0 : 1;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == std::vector<int>(4));
}

TEST_CASE("HMAC-SHA-256 gives the values of RFC 4231") {
  CHECK(to_hex(hmac_sha256(repeated(0x0b, 20), as_bytes("Hi There"))) ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(to_hex(hmac_sha256(as_bytes("Jefe"), as_bytes("what do ya want for nothing?"))) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(to_hex(hmac_sha256(repeated(0xaa, 20), repeated(0xdd, 50))) ==
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  CHECK(to_hex(hmac_sha256(repeated(0xaa, 131), as_bytes("Test Using Larger Than Block-Size Key - Hash Key First"))) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("HMAC takes an empty key for an empty key, not for the last one") {
  (void)hmac_sha256(as_bytes("Jefe"), as_bytes("x"));
  CHECK(to_hex(hmac_sha256({}, {})) == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST_CASE("HKDF-SHA-256 gives the values of RFC 5869 appendix A") {
  CHECK(to_hex(hkdf_sha256(repeated(0x0b, 22), from_text("000102030405060708090a0b0c"),
                           from_text("f0f1f2f3f4f5f6f7f8f9"), 42)) ==
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  Bytes secret;
  Bytes salt;
  Bytes info;
  for (unsigned i = 0; i < 80; ++i) {
    secret.push_back(static_cast<std::byte>(i));
    salt.push_back(static_cast<std::byte>(0x60 + i));
    info.push_back(static_cast<std::byte>(0xb0 + i));
  }
  CHECK(
      to_hex(hkdf_sha256(secret, salt, info, 82)) ==
      "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8"
      "367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87");
  CHECK(to_hex(hkdf_sha256(repeated(0x0b, 22), {}, {}, 42)) ==
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
  CHECK(hkdf_sha256(repeated(1, 32), {}, {}, 0).empty());
  CHECK_THROWS_AS((void)hkdf_sha256(repeated(1, 32), {}, {}, 8161), std::logic_error);
}

TEST_CASE("a cloned hasher goes on from the same octets, and each of the two goes its own way") {
  Hasher first(HashAlgorithm::sha256);
  first.update(as_bytes("a"));
  Hasher second = first.clone();
  first.update(as_bytes("b"));
  second.update(as_bytes("c"));
  CHECK(first.finish_sha256() == sha256(as_bytes("ab")));
  CHECK(second.finish_sha256() == sha256(as_bytes("ac")));
  CHECK_THROWS_AS(static_cast<void>(first.clone()), std::logic_error);
}
