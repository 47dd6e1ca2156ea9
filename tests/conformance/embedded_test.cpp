#include "conformance/blob_suite.h"
#include "conformance/database_suite.h"
#include "conformance/key_suite.h"
#include "support/store_fixture.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::test;

TEST_CASE("SQLite keeps the promises of a database") {
  const TempFolder folder;
  const auto database = *sqlite::open_database(folder.path("a.db"), sqlite::OpenMode::serve);
  check_database(*database);
}

TEST_CASE("SQLite keeps the promises of a key store, and a destroyed key is in none of its files") {
  const TempFolder folder;
  const auto keys = *sqlite::open_key_store(folder.path("keys.db"), sqlite::OpenMode::serve);
  check_key_store(*keys);
  const storage::WrappedKey key{storage::log_key_owner(storage::TenantId::make()), base::random_bytes(60)};
  const auto in_files = [&] {
    std::string all;
    for (const char* suffix : {"", "-wal"})
      if (const auto octets = base::load_file(folder.path(std::string("keys.db") + suffix), 1 << 24))
        all += base::to_text(*octets);
    return all.find(base::as_text(key.wrapped)) != std::string::npos;
  };
  REQUIRE(keys->put({&key, 1}));
  CHECK(in_files());
  REQUIRE(keys->destroy({&key.owner, 1}));
  CHECK_FALSE(in_files());
}

TEST_CASE("a folder keeps the promises of a blob store and clears what a crash left") {
  const TempFolder folder;
  check_blob_store(**folder::open_blob_folder(folder.path("blobs")));
  const std::string left = folder.path("blobs/.tmp-0123");
  std::fclose(std::fopen(left.c_str(), "w"));
  REQUIRE(folder::open_blob_folder(folder.path("blobs")));
  CHECK_FALSE(std::filesystem::exists(left));
}
