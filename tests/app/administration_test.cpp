// What an administrator does with the logins of the organisation while the service runs.

#include "app/administration.h"
#include "app/mine.h"
#include "app/world.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segell;
using namespace segell::tests;

namespace {

app::Caller caller_of(World& world, const std::string& cookie) {
  return must(app::authenticate_session(world.service(), cookie)).caller.value();
}

bool still_opens(World& world, const std::string& cookie) {
  return app::authenticate_session(world.service(), cookie).has_value();
}

/// The organisation's administrator, logged in, and how the desk makes others.
struct Desk {
  World world{{.second_factor_for_staff = false, .neighbour = true}};
  app::Caller anna = caller_of(world, world.join("anna", app::Role::administrator));

  app::AccountWish wish(const std::string& name, const std::string& role, const std::string& person = {}) {
    return {name, "Persona Inventada", "Serveis Socials Nord", {{role, person}}, "en"};
  }
  base::Json add(const app::AccountWish& wanted) {
    return must(app::add_account(world.service(), anna, wanted, world.once())).body;
  }
  std::string why_not(const app::AccountWish& wanted) {
    return reason(app::add_account(world.service(), anna, wanted, world.once()));
  }
  /// Made, and activated with the code of its letter.
  std::string join(const std::string& name, const std::string& role, const std::string& person = {}) {
    const auto body = add(wish(name, role, person));
    const auto& letter = world.letters().waiting.at(at(body, {"letter", "reference"}));
    must(app::activate(world.service(), {name, letter.code, World::kPassword, World::kAddress}));
    return at(body, {"account", "id"});
  }
  std::string cookie(const std::string& name) {
    return must(world.log_in(name, World::kPassword)).grant.value().cookie;
  }
  base::Json described(const std::string& id) {
    return *must(app::describe_account(world.service(), anna, id)).find("account");
  }
};

std::vector<std::string> names(const base::Json& list) {
  std::vector<std::string> out;
  for (const base::Json& one : *list.find("accounts")->as_array()) out.push_back(at(one, {"name"}));
  return out;
}

}  // namespace

TEST_CASE("the code of a new login is in its letter and nowhere else, and opens it once") {
  Desk desk;
  const auto body = desk.add(desk.wish("marta", "professional"));
  REQUIRE(desk.world.letters().waiting.size() == 1);
  const auto& [reference, letter] = *desk.world.letters().waiting.begin();
  CHECK(at(body, {"letter", "reference"}) == reference);
  CHECK(letter.name == "marta");
  CHECK(letter.shown == "Persona Inventada");
  CHECK(letter.language == "en");
  CHECK(base::write_json(body).find(letter.code) == std::string::npos);
  CHECK(base::write_json(desk.described(at(body, {"account", "id"}))).find(letter.code) == std::string::npos);
  CHECK(at(body, {"account", "state"}) == "invited");
  CHECK(at(body, {"account", "unit"}) == "Serveis Socials Nord");
  CHECK(at(body, {"account", "letterUntil"}) == at(body, {"letter", "validUntil"}));
  must(app::activate(desk.world.service(), {"marta", letter.code, World::kPassword, World::kAddress}));
  CHECK(at(desk.described(at(body, {"account", "id"})), {"state"}) == "active");
  CHECK(reason(app::activate(desk.world.service(), {"marta", letter.code, World::kPassword, World::kAddress})) ==
        "activation.failed");
}

TEST_CASE("a repeated call makes neither a second login nor a second letter") {
  Desk desk;
  const auto wanted = desk.wish("marta", "professional");
  const auto key = desk.world.once_with("k", "marta");
  const auto first = must(app::add_account(desk.world.service(), desk.anna, wanted, key));
  const auto second = must(app::add_account(desk.world.service(), desk.anna, wanted, key));
  CHECK(second.replayed);
  CHECK(base::write_json(first.body) == base::write_json(second.body));
  CHECK(desk.world.letters().waiting.size() == 1);
}

TEST_CASE("what cannot be a login is refused, and no letter is left for it") {
  Desk desk;
  const auto person = desk.world.person();
  CHECK(desk.why_not(desk.wish("ab", "auditor")) == "account.bad-name");
  CHECK(desk.why_not(desk.wish("oidc." + std::string(64, 'a'), "auditor")) == "account.bad-name");
  CHECK(desk.why_not(desk.wish("boss", "boss")) == "app.unknown-role");
  CHECK(desk.why_not(desk.wish("robot", "integrator")) == "account.role-of-tokens");
  CHECK(desk.why_not(desk.wish("aicha", "citizen")) == "account.person-needed");
  CHECK(desk.why_not(desk.wish("aicha", "auditor", person)) == "account.person-refused");
  CHECK(desk.why_not(desk.wish("aicha", "citizen", base::PersonId::make().text())) == "person.unknown");
  CHECK(desk.why_not(desk.wish("aicha", "citizen", "x")) == "person.unknown");
  CHECK(desk.why_not(desk.wish("anna", "auditor")) == "account.name-taken");
  auto wanted = desk.wish("marta", "auditor");
  wanted.roles = {};
  CHECK(desk.why_not(wanted) == "account.bad-roles");
  wanted.roles = {{"auditor", ""}, {"auditor", ""}};
  CHECK(desk.why_not(wanted) == "account.bad-roles");
  wanted = desk.wish("marta", "auditor");
  wanted.unit = "Serveis\nSocials";
  CHECK(desk.why_not(wanted) == "account.bad-unit");
  wanted = desk.wish("marta", "auditor");
  wanted.language = "fr";
  CHECK(desk.why_not(wanted) == "account.bad-language");
  wanted = desk.wish("marta", "auditor");
  wanted.shown = "";
  CHECK(desk.why_not(wanted) == "account.bad-shown-name");
  CHECK(desk.world.letters().waiting.empty());
  desk.world.letters().is_full = true;
  CHECK(desk.why_not(desk.wish("marta", "auditor")) == "letter.not-kept");
  CHECK(names(must(app::list_organisation_accounts(desk.world.service(), desk.anna, {}))) ==
        std::vector<std::string>{"anna"});
}

TEST_CASE("where no folder for letters is configured no code is issued, and it says what to do") {
  World world({.second_factor_for_staff = false, .letters = false});
  const auto anna = caller_of(world, world.join("anna", app::Role::administrator));
  const auto refused =
      app::add_account(world.service(), anna, {"marta", "Marta", "", {{"auditor", ""}}, "ca"}, world.once());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "account.no-letters");
  CHECK(refused.error().hint.find("login.letters") != std::string::npos);
}

TEST_CASE("the list goes on where it ended, and shows those who are asked for") {
  Desk desk;
  for (const char* name : {"one", "two", "three"}) {
    desk.world.clock().pass(std::chrono::seconds(1));
    desk.add(desk.wish(name, "auditor"));
  }
  const auto list = [&](const std::string& role, const app::Page& page) {
    return must(app::list_organisation_accounts(desk.world.service(), desk.anna, {role, page}));
  };
  const auto first = list("", {"", 2});
  CHECK(names(first) == std::vector<std::string>{"three", "two"});
  const auto last = list("", {at(first, {"next"}), 2});
  CHECK(names(last) == std::vector<std::string>{"one", "anna"});
  CHECK(last.find("next")->is_null());
  CHECK(names(list("administrator", {})) == std::vector<std::string>{"anna"});
  CHECK(names(list("staff", {})).size() == 4);
  CHECK(names(list("citizen", {})).empty());
  CHECK(reason(app::list_organisation_accounts(desk.world.service(), desk.anna, {"boss", {}})) == "account.bad-role");
  CHECK(reason(app::list_organisation_accounts(desk.world.service(), desk.anna, {"", {"x-1", 2}})) ==
        "page.bad-cursor");
}

TEST_CASE("a look at a citizen's login stands among the looks that the person sees") {
  Desk desk;
  const auto person = desk.world.person();
  const auto id = desk.join("aicha", "citizen", person);
  const auto before = desk.world.log_size();
  desk.described(id);
  CHECK(desk.world.log_size() == before + 1);
  const auto aicha = caller_of(desk.world, desk.cookie("aicha"));
  const auto accesses = must(app::list_my_accesses(desk.world.service(), aicha, {}));
  const auto& looks = *accesses.find("accesses")->as_array();
  REQUIRE_FALSE(looks.empty());
  CHECK(at(looks[0], {"what"}) == "login");
  CHECK(at(looks[0], {"by", "role"}) == "administrator");
  CHECK(at(looks[0], {"why"}) == "administration");
}

TEST_CASE("roles are given and withdrawn, and what stands on a withdrawn one ends at once") {
  Desk desk;
  const auto id = desk.join("marta", "professional");
  auto& service = desk.world.service();
  const auto cookie = desk.cookie("marta");
  const auto give = [&](const std::string& role) {
    return app::give_account_role(service, desk.anna, id, {role, ""}, desk.world.once());
  };
  const auto given = must(give("manager")).body;
  REQUIRE(given.find("account")->find("roles")->as_array()->size() == 2);
  CHECK(reason(give("manager")) == "account.role-held");
  CHECK(reason(give("citizen")) == "account.person-needed");
  const auto& held = *given.find("account")->find("roles")->as_array();
  const auto first =
      std::find_if(held.begin(), held.end(), [](const auto& one) { return at(one, {"role"}) == "professional"; });
  REQUIRE(first != held.end());
  const std::string role = at(*first, {"id"});
  const auto withdraw = [&](const std::string& account, const std::string& id_of_role) {
    return app::withdraw_account_role(service, desk.anna, account, id_of_role, desk.world.once());
  };
  const auto other = desk.join("nil", "auditor");
  CHECK(reason(withdraw(other, role)) == "account.role-not-held");
  CHECK(reason(withdraw(id, "x")) == "account.role-not-held");
  CHECK(still_opens(desk.world, cookie));
  CHECK(must(withdraw(id, role)).body.find("account")->find("roles")->as_array()->size() == 1);
  CHECK_FALSE(still_opens(desk.world, cookie));
  CHECK(reason(withdraw(id, role)) == "account.role-not-held");
}

TEST_CASE("a blocked login opens nothing until it is unblocked") {
  Desk desk;
  const auto id = desk.join("marta", "professional");
  auto& service = desk.world.service();
  const auto cookie = desk.cookie("marta");
  const auto blocked = must(app::block_account(service, desk.anna, id, desk.world.once())).body;
  CHECK(at(blocked, {"account", "state"}) == "disabled");
  CHECK_FALSE(still_opens(desk.world, cookie));
  CHECK(reason(desk.world.log_in("marta", World::kPassword)) == "login.failed");
  must(app::unblock_account(service, desk.anna, id, desk.world.once()));
  const auto again = desk.cookie("marta");
  must(app::end_account_sessions(service, desk.anna, id, desk.world.once()));
  CHECK_FALSE(still_opens(desk.world, again));
  const auto invited = at(desk.add(desk.wish("nil", "auditor")), {"account", "id"});
  CHECK(reason(app::unblock_account(service, desk.anna, invited, desk.world.once())) == "account.not-active");
}

TEST_CASE("a new letter voids the password, and a letter whose change failed is taken out again") {
  Desk desk;
  const auto id = desk.join("marta", "professional");
  desk.world.letters().waiting.clear();
  const auto cookie = desk.cookie("marta");
  const auto body = must(app::issue_account_letter(desk.world.service(), desk.anna, id, "ca", desk.world.once())).body;
  CHECK_FALSE(still_opens(desk.world, cookie));
  CHECK(reason(desk.world.log_in("marta", World::kPassword)) == "login.failed");
  const auto& letter = desk.world.letters().waiting.at(at(body, {"letter", "reference"}));
  must(app::activate(desk.world.service(), {"marta", letter.code, "cinc paraules ben seves", World::kAddress}));
  CHECK(at(desk.described(id), {"unit"}) == "Serveis Socials Nord");
  desk.world.letters().waiting.clear();
  CHECK(reason(app::issue_account_letter(desk.world.service(), desk.anna, id, "fr", desk.world.once())) ==
        "account.bad-language");
  CHECK(desk.why_not(desk.wish("marta", "auditor")) == "account.name-taken");
  CHECK(desk.world.letters().waiting.empty());
}

TEST_CASE("nobody changes their own rights, and the last administrator stays") {
  Desk desk;
  auto& service = desk.world.service();
  const std::string own = desk.anna.account->text();
  const std::string role = at((*desk.described(own).find("roles")->as_array())[0], {"id"});
  CHECK(desk.described(own).find("isOwn")->as_bool() != nullptr);
  const auto once = [&] { return desk.world.once(); };
  CHECK(reason(app::give_account_role(service, desk.anna, own, {"professional", ""}, once())) == "account.own");
  CHECK(reason(app::withdraw_account_role(service, desk.anna, own, role, once())) == "account.own");
  CHECK(reason(app::block_account(service, desk.anna, own, once())) == "account.own");
  CHECK(reason(app::unblock_account(service, desk.anna, own, once())) == "account.own");
  CHECK(reason(app::reset_second_factor(service, desk.anna, own, once())) == "account.own");
  CHECK(reason(app::end_account_sessions(service, desk.anna, own, once())) == "account.own");
  CHECK(reason(app::issue_account_letter(service, desk.anna, own, "ca", once())) == "account.own");
  // Two who take each other's rights away at one time: both calls were let in, and one of the two stays.
  const auto second = desk.join("berta", "administrator");
  const auto berta = caller_of(desk.world, desk.cookie("berta"));
  must(app::block_account(service, desk.anna, second, once()));
  CHECK(reason(app::block_account(service, berta, own, once())) == "http.not-found");
  must(app::unblock_account(service, desk.anna, second, once()));
  must(app::withdraw_account_role(service, desk.anna, second,
                                  at((*desk.described(second).find("roles")->as_array())[0], {"id"}), once()));
  CHECK(reason(app::block_account(service, berta, own, once())) == "http.not-found");
  CHECK(at(desk.described(own), {"state"}) == "active");
}

TEST_CASE("only an administrator keeps logins, and only those of the organisation") {
  Desk desk;
  auto& service = desk.world.service();
  const auto id = desk.join("marta", "professional");
  const auto marta = caller_of(desk.world, desk.cookie("marta"));
  for (const app::Caller& other : {marta, desk.world.integrator()}) {
    CHECK(reason(app::list_organisation_accounts(service, other, {})) == "http.not-found");
    CHECK(reason(app::describe_account(service, other, id)) == "http.not-found");
    CHECK(reason(app::add_account(service, other, desk.wish("nil", "auditor"), desk.world.once())) == "http.not-found");
    CHECK(reason(app::give_account_role(service, other, id, {"administrator", ""}, desk.world.once())) ==
          "http.not-found");
  }
  // The neighbour's logins are not there.
  must(app::create_account(desk.world.store(), desk.world.clock(), desk.world.neighbour().tenant,
                           {"laia", "Laia Inventada", app::Role::auditor, {}}, std::chrono::hours(24)));
  CHECK(names(must(app::list_organisation_accounts(service, desk.anna, {}))).size() == 2);
  const auto foreign = must(desk.world.store().find_account("laia"))->account.id.text();
  CHECK(reason(app::describe_account(service, desk.anna, foreign)) == "account.unknown");
  CHECK(reason(app::block_account(service, desk.anna, foreign, desk.world.once())) == "account.unknown");
  CHECK(reason(app::issue_account_letter(service, desk.anna, foreign, "ca", desk.world.once())) == "account.unknown");
  CHECK(reason(app::describe_account(service, desk.anna, "x")) == "account.unknown");
}

TEST_CASE("a second factor that was reset is void, its sessions end, and it is set up anew at the next login") {
  World world({.second_factor_for_staff = true});
  world.invite("anna", app::Role::administrator);
  const auto anna_account = must(world.store().find_account("anna"))->account.id;
  app::Caller anna;
  anna.tenant = world.tenant();
  anna.account = anna_account;
  anna.role = app::Role::administrator;
  // The administrator's own login is beside the point here: active, in that role.
  must(world.store().run(world.tenant(), [&](storage::Transaction& transaction) -> base::Result<void> {
    auto account = must(transaction.accounts().get(anna_account));
    account.state = "active";
    return transaction.accounts().update(account);
  }));
  const auto cookie = world.join("marta", app::Role::professional);
  const auto id = must(world.store().find_account("marta"))->account.id.text();
  auto& service = world.service();
  CHECK(reason(app::reset_second_factor(service, anna, id, world.once())) == "account.no-second-factor");
  const auto enrolling = must(app::authenticate_session(service, cookie));
  must(app::begin_totp(service, enrolling));
  CHECK(must(app::reset_second_factor(service, anna, id, world.once()))
            .body.find("account")
            ->find("secondFactor")
            ->as_bool() != nullptr);
  CHECK_FALSE(still_opens(world, cookie));
  const auto again = must(world.log_in("marta", World::kPassword)).grant.value();
  CHECK(must(app::authenticate_session(service, again.cookie)).step == app::SessionStep::enrol);
}
