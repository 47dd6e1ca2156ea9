#include "support/store_fixture.h"

#include "journal/checkpoint.h"
#include "journal/proof.h"
#include "journal/proof_file.h"
#include "journal/tile.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

using namespace segell;
using namespace segell::storage;
using namespace segell::test;

namespace {

base::Result<std::uint64_t> append(Store& store, const std::string& event) {
  return store.run(test_tenant(), [&](Transaction& tx) { return tx.append_event(base::as_bytes(event)); });
}

journal::Checkpoint served(Store& store, const TenantRecord& tenant) {
  REQUIRE(store.serve_now());
  const auto note = store.served_checkpoint(tenant.origin);
  REQUIRE(note);
  const auto checkpoint = journal::verify_checkpoint(*note, *journal::VerifierKey::parse(tenant.log_vkey));
  REQUIRE(checkpoint);
  return *checkpoint;
}

}  // namespace

TEST_CASE("an event gets its index, an opening that fits its leaf, and a proof under a signed checkpoint") {
  const TempFolder folder;
  const auto open = open_store(folder.path());
  const TenantRecord tenant = make_test_tenant(*open->store);
  CHECK(served(*open->store, tenant).size == 0);
  for (std::uint64_t i = 0; i < 5; ++i) {
    const auto index = append(*open->store, "event " + std::to_string(i));
    REQUIRE(index);
    CHECK(*index == i);
  }
  const auto opening = open->store->read(test_tenant(), [](const View& view) { return view.evidence().opening(3); });
  REQUIRE(opening);
  CHECK(base::to_text(opening->event) == "event 3");
  const journal::Leaf leaf = journal::make_leaf(opening->salt, opening->event);

  const auto text = open->store->log_proof(test_tenant(), 3);
  REQUIRE(text);
  const auto file = journal::parse_proof_file(*text);
  REQUIRE(file);
  const auto checkpoint = journal::verify_proof_file(*file, leaf, *journal::VerifierKey::parse(tenant.log_vkey));
  REQUIRE(checkpoint);
  CHECK(checkpoint->size == 5);
  CHECK(open->store->log_proof(test_tenant(), 5).error().reason == "log.no-entry");
}

TEST_CASE("a refused use case undoes itself and leaves its group alone") {
  const TempFolder folder;
  const auto open = open_store(folder.path());
  make_test_tenant(*open->store);
  std::atomic<int> done{0};
  std::vector<base::Result<void>> results(100);
  for (std::size_t i = 0; i < results.size(); ++i) {
    open->store->submit(
        test_tenant(),
        [i](Transaction& tx) -> base::Result<void> {
          SEGELL_CHECK(tx.append_event(base::as_bytes("event " + std::to_string(i))));
          SEGELL_CHECK(tx.notices().add({"n" + std::to_string(i), 1, "ca", "", "", {}, at_second(0), 0}));
          if (i % 3 == 0) return base::fail(base::Code::conflict, "test.refused", "refused");
          if (i % 7 == 0) throw std::runtime_error("a defect");
          return base::ok();
        },
        [&, i](const base::Result<void>& result) {
          results[i] = result;
          ++done;
        });
  }
  while (done < 100) std::this_thread::yield();
  std::uint64_t kept = 0;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const bool refused = i % 3 == 0 || i % 7 == 0;
    CHECK(results[i].has_value() == !refused);
    if (!refused) ++kept;
    const auto notice = open->store->read(
        test_tenant(), [&](const View& view) { return view.notices().get("n" + std::to_string(i), 1, "ca"); });
    CHECK(notice.has_value() == !refused);
  }
  CHECK(results[3].error().reason == "test.refused");
  CHECK(results[7].error().reason == "store.use-case-threw");
  CHECK(*open->store->read(test_tenant(), [](const View& view) { return view.log_size(); }) == kept);
  CHECK(append(*open->store, "afterwards"));
}

TEST_CASE("many threads get distinct indexes without a gap, and every checkpoint extends the one before") {
  const TempFolder folder;
  const auto open = open_store(folder.path());
  const TenantRecord tenant = make_test_tenant(*open->store);
  std::vector<std::thread> threads;
  std::vector<std::vector<std::uint64_t>> indexes(8);
  for (auto& mine : indexes) {
    threads.emplace_back([&store = *open->store, &mine] {
      for (int i = 0; i < 100; ++i) mine.push_back(append(store, "event").value_or(UINT64_MAX));
    });
  }
  for (auto& thread : threads) thread.join();
  std::vector<std::uint64_t> all;
  for (const auto& mine : indexes) all.insert(all.end(), mine.begin(), mine.end());
  std::sort(all.begin(), all.end());
  for (std::size_t i = 0; i < all.size(); ++i) REQUIRE(all[i] == i);

  const auto session = *open->database->open_session(Access::read);
  const auto key = *journal::VerifierKey::parse(tenant.log_vkey);
  const auto nodes = read_log_nodes(*session, tenant.id);
  journal::Checkpoint before;
  std::size_t checkpoints = 0;
  for (std::uint64_t size = 1; size <= 800; ++size) {
    const auto note = read_checkpoint(*session, tenant.id, size);
    REQUIRE(note);
    if (!*note) continue;
    ++checkpoints;
    const auto checkpoint = journal::verify_checkpoint(**note, key);
    REQUIRE(checkpoint);
    if (before.size > 0) {
      const auto proof = journal::consistency_proof(before.size, size, nodes);
      REQUIRE(proof);
      CHECK(journal::verify_consistency(before.size, before.root, size, checkpoint->root, *proof));
    }
    before = *checkpoint;
  }
  CHECK(before.size == 800);
  CHECK(checkpoints > 1);
}

TEST_CASE("tiles and bundles are served as far as the served checkpoint reaches") {
  const TempFolder folder;
  StoreOptions options;
  options.serve_every = std::chrono::hours(1);
  const auto open = open_store(folder.path(), options);
  const TenantRecord tenant = make_test_tenant(*open->store);
  REQUIRE(open->store->run(test_tenant(), [](Transaction& tx) -> base::Result<void> {
    for (int i = 0; i < 300; ++i) SEGELL_CHECK(tx.append_event(base::as_bytes(std::to_string(i))));
    return base::ok();
  }));
  CHECK(open->store->log_tile(tenant.origin, "tile/0/000").error().reason == "log.no-tile");
  const journal::Checkpoint checkpoint = served(*open->store, tenant);
  CHECK(checkpoint.size == 300);
  std::vector<journal::Hash> hashes;
  for (const char* path : {"tile/0/000", "tile/0/001.p/44"}) {
    const auto octets = open->store->log_tile(tenant.origin, path);
    REQUIRE(octets);
    const auto tile = journal::parse_tile(*octets);
    REQUIRE(tile);
    hashes.insert(hashes.end(), tile->begin(), tile->end());
  }
  CHECK(journal::root_of(hashes) == checkpoint.root);
  CHECK(journal::root_of(std::span(hashes).first(256)) ==
        (*journal::parse_tile(*open->store->log_tile(tenant.origin, "tile/1/000.p/1")))[0]);
  const auto bundle = open->store->log_tile(tenant.origin, "tile/entries/001.p/43");
  REQUIRE(bundle);
  const auto entries = journal::parse_bundle(*bundle);
  REQUIRE(entries);
  REQUIRE(entries->size() == 43);
  CHECK(journal::leaf_hash(entries->back()) == hashes[256 + 42]);
  for (const char* path : {"tile/0/001", "tile/0/001.p/45", "tile/1/000", "tile/2/000.p/1", "tile/0/002.p/1",
                           "tile/entries/001", "checkpoint", "tile/0/../../keys.db", "tile/8/000"}) {
    INFO(path);
    CHECK(open->store->log_tile(tenant.origin, path).error().reason == "log.no-tile");
  }
  CHECK(open->store->log_tile("another.example", "tile/0/000").error().reason == "log.unknown");
}

TEST_CASE("two tenants have two logs") {
  const TempFolder folder;
  const auto open = open_store(folder.path());
  make_test_tenant(*open->store);
  const auto other = TenantId::make();
  REQUIRE(open->store->create_tenant(other, "Consell", "segell.example/consell", at_second(1)));
  CHECK(open->store->create_tenant(other, "Consell", "segell.example/2", at_second(1)).error().reason ==
        "tenant.exists");
  CHECK(open->store->create_tenant(TenantId::make(), "Altre", "segell.example/consell", at_second(1)).error().reason ==
        "tenant.exists");
  CHECK(*append(*open->store, "a") == 0);
  CHECK(*append(*open->store, "b") == 1);
  CHECK(*open->store->run(other, [](Transaction& tx) { return tx.append_event(base::as_bytes("c")); }) == 0);
  CHECK(open->store->tenants()->size() == 2);
  CHECK(open->store->run(TenantId::make(), [](Transaction& tx) { return tx.append_event({}); }).error().reason ==
        "tenant.unknown");
}
