#include "storage/fsck.h"

#include "support/store_fixture.h"

#include <doctest/doctest.h>

#include <fstream>
#include <set>

using namespace segell;
using namespace segell::storage;
using namespace segell::test;

namespace {

struct Parts {
  std::unique_ptr<Database> database;
  std::unique_ptr<KeyStore> keys;
  std::unique_ptr<BlobStore> blobs;
  base::Secret kek = test_kek();
};

FsckReport look(const TempFolder& folder) {
  Parts parts{*sqlite::open_database(folder.path("segell.db"), sqlite::OpenMode::read),
              *sqlite::open_key_store(folder.path("keys.db"), sqlite::OpenMode::read),
              *folder::open_blob_folder(folder.path("blobs"))};
  auto report = fsck({*parts.database, parts.keys.get(), &parts.kek, parts.blobs.get()});
  if (!report) FAIL(std::string(report.error().reason) << ": " << report.error().message);
  return *std::move(report);
}

std::set<std::string> ids(const FsckReport& report) {
  std::set<std::string> out;
  for (const Finding& finding : report.findings) out.insert(finding.id);
  return out;
}

/// 600 entries in three commits, a document of two revisions, one of them a blob; closed.
void make_store_of_600(const TempFolder& folder) {
  const auto open = open_store(folder.path());
  make_test_tenant(*open->store);
  const DocumentId document = DocumentId::make();
  base::Bytes whole = base::random_bytes(90'000);
  const auto original = *open->store->stage_blob(test_tenant(), document, 0, whole);
  const auto act = *open->store->stage_blob(test_tenant(), document, 1, base::as_bytes("act"));
  for (int round = 0; round < 3; ++round) {
    REQUIRE(open->store->run(test_tenant(), [&](Transaction& tx) -> base::Result<void> {
      for (int i = 0; i < 199; ++i) SEGELL_CHECK(tx.append_event(base::as_bytes("event")));
      const PersonId person = PersonId::make();
      SEGELL_CHECK(tx.persons().add({person, false, nullptr, {}, at_second(0), 0}));
      SEGELL_CHECK(tx.append_event(base::as_bytes("event of a person"), person));
      return base::ok();
    }));
  }
  REQUIRE(open->store->run(test_tenant(), [&](Transaction& tx) -> base::Result<void> {
    SEGELL_CHECK(tx.documents().add({document, "sealed", "", nullptr, at_second(0)}));
    RevisionRecord revision;
    revision.kind = "original";
    for (const StagedBlob* blob : {&original, &act}) {
      base::Bytes so_far = whole;
      if (blob == &act) base::append(so_far, std::string_view("act"));
      revision.index = blob->revision;
      revision.length = blob->length;
      revision.total_length = so_far.size();
      revision.sha256 = base::sha256(so_far);
      revision.sha512 = base::sha512(so_far);
      SEGELL_CHECK(tx.documents().add_revision(document, revision, *blob));
    }
    return base::ok();
  }));
  REQUIRE(open->store->serve_now());
}

}  // namespace

TEST_CASE("an untouched store has no findings, and everything was looked at") {
  const TempFolder folder;
  make_store_of_600(folder);
  const FsckReport report = look(folder);
  for (const Finding& finding : report.findings) FAIL_CHECK(finding.id << " " << finding.where);
  REQUIRE(report.logs.size() == 1);
  CHECK(report.logs[0].size == 600);
  CHECK(report.logs[0].checkpoints == 4);  // of the empty log, too
  CHECK(report.logs[0].openings_checked == 600);
  CHECK(report.logs[0].openings_absent == 0);
  CHECK(report.logs[0].revisions_checked == 2);
  CHECK(report.orphan_blobs == 0);
  CHECK(report.not_checked.empty());
}

TEST_CASE("each kind of damage is found and located") {
  // Flipping one bit: SQL has no XOR for blobs, so an octet is replaced by one that random data has once in 256 times
  // only; two of them in a row make the odds negligible.
  const auto patched = [](const std::string& column, int at) {
    return "CAST(substr(" + column + ",1," + std::to_string(at) + ") || x'a55a' || substr(" + column + "," +
           std::to_string(at + 3) + ") AS BLOB)";
  };
  struct Row {
    std::string sql;
    const char* id;
    const char* where;
  };
  const Row rows[] = {
      {"UPDATE log_bundle SET entries = " + patched("entries", 35 * 7 + 10) + " WHERE idx = 1", "log.leaf-hash",
       "entry 263 of"},
      {"UPDATE log_tile SET hashes = " + patched("hashes", 32 * 5) + " WHERE level = 0 AND idx = 0", "log.leaf-hash",
       "entry 5 of"},
      {"UPDATE log_tile SET hashes = " + patched("hashes", 32) + " WHERE level = 1", "log.tile", "tile/1/000.p/2 of"},
      {"UPDATE log_head SET tail = " + patched("tail", 35 * 7 + 10), "opening.mismatch", "entry 519 of"},
      {"UPDATE log_head SET tail = substr(tail, 1, 35 * 80)", "log.head", "there are 592"},
      {"UPDATE log_head SET tail = x''", "log.checkpoint-root", "size 600 of"},
      {"UPDATE log_checkpoint SET note = replace(note, '400', '401') WHERE size = 400", "log.checkpoint-signature",
       "size 400 of"},
      {"UPDATE log_checkpoint SET size = 401 WHERE size = 400", "log.checkpoint-root", "size 401 of"},
      {"UPDATE log_head SET root = zeroblob(32)", "log.head", ""},
      {"UPDATE opening_chunk SET sealed = " + patched("sealed", 20) + " WHERE first = 200", "opening.unreadable",
       "entry 200 of"},
      {"UPDATE opening_chunk SET first = 1 WHERE first = 0", "opening.unreadable", "entry 1 of"},
      {"UPDATE opening SET sealed = " + patched("sealed", 20) + " WHERE log_index = 399", "opening.unreadable",
       "entry 399 of"},
      {"UPDATE opening SET log_index = 598 WHERE log_index = 599", "opening.unreadable", "entry 598 of"},
      {"UPDATE revision SET octets = " + patched("octets", 40) + " WHERE idx = 1", "revision.blob-corrupt",
       "revision 1"},
      {"UPDATE revision SET sha256 = zeroblob(32) WHERE idx = 0", "revision.digest", "revision 0"},
      {"UPDATE revision SET blob = zeroblob(32) WHERE idx = 0", "revision.blob-missing", "revision 0"},
      {"DELETE FROM log_bundle WHERE idx = 1", "log.bundle", "tile/entries/001 of"},
      {"UPDATE log_bundle SET idx = CASE idx WHEN 0 THEN 9 ELSE idx END; UPDATE log_bundle SET idx = 0 WHERE idx = 1; "
       "UPDATE log_bundle SET idx = 1 WHERE idx = 9",
       "log.leaf-hash", "entry 0 of"},
  };
  for (const Row& row : rows) {
    const TempFolder folder;
    make_store_of_600(folder);
    tamper(folder, row.sql);
    const FsckReport report = look(folder);
    INFO(row.sql);
    bool located = false;
    for (const Finding& finding : report.findings) {
      INFO(finding.id << " " << finding.where);
      located = located || (finding.id == row.id && finding.where.find(row.where) != std::string::npos);
    }
    CHECK(located);
  }
}

TEST_CASE("two blobs of one document that changed places are found") {
  const TempFolder folder;
  make_store_of_600(folder);
  tamper(folder,
         "UPDATE revision SET blob = (SELECT blob FROM revision r WHERE r.idx = 1), octets = (SELECT octets FROM "
         "revision r WHERE r.idx = 1) WHERE idx = 0");
  CHECK(ids(look(folder)).contains("revision.unreadable"));
}

TEST_CASE("a blob that lost a bit, and one that nobody names, are told apart") {
  const TempFolder folder;
  make_store_of_600(folder);
  {
    const auto blobs = *folder::open_blob_folder(folder.path("blobs"));
    std::string path;
    REQUIRE(blobs->list([&](const BlobName& name, std::uint64_t) { path = folder.path("blobs/" + blob_path(name)); }));
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(4242);
    const char octet = static_cast<char>(file.get() ^ 1);
    file.seekp(4242);
    file.put(octet);
    file.close();
    REQUIRE(blobs->put(base::random_bytes(10)));
  }
  const FsckReport report = look(folder);
  CHECK(ids(report) == std::set<std::string>{"revision.blob-corrupt"});
  CHECK(report.orphan_blobs == 1);
}

TEST_CASE("without keys and blobs the log is checked, and what was not is said") {
  const TempFolder folder;
  make_store_of_600(folder);
  const auto database = *sqlite::open_database(folder.path("segell.db"), sqlite::OpenMode::read);
  const auto report = fsck({*database});
  REQUIRE(report);
  CHECK(report->findings.empty());
  CHECK(report->logs[0].size == 600);
  CHECK(report->not_checked.size() == 3);
}
