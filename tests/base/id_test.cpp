#include "base/id.h"

#include "base/encoding.h"

#include <doctest/doctest.h>

#include <set>
#include <unordered_set>

using namespace segell::base;

TEST_CASE("an identifier is 128 bits in 26 base32 characters, most significant first") {
  const auto text_of = [](std::string_view hex) {
    return DocumentId::from_bytes(from_hex(hex).value()).value().text();
  };
  CHECK(text_of("00000000000000000000000000000000") == "00000000000000000000000000");
  CHECK(text_of("00000000000000000000000000000001") == "00000000000000000000000001");
  CHECK(text_of("ffffffffffffffffffffffffffffffff") == "7zzzzzzzzzzzzzzzzzzzzzzzzz");
  // The ULID specification's example has this layout: 01ARZ3NDEKTSV4RRFFQ69G5FAV.
  CHECK(text_of("01563e3ab5d3d6764c61efb99302bd5b") == "01arz3ndektsv4rrffq69g5fav");
}

TEST_CASE("an identifier reads back, and no other spelling of it does") {
  for (int i = 0; i < 200; ++i) {
    const auto id = PersonId::make();
    CHECK(PersonId::parse(id.text()).value() == id);
  }
  for (const std::string text :
       {"", "0", "8zzzzzzzzzzzzzzzzzzzzzzzzz", "7zzzzzzzzzzzzzzzzzzzzzzzzzz", "7zzzzzzzzzzzzzzzzzzzzzzzz",
        "01ARZ3NDEKTSV4RRFFQ69G5FAV", "01arz3ndektsv4rrffq69g5fai", "01arz3ndektsv4rrffq69g5fal",
        "01arz3ndektsv4rrffq69g5fau", "01arz3ndektsv4rrffq69g5fao", "01arz3ndektsv4rrffq69g5fa ",
        "01arz3ndektsv4rrffq69g5fa\xc3"}) {
    CAPTURE(text);
    CHECK_FALSE(PersonId::parse(text));
  }
  CHECK_FALSE(PersonId::from_bytes(Bytes(15)));
  CHECK_FALSE(PersonId::from_bytes(Bytes(17)));
}

TEST_CASE("identifiers differ, sort and hash") {
  std::unordered_set<TenantId> seen;
  std::set<std::string> texts;
  for (int i = 0; i < 100; ++i) {
    const auto id = TenantId::make();
    seen.insert(id);
    texts.insert(id.text());
  }
  CHECK(seen.size() == 100);
  CHECK(texts.size() == 100);
  CHECK(TenantId().is_none());
  CHECK_FALSE(TenantId::make().is_none());
}
