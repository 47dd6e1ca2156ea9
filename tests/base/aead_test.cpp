#include "base/aead.h"

#include "base/encoding.h"
#include "base/random.h"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace segell::base;

namespace {
Bytes octets_of(std::string_view text) { return from_hex(text).value(); }
Secret some_key() { return Secret(random_bytes(32)); }
Bytes pattern(std::size_t size) {
  Bytes out(size);
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::byte>(i * 31 + i / 251);
  return out;
}
constexpr std::size_t kHeader = 33;
constexpr std::size_t kSealedSegment = kStreamSegment + 16;
}  // namespace

TEST_CASE("AES-256-GCM opens the test cases 13 to 16 of McGrew and Viega") {
  struct Row {
    const char *key, *nonce, *context, *plaintext, *ciphertext, *tag;
  };
  const char* const key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
  const char* const zero = "0000000000000000000000000000000000000000000000000000000000000000";
  const char* const plain =
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657"
      "ba637b39"
      "1aafd255";
  const char* const cipher =
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0a"
      "bcc9f662"
      "898015ad";
  const Row rows[] = {
      {zero, "000000000000000000000000", "", "", "", "530f8afbc74536b9a963b4f1c4cb738b"},
      {zero, "000000000000000000000000", "", "00000000000000000000000000000000", "cea7403d4d606b6e074ec5d3baf39d18",
       "d0d1c8a799996bf0265b98b5d48ab919"},
      {key, "cafebabefacedbaddecaf888", "", plain, cipher, "b094dac5d93471bdec1a502270e3cc6c"},
      {key, "cafebabefacedbaddecaf888", "feedfacedeadbeeffeedfacedeadbeefabaddad2", nullptr, nullptr,
       "76fc6ece0f4e1768cddf8853bb2d551b"},
  };
  for (const Row& row : rows) {
    const std::string plaintext = row.plaintext != nullptr ? row.plaintext : std::string(plain).substr(0, 120);
    const std::string ciphertext = row.ciphertext != nullptr ? row.ciphertext : std::string(cipher).substr(0, 120);
    const auto opened =
        aead_open(Secret(octets_of(row.key)), octets_of(row.nonce + ciphertext + row.tag), octets_of(row.context));
    REQUIRE(opened);
    CHECK(to_hex(*opened) == plaintext);
  }
}

TEST_CASE("a sealed message opens under its key and context only") {
  const Secret key = some_key();
  const Bytes sealed = aead_seal(key, as_bytes("message"), as_bytes("context"));
  CHECK(sealed.size() == 12 + 7 + 16);
  CHECK(to_text(aead_open(key, sealed, as_bytes("context")).value()) == "message");
  CHECK(aead_seal(key, as_bytes("message"), as_bytes("context")) != sealed);
  CHECK_FALSE(aead_open(key, sealed, as_bytes("contexT")));
  CHECK_FALSE(aead_open(key, sealed, {}));
  CHECK_FALSE(aead_open(some_key(), sealed, as_bytes("context")));
  for (std::size_t length = 0; length < sealed.size(); ++length)
    CHECK_FALSE(aead_open(key, BytesView(sealed).first(length), as_bytes("context")));
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    Bytes changed = sealed;
    changed[at] ^= std::byte{1};
    const auto opened = aead_open(key, changed, as_bytes("context"));
    REQUIRE_FALSE(opened);
    CHECK(opened.error().reason == "aead.forged");
  }
  CHECK_THROWS_AS((void)aead_seal(Secret(Bytes(31)), {}, {}), std::logic_error);
}

TEST_CASE("a stream opens to what was sealed, at every size around the segment boundaries") {
  const Secret key = some_key();
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kStreamSegment - 1, kStreamSegment, kStreamSegment + 1,
                                 2 * kStreamSegment, 3 * kStreamSegment + 5}) {
    CAPTURE(size);
    const Bytes plaintext = pattern(size);
    const Bytes sealed = stream_seal(key, plaintext, as_bytes("blob"));
    CHECK(sealed.size() == stream_sealed_size(size));
    CHECK(stream_open(key, sealed, as_bytes("blob")).value() == plaintext);
    CHECK_FALSE(stream_open(key, sealed, as_bytes("other")));
    CHECK_FALSE(stream_open(some_key(), sealed, as_bytes("blob")));
  }
}

TEST_CASE("a stream cut at or around any segment boundary is refused") {
  const Secret key = some_key();
  const Bytes sealed = stream_seal(key, pattern(3 * kStreamSegment), {});
  for (std::size_t segment = 0; segment <= 3; ++segment) {
    const std::size_t boundary = kHeader + segment * kSealedSegment;
    for (const std::size_t length : {boundary - 16, boundary - 1, boundary, boundary + 1, boundary + 16}) {
      if (length >= sealed.size()) continue;
      CAPTURE(length);
      const auto opened = stream_open(key, BytesView(sealed).first(length), {});
      REQUIRE_FALSE(opened);
      CHECK(opened.error().reason == "aead.forged");
    }
  }
  for (std::size_t length = 0; length < kHeader + 16; ++length)
    CHECK_FALSE(stream_open(key, BytesView(sealed).first(length), {}));
}

TEST_CASE("segments cannot be swapped, repeated, left out, added or taken from another stream") {
  const Secret key = some_key();
  const Bytes plaintext = pattern(3 * kStreamSegment);
  const Bytes sealed = stream_seal(key, plaintext, {});
  const Bytes twin = stream_seal(key, plaintext, {});
  const auto segment = [](const Bytes& stream, std::size_t i) {
    return BytesView(stream).subspan(kHeader + i * kSealedSegment, kSealedSegment);
  };
  const auto assembled = [&](std::initializer_list<BytesView> segments) {
    Bytes out = to_bytes(BytesView(sealed).first(kHeader));
    for (const BytesView piece : segments) append(out, piece);
    return out;
  };
  const BytesView a = segment(sealed, 0);
  const BytesView b = segment(sealed, 1);
  const BytesView c = segment(sealed, 2);
  CHECK(stream_open(key, assembled({a, b, c}), {}));
  CHECK_FALSE(stream_open(key, assembled({b, a, c}), {}));
  CHECK_FALSE(stream_open(key, assembled({a, c, b}), {}));
  CHECK_FALSE(stream_open(key, assembled({a, a, c}), {}));
  CHECK_FALSE(stream_open(key, assembled({a, c}), {}));
  CHECK_FALSE(stream_open(key, assembled({b, c}), {}));
  CHECK_FALSE(stream_open(key, assembled({a, b, c, c}), {}));
  CHECK_FALSE(stream_open(key, assembled({a, segment(twin, 1), c}), {}));
  Bytes extended = sealed;
  extended.push_back(std::byte{0});
  CHECK_FALSE(stream_open(key, extended, {}));
  extended.resize(sealed.size() + 16);
  CHECK_FALSE(stream_open(key, extended, {}));
}

TEST_CASE("every octet of a stream counts: version, salt, ciphertext and tag") {
  const Secret key = some_key();
  const Bytes sealed = stream_seal(key, as_bytes("short"), {});
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    Bytes changed = sealed;
    changed[at] ^= std::byte{0x80};
    CHECK_FALSE(stream_open(key, changed, {}));
  }
}
