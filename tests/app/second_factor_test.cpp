// The second factor of a login, and going on in another role.

#include "app/authenticator.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::tests;
using namespace std::chrono_literals;

namespace {

std::string factor_outcome(const base::Result<app::LoginReply>& reply) {
  if (!reply) return reason(reply);
  return reply->grant ? "session" : "wait";
}

}  // namespace

TEST_CASE("a member of staff sets a second factor up before anything else, and shows it at every login") {
  World world;
  const auto first = world.join("marta", app::Role::professional);
  CHECK(session(world, first).step == app::SessionStep::enrol);
  CHECK_FALSE(session(world, first).caller.has_value());
  CHECK(reason(app::change_password(world.service(), session(world, first), {World::kPassword, "x", "a"})) ==
        "session.step");
  const auto enrolled = enrol(world, first);
  CHECK(reason(app::authenticate_session(world.service(), first)) == "auth.no-session");
  CHECK(session(world, enrolled.cookie).level == "substantial");
  REQUIRE(session(world, enrolled.cookie).caller.has_value());
  CHECK(session(world, enrolled.cookie).caller->role == app::Role::professional);
  CHECK(enrolled.recovery.size() == 8);
  CHECK(reason(app::begin_totp(world.service(), session(world, enrolled.cookie))) == "second-factor.exists");

  const auto half = must(world.log_in("marta", World::kPassword)).grant->cookie;
  CHECK(session(world, half).step == app::SessionStep::second_factor);
  CHECK_FALSE(session(world, half).caller.has_value());
  CHECK(reason(app::begin_totp(world.service(), session(world, half))) == "session.step");
  CHECK(reason(app::choose_role(world.service(), session(world, half), "x")) == "session.step");
  // The code of the set-up is used; the next one is good once.
  const auto used = enrolled.authenticator.code(world);
  CHECK(factor_outcome(app::pass_second_factor(world.service(), session(world, half), used)) == "second-factor.failed");
  world.clock().pass(30s);
  const auto code = enrolled.authenticator.code(world);
  const auto raised =
      app::pass_second_factor(world.service(), session(world, half), code.substr(0, 3) + " " + code.substr(3));
  REQUIRE(factor_outcome(raised) == "session");
  CHECK(reason(app::authenticate_session(world.service(), half)) == "auth.no-session");
  CHECK(session(world, raised->grant->cookie).level == "substantial");
  const auto other = must(world.log_in("marta", World::kPassword)).grant->cookie;
  CHECK(factor_outcome(app::pass_second_factor(world.service(), session(world, other), code)) ==
        "second-factor.failed");
}

TEST_CASE("a recovery code works once in place of the authenticator") {
  World world;
  const auto enrolled = enrol(world, world.join("marta", app::Role::dpo));
  const auto show = [&](const std::string& code) {
    const auto half = must(world.log_in("marta", World::kPassword)).grant->cookie;
    return factor_outcome(app::pass_second_factor(world.service(), session(world, half), code));
  };
  CHECK(show(enrolled.recovery[2]) == "session");
  CHECK(show(enrolled.recovery[2]) == "second-factor.failed");
  CHECK(show(enrolled.recovery[7]) == "session");
  CHECK(show("AAAA-AAAA-AAAA") == "second-factor.failed");
}

TEST_CASE("guesses of the second factor are slowed down, in every session of the account") {
  World world;
  const auto enrolled = enrol(world, world.join("marta", app::Role::dpo));
  world.clock().pass(1min);
  const auto half = must(world.log_in("marta", World::kPassword)).grant->cookie;
  for (int i = 0; i < 5; ++i)
    CHECK(factor_outcome(app::pass_second_factor(world.service(), session(world, half), "000000")) ==
          "second-factor.failed");
  const auto again = must(world.log_in("marta", World::kPassword)).grant->cookie;
  for (const auto& cookie : {half, again})
    CHECK(factor_outcome(app::pass_second_factor(world.service(), session(world, cookie),
                                                 enrolled.authenticator.code(world))) == "wait");
  world.clock().pass(31s);
  CHECK(factor_outcome(app::pass_second_factor(world.service(), session(world, again),
                                               enrolled.authenticator.code(world))) == "session");
}

TEST_CASE("a new letter takes the second factor too, and setting one up ends the sessions without it") {
  World world({.second_factor_for_staff = false});
  const auto first = world.join("marta", app::Role::professional);
  const auto second = must(world.log_in("marta", World::kPassword)).grant->cookie;
  CHECK(session(world, first).step == app::SessionStep::open);
  const auto enrolled = enrol(world, first);
  CHECK(reason(app::authenticate_session(world.service(), second)) == "auth.no-session");
  const auto code = must(app::issue_activation_code(world.store(), world.clock(), world.tenant(), "marta", 24h)).code;
  CHECK(reason(app::authenticate_session(world.service(), enrolled.cookie)) == "auth.no-session");
  const auto anew = must(app::activate(world.service(), {"marta", code, World::kPassword, "a"})).grant->cookie;
  CHECK(session(world, anew).step == app::SessionStep::open);
  CHECK(reason(app::confirm_totp(world.service(), session(world, anew), "123456")) == "second-factor.not-begun");
}

TEST_CASE("one login goes on in another role with another cookie, and needs there what that role needs") {
  World world;
  const auto own = world.person("Laia Fictícia");
  const auto child = world.person("Nil Fictici");
  const auto cookie = world.join("laia", app::Role::citizen, own);
  const auto give = [&](app::Role role, const std::string& person) {
    return app::give_role(world.store(), world.clock(), world.tenant(), "laia", role,
                          person.empty() ? std::nullopt : std::optional(must(base::PersonId::parse(person))));
  };
  world.clock().pass(1s);  // roles are listed in the order in which they were given
  world.empower(own, child);
  must(give(app::Role::representative, child));
  world.clock().pass(1s);
  must(give(app::Role::professional, ""));
  CHECK(reason(give(app::Role::representative, child)) == "account.role-held");
  const auto described = must(app::describe_session(world.service(), session(world, cookie)));
  const auto& roles = *described.find("session")->find("roles")->as_array();
  REQUIRE(roles.size() == 3);
  CHECK(at(roles[1], {"personName"}) == "Nil Fictici");
  const auto chosen = must(app::choose_role(world.service(), session(world, cookie), at(roles[1], {"id"})));
  CHECK(reason(app::authenticate_session(world.service(), cookie)) == "auth.no-session");
  CHECK(session(world, chosen.cookie).caller->person->text() == child);
  CHECK(session(world, chosen.cookie).caller->role == app::Role::representative);
  CHECK(reason(app::choose_role(world.service(), session(world, chosen.cookie), own)) == "holding.unknown");
  const auto staff = must(app::choose_role(world.service(), session(world, chosen.cookie), at(roles[2], {"id"})));
  CHECK(session(world, staff.cookie).step == app::SessionStep::enrol);
  const auto back = must(app::choose_role(world.service(), session(world, staff.cookie), at(roles[1], {"id"})));
  must(app::withdraw_role(world.store(), world.clock(), world.tenant(), "laia", app::Role::representative,
                          must(base::PersonId::parse(child))));
  CHECK(reason(app::authenticate_session(world.service(), back.cookie)) == "auth.no-session");
}

TEST_CASE("a tablet that was handed over is taken back with the second factor alone, under another cookie each time") {
  World world{{.second_factor_for_staff = true}};
  world.join("marta", app::Role::professional);
  const auto enrolled = enrol(world, must(world.log_in("marta", World::kPassword)).grant.value().cookie);
  const auto given = must(app::hand_over(world.service(), session(world, enrolled.cookie)));
  CHECK(base::write_json(given.body) == "{}");
  CHECK(reason(app::authenticate_session(world.service(), enrolled.cookie)) == "auth.no-session");
  const auto holder = session(world, given.cookie);
  CHECK(to_string(holder.step) == "handed-over");
  CHECK_FALSE(holder.caller);
  // Nothing else goes on with it, whatever the person finds to press.
  CHECK(reason(app::hand_over(world.service(), holder)) == "http.not-found");
  CHECK(reason(app::change_password(world.service(), holder, {World::kPassword, "una altra de ben llarga", "x"})) ==
        "http.not-found");
  world.clock().pass(60s);
  const auto back = [&](const std::string& proof) {
    return app::take_back(world.service(), {given.cookie, proof, World::kAddress});
  };
  CHECK(factor_outcome(back(World::kPassword)) == "second-factor.failed");
  const auto taken = back(enrolled.authenticator.code(world));
  REQUIRE(factor_outcome(taken) == "session");
  CHECK(at(taken->grant->body, {"session", "step"}) == "open");
  CHECK(at(taken->grant->body, {"session", "role", "role"}) == "professional");
  CHECK(reason(app::authenticate_session(world.service(), given.cookie)) == "auth.no-session");
  CHECK(factor_outcome(back(enrolled.authenticator.code(world, 1))) == "http.not-found");
}

TEST_CASE("without a second factor the password takes a tablet back, and guessing at it waits") {
  World world{{.second_factor_for_staff = false}};
  world.join("marta", app::Role::professional);
  const auto cookie = must(world.log_in("marta", World::kPassword)).grant.value().cookie;
  CHECK(reason(app::take_back(world.service(), {cookie, World::kPassword, World::kAddress})) == "http.not-found");
  CHECK(reason(app::take_back(world.service(), {"", World::kPassword, World::kAddress})) == "http.not-found");
  const auto given = must(app::hand_over(world.service(), session(world, cookie)));
  const auto back = [&](const std::string& proof) {
    return app::take_back(world.service(), {given.cookie, proof, World::kAddress});
  };
  for (int i = 0; i < 5; ++i) CHECK(factor_outcome(back("no es aquesta")) == "login.failed");
  CHECK(factor_outcome(back(World::kPassword)) == "wait");
  world.clock().pass(60s);
  REQUIRE(factor_outcome(back(World::kPassword)) == "session");
}
