#include "journal/proof_file.h"

#include "base/encoding.h"
#include "journal/proof.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace segell;
using namespace segell::journal;

namespace {

struct SmallLog {
  std::vector<Leaf> entries;
  std::vector<Hash> hashes;
  VerifierKey verifier;
  std::string checkpoint;
};

SmallLog make_log(std::size_t size) {
  const base::Secret seed(base::Bytes(32, std::byte{9}));
  SmallLog log{{}, {}, *VerifierKey::make("log.example", *base::ed25519_public_key(seed)), {}};
  for (std::size_t i = 0; i < size; ++i) {
    log.entries.push_back(make_leaf(Salt{}, base::as_bytes(std::to_string(i))));
    log.hashes.push_back(leaf_hash(log.entries.back()));
  }
  log.checkpoint =
      *sign_checkpoint({"log.example", size, root_of(log.hashes)}, log.verifier, **base::make_ed25519_key(seed));
  return log;
}

ProofFile prove(const SmallLog& log, std::uint64_t index) {
  const NodeReader nodes = [&log](const NodeId& node) -> base::Result<Hash> {
    return root_of(std::span(log.hashes).subspan(node.index << node.level, std::size_t{1} << node.level));
  };
  return {{}, index, *inclusion_proof(index, log.hashes.size(), nodes), log.checkpoint};
}

}  // namespace

TEST_CASE("a proof file leads from an entry to the signed checkpoint") {
  const SmallLog log = make_log(11);
  ProofFile file = prove(log, 7);
  file.extra = base::to_bytes(std::string_view("opaque"));
  const std::string text = write_proof_file(file);
  CHECK(text.starts_with("c2sp.org/tlog-proof@v1\nextra b3BhcXVl\nindex 7\n"));
  const auto read = parse_proof_file(text);
  REQUIRE(read);
  CHECK(read->extra == file.extra);
  CHECK(read->proof == file.proof);
  CHECK(write_proof_file(*read) == text);
  const auto checkpoint = verify_proof_file(*read, log.entries[7], log.verifier);
  REQUIRE(checkpoint);
  CHECK(checkpoint->size == 11);
  CHECK(verify_proof_file(*read, log.entries[8], log.verifier).error().reason == "tlog-proof.not-included");
}

TEST_CASE("a log of one entry has an empty path") {
  const SmallLog log = make_log(1);
  const std::string text = write_proof_file(prove(log, 0));
  CHECK(text.starts_with("c2sp.org/tlog-proof@v1\nindex 0\n\nlog.example\n1\n"));
  CHECK(verify_proof_file(*parse_proof_file(text), log.entries[0], log.verifier));
}

TEST_CASE("malformed proof files are refused") {
  const std::string good = write_proof_file(prove(make_log(3), 1));
  REQUIRE(parse_proof_file(good));
  const auto replaced = [&good](std::string_view what, std::string_view with) {
    std::string text = good;
    text.replace(text.find(what), what.size(), with);
    return text;
  };
  for (const std::string& bad : std::vector<std::string>{
           std::string(), replaced("@v1", "@v2"), replaced("index 1", "index 01"), replaced("index 1", "index -1"),
           replaced("index 1\n", ""), replaced("index 1", "extra \nindex 1"), replaced("index 1", "extra !\nindex 1"),
           replaced("index 1\n", "index 1\nAAAA\n"), good.substr(0, good.find("\n\n") + 2), good.substr(0, 20)}) {
    INFO(bad);
    CHECK_FALSE(parse_proof_file(bad));
  }
  std::string many = "c2sp.org/tlog-proof@v1\nindex 1\n";
  for (int i = 0; i < 64; ++i) many += base::to_base64(empty_root()) + "\n";
  CHECK_FALSE(parse_proof_file(many + good.substr(good.find("\n\n") + 1)));
}
