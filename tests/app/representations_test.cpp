// Who represents a person: parents, and judgments about adults; who may act by that, and as how long.

#include "app/family.h"

#include "app/mine.h"
#include "app/protections.h"
#include "representation_check.h"
#include "representation_record.h"
#include "support/sample_pdf.h"

#include <doctest/doctest.h>

#include <chrono>

namespace representations_test {

TEST_CASE("a representation is valid where its evidence was seen, and waits where not") {
  Family family;
  const std::string seen = family.record(parental(family.laia));
  app::NewRepresentation unseen = parental(family.pau);
  unseen.evidence.seen = false;
  const std::string waiting = family.record(unseen);
  const base::Json body = family.listed(family.nil);
  CHECK(at(body, {"person", "age"}) == "under-14");
  CHECK(at(body, {"person", "birthDate"}) == family.born_years_ago(12));
  CHECK(at(body, {"person", "birthDateSeen"}) == "family-book");
  const auto list = list_of(body, "representations");
  REQUIRE(list.size() == 2);
  CHECK(at(list[0], {"id"}) == seen);
  CHECK(at(list[0], {"representativeName"}) == "Laia Inventada");
  CHECK(at(list[0], {"state"}) == "valida");
  CHECK(at(list[0], {"holds"}) == "joint");
  CHECK(at(list[0], {"evidence", "reference"}) == "llibre inventat 12");
  CHECK_FALSE(list[0].find("evidence")->find("seenAt")->is_null());
  CHECK(at(list[1], {"state"}) == "pendent-validacio");
  CHECK(list[1].find("evidence")->find("seenAt")->is_null());

  CHECK(family.change(waiting, "revocada") == "representation.transition");
  CHECK(family.change(waiting, "valida").empty());
  CHECK_FALSE(list_of(family.listed(family.nil), "representations")[1].find("evidence")->find("seenAt")->is_null());
  CHECK(family.change(waiting, "valida") == "representation.transition");
  CHECK(family.change(waiting, "renunciada").empty());
  CHECK(family.change(waiting, "valida") == "representation.transition");
  CHECK(family.change(waiting, "anulada").empty());
  CHECK(family.change(waiting, "anulada") == "representation.transition");
  CHECK(family.change(waiting, "expirada") == "representation.bad-state");
  CHECK(reason(app::change_representation(family.service(), family.marta, waiting, {"anulada", ""},
                                          family.world.once())) == "representation.bad-reason");
}

TEST_CASE("what does not fit together is refused by name, and changes nothing") {
  Family family;
  const auto before = family.world.log_size();
  const auto with = [&](auto change) {
    app::NewRepresentation wanted = parental(family.laia);
    change(wanted);
    return family.refused(wanted);
  };
  CHECK(with([](auto& w) { w.basis = "friendship"; }) == "representation.bad-basis");
  CHECK(with([](auto& w) { w.holds = ""; }) == "representation.bad-holds");
  CHECK(with([](auto& w) { w.basis = "power"; }) == "representation.bad-holds");
  CHECK(with([](auto& w) { w.scope = {"image", "image"}; }) == "representation.bad-scope");
  CHECK(with([](auto& w) { w.scope = {"two words"}; }) == "representation.bad-scope");
  CHECK(with([](auto& w) { w.from = "ahir"; }) == "time.malformed");
  CHECK(with([](auto& w) { w.until = "2000-01-01T00:00:00Z"; }) == "representation.bad-period");
  CHECK(with([](auto& w) { w.evidence.kind = "hearsay"; }) == "representation.bad-evidence");
  CHECK(with([](auto& w) { w.evidence.reference = ""; }) == "representation.bad-evidence");
  CHECK(with([](auto& w) { w.evidence.document = "x"; }) == "document.unknown");
  CHECK(with([&](auto& w) { w.representative = family.nil; }) == "representation.self");
  CHECK(with([](auto& w) { w.representative = base::PersonId::make().text(); }) == "representative.unknown");
  CHECK(family.refused(parental(family.laia), base::PersonId::make().text()) == "person.unknown");
  CHECK(family.refused(parental(family.laia), family.person("Gran Inventada", family.born_years_ago(18))) ==
        "representation.of-age");
  CHECK(family.world.log_size() == before + 3);  // the grown-up alone: created, born, assigned

  family.record(parental(family.laia));
  CHECK(family.refused(parental(family.laia)) == "representation.there");
  CHECK(family.refused(parental(family.pau, "sole")) == "representation.holds");
  family.record(parental(family.pau));
  // Nothing of it is there for a professional who does not work with Nil.
  const app::Caller other = family.staff("altra");
  CHECK(reason(app::list_representations(family.service(), other, family.nil)) == "person.unknown");
  CHECK(reason(app::record_representation(family.service(), other, family.nil, parental(family.laia),
                                          family.world.once())) == "person.unknown");
}

TEST_CASE("a judgment represents an adult as far and as long as it goes") {
  Family family;
  const std::string adult = family.person("Roser Inventada");
  const std::string by_pau = family.record(judgment(family.pau, {"meal-grant"}), adult);
  family.grant(adult, by_pau);
  CHECK(family.world.ask(adult) == "permit");
  CHECK(family.change(by_pau, "revocada").empty());
  CHECK(family.world.ask(adult) == "capacity_unclear");  // they decide themselves now
  family.grant(adult, {});
  CHECK(family.world.ask(adult) == "permit");
  const std::string elsewhere = family.record(judgment(family.laia, {"housing"}), adult);
  CHECK(family.world.ask(adult) == "permit");  // the judgment says nothing of this
}

TEST_CASE("who may act is asked in one place: valid, in that capacity, as far as it reaches, and not excluded") {
  Family family;
  const std::string by_laia = family.record(parental(family.laia));
  app::NewRepresentation narrow = parental(family.pau);
  narrow.scope = {"image"};
  narrow.evidence.seen = false;
  const std::string by_pau = family.record(narrow);
  const auto nil = must(base::PersonId::parse(family.nil));
  const auto acting = [&](const std::string& representation, app::ActingFor wanted) {
    return family.world.store().read(family.world.tenant(), [&](const storage::View& view) {
      return app::require_acting(view, representation, wanted);
    });
  };
  const base::Instant now = family.world.clock().now();
  const app::ActingFor parent{nil, "parent", {"meal-grant"}, now};
  const auto laia = must(acting(by_laia, parent));
  CHECK(laia.representative_name == "Laia Inventada");
  CHECK(laia.represented_name == "Nil Inventat");
  CHECK(laia.age == consent::AgeBand::under_14);
  CHECK(reason(acting(by_pau, parent)) == "representation.not-valid");
  CHECK(family.change(by_pau, "valida").empty());
  CHECK(reason(acting(by_pau, parent)) == "representation.scope");
  CHECK(reason(acting(by_pau, {nil, "parent", {}, now})).empty());
  CHECK(reason(acting(by_laia, {nil, "guardian", {}, now})) == "representation.capacity");
  CHECK(reason(acting(by_laia, {must(base::PersonId::parse(family.pau)), "parent", {}, now})) ==
        "representation.unknown");
  CHECK(reason(acting("x", parent)) == "representation.unknown");
  CHECK(reason(acting(by_laia, {nil, "parent", {}, now - std::chrono::hours(1)})) == "representation.not-valid");

  // What was captured before it ended was done by somebody who could.
  family.world.clock().pass(std::chrono::hours(1));
  CHECK(family.change(by_laia, "revocada").empty());
  CHECK(reason(acting(by_laia, {nil, "parent", {}, family.world.clock().now()})) == "representation.not-valid");
  CHECK(reason(acting(by_laia, parent)).empty());

  app::NewProtection wanted{"excluded-person", "ordre inventada", {}, {}, family.pau, {}, {}};
  must(app::set_protection(family.service(), family.marta, family.nil, wanted, family.world.once()));
  CHECK(reason(acting(by_pau, {nil, "parent", {"image"}, family.world.clock().now()})) == "representation.not-valid");
  CHECK(*list_of(family.listed(family.nil), "representations")[1].find("excluded")->as_bool());

  const std::string undated = family.person("Sense Data");
  const std::string of_undated = family.record(parental(family.laia, "sole"), undated);
  CHECK(reason(acting(of_undated, {must(base::PersonId::parse(undated)), "parent", {}, family.world.clock().now()})) ==
        "person.no-birth-date");
}

TEST_CASE("a login reaches whom its own person represents, as long as they do") {
  Family family;
  const std::string by_laia = family.record(parental(family.laia));
  const auto login =
      must(app::authenticate_session(family.service(), family.world.join("laia", app::Role::citizen, family.laia)))
          .caller.value();
  const auto stranger =
      must(app::authenticate_session(family.service(), family.world.join("altre", app::Role::citizen, family.nil)))
          .caller.value();
  const auto represents = [&](const app::Caller& who) {
    return must(family.world.store().read(family.world.tenant(), [&](const storage::View& view) {
      return app::represents(view, *who.account, must(base::PersonId::parse(family.nil)), family.world.clock().now());
    }));
  };
  CHECK(represents(login));
  CHECK_FALSE(represents(stranger));
  CHECK(family.change(by_laia, "revocada").empty());
  CHECK_FALSE(represents(login));
}

TEST_CASE("whoever is erased represents nobody, and what stands against something stays") {
  Family family;
  const std::string by_laia = family.record(parental(family.laia));
  const std::string by_pau = family.record(parental(family.pau));
  family.grant(family.nil, by_laia);
  must(app::record_objection(family.service(), family.marta, by_pau, family.against(""), family.world.once()));
  for (const std::string& parent : {family.pau, family.laia})
    must(app::erase_person(family.service(), family.world.integrator(), parent, family.world.once()));
  CHECK(family.world.ask(family.nil) == "opposed");
  const auto list = list_of(family.listed(family.nil), "representations");
  REQUIRE(list.size() == 2);
  CHECK(list[0].find("representativeName")->is_null());
  CHECK(list[0].find("evidence")->is_null());
  CHECK(at(list[0], {"state"}) == "expirada");
  must(app::erase_person(family.service(), family.world.integrator(), family.nil, family.world.once()));
  CHECK(reason(app::list_representations(family.service(), family.world.integrator(), family.nil)) == "person.unknown");
}

}  // namespace representations_test
