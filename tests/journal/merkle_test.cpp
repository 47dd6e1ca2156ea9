#include "journal/merkle.h"

#include "base/encoding.h"
#include "journal/proof.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace segell;
using namespace segell::journal;

namespace {

// RFC 6962 test values, the ones of the certificate-transparency reference log (tests/vectors/journal/README.md).
const char* const kInputs[] = {
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
const char* const kRoots[] = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                              "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                              "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                              "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                              "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                              "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                              "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                              "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                              "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

std::string hex(const Hash& hash) { return base::to_hex(hash); }

std::vector<Hash> leaves(std::size_t count) {
  std::vector<Hash> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(leaf_hash(base::as_bytes("leaf " + std::to_string(i))));
  return out;
}

NodeReader reader(const std::vector<Hash>& all) {
  return [&all](const NodeId& node) -> base::Result<Hash> {
    const std::size_t first = node.index << node.level;
    const std::size_t count = std::size_t{1} << node.level;
    REQUIRE(first + count <= all.size());  // an incomplete subtree has no stored root
    return root_of(std::span(all).subspan(first, count));
  };
}

}  // namespace

TEST_CASE("leaf and node hashes carry the prefixes of RFC 6962") {
  CHECK(hex(leaf_hash(base::as_bytes("L123456"))) ==
        "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
  base::Bytes input{std::byte{1}};
  base::append(input, std::string_view("N123N456"));
  CHECK(base::to_hex(base::sha256(input)) == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb");
  const Hash a = leaf_hash({});
  const Hash b = leaf_hash(base::as_bytes("b"));
  base::Bytes node{std::byte{1}};
  base::append(node, a);
  base::append(node, b);
  CHECK(node_hash(a, b) == base::sha256(node));
  CHECK(leaf_hash(base::Bytes(1000)) == base::sha256(base::Bytes(1001)));
}

TEST_CASE("the roots of the reference trees come out of the frontier and of the recursive definition") {
  Frontier frontier;
  std::vector<Hash> all;
  CHECK(hex(frontier.root()) == kRoots[0]);
  CHECK(hex(root_of(all)) == kRoots[0]);
  for (std::size_t i = 0; i < 8; ++i) {
    all.push_back(leaf_hash(*base::from_hex(kInputs[i])));
    frontier.append(all.back());
    CHECK(hex(frontier.root()) == kRoots[i + 1]);
    CHECK(hex(root_of(all)) == kRoots[i + 1]);
    const auto again = Frontier::from(frontier.size(), frontier.roots());
    REQUIRE(again);
    CHECK(again->root() == frontier.root());
  }
  CHECK_FALSE(Frontier::from(3, {all[0]}));
}

TEST_CASE("a leaf commits to salt and event and has 33 octets") {
  Salt salt{};
  const Leaf leaf = make_leaf(salt, base::as_bytes("event"));
  base::Bytes input(32);
  base::append(input, std::string_view("event"));
  CHECK(leaf[0] == std::byte{1});
  const base::Sha256 expected = base::sha256(input);
  CHECK(std::equal(expected.begin(), expected.end(), leaf.begin() + 1));
  salt[31] = std::byte{1};
  CHECK(make_leaf(salt, base::as_bytes("event")) != leaf);
}

TEST_CASE("every inclusion proof of every tree up to 70 entries verifies, and nothing else does") {
  const std::vector<Hash> all = leaves(70);
  for (std::size_t size = 1; size <= 70; ++size) {
    const Hash root = root_of(std::span(all).first(size));
    for (std::size_t index = 0; index < size; ++index) {
      const auto proof = inclusion_proof(index, size, reader(all));
      REQUIRE(proof);
      REQUIRE(verify_inclusion(index, size, all[index], root, *proof));
      REQUIRE_FALSE(verify_inclusion(index + 1, size, all[index], root, *proof));
      REQUIRE_FALSE(verify_inclusion(index, size, all[(index + 1) % 70], root, *proof));
      auto longer = *proof;
      longer.push_back(root);
      REQUIRE_FALSE(verify_inclusion(index, size, all[index], root, longer));
      if (!proof->empty()) {
        auto shorter = *proof;
        shorter.pop_back();
        REQUIRE_FALSE(verify_inclusion(index, size, all[index], root, shorter));
        auto flipped = *proof;
        flipped[0][0] ^= std::byte{1};
        REQUIRE_FALSE(verify_inclusion(index, size, all[index], root, flipped));
      }
    }
    CHECK_FALSE(inclusion_proof(size, size, reader(all)));
  }
}

TEST_CASE("every consistency proof up to 70 entries verifies, and a rewritten log does not") {
  const std::vector<Hash> all = leaves(70);
  std::vector<Hash> rewritten = all;
  rewritten[0] = leaf_hash(base::as_bytes("another past"));
  for (std::size_t new_size = 1; new_size <= 70; ++new_size) {
    const Hash new_root = root_of(std::span(all).first(new_size));
    for (std::size_t old_size = 1; old_size <= new_size; ++old_size) {
      const Hash old_root = root_of(std::span(all).first(old_size));
      const auto proof = consistency_proof(old_size, new_size, reader(all));
      REQUIRE(proof);
      REQUIRE(verify_consistency(old_size, old_root, new_size, new_root, *proof));
      const Hash other = root_of(std::span(rewritten).first(old_size));
      REQUIRE_FALSE(verify_consistency(old_size, other, new_size, new_root, *proof));
      auto longer = *proof;
      longer.push_back(new_root);
      REQUIRE_FALSE(verify_consistency(old_size, old_root, new_size, new_root, longer));
      if (!proof->empty()) {
        auto shorter = *proof;
        shorter.pop_back();
        REQUIRE_FALSE(verify_consistency(old_size, old_root, new_size, new_root, shorter));
      }
    }
    CHECK(*root_at(new_size, reader(all)) == new_root);
  }
}

TEST_CASE("a consistency proof from the empty tree is refused: it would prove nothing") {
  const std::vector<Hash> all = leaves(4);
  const auto proof = consistency_proof(0, 4, reader(all));
  REQUIRE_FALSE(proof);
  CHECK(proof.error().reason == "proof.sizes");
  CHECK_FALSE(verify_consistency(0, empty_root(), 4, root_of(all), {}));
  CHECK_FALSE(consistency_proof(5, 4, reader(all)));
}
