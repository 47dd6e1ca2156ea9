#include "support/store_fixture.h"

#include "journal/proof_file.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::storage;
using namespace segell::test;

TEST_CASE("erasing a person takes salts, keys and data, and every proof stays valid") {
  const TempFolder folder;
  auto open = open_store(folder.path());
  const TenantRecord tenant = make_test_tenant(*open->store);
  const PersonId person = PersonId::make();
  const DocumentId document = DocumentId::make();
  const auto blob = open->store->stage_blob(test_tenant(), document, 0, base::as_bytes("%PDF"));
  REQUIRE(blob);
  REQUIRE(open->store->run(test_tenant(), [&](Transaction& tx) -> base::Result<void> {
    SEGELL_CHECK(tx.persons().add(
        {person, false, base::Json::object({{"name", "X"}}), OutsideIdentifier{"nif", "1"}, at_second(0), 0}));
    SEGELL_CHECK(tx.append_event(base::as_bytes("of the person"), person));
    SEGELL_CHECK(tx.append_event(base::as_bytes("of the tenant")));
    SEGELL_CHECK(tx.documents().add({document, "sealed", "", nullptr, at_second(0)}));
    RevisionRecord revision;
    revision.kind = "original";
    revision.length = revision.total_length = 4;
    revision.sha256 = base::sha256(base::as_bytes("%PDF"));
    SEGELL_CHECK(tx.documents().add_revision(document, revision, *blob));
    SEGELL_CHECK(tx.evidence().add_disclosure(document, 0, person, base::as_bytes("{}")));
    SEGELL_CHECK(tx.evidence().add_envelope(document, 0, person, base::as_bytes("CMS")));
    ConsentFact fact;
    fact.decision = DecisionId::make();
    fact.person = person;
    fact.kind = "grant";
    return tx.consents().add(fact);
  }));
  CHECK(base::to_text(*open->store->read(test_tenant(),
                                         [&](const View& v) { return v.evidence().disclosure(document, 0); })) == "{}");
  CHECK(base::to_text(*open->store->read(test_tenant(),
                                         [&](const View& v) { return v.evidence().envelope(document, 0); })) == "CMS");
  CHECK(open->store->read(test_tenant(), [&](const View& v) { return v.evidence().disclosure(document, 1); })
            .error()
            .reason == "disclosure.unknown");
  const auto opening = open->store->read(test_tenant(), [](const View& v) { return v.evidence().opening(0); });
  REQUIRE(opening);
  CHECK(opening->subject == person);
  const journal::Leaf leaf = journal::make_leaf(opening->salt, opening->event);

  const auto erase = [&](Transaction& tx) -> base::Result<ErasureReport> {
    SEGELL_TRY(const std::uint64_t index, tx.append_event(base::as_bytes("erased a person")));
    return tx.persons().erase(person, index);
  };
  const auto report = open->store->run(test_tenant(), erase);
  REQUIRE(report);
  CHECK(report->openings == 1);
  CHECK(report->disclosures == 1);
  CHECK(report->envelopes == 1);
  CHECK(report->facts == 1);
  CHECK(open->store->run(test_tenant(), erase).error().reason == "person.erased");

  const auto view_of = [&](auto read) { return open->store->read(test_tenant(), read); };
  CHECK(view_of([](const View& v) { return v.evidence().opening(0); }).error().reason == "opening.erased");
  CHECK(view_of([](const View& v) { return v.evidence().opening(99); }).error().reason == "opening.unknown");
  CHECK(view_of([](const View& v) { return v.evidence().opening(1); }).has_value());
  CHECK(view_of([&](const View& v) { return v.evidence().disclosure(document, 0); }).error().reason ==
        "disclosure.erased");
  CHECK(view_of([&](const View& v) { return v.evidence().envelope(document, 0); }).error().reason == "envelope.erased");
  CHECK(view_of([&](const View& v) { return v.persons().get(person); })->erased);
  CHECK_FALSE(view_of([](const View& v) { return v.persons().find({"nif", "1"}); })->has_value());
  CHECK(view_of([&](const View& v) { return v.consents().of_person(person); })->empty());
  CHECK_FALSE(open->keys->get(person_key_owner(test_tenant(), person))->has_value());
  CHECK_FALSE(open->keys->get(envelope_key_owner(test_tenant(), document, 0))->has_value());
  CHECK(open->store->document_content(test_tenant(), document).has_value());
  CHECK(open->store->run(test_tenant(), [&](Transaction& tx) { return tx.append_event(base::as_bytes("x"), person); })
            .error()
            .reason == "key.missing");

  const auto proof = journal::parse_proof_file(*open->store->log_proof(test_tenant(), 0));
  REQUIRE(proof);
  CHECK(journal::verify_proof_file(*proof, leaf, *journal::VerifierKey::parse(tenant.log_vkey)));
}

TEST_CASE("a key that a restored key store brought back is destroyed again at the next start") {
  const TempFolder folder;
  auto open = open_store(folder.path());
  make_test_tenant(*open->store);
  const PersonId person = PersonId::make();
  REQUIRE(open->store->run(test_tenant(), [&](Transaction& tx) {
    return tx.persons().add({person, false, base::Json::object({{"name", "X"}}), {}, at_second(0), 0});
  }));
  const auto wrapped = open->keys->get(person_key_owner(test_tenant(), person));
  REQUIRE(wrapped->has_value());
  REQUIRE(open->store->run(test_tenant(), [&](Transaction& tx) { return tx.persons().erase(person, 0); }));
  const WrappedKey back{person_key_owner(test_tenant(), person), **wrapped};
  REQUIRE(open->keys->put({&back, 1}));
  open.reset();
  open = open_store(folder.path());
  CHECK_FALSE(open->keys->get(person_key_owner(test_tenant(), person))->has_value());
}

TEST_CASE("an envelope is erased alone, with its key, also where a restored key store brought that back") {
  const TempFolder folder;
  auto open = open_store(folder.path());
  make_test_tenant(*open->store);
  const PersonId person = PersonId::make();
  const DocumentId document = DocumentId::make();
  const auto blob = open->store->stage_blob(test_tenant(), document, 0, base::as_bytes("%PDF"));
  REQUIRE(blob);
  REQUIRE(open->store->run(test_tenant(), [&](Transaction& tx) -> base::Result<void> {
    SEGELL_CHECK(tx.persons().add({person, false, base::Json::object({{"name", "X"}}), {}, at_second(0), 0}));
    SEGELL_CHECK(tx.documents().add({document, "sealed", "", nullptr, at_second(0)}));
    RevisionRecord revision;
    revision.kind = "original";
    revision.length = revision.total_length = 4;
    revision.sha256 = base::sha256(base::as_bytes("%PDF"));
    SEGELL_CHECK(tx.documents().add_revision(document, revision, *blob));
    SEGELL_CHECK(tx.evidence().add_disclosure(document, 0, person, base::as_bytes("{}")));
    return tx.evidence().add_envelope(document, 0, person, base::as_bytes("CMS"));
  }));
  const KeyOwner owner = envelope_key_owner(test_tenant(), document, 0);
  const auto wrapped = open->keys->get(owner);
  REQUIRE(wrapped->has_value());
  const auto erase = [&](Transaction& tx) { return tx.evidence().erase_envelope(document, 0); };
  const auto erased = open->store->run(test_tenant(), erase);
  REQUIRE(erased);
  CHECK(*erased == base::sha256(base::as_bytes("CMS")));
  CHECK_FALSE(open->store->run(test_tenant(), erase)->has_value());
  CHECK_FALSE(open->keys->get(owner)->has_value());
  const auto view_of = [&](auto read) { return open->store->read(test_tenant(), read); };
  CHECK(view_of([&](const View& v) { return v.evidence().envelope(document, 0); }).error().reason == "envelope.erased");
  CHECK(view_of([&](const View& v) { return v.evidence().disclosure(document, 0); }).has_value());
  const WrappedKey back{owner, **wrapped};
  REQUIRE(open->keys->put({&back, 1}));
  open.reset();
  open = open_store(folder.path());
  CHECK_FALSE(open->keys->get(owner)->has_value());
}
