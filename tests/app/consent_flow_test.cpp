#include "app/world.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::tests;

namespace {

app::NewDecision decision(const std::string& kind) {
  app::NewDecision made;
  made.kind = kind;
  made.purpose = "meal-grant";
  made.category = "income.tax";
  made.recipient = "ensenyament";
  made.channel = "phone";
  return made;
}

app::NewDecision grant(World& world) {
  app::NewDecision made = decision("grant");
  made.notice = app::NoticeInput{"tax", 1};
  made.valid_until = base::format_rfc3339(world.clock().now() + std::chrono::hours(48));
  return made;
}

std::string record(World& world, const std::string& person, const app::NewDecision& what) {
  world.clock().pass(std::chrono::seconds(1));
  const auto reply = app::record_decision(world.service(), world.integrator(), person, what, world.once());
  return reply ? at(reply->body, {"decision", "state"}) : std::string(reply.error().reason);
}

}  // namespace

TEST_CASE("granted, withdrawn, granted again: each answer is the newest decision's, at once") {
  World world;
  world.notice();
  const std::string person = world.person();
  CHECK(world.ask(person) == "no_basis");
  CHECK(record(world, person, grant(world)) == "granted");
  CHECK(world.ask(person) == "permit");
  CHECK(world.ask(person, "housing") == "no_basis");
  CHECK(record(world, person, decision("withdraw")) == "withdrawn");
  CHECK(world.ask(person) == "withdrawn");
  CHECK(record(world, person, grant(world)) == "granted");
  CHECK(world.ask(person) == "permit");
  world.clock().pass(std::chrono::hours(49));
  CHECK(world.ask(person) == "expired");
}

TEST_CASE("withdrawing everything at once is taken; granting everything is not") {
  World world;
  world.notice();
  const std::string person = world.person();
  CHECK(record(world, person, grant(world)) == "granted");
  app::NewDecision everything = decision("withdraw");
  everything.purpose = everything.category = everything.recipient = "";
  CHECK(record(world, person, everything) == "withdrawn");
  CHECK(world.ask(person) == "withdrawn");
  app::NewDecision all = grant(world);
  all.category = "all";
  CHECK(record(world, person, all) == "consent.bundled");
  all.category = "";
  CHECK(record(world, person, all) == "consent.bundled");
}

TEST_CASE("a grant needs a published notice and a term") {
  World world;
  const std::string person = world.person();
  CHECK(record(world, person, grant(world)) == "notice.unknown");
  world.notice();
  app::NewDecision endless = grant(world);
  endless.valid_until.reset();
  CHECK(record(world, person, endless) == "consent.no-term");
  app::NewDecision unseen = grant(world);
  unseen.notice.reset();
  CHECK(record(world, person, unseen) == "consent.no-notice");
  CHECK(record(world, person, decision("inform")) == "consent.unknown-code");
}

TEST_CASE("whoever's agreement does not cover the question gets one neutral denial, and the question is logged") {
  World world;
  world.notice();
  const std::string person = world.person();
  CHECK(record(world, person, grant(world)) == "granted");
  world.integrator().agreement = {{"meal-grant", "", "hisenda"}};
  const auto before = world.log_size();
  CHECK(world.ask(person) == "neutral");
  CHECK(world.ask("01h2xcejqtf2nbrexx3vqjhp41") == "neutral");
  CHECK(world.ask("nobody") == "neutral");
  CHECK(world.log_size() == before + 3);
}

TEST_CASE("each decision and each evaluation is one event") {
  World world;
  world.notice();
  const std::string person = world.person();
  const auto before = world.log_size();
  CHECK(record(world, person, grant(world)) == "granted");
  CHECK(world.log_size() == before + 1);
  CHECK(world.ask(person) == "permit");
  CHECK(world.log_size() == before + 2);
  CHECK(record(world, person, decision("withdraw-objection")) == "consent.transition");
  CHECK(world.log_size() == before + 2);
}

TEST_CASE("one person's decisions say nothing about another") {
  World world;
  world.notice();
  const std::string person = world.person();
  const std::string other = world.person("Pere Exemple");
  CHECK(record(world, person, grant(world)) == "granted");
  CHECK(world.ask(other) == "no_basis");
}

TEST_CASE("an identifier is taken once, however it is typed") {
  World world;
  const app::NewPerson first{"Roser Exemple", app::NewPerson::Identifier{"DNI", "00000000-t"}};
  must(app::create_person(world.service(), world.integrator(), first, world.once()));
  const app::NewPerson again{"Altra Persona", app::NewPerson::Identifier{"DNI", "00000000 T"}};
  CHECK(reason(app::create_person(world.service(), world.integrator(), again, world.once())) ==
        "person.identifier-taken");
  const app::NewPerson bad{"Altra Persona", app::NewPerson::Identifier{"SHOE", "42"}};
  CHECK(reason(app::create_person(world.service(), world.integrator(), bad, world.once())) == "person.bad-identifier");
}
