// Logging in with a password, and how a session lives and ends.

#include "app/world.h"

#include "base/encoding.h"
#include "storage/transaction.h"

#include <doctest/doctest.h>

#include <set>

using namespace segell;
using namespace segell::tests;
using namespace std::chrono_literals;

namespace {

std::string step(World& world, const std::string& cookie) {
  const auto session = app::authenticate_session(world.service(), cookie);
  return session ? std::string(to_string(session->step)) : reason(session);
}

/// What was said, whether a session, a wait or a reason.
std::string outcome(const base::Result<app::LoginReply>& reply) {
  if (!reply) return reason(reply);
  return reply->grant ? "session" : "wait";
}

}  // namespace

TEST_CASE("an account is activated by the code of its letter, once, and its password logs in from then on") {
  World world;
  const auto person = world.person();
  const auto code = world.invite("Aicha.Exemple@correu.example", app::Role::citizen, person);
  CHECK(code.size() == 19);
  CHECK(outcome(world.log_in("aicha.exemple@correu.example", World::kPassword)) == "login.failed");

  std::string typed = code;  // as hands type: small letters, blanks in place of dashes
  for (char& c : typed) c = c == '-' ? ' ' : static_cast<char>(std::tolower(c));
  const auto first =
      app::activate(world.service(), {"aicha.exemple@correu.example", typed, World::kPassword, World::kAddress});
  REQUIRE(outcome(first) == "session");
  CHECK(at(first->grant->body, {"session", "step"}) == "open");
  CHECK(at(first->grant->body, {"session", "level"}) == "low");
  CHECK(at(first->grant->body, {"session", "role", "role"}) == "citizen");
  CHECK(at(first->grant->body, {"session", "role", "personName"}) == "Roser Exemple i Prova");
  CHECK(base::write_json(first->grant->body).find(first->grant->cookie) == std::string::npos);

  CHECK(outcome(app::activate(world.service(), {"aicha.exemple@correu.example", code, "una altra de nova", "x"})) ==
        "activation.failed");
  const auto again = world.log_in(" AICHA.exemple@correu.example ", World::kPassword);
  REQUIRE(outcome(again) == "session");
  CHECK(again->grant->cookie != first->grant->cookie);
  const auto caller = must(app::authenticate_session(world.service(), again->grant->cookie));
  REQUIRE(caller.caller.has_value());
  CHECK(caller.caller->tenant == world.tenant());
  CHECK(caller.caller->role == app::Role::citizen);
  CHECK(caller.caller->person->text() == person);
  CHECK(caller.csrf != must(app::authenticate_session(world.service(), first->grant->cookie)).csrf);
}

TEST_CASE("activating in a browser that is logged in ends the session that it had, and no other") {
  World world;
  const std::string hers = world.join("marta", app::Role::professional, "");
  const std::string elsewhere = must(world.log_in("marta", World::kPassword)).grant.value().cookie;
  const auto code = world.invite("aicha@correu.example", app::Role::citizen, world.person());
  must(app::activate(world.service(), {"aicha@correu.example", code, World::kPassword, World::kAddress, hers}));
  CHECK(reason(app::authenticate_session(world.service(), hers)) == "auth.no-session");
  must(app::authenticate_session(world.service(), elsewhere));
}

TEST_CASE("whatever is wrong, the answer is the same") {
  World world;
  world.join("marta", app::Role::auditor);
  world.invite("invited", app::Role::auditor);
  world.join("gone", app::Role::auditor);
  must(app::change_account(world.store(), world.clock(), world.tenant(), "gone", app::AccountChange::disable));
  std::set<std::string> said;
  for (const auto& [name, password] : {std::pair{"marta", "no es aquesta"},
                                       {"nobody", World::kPassword},
                                       {"invited", World::kPassword},
                                       {"gone", World::kPassword},
                                       {"", ""},
                                       {"a b", "x"},
                                       {"\xff", "\xff"}}) {
    const auto failed = world.log_in(name, password, std::string("192.0.2.") + std::to_string(said.size()));
    REQUIRE_FALSE(failed);
    said.insert(std::string(failed.error().reason) + failed.error().message + failed.error().hint);
  }
  CHECK(said.size() == 1);
}

TEST_CASE("a code that is too old says so to whoever has it, and a new one voids all that was before") {
  World world;
  const auto code = world.invite("marta", app::Role::auditor);
  world.clock().pass(15 * 24h);
  CHECK(outcome(app::activate(world.service(), {"marta", code, World::kPassword, "a"})) == "activation.expired");
  CHECK(outcome(app::activate(world.service(), {"marta", "AAAA-AAAA-AAAA-AAAA", World::kPassword, "a"})) ==
        "activation.failed");
  const auto next = must(app::issue_activation_code(world.store(), world.clock(), world.tenant(), "Marta", 24h)).code;
  CHECK(outcome(app::activate(world.service(), {"marta", code, World::kPassword, "a"})) == "activation.failed");
  const auto session = must(app::activate(world.service(), {"marta", next, World::kPassword, "a"})).grant->cookie;
  CHECK(step(world, session) == "enrol");
  must(app::issue_activation_code(world.store(), world.clock(), world.tenant(), "marta", 24h));
  CHECK(step(world, session) == "auth.no-session");
  CHECK(outcome(world.log_in("marta", World::kPassword)) == "login.failed");
  CHECK(reason(app::issue_activation_code(world.store(), world.clock(), world.tenant(), "nobody", 24h)) ==
        "account.unknown");
}

TEST_CASE("a password must be long and not simple; any characters go") {
  World world;
  const auto code = world.invite("marta.inventada", app::Role::auditor);
  const std::pair<std::string, const char*> rows[] = {
      {"", "password.too-short"},
      {"onze lletre", "password.too-short"},
      {"àààààààààà", "password.too-short"},  // ten characters, twenty octets
      {std::string(129, 'x') + "abcdefgh", "password.too-long"},
      {"dotze\xff lletres i mes", "password.too-long"},
      {"aaaaaaaaaaaaaaaa", "password.too-simple"},
      {"121212121212", "password.too-simple"},
      {"Marta.Inventada 7", "password.too-simple"}};
  for (const auto& row : rows) {
    const auto& [password, why] = row;
    CAPTURE(row.first);
    CHECK(outcome(app::activate(world.service(), {"marta.inventada", code, password, "a"})) == why);
  }
  CHECK(outcome(app::activate(world.service(), {"marta.inventada", code, "cafè amb llet 世界 🌍", "a"})) == "session");
  CHECK(outcome(world.log_in("marta.inventada", "cafè amb llet 世界 🌍")) == "session");
}

TEST_CASE("failed attempts slow a name down, known or not, and one good login forgets them") {
  World world;
  world.join("marta", app::Role::auditor);
  for (const std::string name : {"marta", "nobody-at-all"}) {
    CAPTURE(name);
    for (int i = 0; i < 5; ++i) CHECK(outcome(world.log_in(name, "no es aquesta")) == "login.failed");
    const auto wait = world.log_in(name, World::kPassword);
    REQUIRE(outcome(wait) == "wait");
    CHECK(wait->wait <= 30s);
    CHECK(wait->wait > 25s);
    CHECK(outcome(world.log_in(std::string(name) + "-2", "x", "192.0.2.9")) ==
          "login.failed");  // others are not slowed
  }
  world.clock().pass(31s);
  CHECK(outcome(world.log_in("marta", "no es aquesta")) == "login.failed");
  CHECK(must(world.log_in("marta", World::kPassword)).wait > 50s);
  world.reopen("");  // a restart forgets nothing
  CHECK(outcome(world.log_in("marta", World::kPassword)) == "wait");
  world.clock().pass(61s);
  CHECK(outcome(world.log_in("marta", World::kPassword)) == "session");
  CHECK(outcome(world.log_in("marta", "no es aquesta")) == "login.failed");
  CHECK(outcome(world.log_in("marta", World::kPassword)) == "session");
  for (int i = 0; i < 60; ++i) {
    world.clock().pass(20min);
    const auto late = world.log_in("nobody-at-all", "x", "192.0.2.77");
    CHECK(outcome(late) == "login.failed");  // never locked for good
  }
}

TEST_CASE("failed attempts slow an address down over many names, and activation counts with logging in") {
  World world;
  world.join("marta", app::Role::auditor);
  const auto code = world.invite("nova", app::Role::auditor);
  for (int i = 0; i < 10; ++i) {
    CHECK(outcome(world.log_in("name" + std::to_string(i), "x", "198.51.100.1")) == "login.failed");
    CHECK(outcome(app::activate(world.service(), {"name" + std::to_string(i), "x", World::kPassword,
                                                  "198.51.100.1"})) == "activation.failed");
  }
  CHECK(outcome(world.log_in("marta", World::kPassword, "198.51.100.1")) == "wait");
  CHECK(outcome(app::activate(world.service(), {"nova", code, World::kPassword, "198.51.100.1"})) == "wait");
  CHECK(outcome(world.log_in("marta", World::kPassword, "198.51.100.2")) == "session");
}

TEST_CASE("a session ends by itself when nobody calls, and after its day whoever calls") {
  World world;
  const auto idle = world.join("marta", app::Role::auditor);
  world.clock().pass(19min);
  CHECK(step(world, idle) == "enrol");
  world.clock().pass(19min);
  CHECK(step(world, idle) == "enrol");  // seen in between
  world.clock().pass(21min);
  CHECK(step(world, idle) == "auth.no-session");

  const auto busy = must(world.log_in("marta", World::kPassword)).grant->cookie;
  for (int i = 0; i < 35; ++i) {
    world.clock().pass(15min);
    CHECK(step(world, busy) == "enrol");
  }
  world.clock().pass(16min);
  CHECK(step(world, busy) == "auth.no-session");
}

TEST_CASE("logging out kills this session or all, and a login in the same browser ends the one before") {
  World world;
  const auto one = world.join("marta", app::Role::auditor);
  const auto two = must(world.log_in("marta", World::kPassword)).grant->cookie;
  const auto three = must(app::log_in(world.service(), {"marta", World::kPassword, "a", two})).grant->cookie;
  CHECK(step(world, two) == "auth.no-session");
  CHECK(step(world, one) == "enrol");
  must(app::end_session(world.service(), must(app::authenticate_session(world.service(), three)), false));
  CHECK(step(world, three) == "auth.no-session");
  CHECK(step(world, one) == "enrol");
  const auto four = must(world.log_in("marta", World::kPassword)).grant->cookie;
  must(app::end_session(world.service(), must(app::authenticate_session(world.service(), four)), true));
  CHECK(step(world, one) == "auth.no-session");
  CHECK(step(world, four) == "auth.no-session");
  for (const char* bad : {"", "sgs_", "sgt_x"}) CHECK(step(world, bad) == "auth.no-session");
  CHECK(step(world, four.substr(0, 46) + "A") == "auth.no-session");
}

TEST_CASE("a changed password ends every other session, and takes the old one") {
  World world({.second_factor_for_staff = false});
  const auto other = world.join("marta", app::Role::auditor);
  const auto here = must(world.log_in("marta", World::kPassword)).grant->cookie;
  const auto caller = must(app::authenticate_session(world.service(), here));
  CHECK(outcome(app::change_password(world.service(), caller, {"no es aquesta", "cinc paraules ben meves", "a"})) ==
        "login.failed");
  CHECK(outcome(app::change_password(world.service(), caller, {World::kPassword, "curta", "a"})) ==
        "password.too-short");
  const auto changed = app::change_password(world.service(), caller, {World::kPassword, "cinc paraules seves", "a"});
  REQUIRE(outcome(changed) == "session");
  CHECK(step(world, changed->grant->cookie) == "open");
  CHECK(step(world, here) == "auth.no-session");
  CHECK(step(world, other) == "auth.no-session");
  CHECK(outcome(world.log_in("marta", World::kPassword)) == "login.failed");
  CHECK(outcome(world.log_in("marta", "cinc paraules seves")) == "session");
}

TEST_CASE("every login, failure and end is one event of the log") {
  World world;
  world.join("marta", app::Role::auditor);
  const auto grows = [&](const std::function<void()>& act) {
    const auto before = world.log_size();
    act();
    return world.log_size() - before;
  };
  std::string cookie;
  CHECK(grows([&] { cookie = must(world.log_in("marta", World::kPassword)).grant->cookie; }) == 1);
  CHECK(grows([&] { CHECK_FALSE(world.log_in("marta", "x")); }) == 1);
  CHECK(grows([&] { CHECK_FALSE(world.log_in("nobody", "x")); }) == 1);
  CHECK(grows([&] { CHECK_FALSE(app::activate(world.service(), {"marta", "x", World::kPassword, "a"})); }) == 1);
  const auto caller = must(app::authenticate_session(world.service(), cookie));
  CHECK(grows([&] { must(app::end_session(world.service(), caller, false)); }) == 1);
}
