#include "journal/note.h"

#include "base/encoding.h"
#include "journal/checkpoint.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace segell;
using namespace segell::journal;

namespace {

struct TestKey {
  std::shared_ptr<const base::SigningKey> key;
  VerifierKey verifier;
};

TestKey make_key(const std::string& name, std::byte fill) {
  const base::Secret seed(base::Bytes(32, fill));
  return {*base::make_ed25519_key(seed), *VerifierKey::make(name, *base::ed25519_public_key(seed))};
}

// The worked example of the Go checksum database's note package: an independent implementation's key and signature.
const std::string kPeterVkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const std::string kPeterText =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const std::string kPeterNote =
    kPeterText +
    "\n\xE2\x80\x94 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

const char* reason(const base::Result<Note>& result) { return result ? "accepted" : result.error().reason.data(); }

}  // namespace

TEST_CASE("a note signed by another implementation verifies, and its key has the same name, id and text") {
  const auto key = VerifierKey::parse(kPeterVkey);
  REQUIRE(key);
  CHECK(key->name() == "PeterNeumann");
  CHECK(base::to_hex(key->id()) == "c74f20a3");
  CHECK(key->text() == kPeterVkey);
  const auto note = verify_note(kPeterNote, {&*key, 1});
  REQUIRE(note);
  CHECK(note->text == kPeterText);
  std::string changed = kPeterNote;
  changed[3] ^= 1;
  CHECK(verify_note(changed, {&*key, 1}).error().reason == "note.bad-signature");
}

TEST_CASE("verifier keys that are not what they say are refused") {
  for (const std::string& bad : std::vector<std::string>{
           std::string("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"), std::string("a"),
           std::string("a+b"), std::string("+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"),
           std::string("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"),
           std::string("PeterNeumann+c74f20a3+"), std::string("PeterNeumann+c74f20a3+ARpc")}) {
    INFO(bad);
    CHECK_FALSE(VerifierKey::parse(bad));
  }
  CHECK(VerifierKey::parse("PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").error().reason ==
        "vkey.type");
}

TEST_CASE("signatures of unknown keys are ignored, one bad signature of a known key rejects the note") {
  const TestKey a = make_key("a.example", std::byte{1});
  const TestKey b = make_key("b.example", std::byte{2});
  const std::string by_a = *sign_note("text\n", a.verifier, *a.key);
  const std::string line_b = sign_note("text\n", b.verifier, *b.key)->substr(6);
  const std::string other_b = sign_note("other\n", b.verifier, *b.key)->substr(7);

  const VerifierKey only_a[] = {a.verifier};
  const VerifierKey both[] = {a.verifier, b.verifier};
  const VerifierKey only_b[] = {b.verifier};
  CHECK(verify_note(by_a + line_b, only_a));
  CHECK(verify_note(by_a + line_b, both));
  CHECK(verify_note(by_a + other_b, only_a));
  CHECK(std::string(reason(verify_note(by_a + other_b, both))) == "note.bad-signature");
  CHECK(std::string(reason(verify_note(by_a, only_b))) == "note.no-known-signature");
  CHECK(std::string(reason(verify_note(by_a, {}))) == "note.no-known-signature");

  // Same name with another id, same id with another name: neither is the known key.
  const TestKey a2 = make_key("a.example", std::byte{3});
  const VerifierKey only_a2[] = {a2.verifier};
  CHECK(std::string(reason(verify_note(by_a, only_a2))) == "note.no-known-signature");
}

TEST_CASE("sixteen signatures are accepted, and their number is bounded") {
  const TestKey a = make_key("a.example", std::byte{1});
  const VerifierKey only_a[] = {a.verifier};
  const std::string by_a = *sign_note("text\n", a.verifier, *a.key);
  std::string note = by_a;
  for (int i = 0; i < 15; ++i) note += by_a.substr(6);
  REQUIRE(parse_note(note));
  CHECK(parse_note(note)->signatures.size() == 16);
  CHECK(verify_note(note, only_a));
  for (int i = 0; i < 100; ++i) note += by_a.substr(6);
  CHECK(std::string(reason(parse_note(note))) == "note.too-many-signatures");
  CHECK(std::string(reason(parse_note(std::string(kMaxNoteSize + 1, 'a')))) == "note.too-large");
}

TEST_CASE("malformed notes are refused") {
  const TestKey a = make_key("a.example", std::byte{1});
  const std::string good = *sign_note("text\n", a.verifier, *a.key);
  REQUIRE(parse_note(good));
  const std::string line = good.substr(6);
  for (const std::string& bad : std::vector<std::string>{std::string(),
                                                         std::string("\n"),
                                                         std::string("text\n"),
                                                         std::string("text\n\n"),
                                                         "text" + line,
                                                         "te\txt\n\n" + line,
                                                         "te\rxt\n\n" + line,
                                                         std::string("te\0xt\n\n", 7) + line,
                                                         "te\x7Fxt\n\n" + line,
                                                         "te\xC2\x85xt\n\n" + line,
                                                         "te\xFFxt\n\n" + line,
                                                         good.substr(0, good.size() - 1),
                                                         good + "\n",
                                                         good + "x\n",
                                                         "text\n\n- a.example AAAAAAAA\n",
                                                         "text\n\n\xE2\x80\x94 a.example AAAA\n",
                                                         "text\n\n\xE2\x80\x94 a.example  AAAAAAAA\n",
                                                         "text\n\n\xE2\x80\x94  AAAAAAAA\n",
                                                         "text\n\n\xE2\x80\x94 a+b AAAAAAAA\n",
                                                         "text\n\n\xE2\x80\x94 a AAAAAAA\n"}) {
    INFO(bad);
    CHECK_FALSE(parse_note(bad));
  }
  // Empty lines may stand in the text: the signatures begin after the last one.
  const auto blank = parse_note("a\n\nb\n" + good.substr(5));
  REQUIRE(blank);
  CHECK(blank->text == "a\n\nb\n");
  CHECK_FALSE(sign_note("no newline", a.verifier, *a.key));
}

TEST_CASE("a checkpoint is written, signed, verified and read back") {
  const TestKey a = make_key("log.example/1", std::byte{7});
  const Checkpoint checkpoint{"log.example/1", 20852163, leaf_hash(base::as_bytes("x"))};
  const auto note = sign_checkpoint(checkpoint, a.verifier, *a.key);
  REQUIRE(note);
  CHECK(note->starts_with("log.example/1\n20852163\n"));
  const auto verified = verify_checkpoint(*note, a.verifier);
  REQUIRE(verified);
  CHECK(*verified == checkpoint);

  const TestKey same_key_other_name = make_key("log.example/2", std::byte{7});
  const auto renamed = sign_checkpoint(checkpoint, same_key_other_name.verifier, *same_key_other_name.key);
  CHECK(verify_checkpoint(*renamed, same_key_other_name.verifier).error().reason == "checkpoint.origin");
}

TEST_CASE("checkpoint texts are read strictly") {
  const std::string root = base::to_base64(empty_root());
  REQUIRE(parse_checkpoint("o\n0\n" + root + "\n"));
  REQUIRE(parse_checkpoint("o\n18446744073709551615\n" + root + "\n"));
  REQUIRE(parse_checkpoint("o\n1\n" + root + "\nextension\n"));
  for (const std::string& bad : std::vector<std::string>{
           std::string(), "o\n", "o\n1\n" + root, "\n1\n" + root + "\n", "o\n01\n" + root + "\n",
           "o\n-1\n" + root + "\n", "o\n+1\n" + root + "\n", "o\n1 \n" + root + "\n",
           "o\n18446744073709551616\n" + root + "\n", "o\n1\nAAAA\n", "o\n1\n" + root.substr(1) + "\n",
           "o\n1\n" + root + "\n\n", "o\n1\n" + root + "\nx\n\ny\n", "o\n\n" + root + "\n"}) {
    INFO(bad);
    CHECK_FALSE(parse_checkpoint(bad));
  }
  CHECK_FALSE(write_checkpoint({"", 0, {}}));
  CHECK_FALSE(write_checkpoint({"a\nb", 0, {}}));
}
