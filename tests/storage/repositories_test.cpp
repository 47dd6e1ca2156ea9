#include "support/store_fixture.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::storage;
using namespace segell::test;

namespace {

struct World {
  TempFolder folder;
  std::unique_ptr<OpenStore> open = open_store(folder.path());
  TenantRecord tenant = make_test_tenant(*open->store);

  template <class F>
  auto act(F f) {
    return open->store->run(tenant.id, f);
  }
  template <class F>
  auto look(F f) {
    return open->store->read(tenant.id, f);
  }
  PersonId add_person(const std::string& name, const std::string& nif) {
    const PersonId id = PersonId::make();
    const auto added = act([&](Transaction& tx) {
      return tx.persons().add(
          {id, false, base::Json::object({{"name", name}}), OutsideIdentifier{"nif", nif}, at_second(1), 4});
    });
    REQUIRE(added);
    return id;
  }
};

}  // namespace

TEST_CASE("a person is found by an identifier that lies nowhere in clear") {
  World world;
  const PersonId id = world.add_person("Persona Inventada", "00000000T");
  const auto found = world.look([](const View& view) { return view.persons().find({"nif", "00000000T"}); });
  REQUIRE(found);
  CHECK(*found == id);
  CHECK_FALSE(world.look([](const View& view) { return view.persons().find({"passport", "00000000T"}); })->has_value());
  const auto person = world.look([&](const View& view) { return view.persons().get(id); });
  REQUIRE(person);
  CHECK(*person->profile.find("name")->as_string() == "Persona Inventada");
  CHECK(person->identifier->value == "00000000T");
  CHECK(person->created == at_second(1));
  CHECK(world
            .act([&](Transaction& tx) {
              return tx.persons().add(
                  {PersonId::make(), false, nullptr, OutsideIdentifier{"nif", "00000000T"}, at_second(1), 4});
            })
            .error()
            .reason == "person.identifier-taken");
  REQUIRE(world.act([&](Transaction& tx) {
    return tx.persons().set_profile(id, base::Json::object({{"name", "Nom Nou"}}));
  }));
  CHECK(*world.look([&](const View& view) { return view.persons().get(id); })->profile.find("name")->as_string() ==
        "Nom Nou");
  CHECK(world.look([](const View& view) { return view.persons().get(PersonId::make()); }).error().reason ==
        "person.unknown");

  world.open.reset();  // everything is in the files now
  std::string all;
  for (const auto& file : std::filesystem::recursive_directory_iterator(world.folder.path())) {
    if (!file.is_regular_file()) continue;
    all += base::to_text(*base::load_file(file.path(), 1 << 28));
  }
  CHECK(all.size() > 10'000);
  for (const char* canary : {"Persona", "Inventada", "00000000T", "Nom Nou"}) {
    INFO(canary);
    CHECK(all.find(canary) == std::string::npos);
  }
}

TEST_CASE("an account lies sealed under a key of its own, which goes when it is closed") {
  World world;
  const AccountId id = AccountId::make();
  const AccountRecord account{id, "persona.inventada", "active", base::Json::object({{"shown", "Nom Inventat"}}),
                              at_second(1)};
  REQUIRE(world.act([&](Transaction& tx) { return tx.accounts().add(account); }));
  const auto found = world.open->store->find_account("persona.inventada");
  REQUIRE(found);
  REQUIRE(found->has_value());
  CHECK((*found)->home == world.tenant.id);
  CHECK((*found)->account.id == id);
  CHECK(*(*found)->account.details.find("shown")->as_string() == "Nom Inventat");
  CHECK_FALSE((*world.open->store->find_account("persona")).has_value());
  CHECK(world
            .act([&](Transaction& tx) {
              return tx.accounts().add({AccountId::make(), "persona.inventada", "active", nullptr, at_second(1)});
            })
            .error()
            .reason == "account.name-taken");

  const PersonId person = world.add_person("Persona Inventada", "00000000T");
  const HoldingRecord holding{HoldingId::make(), world.tenant.id, id, {}, "citizen", person, at_second(2)};
  SessionRecord session;
  session.hash = base::sha256(base::as_bytes("cookie"));
  session.id = SessionId::make();
  session.home = world.tenant.id;
  session.account = id;
  session.tenant = world.tenant.id;
  session.holding = holding.id;
  session.step = "open";
  session.level = "low";
  session.created = session.seen = at_second(3);
  session.expires = at_second(1000);
  REQUIRE(world.act([&](Transaction& tx) -> base::Result<void> {
    SEGELL_CHECK(tx.holdings().add(holding));
    SEGELL_CHECK(tx.assignments().add(person, id, at_second(2)));
    SEGELL_CHECK(tx.assignments().add(person, id, at_second(9)));
    return tx.sessions().add(session);
  }));
  const auto open = world.open->store->find_session(session.hash);
  REQUIRE(open);
  CHECK(open->role == "citizen");
  CHECK(open->person == person);
  CHECK(open->account_state == "active");
  CHECK(*world.look([&](const View& view) { return view.assignments().has(person, id); }));

  const KeyOwner key = account_key_owner(world.tenant.id, id);
  CHECK((*world.open->keys->get(key)).has_value());
  REQUIRE(world.act([&](Transaction& tx) { return tx.accounts().close(id); }));
  CHECK_FALSE((*world.open->keys->get(key)).has_value());
  CHECK(world.open->store->find_session(session.hash).error().reason == "session.unknown");
  CHECK_FALSE((*world.open->store->find_account("persona.inventada")).has_value());
  CHECK_FALSE(*world.look([&](const View& view) { return view.assignments().has(person, id); }));
  CHECK(world.look([&](const View& view) { return view.holdings().of_person(person); })->empty());
  world.open.reset();
  std::string all;
  for (const auto& file : std::filesystem::recursive_directory_iterator(world.folder.path()))
    if (file.is_regular_file()) all += base::to_text(*base::load_file(file.path(), 1 << 28));
  for (const char* canary : {"persona.inventada", "Nom Inventat", "cookie"})
    CHECK(all.find(canary) == std::string::npos);
}

TEST_CASE("failed attempts are counted by a tag of the node, and forgotten after their time") {
  World world;
  Store& store = *world.open->store;
  const base::Bytes tag = store.login_tag("name", "marta");
  CHECK(tag == store.login_tag("name", "marta"));
  CHECK(tag != store.login_tag("address", "marta"));
  const auto fail_at = [&](int second) {
    REQUIRE(world.act([&](Transaction& tx) {
      return tx.sessions().note_failure(tag, at_second(second), std::chrono::seconds(100));
    }));
    return store.login_failures(tag)->count;
  };
  CHECK(store.login_failures(tag)->count == 0);
  CHECK(fail_at(1) == 1);
  CHECK(fail_at(50) == 2);
  CHECK(store.login_failures(tag)->last == at_second(50));
  CHECK(fail_at(151) == 1);
  REQUIRE(world.act([&](Transaction& tx) { return tx.sessions().forget_failures(tag); }));
  CHECK(store.login_failures(tag)->count == 0);
}

TEST_CASE("notices are immutable versions") {
  World world;
  const NoticeRecord notice{"tax",        1, "ca", "Títol", "Text de l'avís", base::sha256(base::as_bytes("x")),
                            at_second(2), 7};
  REQUIRE(world.act([&](Transaction& tx) { return tx.notices().add(notice); }));
  CHECK(world.act([&](Transaction& tx) { return tx.notices().add(notice); }).error().code ==
        base::Code::already_exists);
  const auto read = world.look([](const View& view) { return view.notices().get("tax", 1, "ca"); });
  REQUIRE(read);
  CHECK(read->text == "Text de l'avís");
  CHECK(read->sha256 == notice.sha256);
  CHECK(*world.look([](const View& view) { return view.notices().latest_version("tax", "ca"); }) == 1);
  CHECK(*world.look([](const View& view) { return view.notices().latest_version("tax", "es"); }) == 0);
}

TEST_CASE("consent facts come back in log order, by item and by person, and as known at a log size") {
  World world;
  const PersonId person = world.add_person("A", "1");
  const PersonId another = world.add_person("B", "2");
  const ItemKey income{"meal-grant", "income", "education"};
  const auto fact = [&](const PersonId& of, const ItemKey& item, const std::string& kind, std::uint64_t index) {
    ConsentFact out;
    out.decision = DecisionId::make();
    out.person = of;
    out.item = item;
    out.kind = kind;
    out.article6 = "6.1.a";
    out.opposable = "art28";
    out.voice = "self";
    out.notice_language = "ca";
    out.notice_key = "tax";
    out.notice_version = 3;
    out.channel = "tablet";
    out.effective = at_second(static_cast<std::int64_t>(index));
    out.valid_until = at_second(1000);
    out.log_index = index;
    return out;
  };
  REQUIRE(world.act([&](Transaction& tx) -> base::Result<void> {
    SEGELL_CHECK(tx.consents().add(fact(person, income, "grant", 5)));
    SEGELL_CHECK(tx.consents().add(fact(person, {"meal-grant", "income", "health"}, "refuse", 6)));
    SEGELL_CHECK(tx.consents().add(fact(person, income, "withdraw", 9)));
    SEGELL_CHECK(tx.consents().add(fact(another, income, "object", 7)));
    return tx.consents().add_protection({DecisionId::make(), person, "protected", {}, at_second(0), {}, 8});
  }));
  const auto facts = world.look([&](const View& view) { return view.consents().of_item(person, income); });
  REQUIRE(facts);
  REQUIRE(facts->size() == 2);
  CHECK((*facts)[0].kind == "grant");
  CHECK((*facts)[1].kind == "withdraw");
  CHECK((*facts)[0].item == income);
  CHECK((*facts)[0].opposable == "art28");
  CHECK((*facts)[0].voice == "self");
  CHECK((*facts)[0].notice_language == "ca");
  CHECK((*facts)[0].notice_version == 3);
  CHECK((*facts)[0].valid_until == at_second(1000));
  CHECK(world.look([&](const View& view) { return view.consents().of_item(person, income, 9); })->size() == 1);
  CHECK(world.look([&](const View& view) { return view.consents().of_person(person); })->size() == 3);
  CHECK(world.look([&](const View& view) { return view.consents().of_person(another); })->size() == 1);
  const auto protections = world.look([&](const View& view) { return view.consents().protections(person); });
  REQUIRE(protections);
  CHECK(protections->at(0).kind == "protected");
  CHECK_FALSE(protections->at(0).until.has_value());
}

TEST_CASE("the legal-basis register is replaced by id") {
  World world;
  LegalBasisRecord basis{"b1", {"p", "", "r"}, "law", "6.1.c", "", "Llei 12/2007", "no", at_second(0), {}, 1};
  REQUIRE(world.act([&](Transaction& tx) { return tx.consents().put_basis(basis); }));
  basis.opposable = "art21";
  basis.until = at_second(9);
  REQUIRE(world.act([&](Transaction& tx) { return tx.consents().put_basis(basis); }));
  const auto bases = world.look([](const View& view) { return view.consents().bases(); });
  REQUIRE(bases);
  REQUIRE(bases->size() == 1);
  CHECK(bases->at(0).opposable == "art21");
  CHECK(bases->at(0).until == at_second(9));
  CHECK(bases->at(0).law == "Llei 12/2007");
}

TEST_CASE("an answer is kept for its idempotency key until it expires") {
  World world;
  const IdempotencyRecord record{"desk", "POST /api/v1/persons", "key-1",       base::sha256(base::as_bytes("body")),
                                 201,    "{\"person\":{}}",      at_second(100)};
  REQUIRE(world.act([&](Transaction& tx) { return tx.idempotency().add(record); }));
  CHECK(world.act([&](Transaction& tx) { return tx.idempotency().add(record); }).error().code ==
        base::Code::already_exists);
  const auto find = [&](const std::string& caller, const std::string& key) {
    return *world.look([&](const View& view) { return view.idempotency().find(caller, record.route, key); });
  };
  REQUIRE(find("desk", "key-1"));
  CHECK(find("desk", "key-1")->response == record.response);
  CHECK(find("desk", "key-1")->body_hash == record.body_hash);
  CHECK_FALSE(find("desk", "key-2"));
  CHECK_FALSE(find("tablet", "key-1"));
  CHECK(*world.act([](Transaction& tx) { return tx.idempotency().purge_expired(at_second(99)); }) == 0);
  CHECK(*world.act([](Transaction& tx) { return tx.idempotency().purge_expired(at_second(100)); }) == 1);
  CHECK_FALSE(find("desk", "key-1"));
}

TEST_CASE("jobs come when they are due") {
  World world;
  const JobId late = JobId::make();
  REQUIRE(world.act([&](Transaction& tx) -> base::Result<void> {
    SEGELL_CHECK(tx.jobs().add({late, "timestamp", base::Json::object({{"n", 2}}), at_second(20), 0}));
    return tx.jobs().add({JobId::make(), "timestamp", base::Json::object({{"n", 1}}), at_second(10), 0});
  }));
  const auto due = [&](std::int64_t second) {
    return *world.look([&](const View& view) { return view.jobs().due("timestamp", at_second(second), 10); });
  };
  CHECK(world.look([&](const View& view) { return view.jobs().due("other", at_second(99), 10); })->empty());
  CHECK(due(9).empty());
  CHECK(due(10).size() == 1);
  REQUIRE(due(20).size() == 2);
  CHECK(*due(20)[1].payload.find("n")->as_int() == 2);
  REQUIRE(world.act([&](Transaction& tx) { return tx.jobs().reschedule(late, at_second(50), 1); }));
  CHECK(due(20).size() == 1);
  CHECK(due(50)[1].attempts == 1);
  REQUIRE(world.act([&](Transaction& tx) { return tx.jobs().remove(late); }));
  CHECK(due(50).size() == 1);
  CHECK(world.act([&](Transaction& tx) { return tx.jobs().reschedule(late, at_second(50), 1); }).error().reason ==
        "job.unknown");
}

TEST_CASE("a credential tells its tenant until it is revoked") {
  World world;
  CredentialRecord credential;
  credential.hash = base::sha256(base::as_bytes("sgt_example"));
  credential.label = "desk";
  credential.scopes = "documents persons";
  credential.request = RequestId::make();
  credential.expires = at_second(7);
  REQUIRE(world.act([&](Transaction& tx) { return tx.credentials().add(credential); }));
  const auto found = world.open->store->find_credential(credential.hash);
  REQUIRE(found);
  CHECK(found->tenant == world.tenant.id);
  CHECK(found->scopes == "documents persons");
  CHECK(found->request == credential.request);
  CHECK(found->expires == at_second(7));
  REQUIRE(world.act([&](Transaction& tx) { return tx.credentials().revoke(credential.hash); }));
  CHECK(world.open->store->find_credential(credential.hash).error().reason == "credential.unknown");
}
