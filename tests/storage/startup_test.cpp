#include "support/store_fixture.h"

#include <doctest/doctest.h>

#include <fstream>

#include <sys/stat.h>

using namespace segell;
using namespace segell::storage;
using namespace segell::test;

namespace {

namespace fs = std::filesystem;

void append_events(Store& store, int count) {
  REQUIRE(store.run(test_tenant(), [&](Transaction& tx) -> base::Result<void> {
    for (int i = 0; i < count; ++i) SEGELL_CHECK(tx.append_event(base::as_bytes(std::to_string(i))));
    return base::ok();
  }));
}

/// A store with 300 entries, closed.
void make_store(const TempFolder& folder) {
  const auto open = open_store(folder.path());
  make_test_tenant(*open->store);
  append_events(*open->store, 300);
  REQUIRE(open->store->serve_now());
}

std::string refusal(const TempFolder& folder, base::Secret kek = test_kek()) {
  const auto open = try_open_store(folder.path(), {}, std::move(kek));
  return open ? "opened" : std::string(open.error().reason);
}

}  // namespace

TEST_CASE("a store that was closed opens again and goes on") {
  const TempFolder folder;
  make_store(folder);
  const auto open = open_store(folder.path());
  append_events(*open->store, 1);
  CHECK(*open->store->read(test_tenant(), [](const View& view) { return view.log_size(); }) == 301);
}

TEST_CASE("a second process on the same folder is refused") {
  const TempFolder folder;
  make_store(folder);
  const auto open = open_store(folder.path());
  CHECK(refusal(folder) == "store.locked");
}

TEST_CASE("a store of an earlier schema is brought up to this one, with what is in it") {
  const TempFolder folder;
  auto open = open_store(folder.path());
  make_test_tenant(*open->store);
  const PersonId person = PersonId::make();
  REQUIRE(open->store->run(test_tenant(), [&](Transaction& tx) {
    return tx.persons().add({person, false, base::Json::object({{"name", "Persona"}}), {}, at_second(0), 0});
  }));
  open.reset();
  tamper(folder,
         "DROP TABLE seal_preparation; DROP TABLE review; DROP TABLE holder_objection; DROP TABLE representation; "
         "DROP INDEX protection_flag_document; ALTER TABLE protection_flag DROP COLUMN document; "
         "ALTER TABLE person DROP COLUMN has_capacity_facts; UPDATE meta SET value = 13 WHERE name = 'schema'");
  open = open_store(folder.path());
  const auto standing =
      open->store->read(test_tenant(), [&](const View& view) { return view.persons().standing(person); });
  REQUIRE(standing);
  CHECK(standing->is_there);
  CHECK_FALSE(standing->has_capacity_facts);
  CHECK(open->store->read(test_tenant(), [&](const View& view) { return view.reviews().of_person(person); })->empty());
}

TEST_CASE("every mismatch of head, tiles, checkpoint, keys and schema is refused by name") {
  const std::pair<const char*, const char*> rows[] = {
      {"UPDATE log_head SET size = 299", "store.head-mismatch"},
      {"UPDATE log_head SET root = zeroblob(32)", "store.head-mismatch"},
      {"UPDATE log_head SET frontier = zeroblob(128)", "store.head-mismatch"},
      {"UPDATE log_tile SET hashes = zeroblob(32) WHERE level = 1", "store.head-mismatch"},
      {"DELETE FROM log_tile WHERE level = 0", "store.head-mismatch"},
      {"UPDATE log_head SET tail = zeroblob(44 * 35)", "store.head-mismatch"},
      {"UPDATE log_head SET tail = x''", "store.head-mismatch"},
      {"DELETE FROM log_tile WHERE level = 1", "store.head-mismatch"},
      {"DELETE FROM log_bundle WHERE idx = 0", "store.head-mismatch"},
      {"INSERT INTO log_bundle SELECT tenant, 1, tail FROM log_head", "store.head-mismatch"},
      {"UPDATE log_head SET note = replace(note, '300', '301')", "store.checkpoint-signature"},
      {"UPDATE log_head SET note = (SELECT note FROM log_checkpoint WHERE size = 0)", "store.checkpoint-mismatch"},
      {"DELETE FROM log_checkpoint WHERE size = 300", "store.checkpoint-mismatch"},
      {"UPDATE tenant SET log_vkey = 'a'", "store.log-key-mismatch"},
      {"UPDATE meta SET value = 99 WHERE name = 'schema'", "store.newer-schema"},
      {"UPDATE meta SET value = 99 WHERE name = 'key-generation'", "store.keys-older"},
      {"INSERT INTO opening SELECT tenant, 300, tenant, sealed FROM opening_chunk WHERE first = 0",
       "store.head-mismatch"},
      {"INSERT INTO opening_chunk SELECT tenant, 300, 300, 1, sealed FROM opening_chunk WHERE first = 0",
       "store.head-mismatch"},
  };
  for (const auto& row : rows) {
    const auto& [sql, reason] = row;
    const TempFolder folder;
    make_store(folder);
    tamper(folder, sql);
    INFO(row.first);
    CHECK(refusal(folder) == reason);
  }
}

TEST_CASE("the wrong key-encryption key and a missing key store are refused") {
  const TempFolder folder;
  make_store(folder);
  CHECK(refusal(folder, base::Secret(base::Bytes(32, std::byte{1}))) == "store.wrong-kek");
  for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(folder.path(std::string("keys.db") + suffix));
  CHECK(refusal(folder) == "store.keys-older");
}

TEST_CASE("a database older than a checkpoint that has left refuses to sign") {
  const TempFolder folder;
  {
    const auto open = open_store(folder.path());
    make_test_tenant(*open->store);
    append_events(*open->store, 10);
  }
  fs::copy(folder.path("segell.db"), folder.path("backup.db"));
  {
    const auto open = open_store(folder.path());
    append_events(*open->store, 5);
    REQUIRE(open->store->serve_now());
  }
  for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(folder.path(std::string("segell.db") + suffix));
  fs::rename(folder.path("backup.db"), folder.path("segell.db"));
  CHECK(refusal(folder) == "store.older-than-served");
}

TEST_CASE("the key-encryption key comes from a file that only its owner reads and that nobody replaces") {
  const TempFolder folder;
  const std::string path = folder.path("kek");
  CHECK(load_kek_file(path).error().reason == "kek.missing");
  REQUIRE(create_kek_file(path));
  CHECK(create_kek_file(path).error().reason == "kek.exists");
  const auto kek = load_kek_file(path);
  REQUIRE(kek);
  CHECK(kek->view().size() == 32);
  REQUIRE(::chmod(path.c_str(), 0640) == 0);
  CHECK(load_kek_file(path).error().reason == "kek.permissions");
  REQUIRE(::chmod(path.c_str(), 0600) == 0);
  std::ofstream(path, std::ios::app) << "x";
  CHECK(load_kek_file(path).error().reason == "kek.malformed");
}
