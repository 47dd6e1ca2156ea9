// What an administrator of the machine does with accounts.

#include "app/world.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segell;
using namespace segell::tests;
using namespace std::chrono_literals;

namespace {

std::string created(World& world, const app::NewAccount& wanted) {
  return reason(app::create_account(world.store(), world.clock(), world.tenant(), wanted, 24h));
}

bool is_open(World& world, const std::string& cookie) {
  return app::authenticate_session(world.service(), cookie).has_value();
}

std::string change(World& world, const std::string& name, app::AccountChange change) {
  return reason(app::change_account(world.store(), world.clock(), world.tenant(), name, change));
}

}  // namespace

TEST_CASE("an account that cannot be is refused with its reason") {
  World world;
  const auto person = must(base::PersonId::parse(world.person()));
  world.invite("marta", app::Role::auditor);
  CHECK(created(world, {"ab", "A", app::Role::auditor, {}}) == "account.bad-name");
  CHECK(created(world, {"marta inventada", "A", app::Role::auditor, {}}) == "account.bad-name");
  CHECK(created(world, {"màrta", "A", app::Role::auditor, {}}) == "account.bad-name");
  CHECK(created(world, {"other", "", app::Role::auditor, {}}) == "account.bad-shown-name");
  CHECK(created(world, {"other", "A\nB", app::Role::auditor, {}}) == "account.bad-shown-name");
  CHECK(created(world, {"other", "A", app::Role::citizen, {}}) == "account.person-needed");
  CHECK(created(world, {"other", "A", app::Role::auditor, person}) == "account.person-refused");
  CHECK(created(world, {"other", "A", app::Role::integrator, {}}) == "account.role-of-tokens");
  CHECK(created(world, {"other", "A", app::Role::citizen, base::PersonId::make()}) == "person.unknown");
  CHECK(created(world, {"MARTA", "A", app::Role::auditor, {}}) == "account.name-taken");
  CHECK(must(app::list_accounts(world.store(), world.tenant())).size() == 1);
}

TEST_CASE("a disabled account and a closed one open nothing; the first can be enabled again") {
  World world({.second_factor_for_staff = false});
  const auto cookie = world.join("marta", app::Role::manager);
  CHECK(change(world, "marta", app::AccountChange::disable).empty());
  CHECK_FALSE(is_open(world, cookie));
  CHECK(reason(world.log_in("marta", World::kPassword)) == "login.failed");
  CHECK(change(world, "marta", app::AccountChange::enable).empty());
  const auto again = must(world.log_in("marta", World::kPassword)).grant->cookie;
  CHECK(change(world, "marta", app::AccountChange::end_sessions).empty());
  CHECK_FALSE(is_open(world, again));
  const auto last = must(world.log_in("marta", World::kPassword)).grant->cookie;
  CHECK(change(world, "marta", app::AccountChange::close).empty());
  CHECK_FALSE(is_open(world, last));
  CHECK(reason(world.log_in("marta", World::kPassword)) == "login.failed");
  CHECK(change(world, "marta", app::AccountChange::enable) == "account.unknown");
  world.invite("marta", app::Role::auditor);  // the name is free
  CHECK(change(world, "marta", app::AccountChange::enable) == "account.not-active");
}

TEST_CASE("the list says names, states, roles and factors, and no secret") {
  World world({.second_factor_for_staff = false});
  const auto person = world.person();
  world.join("zoe", app::Role::citizen, person);
  world.invite("anna", app::Role::referent);
  const auto lines = must(app::list_accounts(world.store(), world.tenant()));
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].name == "anna");
  CHECK(lines[0].state == "invited");
  CHECK(lines[0].roles == std::vector<std::string>{"referent"});
  CHECK(lines[1].state == "active");
  CHECK(lines[1].roles == std::vector<std::string>{"citizen of " + person});
  CHECK_FALSE(lines[1].second_factor);
}

TEST_CASE("erasing a person ends the logins that were for them alone") {
  World world({.second_factor_for_staff = false});
  const auto person = world.person();
  const auto other = world.person("Nil Fictici");
  const auto own = world.join("aicha", app::Role::citizen, person);
  const auto both = world.join("laia", app::Role::citizen, other);
  must(app::give_role(world.store(), world.clock(), world.tenant(), "laia", app::Role::representative,
                      must(base::PersonId::parse(person))));
  must(app::erase_person(world.service(), world.integrator(), person, world.once()));
  CHECK_FALSE(is_open(world, own));
  CHECK(is_open(world, both));
  const auto lines = must(app::list_accounts(world.store(), world.tenant()));
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].name == "laia");
  CHECK(lines[0].roles.size() == 1);
}
