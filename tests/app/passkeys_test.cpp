// Passkeys as a second factor, and as the way back to a tablet that was handed over.

#include "app/passkeys.h"
#include "app/administration.h"
#include "app/soft_authenticator.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::tests;
using namespace std::chrono_literals;

namespace {

struct Login {
  World world;
  std::string cookie;
  explicit Login(app::Role role = app::Role::professional, WorldOptions options = {})
      : world(options), cookie(world.join("marta", role, role == app::Role::citizen ? world.person() : "")) {}

  app::SessionCaller session() { return must(app::authenticate_session(world.service(), cookie)); }
  base::Json begin() { return must(app::begin_passkey(world.service(), session())); }
  base::Result<app::LoginReply> add(const app::NewPasskey& made) {
    return app::add_passkey(world.service(), session(), made);
  }
  /// Adds it, and goes on with the new cookie.
  base::Json enrol(SoftAuthenticator& authenticator, const std::string& name = "clau") {
    auto grant = must(add(authenticator.create(begin(), name))).grant.value();
    cookie = grant.cookie;
    return grant.body;
  }
  void log_in() { cookie = must(world.log_in("marta", World::kPassword)).grant.value().cookie; }
  base::Json ask() { return must(app::ask_for_passkey(world.service(), session())); }
  base::Result<app::LoginReply> pass(const app::PasskeyProof& proof) {
    return app::pass_passkey(world.service(), session(), proof);
  }
};

std::string outcome(const base::Result<app::LoginReply>& reply) {
  if (!reply) return reason(reply);
  return reply->grant ? "session" : "wait";
}

std::vector<std::string> words(const base::Json& body, const char* list) {
  std::vector<std::string> out;
  for (const base::Json& one : *body.find("session")->find(list)->as_array())
    out.push_back(one.as_string() != nullptr ? *one.as_string() : at(one, {"name"}));
  return out;
}

}  // namespace

TEST_CASE("a member of staff comes in with a passkey alone as second factor, and then needs it each time") {
  Login login;
  SoftAuthenticator key;
  CHECK(login.session().step == app::SessionStep::enrol);
  const auto body = login.enrol(key, "ordinador");
  CHECK(at(body, {"session", "step"}) == "open");
  CHECK(at(body, {"session", "level"}) == "substantial");
  CHECK(words(body, "factors") == std::vector<std::string>{"passkey"});
  CHECK(words(body, "passkeys") == std::vector<std::string>{"ordinador"});
  CHECK(body.find("recoveryCodes")->as_array()->size() == 8);
  login.log_in();
  CHECK(login.session().step == app::SessionStep::second_factor);
  const auto asked = login.ask();
  CHECK(at(asked, {"publicKey", "rpId"}) == "segell.example");
  CHECK(at(asked, {"publicKey", "userVerification"}) == "required");
  const auto before = login.cookie;
  auto grant = must(login.pass(key.use(asked))).grant.value();
  CHECK(grant.cookie != before);
  CHECK(reason(app::authenticate_session(login.world.service(), before)) == "auth.no-session");
  login.cookie = grant.cookie;
  CHECK(login.session().caller.has_value());
}

TEST_CASE("a challenge counts once, for its session, its purpose and five minutes") {
  Login login;
  SoftAuthenticator key;
  const auto begun = login.begin();
  auto other = key;
  other.origin = "https://evil.example";
  CHECK(outcome(login.add(other.create(begun))) == "passkey.origin");
  CHECK(outcome(login.add(key.create(begun))) == "passkey.not-begun");  // used up by the attempt
  const auto late = login.begin();
  login.world.clock().pass(5min);
  CHECK(outcome(login.add(key.create(late))) == "passkey.not-begun");
  const auto replaced = login.begin();
  const auto newest = login.begin();
  CHECK(outcome(login.add(key.create(replaced))) == "passkey.challenge");
  (void)newest;
  login.enrol(key);
  login.log_in();
  const auto asked = login.ask();
  CHECK(outcome(login.pass(key.use(asked))) == "session");
  login.log_in();
  CHECK(outcome(login.pass(key.use(asked))) == "second-factor.failed");  // of another session
  const auto old = login.ask();
  login.world.clock().pass(6min);
  CHECK(outcome(login.pass(key.use(old))) == "second-factor.failed");
  CHECK(outcome(login.pass(key.use(login.ask()))) == "session");
}

TEST_CASE("a proof that is wrong in any part is refused, logged and counted") {
  Login login;
  SoftAuthenticator key;
  login.enrol(key);
  login.log_in();
  const auto events = login.world.log_size();
  const auto wrong = [&](const std::function<void(SoftAuthenticator&)>& bend) {
    auto bent = key;
    bend(bent);
    const auto proof = bent.use(login.ask());
    key.counter = bent.counter;
    return outcome(login.pass(proof));
  };
  CHECK(wrong([](auto& one) { one.origin = "https://segell.example.evil.example"; }) == "second-factor.failed");
  CHECK(wrong([](auto& one) { one.party = "evil.example"; }) == "second-factor.failed");
  CHECK(wrong([](auto& one) { one.flags = 0x01; }) == "second-factor.failed");  // nobody was verified
  CHECK(wrong([](auto& one) { one.id = base::random_bytes(16); }) == "second-factor.failed");
  CHECK(login.world.log_size() == events + 4);
  SoftAuthenticator foreign;
  foreign.id = key.id;
  CHECK(outcome(login.pass(foreign.use(login.ask()))) == "second-factor.failed");
  // Five in a row: the next one waits, whatever it is.
  const auto late = login.pass(key.use(login.ask()));
  CHECK(outcome(late) == "wait");
  CHECK(late->wait.count() > 0);
  login.world.clock().pass(31s);
  CHECK(outcome(login.pass(key.use(login.ask()))) == "session");
}

TEST_CASE("a counter that went back gives a copied authenticator away; one that does not count is taken") {
  Login login;
  SoftAuthenticator key;
  login.enrol(key);
  key.counter = 7;
  login.log_in();
  CHECK(outcome(login.pass(key.use(login.ask()))) == "session");
  auto copy = key;
  copy.counter = 3;
  login.log_in();
  const auto events = login.world.log_size();
  CHECK(outcome(login.pass(copy.use(login.ask()))) == "second-factor.failed");
  CHECK(login.world.log_size() == events + 1);
  copy.counts = false;
  copy.counter = 0;
  CHECK(outcome(login.pass(copy.use(login.ask()))) == "second-factor.failed");
  CHECK(outcome(login.pass(key.use(login.ask()))) == "session");

  Login still;
  SoftAuthenticator plain;
  plain.counts = false;
  still.enrol(plain);
  for (int i = 0; i < 2; ++i) {
    still.log_in();
    CHECK(outcome(still.pass(plain.use(still.ask()))) == "session");
  }
}

TEST_CASE("a login has several passkeys with names; a credential is one login's on the whole node") {
  Login login;
  SoftAuthenticator first, second;
  login.enrol(first, "ordinador");
  const auto both = login.enrol(second, "clau petita");
  CHECK(both.find("recoveryCodes") == nullptr);
  CHECK(words(both, "passkeys") == std::vector<std::string>{"ordinador", "clau petita"});
  CHECK(login.begin().find("publicKey")->find("excludeCredentials")->as_array()->size() == 2);
  CHECK(outcome(login.add(first.create(login.begin()))) == "passkey.known");
  CHECK(outcome(login.add(SoftAuthenticator().create(login.begin(), ""))) == "passkey.bad-name");
  for (SoftAuthenticator* key : {&first, &second}) {
    login.log_in();
    CHECK(outcome(login.pass(key->use(login.ask()))) == "session");
  }
  const auto other = login.world.join("nil", app::Role::auditor);
  const auto nil = must(app::authenticate_session(login.world.service(), other));
  const auto begun = must(app::begin_passkey(login.world.service(), nil));
  CHECK(outcome(app::add_passkey(login.world.service(), nil, first.create(begun))) == "passkey.known");
}

TEST_CASE("the last second factor stays where one is needed, and recovery codes stand in for a passkey") {
  Login login;
  SoftAuthenticator key, spare;
  const auto body = login.enrol(key);
  const std::string recovery = *(*body.find("recoveryCodes")->as_array())[0].as_string();
  const auto id = [](const base::Json& from, std::size_t index) {
    return at((*from.find("session")->find("passkeys")->as_array())[index], {"id"});
  };
  auto& service = login.world.service();
  CHECK(reason(app::remove_passkey(service, login.session(), id(body, 0))) == "second-factor.needed");
  CHECK(reason(app::remove_passkey(service, login.session(), "x")) == "passkey.unknown");
  const auto two = login.enrol(spare, "de reserva");
  login.log_in();
  CHECK(outcome(app::pass_second_factor(service, login.session(), "123456")) == "second-factor.failed");
  const auto grant = must(app::pass_second_factor(service, login.session(), recovery)).grant.value();
  login.cookie = grant.cookie;
  const auto one = must(app::remove_passkey(service, login.session(), id(two, 0)));
  CHECK(words(one, "passkeys") == std::vector<std::string>{"de reserva"});
  CHECK(reason(app::remove_passkey(service, login.session(), id(two, 0))) == "passkey.unknown");
  login.log_in();
  CHECK(outcome(login.pass(key.use(login.ask()))) == "second-factor.failed");
  CHECK(outcome(login.pass(spare.use(login.ask()))) == "session");

  Login citizen(app::Role::citizen);
  SoftAuthenticator own;
  const auto added = citizen.enrol(own);
  CHECK(words(must(app::remove_passkey(citizen.world.service(), citizen.session(), id(added, 0))), "factors").empty());
  citizen.log_in();
  CHECK(citizen.session().step == app::SessionStep::open);
  citizen.enrol(own);  // its credential is free again
}

TEST_CASE("a new passkey and a removed one end every other session") {
  Login login(app::Role::citizen);
  const auto other = must(login.world.log_in("marta", World::kPassword)).grant->cookie;
  SoftAuthenticator key;
  const auto body = login.enrol(key);
  CHECK(reason(app::authenticate_session(login.world.service(), other)) == "auth.no-session");
  const auto again = must(login.world.log_in("marta", World::kPassword)).grant->cookie;
  must(app::remove_passkey(login.world.service(), login.session(),
                           at((*body.find("session")->find("passkeys")->as_array())[0], {"id"})));
  CHECK(reason(app::authenticate_session(login.world.service(), again)) == "auth.no-session");
}

TEST_CASE("nothing is set up before the factor that is there was shown, nor while another person has the tablet") {
  Login login;
  SoftAuthenticator key;
  login.enrol(key);
  login.log_in();
  auto& service = login.world.service();
  CHECK(reason(app::begin_passkey(service, login.session())) == "session.step");
  CHECK(outcome(login.add(key.create(login.ask()))) == "session.step");
  login.cookie = must(login.pass(key.use(login.ask()))).grant->cookie;
  CHECK(reason(app::ask_for_passkey(service, login.session())) == "session.step");
  CHECK(reason(app::ask_for_passkey_back(service, login.cookie)) == "http.not-found");
  CHECK(reason(app::ask_for_passkey_back(service, "x")) == "http.not-found");
  login.cookie = must(app::hand_over(service, login.session())).cookie;
  CHECK(reason(app::begin_passkey(service, login.session())) == "http.not-found");
  CHECK(reason(app::ask_for_passkey(service, login.session())) == "http.not-found");
  const auto asked = must(app::ask_for_passkey_back(service, login.cookie));
  auto touched = key;
  touched.flags = 0x01;  // whoever holds the tablet can touch a key that was left in it
  CHECK(outcome(app::take_back_by_passkey(service, login.cookie, touched.use(asked))) == "second-factor.failed");
  key.counter = touched.counter;
  const auto proof = key.use(must(app::ask_for_passkey_back(service, login.cookie)));
  const auto back = must(app::take_back_by_passkey(service, login.cookie, proof)).grant.value();
  CHECK(reason(app::authenticate_session(service, login.cookie)) == "auth.no-session");
  CHECK(must(app::authenticate_session(service, back.cookie)).step == app::SessionStep::open);
  CHECK(reason(app::take_back_by_passkey(service, login.cookie, proof)) == "http.not-found");
}

TEST_CASE("a passkey is void with a new letter, a reset or a closed login, and then free") {
  Login login;
  SoftAuthenticator key;
  login.enrol(key);
  const auto code =
      must(app::issue_activation_code(login.world.store(), login.world.clock(), login.world.tenant(), "marta", 24h))
          .code;
  login.cookie =
      must(app::activate(login.world.service(), {"marta", code, World::kPassword, World::kAddress})).grant->cookie;
  CHECK(login.session().step == app::SessionStep::enrol);
  login.enrol(key);
  must(app::change_account(login.world.store(), login.world.clock(), login.world.tenant(), "marta",
                           app::AccountChange::close));
  login.cookie = login.world.join("marta", app::Role::professional);
  login.enrol(key);
}
