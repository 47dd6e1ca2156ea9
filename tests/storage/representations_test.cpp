#include "support/store_fixture.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::storage;
using namespace segell::test;

namespace {

/// Nil, whom Laia represents, and an objection of hers.
struct Family {
  template <class F>
  auto act(F f) {
    return open->store->run(test_tenant(), f);
  }
  template <class F>
  auto look(F f) {
    return open->store->read(test_tenant(), f);
  }
  Family() {
    make_test_tenant(*open->store);
    for (const PersonId& id : {nil, laia}) {
      REQUIRE(act([&](Transaction& tx) {
        return tx.persons().add({id, false, base::Json::object({{"name", "Persona"}}), {}, at_second(1), 0});
      }));
    }
    representation.id = RepresentationId::make();
    representation.person = nil;
    representation.representative = laia;
    representation.state = "valida";
    representation.created = at_second(2);
    representation.log_index = 5;
    representation.basis = "parental-authority";
    representation.holds = "joint";
    representation.purposes = {"image", "outing"};
    representation.from = at_second(0);
    representation.until = at_second(90);
    representation.words = base::Json::object({{"reference", "llibre de família inventat"}});
    objection.id = ObjectionId::make();
    objection.person = nil;
    objection.representation = representation.id;
    objection.log_index = 6;
    objection.item = {"image", "", "web"};
    objection.from = at_second(3);
    objection.words = base::Json::object({{"reason", "no ho vol"}});
  }
  void record() {
    REQUIRE(act([&](Transaction& tx) -> base::Result<void> {
      SEGELL_CHECK(tx.representations().add(representation));
      return tx.representations().add(objection);
    }));
  }

  TempFolder folder;
  std::unique_ptr<OpenStore> open = open_store(folder.path());
  PersonId nil = PersonId::make();
  PersonId laia = PersonId::make();
  RepresentationRecord representation;
  ObjectionRecord objection;
};

std::string word(const base::Json& json, const char* name) {
  const base::Json* member = json.find(name);
  return member == nullptr || member->as_string() == nullptr ? std::string() : *member->as_string();
}

}  // namespace

TEST_CASE("who acts for whom is kept with its terms, and found from both sides") {
  Family family;
  const auto standing = [&](const PersonId& id) {
    return *family.look([&](const View& view) { return view.persons().standing(id); });
  };
  CHECK(standing(family.nil).is_there);
  CHECK_FALSE(standing(family.nil).has_capacity_facts);
  CHECK_FALSE(standing(PersonId::make()).is_there);
  family.record();
  CHECK(standing(family.nil).has_capacity_facts);
  CHECK_FALSE(standing(family.laia).has_capacity_facts);

  const auto of_nil = family.look([&](const View& view) { return view.representations().of_person(family.nil); });
  REQUIRE(of_nil);
  REQUIRE(of_nil->size() == 1);
  const RepresentationRecord& kept = of_nil->front();
  CHECK(kept.representative == family.laia);
  CHECK(kept.basis == "parental-authority");
  CHECK(kept.holds == "joint");
  CHECK(kept.purposes == std::vector<std::string>{"image", "outing"});
  CHECK(kept.from == at_second(0));
  CHECK(kept.until == at_second(90));
  CHECK(kept.log_index == 5);
  CHECK(word(kept.words, "reference") == "llibre de família inventat");
  CHECK(
      family.look([&](const View& view) { return view.representations().between(family.nil, family.laia); })->size() ==
      1);
  CHECK(
      family.look([&](const View& view) { return view.representations().between(family.laia, family.nil); })->empty());
  const auto represented = [&](std::optional<PersonId> after) {
    return *family.look([&](const View& view) { return view.representations().represented(after, 10); });
  };
  CHECK(represented({}) == std::vector<PersonId>{family.nil});
  CHECK(represented(family.nil).empty());
}

TEST_CASE("a representation changes its state, an objection its end, and neither its terms") {
  Family family;
  family.record();
  RepresentationRecord changed = family.representation;
  changed.state = "revocada";
  changed.ended = at_second(40);
  changed.basis = "power";
  changed.words.set("change", "sentència inventada");
  ObjectionRecord ended = family.objection;
  ended.until = at_second(50);
  ended.item = {};
  REQUIRE(family.act([&](Transaction& tx) -> base::Result<void> {
    SEGELL_CHECK(tx.representations().update(changed));
    return tx.representations().update(ended);
  }));
  const auto kept = family.look([&](const View& view) { return view.representations().get(changed.id); });
  CHECK(kept->state == "revocada");
  CHECK(kept->ended == at_second(40));
  CHECK(kept->basis == "parental-authority");
  CHECK(word(kept->words, "change") == "sentència inventada");
  const auto objections =
      family.look([&](const View& view) { return view.representations().objections_of(family.nil); });
  REQUIRE(objections->size() == 1);
  CHECK(objections->front().until == at_second(50));
  CHECK(objections->front().item == ItemKey{"image", "", "web"});
  changed.id = RepresentationId::make();
  ended.id = ObjectionId::make();
  CHECK(family.act([&](Transaction& tx) { return tx.representations().update(changed); }).error().reason ==
        "representation.unknown");
  CHECK(family.act([&](Transaction& tx) { return tx.representations().update(ended); }).error().reason ==
        "objection.unknown");
}

TEST_CASE("a review waits until it is answered, and its day lies nowhere in clear") {
  Family family;
  family.record();
  ReviewRecord review{ReviewId::make(),
                      family.nil,
                      "open",
                      true,
                      9,
                      base::Json::object({{"kind", "turned-14"}, {"since", "2026-12-03"}})};
  REQUIRE(family.act([&](Transaction& tx) { return tx.reviews().add(review); }));
  const auto open = [&](std::optional<std::uint64_t> before) {
    return family.look([&](const View& view) { return view.reviews().list_open(before, 10); });
  };
  REQUIRE(open({})->size() == 1);
  CHECK(word(open({})->front().words, "kind") == "turned-14");
  CHECK(open(9)->empty());
  review.state = "answered";
  review.open = false;
  REQUIRE(family.act([&](Transaction& tx) { return tx.reviews().update(review); }));
  CHECK(open({})->empty());
  CHECK(family.look([&](const View& view) { return view.reviews().of_person(family.nil); })->size() == 1);
  const std::string file = base::to_text(*base::load_file(family.folder.path("segell.db"), 64 << 20));
  const std::string log = base::to_text(*base::load_file(family.folder.path("segell.db-wal"), 64 << 20));
  for (const char* secret : {"turned-14", "2026-12-03", "parental-authority", "inventat"}) {
    CAPTURE(secret);
    CHECK((file + log).find(secret) == std::string::npos);
  }
}

TEST_CASE("erasing whoever is represented takes everything about it, erasing the representative only who it was") {
  Family family;
  family.record();
  ReviewRecord review{ReviewId::make(), family.nil, "open", true, 9, base::Json::object({{"kind", "objection"}})};
  REQUIRE(family.act([&](Transaction& tx) { return tx.reviews().add(review); }));
  REQUIRE(family.act([&](Transaction& tx) { return tx.persons().erase(family.laia, 1); }));
  const auto kept = family.look([&](const View& view) { return view.representations().get(family.representation.id); });
  REQUIRE(kept);
  CHECK_FALSE(kept->representative.has_value());
  CHECK(kept->words.is_null());
  CHECK(kept->basis == "parental-authority");
  const auto objections =
      family.look([&](const View& view) { return view.representations().objections_of(family.nil); });
  REQUIRE(objections->size() == 1);
  CHECK(objections->front().words.is_null());
  CHECK(objections->front().item.recipient == "web");  // what it stands against still does not hold

  REQUIRE(family.act([&](Transaction& tx) { return tx.persons().erase(family.nil, 2); }));
  CHECK(family.look([&](const View& view) { return view.representations().of_person(family.nil); })->empty());
  CHECK(family.look([&](const View& view) { return view.representations().objections_of(family.nil); })->empty());
  CHECK(family.look([&](const View& view) { return view.reviews().of_person(family.nil); })->empty());
  CHECK_FALSE(family.look([&](const View& view) { return view.persons().standing(family.nil); })->is_there);
}

TEST_CASE("an excluded representative is known by person, identifier and own login, and a document by its flag") {
  Family family;
  const auto flag = [&](const ExcludedPerson& excluded, std::optional<DocumentId> document = {}) {
    ProtectionFlag made;
    made.id = ProtectionFlagId::make();
    made.person = family.nil;
    made.kind = document ? "confidential" : "excluded-person";
    made.state = "set";
    made.created = at_second(1);
    made.words = base::Json::object({{"reason", "prova"}});
    made.document = document;
    REQUIRE(family.act([&](Transaction& tx) { return tx.protection_flags().add(made, excluded); }));
    return made;
  };
  const auto excludes = [&](const PersonId& other) {
    return *family.look(
        [&](const View& view) { return view.protection_flags().excludes(family.nil, other, "citizen"); });
  };
  CHECK_FALSE(excludes(family.laia));
  flag({.person = family.laia});
  CHECK(excludes(family.laia));
  CHECK_FALSE(excludes(family.nil));
  const PersonId pare = PersonId::make();
  REQUIRE(family.act([&](Transaction& tx) {
    return tx.persons().add(
        {pare, false, base::Json::object({{"name", "Pare"}}), OutsideIdentifier{"DNI", "1X"}, at_second(1), 0});
  }));
  CHECK_FALSE(excludes(pare));
  flag({.identifier = OutsideIdentifier{"DNI", "1X"}});
  CHECK(excludes(pare));

  const PersonId avi = PersonId::make();
  const AccountId account = AccountId::make();
  REQUIRE(family.act([&](Transaction& tx) -> base::Result<void> {
    SEGELL_CHECK(tx.persons().add({avi, false, base::Json::object({{"name", "Avi"}}), {}, at_second(1), 0}));
    AccountRecord record;
    record.id = account;
    record.name = "avi";
    record.state = "active";
    record.created = at_second(1);
    SEGELL_CHECK(tx.accounts().add(record));
    HoldingRecord holding;
    holding.id = HoldingId::make();
    holding.home = test_tenant();
    holding.account = account;
    holding.role = "citizen";
    holding.person = avi;
    holding.since = at_second(1);
    return tx.holdings().add(holding);
  }));
  CHECK_FALSE(excludes(avi));
  flag({.login = "avi"});
  CHECK(excludes(avi));

  const DocumentId document = DocumentId::make();
  const auto covered = [&](const char* kind) {
    return *family.look([&](const View& view) { return view.protection_flags().covers(document, kind); });
  };
  CHECK_FALSE(covered("confidential"));
  ProtectionFlag confidential = flag({}, document);
  CHECK(covered("confidential"));
  CHECK_FALSE(covered("address"));
  CHECK(family.look([&](const View& view) { return view.protection_flags().get(confidential.id); })->document ==
        document);
  confidential.live = false;
  REQUIRE(family.act([&](Transaction& tx) { return tx.protection_flags().update(confidential); }));
  CHECK_FALSE(covered("confidential"));
}
