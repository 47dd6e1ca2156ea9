#include "support/store_fixture.h"

#include <doctest/doctest.h>

#include <set>

using namespace segell;
using namespace segell::storage;
using namespace segell::test;

namespace {

RevisionRecord revision_of(std::uint32_t index, const base::Bytes& whole, std::size_t added) {
  RevisionRecord revision;
  revision.index = index;
  revision.kind = index == 0 ? "original" : "act";
  revision.length = added;
  revision.total_length = whole.size();
  revision.sha256 = base::sha256(whole);
  revision.sha512 = base::sha512(whole);
  revision.time_state = "none";
  return revision;
}

base::Result<void> add_document(Store& store, const DocumentId& id, const base::Bytes& original) {
  SEGELL_TRY(const StagedBlob blob, store.stage_blob(test_tenant(), id, 0, original));
  return store.run(test_tenant(), [&](Transaction& tx) -> base::Result<void> {
    SEGELL_CHECK(tx.documents().add({id, "draft", "", base::Json::object({{"pages", 3}}), at_second(0)}));
    return tx.documents().add_revision(id, revision_of(0, original, original.size()), blob);
  });
}

}  // namespace

TEST_CASE("a document is its revisions: a large one as a blob, a small one in its row") {
  const TempFolder folder;
  const auto open = open_store(folder.path());
  make_test_tenant(*open->store);
  const DocumentId id = DocumentId::make();
  base::Bytes whole = base::random_bytes(200'000);
  REQUIRE(add_document(*open->store, id, whole));
  const base::Bytes act = base::random_bytes(9'000);
  base::append(whole, act);
  const auto staged = open->store->stage_blob(test_tenant(), id, 1, act);
  REQUIRE(staged);
  CHECK_FALSE(staged->inline_octets.empty());
  const auto add = [&](Transaction& tx) {
    return tx.documents().add_revision(id, revision_of(1, whole, act.size()), *staged);
  };
  REQUIRE(open->store->run(test_tenant(), add));
  CHECK(open->store->run(test_tenant(), add).error().reason == "document.revision-taken");

  CHECK(*open->store->document_content(test_tenant(), id) == whole);
  CHECK(open->store->document_content(test_tenant(), id, 0)->size() == 200'000);
  CHECK(open->store->document_content(test_tenant(), id, 2).error().reason == "document.unknown");
  CHECK(open->store->document_content(test_tenant(), DocumentId::make()).error().reason == "document.unknown");
  int blobs = 0;
  REQUIRE(open->blobs->list([&](const BlobName&, std::uint64_t) { ++blobs; }));
  CHECK(blobs == 1);
  const auto revisions =
      open->store->read(test_tenant(), [&](const View& view) { return view.documents().revisions(id); });
  REQUIRE(revisions);
  CHECK_FALSE(revisions->at(0).in_row);
  CHECK(revisions->at(1).in_row);

  const auto wrong = open->store->stage_blob(test_tenant(), DocumentId::make(), 2, act);
  REQUIRE(wrong);
  CHECK(open->store
            ->run(test_tenant(),
                  [&](Transaction& tx) {
                    return tx.documents().add_revision(id, revision_of(2, whole, act.size()), *wrong);
                  })
            .error()
            .reason == "document.revision-mismatch");
}

TEST_CASE("a document is found by its verification code once it is frozen") {
  const TempFolder folder;
  const auto open = open_store(folder.path());
  make_test_tenant(*open->store);
  const DocumentId id = DocumentId::make();
  REQUIRE(add_document(*open->store, id, base::to_bytes(std::string_view("%PDF"))));
  auto document = open->store->read(test_tenant(), [&](const View& view) { return view.documents().get(id); });
  REQUIRE(document);
  CHECK(document->state == "draft");
  CHECK(*document->details.find("pages")->as_int() == 3);
  document->state = "frozen";
  document->verification_code = "ABCD-EFGH";
  REQUIRE(open->store->run(test_tenant(), [&](Transaction& tx) { return tx.documents().update(*document); }));
  CHECK(*open->store->read(test_tenant(),
                           [](const View& view) { return view.documents().find_by_code("ABCD-EFGH"); }) == id);
  CHECK_FALSE(open->store->read(test_tenant(), [](const View& view) { return view.documents().find_by_code("ABCD"); })
                  ->has_value());
  REQUIRE(
      open->store->run(test_tenant(), [&](Transaction& tx) { return tx.documents().set_time_state(id, 0, "tsa"); }));
  CHECK(open->store->read(test_tenant(), [&](const View& view) { return view.documents().last_revision(id); })
            ->time_state == "tsa");
}

TEST_CASE("all documents are gone through in pieces, each once") {
  const TempFolder folder;
  const auto open = open_store(folder.path());
  make_test_tenant(*open->store);
  std::set<DocumentId> made;
  for (int i = 0; i < 5; ++i) {
    const DocumentId id = DocumentId::make();
    made.insert(id);
    REQUIRE(add_document(*open->store, id, base::to_bytes(std::string_view("%PDF"))));
  }
  std::set<DocumentId> met;
  DocumentId last;
  for (const std::size_t expected : {2U, 2U, 1U, 0U}) {
    const auto ids =
        open->store->read(test_tenant(), [&](const View& view) { return view.documents().ids_after(last, 2); });
    REQUIRE(ids);
    CHECK(ids->size() == expected);
    met.insert(ids->begin(), ids->end());
    if (!ids->empty()) last = ids->back();
  }
  CHECK(met == made);
}

TEST_CASE("a flipped bit of a blob is found when the document is read") {
  const TempFolder folder;
  const auto open = open_store(folder.path());
  make_test_tenant(*open->store);
  const DocumentId id = DocumentId::make();
  REQUIRE(add_document(*open->store, id, base::random_bytes(100'000)));
  std::string path;
  REQUIRE(
      open->blobs->list([&](const BlobName& name, std::uint64_t) { path = folder.path("blobs/" + blob_path(name)); }));
  auto octets = *base::load_file(path, 1 << 20);
  octets[50'000] ^= std::byte{1};
  FILE* file = std::fopen(path.c_str(), "wb");
  REQUIRE(file != nullptr);
  REQUIRE(std::fwrite(octets.data(), 1, octets.size(), file) == octets.size());
  std::fclose(file);
  CHECK(open->store->document_content(test_tenant(), id).error().reason == "blob.corrupt");
  std::filesystem::remove(path);
  CHECK(open->store->document_content(test_tenant(), id).error().reason == "blob.missing");
}

TEST_CASE("a request moves from state to state, once") {
  const TempFolder folder;
  const auto open = open_store(folder.path());
  make_test_tenant(*open->store);
  const DocumentId document = DocumentId::make();
  const PersonId person = PersonId::make();
  REQUIRE(add_document(*open->store, document, base::to_bytes(std::string_view("%PDF"))));
  RequestRecord request;
  request.id = RequestId::make();
  request.state = "open";
  request.document = document;
  request.person = person;
  request.nonce = base::random_bytes(32);
  request.created = at_second(1);
  request.expires = at_second(90);
  request.payload = base::Json::object({{"title", "Beca de menjador"}});
  CHECK(open->store->run(test_tenant(), [&](Transaction& tx) { return tx.requests().add(request); }).error().reason ==
        "key.missing");
  REQUIRE(open->store->run(test_tenant(), [&](Transaction& tx) -> base::Result<void> {
    SEGELL_CHECK(tx.persons().add({person, false, nullptr, {}, at_second(0), 0}));
    return tx.requests().add(request);
  }));
  const auto read = open->store->read(test_tenant(), [&](const View& view) { return view.requests().get(request.id); });
  REQUIRE(read);
  CHECK(*read->payload.find("title")->as_string() == "Beca de menjador");
  CHECK(read->nonce == request.nonce);
  RequestRecord acted = *read;
  acted.state = "sealed";
  const auto move = [&](Transaction& tx) { return tx.requests().update(acted, "open"); };
  CHECK(open->store->run(test_tenant(), move));
  CHECK(open->store->run(test_tenant(), move).error().reason == "request.state");
  CHECK(open->store->read(test_tenant(), [&](const View& view) { return view.requests().of_document(document); })
            ->size() == 1);
}
