#include "paper_memory.h"

#include <doctest/doctest.h>

using namespace segell;

TEST_CASE("a paper is set once, and again after it was forgotten; a failure is not kept") {
  app::PaperMemory memory;
  int made = 0;
  const auto ask = [&](const std::string& key) {
    return memory.get(key, [&]() -> base::Result<base::Bytes> {
      ++made;
      if (key == "bad") return base::fail(base::Code::unsupported, "layout.no-glyph", "no");
      return base::to_bytes(key);
    });
  };
  CHECK(base::to_text(ask("a").value()) == "a");
  CHECK(base::to_text(ask("a").value()) == "a");
  CHECK(base::to_text(ask("b").value()) == "b");
  CHECK(made == 2);
  CHECK_FALSE(ask("bad").has_value());
  CHECK_FALSE(ask("bad").has_value());
  CHECK(made == 4);
  memory.forget();
  CHECK(base::to_text(ask("a").value()) == "a");
  CHECK(made == 5);
  for (std::size_t i = 0; i < 3 * app::PaperMemory::kMost; ++i) CHECK(ask(std::to_string(i)).has_value());
  made = 0;
  for (std::size_t i = 0; i < 3 * app::PaperMemory::kMost; ++i) CHECK(ask(std::to_string(i)).has_value());
  CHECK(made > 0);  // bounded: not all of them can be there
}

TEST_CASE("a digest that goes on from a kept state is the digest of the whole") {
  app::WideDigests digests;
  base::Bytes text = base::to_bytes(std::string(100'000, 'a'));
  base::Hasher hasher(base::HashAlgorithm::sha512);
  hasher.update(text);
  digests.keep(base::sha256(text), std::move(hasher));
  for (const bool known : {true, false}) {
    if (!known) text.push_back(std::byte{'c'});
    // What is known is not read again; what is not known is.
    auto found = digests.find(base::sha256(text), known ? base::BytesView() : base::BytesView(text));
    base::Bytes whole = text;
    base::append(whole, std::string_view("b"));
    found.update(base::as_bytes("b"));
    CHECK(found.finish() == base::hash(base::HashAlgorithm::sha512, whole));
  }
}
