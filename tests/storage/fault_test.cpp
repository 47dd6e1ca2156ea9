#include "support/store_fixture.h"

#include "support/faulty_database.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

using namespace segell;
using namespace segell::storage;
using namespace segell::test;

namespace {

struct Faulty {
  TempFolder folder;
  std::unique_ptr<Database> inner = *sqlite::open_database(folder.path("segell.db"), sqlite::OpenMode::serve);
  FaultyDatabase database{*inner};
  std::unique_ptr<KeyStore> keys = *sqlite::open_key_store(folder.path("keys.db"), sqlite::OpenMode::serve);
  std::unique_ptr<BlobStore> blobs = *folder::open_blob_folder(folder.path("blobs"));
  base::Secret kek = test_kek();
  RecordingFatal fatal;
  std::unique_ptr<Store> store = *Store::open({database, *keys, *blobs, kek, fatal});
  Faulty() { make_test_tenant(*store); }

  base::Result<std::uint64_t> append() {
    return store->run(test_tenant(), [](Transaction& tx) { return tx.append_event(base::as_bytes("e")); });
  }
  std::uint64_t size() {
    return *store->read(test_tenant(), [](const View& view) { return view.log_size(); });
  }
};

}  // namespace

TEST_CASE("a commit that finds the disk full refuses the act, and the next one goes on") {
  Faulty world;
  REQUIRE(world.append());
  world.database.next_commit = FaultyDatabase::Fault::full;
  const auto refused = world.append();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == base::Code::storage_full);
  CHECK(world.fatal.reasons.empty());
  CHECK(world.size() == 1);
  CHECK(*world.append() == 1);
}

TEST_CASE("a commit whose durability is unknown ends the process and acknowledges nothing") {
  Faulty world;
  REQUIRE(world.append());
  world.database.next_commit = FaultyDatabase::Fault::fsync_failed;
  const auto unknown = world.append();
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().reason == "store.outcome-unknown");
  CHECK(world.fatal.reasons == std::vector<std::string>{"storage.io"});
  CHECK(world.append().error().reason == "store.stopped");
  CHECK(world.store->ready().error().reason == "store.stopped");
}

TEST_CASE("a lost answer to a commit is resolved from the head row") {
  Faulty world;
  REQUIRE(world.append());
  world.database.next_commit = FaultyDatabase::Fault::lost_after_commit;
  const auto kept = world.append();
  REQUIRE(kept);
  CHECK(*kept == 1);
  CHECK(world.size() == 2);

  world.database.next_commit = FaultyDatabase::Fault::lost_before_commit;
  const auto lost = world.append();
  REQUIRE_FALSE(lost);
  CHECK(world.size() == 2);
  CHECK(*world.append() == 2);
  CHECK(world.fatal.reasons.empty());
}

TEST_CASE("when a group does not fit, its members run one by one") {
  Faulty world;
  std::atomic<int> done{0};
  std::atomic<int> good{0};
  world.database.full_after_members = 20;  // a transaction of more than that many use cases finds the disk full
  for (int i = 0; i < 64; ++i) {
    world.store->submit(
        test_tenant(),
        [](Transaction& tx) -> base::Result<void> {
          SEGELL_CHECK(tx.append_event(base::as_bytes("e")));
          return base::ok();
        },
        [&](const base::Result<void>& result) {
          if (result) ++good;
          ++done;
        });
  }
  while (done < 64) std::this_thread::yield();
  CHECK(good == 64);
  CHECK(world.size() == 64);
}
