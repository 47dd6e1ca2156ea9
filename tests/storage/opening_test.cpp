#include "support/store_fixture.h"

#include "storage/fsck.h"
#include "storage/openings.h"

#include <doctest/doctest.h>

#include <set>

using namespace segell;
using namespace segell::storage;
using namespace segell::test;

namespace {

base::Result<void> add_person(Transaction& tx, const PersonId& person) {
  return tx.persons().add({person, false, base::Json::object({{"name", "X"}}), {}, at_second(0), 0});
}

base::Bytes event_of(std::uint64_t index) { return base::Bytes(1 + index % 700, static_cast<std::byte>(index)); }

std::string opening_error(Store& store, std::uint64_t index) {
  const auto opening = store.read(test_tenant(), [&](const View& view) { return view.evidence().opening(index); });
  return opening ? "readable" : std::string(opening.error().reason);
}

}  // namespace

TEST_CASE("every opening of a large commit is found, with a subject or without") {
  const TempFolder folder;
  const auto open = open_store(folder.path());
  make_test_tenant(*open->store);
  const PersonId person = PersonId::make();
  constexpr std::uint64_t kCount = 700;
  for (int commit = 0; commit < 2; ++commit) {
    REQUIRE(open->store->run(test_tenant(), [&](Transaction& tx) -> base::Result<void> {
      if (commit == 0) SEGELL_CHECK(add_person(tx, person));
      for (std::uint64_t i = 0; i < kCount; ++i) {
        const std::uint64_t index = static_cast<std::uint64_t>(commit) * kCount + i;
        const auto subject = index % 3 == 1 ? std::optional(person) : std::nullopt;
        SEGELL_CHECK(tx.append_event(event_of(index), subject));
      }
      return base::ok();
    }));
  }
  std::set<journal::Salt> salts;
  const auto checked = open->store->read(test_tenant(), [&](const View& view) -> base::Result<int> {
    int good = 0;
    for (std::uint64_t index = 0; index < 2 * kCount; ++index) {
      SEGELL_TRY(const Opening opening, view.evidence().opening(index));
      if (opening.log_index == index && opening.event == event_of(index) &&
          opening.subject.has_value() == (index % 3 == 1))
        ++good;
      salts.insert(opening.salt);
    }
    return good;
  });
  REQUIRE(checked);
  CHECK(salts.size() == 2 * kCount);
  CHECK(*checked == 2 * kCount);
  CHECK(opening_error(*open->store, 2 * kCount) == "opening.unknown");
  const auto report = fsck({*open->database, open->keys.get(), &open->kek, open->blobs.get()});
  REQUIRE(report);
  CHECK(report->findings.empty());
  CHECK(report->logs[0].openings_checked == 2 * kCount);

  const auto session = *open->database->open_session(Access::read);
  REQUIRE(session->begin(Access::read));
  std::uint64_t next = 0;
  const auto all = read_openings(*session, test_tenant(), *open->keys, open->kek, [&](const Opening& opening) {
    if (opening.log_index == next && opening.event == event_of(next) && opening.subject.has_value() == (next % 3 == 1))
      ++next;
    return base::ok();
  });
  CHECK(all);
  CHECK(next == 2 * kCount);  // each once, in order of index
}

TEST_CASE("an opening of the same commit as the erasure of its subject never reaches the store") {
  const TempFolder folder;
  const auto open = open_store(folder.path());
  make_test_tenant(*open->store);
  const PersonId person = PersonId::make();
  REQUIRE(open->store->run(test_tenant(), [&](Transaction& tx) { return add_person(tx, person); }));
  const auto report = open->store->run(test_tenant(), [&](Transaction& tx) -> base::Result<ErasureReport> {
    SEGELL_CHECK(tx.append_event(base::as_bytes("of the person"), person));
    SEGELL_TRY(const std::uint64_t index, tx.append_event(base::as_bytes("erased a person")));
    SEGELL_TRY(const ErasureReport erased, tx.persons().erase(person, index));
    SEGELL_CHECK(tx.append_event(base::as_bytes("late, of the person"), person));
    return erased;
  });
  REQUIRE(report);
  CHECK(report->openings == 1);
  CHECK(opening_error(*open->store, 0) == "opening.erased");
  CHECK(opening_error(*open->store, 1) == "readable");
  CHECK(opening_error(*open->store, 2) == "opening.erased");
  const auto checked = fsck({*open->database, open->keys.get(), &open->kek, open->blobs.get()});
  REQUIRE(checked);
  CHECK(checked->findings.empty());
  CHECK(checked->logs[0].openings_absent == 2);
}

TEST_CASE("a refused erasure leaves the openings of its group") {
  const TempFolder folder;
  const auto open = open_store(folder.path());
  make_test_tenant(*open->store);
  const PersonId person = PersonId::make();
  REQUIRE(open->store->run(test_tenant(), [&](Transaction& tx) -> base::Result<void> {
    SEGELL_CHECK(add_person(tx, person));
    SEGELL_CHECK(tx.append_event(base::as_bytes("of the person"), person));
    return base::ok();
  }));
  const auto refused = open->store->run(test_tenant(), [&](Transaction& tx) -> base::Result<void> {
    SEGELL_TRY(const std::uint64_t index, tx.append_event(base::as_bytes("erased a person")));
    SEGELL_CHECK(tx.persons().erase(person, index));
    return base::fail(base::Code::conflict, "test.refused", "refused");
  });
  CHECK_FALSE(refused);
  CHECK(opening_error(*open->store, 0) == "readable");
  CHECK(*open->store->read(test_tenant(), [](const View& view) { return view.log_size(); }) == 1);
}

TEST_CASE("blobs of acts that never committed go, those of acts under way and of documents stay") {
  const TempFolder folder;
  const DocumentId document = DocumentId::make();
  const base::Bytes whole = base::random_bytes(90'000);
  const auto count = [&](OpenStore& open) {
    int blobs = 0;
    REQUIRE(open.blobs->list([&](const BlobName&, std::uint64_t) { ++blobs; }));
    return blobs;
  };
  {
    const auto open = open_store(folder.path());
    make_test_tenant(*open->store);
    const auto kept = open->store->stage_blob(test_tenant(), document, 0, whole);
    REQUIRE(open->store->stage_blob(test_tenant(), document, 0, whole));  // its act never comes
    CHECK(*open->store->remove_orphan_blobs() == 0);
    REQUIRE(kept);
    REQUIRE(open->store->run(test_tenant(), [&](Transaction& tx) -> base::Result<void> {
      SEGELL_CHECK(tx.documents().add({document, "draft", "", nullptr, at_second(0)}));
      RevisionRecord revision;
      revision.kind = "original";
      revision.length = revision.total_length = whole.size();
      revision.sha256 = base::sha256(whole);
      revision.sha512 = base::sha512(whole);
      return tx.documents().add_revision(document, revision, *kept);
    }));
    CHECK(*open->store->remove_orphan_blobs() == 0);
    CHECK(count(*open) == 2);
  }
  const auto open = open_store(folder.path());
  REQUIRE(open->store->stage_blob(test_tenant(), DocumentId::make(), 0, whole));  // under way
  CHECK(*open->store->remove_orphan_blobs() == 1);
  CHECK(count(*open) == 2);
  CHECK(*open->store->remove_orphan_blobs() == 0);
  CHECK(*open->store->document_content(test_tenant(), document) == whole);
}
