#include "app/world.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::tests;

TEST_CASE("erasing a person leaves every verdict standing, with nothing disclosed") {
  World world;
  world.notice();
  const std::string person = world.person();
  const std::string document = world.document();
  const auto visit = world.visit(world.wish(document, person));
  must(app::perform_act(world.service(), visit, prepare(world, visit, {"grant", "informed"}), world.once()));
  REQUIRE(app::read_disclosure(world.service(), world.integrator(), document));

  const auto erased = must(app::erase_person(world.service(), world.integrator(), person, world.once()));
  CHECK(at(erased.body, {"erasure", "removed", "disclosures"}) == "1");
  CHECK(at(erased.body, {"erasure", "removed", "decisions"}) == "2");
  CHECK(reason(app::read_disclosure(world.service(), world.integrator(), document)) == "disclosure.erased");
  CHECK(world.ask(person) == "no_basis");

  const auto sealed = must(app::read_content(world.service(), world.integrator(), document)).bytes;
  const auto verdict = must(base::parse_json(must(app::verify(world.service(), sealed, {}))));
  CHECK(at(verdict, {"indication"}) == "TOTAL-PASSED");
  CHECK(at(verdict.find("signatures")->as_array()->front(), {"act", "disclosed"}) == "{}");
}

TEST_CASE("an erased person is nobody: no decision, no request, no second erasure, and an open visit ends") {
  World world;
  world.notice();
  const std::string person = world.person();
  const std::string document = world.document();
  const auto visit = world.visit(world.wish(document, person));
  must(app::erase_person(world.service(), world.integrator(), person, world.once()));
  CHECK(reason(app::read_visit(world.service(), visit)) == "visit.over");
  CHECK(reason(app::create_signature_request(world.service(), world.integrator(), world.wish(document, person),
                                             world.once())) == "person.unknown");
  CHECK(reason(app::record_decision(world.service(), world.integrator(), person,
                                    {"withdraw", "", "", "", {}, {}, {}, "phone"}, world.once())) == "person.unknown");
  CHECK(reason(app::erase_person(world.service(), world.integrator(), person, world.once())) == "person.erased");
  CHECK(reason(app::erase_person(world.service(), world.integrator(), "x", world.once())) == "person.unknown");
}
