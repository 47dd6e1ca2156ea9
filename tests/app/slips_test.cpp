#include "app/slips.h"

#include "app/world.h"

#include "base/encoding.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segell;
using namespace segell::tests;

namespace slips_test {

namespace {

/// A visit whose person granted one item, was informed of another, and signed.
struct Signed {
  explicit Signed(World& world, const std::vector<std::string>& words = {"grant", "informed"}, bool discreet = false)
      : person(world.person()) {
    world.notice();
    auto wish = world.wish(world.document(), person);
    wish.discreet = discreet;
    const auto made = must(app::create_signature_request(world.service(), world.integrator(), wish, world.once()));
    request = at(made.body, {"request", "id"});
    const std::string link = at(made.body, {"request", "link"});
    visit = must(app::authenticate_visit(world.service(), link.substr(link.find('#') + 1)));
    const app::Act act = prepare(world, visit, words, "button");
    must(app::perform_act(world.service(), visit, act, world.once()));
    world.clock().pass(std::chrono::seconds(1));
  }
  std::string person;
  std::string request;
  app::VisitCaller visit;
};

struct Code {
  std::string id;
  std::string code;
  std::string expires;
};

Code slip_of(World& world, const std::string& request, const std::optional<std::string>& free = {}) {
  const auto made =
      must(app::issue_request_slip(world.service(), world.integrator(), request, free, world.once())).body;
  CHECK(at(made, {"slip", "link"}) == "https://segell.example/slip#" + at(made, {"slip", "code"}));
  return {at(made, {"slip", "id"}), at(made, {"slip", "code"}), at(made, {"slip", "expiresAt"})};
}

std::vector<std::string> line_ids(const base::Json& slip) {
  std::vector<std::string> ids;
  for (const base::Json& line : *slip.find("slip")->find("lines")->as_array()) ids.push_back(at(line, {"id"}));
  return ids;
}

std::string look(World& world, const std::string& code) { return reason(app::look_at_slip(world.service(), code)); }

}  // namespace

TEST_CASE("a slip shows what stands on it, takes it back at once, and the answers to others change with it") {
  World world;
  const Signed visit(world);
  CHECK(world.ask(visit.person) == "permit");
  CHECK(world.ask(visit.person, "register") == "permit");
  const Code slip = slip_of(world, visit.request);
  const auto before = world.log_size();
  const base::Json shown = must(app::look_at_slip(world.service(), slip.code));
  CHECK(world.log_size() == before + 1);
  const auto ids = line_ids(shown);
  REQUIRE(ids.size() == 2);
  const base::Json::Array& lines = *shown.find("slip")->find("lines")->as_array();
  CHECK(at(lines[0], {"text"}) == "Consultar la renda a l'Agència Tributària");
  CHECK(at(lines[0], {"may"}) == "withdraw");
  CHECK(at(lines[1], {"may"}) == "object");
  const std::string all = base::write_json(shown);
  for (const char* word : {"Roser", "Beca", "meal-grant", "ensenyament", "Ajuntament"}) {
    CAPTURE(word);
    CHECK(all.find(word) == std::string::npos);
  }

  const base::Json done = must(app::withdraw_by_slip(world.service(), slip.code, {ids[0]}));
  CHECK(world.ask(visit.person) == "withdrawn");
  CHECK(world.ask(visit.person, "register") == "permit");
  CHECK(at((*done.find("withdrawn")->find("lines")->as_array())[0], {"state"}) == "withdrawn");
  CHECK(look(world, slip.code).empty());
  must(app::withdraw_by_slip(world.service(), slip.code, {ids[1]}));
  CHECK(world.ask(visit.person, "register") == "opposed");
}

TEST_CASE("taking back twice is taking back once") {
  World world;
  const Signed visit(world);
  const Code slip = slip_of(world, visit.request);
  const auto ids = line_ids(must(app::look_at_slip(world.service(), slip.code)));
  must(app::withdraw_by_slip(world.service(), slip.code, ids));
  const auto after = world.log_size();
  const base::Json again = must(app::withdraw_by_slip(world.service(), slip.code, {ids[0], ids[0]}));
  CHECK(world.log_size() == after);
  CHECK(again.find("withdrawn")->find("logIndex")->is_null());
  CHECK(again.find("withdrawn")->find("lines")->as_array()->size() == 1);
  CHECK(world.ask(visit.person) == "withdrawn");
}

TEST_CASE("a slip that was used stays used when the person says yes again") {
  World world;
  const Signed visit(world);
  const Code slip = slip_of(world, visit.request);
  const auto ids = line_ids(must(app::look_at_slip(world.service(), slip.code)));
  must(app::withdraw_by_slip(world.service(), slip.code, ids));
  world.clock().pass(std::chrono::seconds(1));
  app::NewDecision again{"grant", "meal-grant", "income.tax", "ensenyament", {}, app::NoticeInput{"tax", 1},
                         {},      "counter"};
  again.valid_until = base::format_rfc3339(world.clock().now() + std::chrono::hours(48));
  must(app::record_decision(world.service(), world.integrator(), visit.person, again, world.once()));
  CHECK(world.ask(visit.person) == "permit");
  CHECK(look(world, slip.code) == "slip.unknown");
  must(app::withdraw_by_slip(world.service(), slip.code, ids));
  CHECK(world.ask(visit.person) == "permit");
}

TEST_CASE("a code that opens nothing has one answer, whatever the cause") {
  World world;
  const Signed visit(world);
  const Code used = slip_of(world, visit.request);
  must(
      app::withdraw_by_slip(world.service(), used.code, line_ids(must(app::look_at_slip(world.service(), used.code)))));
  const Signed other(world);
  const Code lost = slip_of(world, other.request);
  const Code late = slip_of(world, other.request);
  must(app::revoke_slip(world.service(), world.integrator(), lost.id, world.once()));
  const auto batch =
      must(app::issue_slips(world.service(), world.integrator(),
                            {1, base::format_rfc3339(world.clock().now() + std::chrono::hours(1))}, world.once()));
  const std::string free = at((*batch.body.find("slips")->as_array())[0], {"code"});
  const auto before = world.log_size();
  CHECK(look(world, late.code).empty());
  world.clock().pass(std::chrono::hours(24 * 400));
  const auto error = [&](const std::string& code) {
    const auto looked = app::look_at_slip(world.service(), code);
    REQUIRE_FALSE(looked);
    return std::string(looked.error().reason) + looked.error().message + looked.error().hint +
           std::string(base::to_string(looked.error().code));
  };
  const std::string expected = error("23456-789AB-CDEFG-HJKL-MNPQ-RSTH");
  for (const std::string& code : {used.code, lost.code, late.code, free, std::string("x"), std::string()}) {
    CAPTURE(code);
    CHECK(error(code) == expected);
    CHECK(reason(app::withdraw_by_slip(world.service(), code, {"x"})) == "slip.unknown");
  }
  CHECK(world.log_size() == before + 1);
}

TEST_CASE("a slip made beforehand opens nothing until it is bound, and is bound once and in time") {
  World world;
  const auto in = [&](int hours) { return base::format_rfc3339(world.clock().now() + std::chrono::hours(hours)); };
  const auto batch = must(app::issue_slips(world.service(), world.integrator(), {3, in(48)}, world.once())).body;
  const base::Json::Array& slips = *batch.find("slips")->as_array();
  REQUIRE(slips.size() == 3);
  const std::string code = at(slips[0], {"code"});
  CHECK(look(world, code) == "slip.unknown");
  const Signed visit(world);
  CHECK(slip_of(world, visit.request, code).id == at(slips[0], {"id"}));
  CHECK(look(world, code).empty());
  const auto bind = [&](const std::string& with) {
    return reason(app::issue_request_slip(world.service(), world.integrator(), visit.request, with, world.once()));
  };
  CHECK(bind(code) == "slip.code-taken");
  CHECK(bind("x") == "slip.code-taken");
  CHECK(bind("23456-789AB-CDEFG-HJKL-MNPQ-RSTH") == "slip.code-taken");
  world.clock().pass(std::chrono::hours(49));
  CHECK(bind(at(slips[1], {"code"})) == "slip.code-taken");
  CHECK(reason(app::issue_slips(world.service(), world.integrator(), {0, in(1)}, world.once())) == "slip.bad-count");
  CHECK(reason(app::issue_slips(world.service(), world.integrator(), {101, in(1)}, world.once())) == "slip.bad-count");
  CHECK(reason(app::issue_slips(world.service(), world.integrator(), {1, in(0)}, world.once())) == "slip.bad-time");
  CHECK(reason(app::issue_slips(world.service(), world.integrator(), {1, in(24 * 91)}, world.once())) ==
        "slip.bad-time");
}

TEST_CASE("a slip lives as long as what it can take back") {
  World world;
  const Signed visit(world);
  const Code slip = slip_of(world, visit.request);
  CHECK(must(base::parse_rfc3339(slip.expires)) > world.clock().now() + std::chrono::hours(24 * 364));
  const Signed refuser(world, {"refuse", "object"});
  const Code nothing = slip_of(world, refuser.request);
  CHECK(must(base::parse_rfc3339(nothing.expires)) < world.clock().now() + std::chrono::hours(24 * 91));
  const base::Json shown = must(app::look_at_slip(world.service(), nothing.code));
  for (const base::Json& line : *shown.find("slip")->find("lines")->as_array()) CHECK(line.find("may")->is_null());
  CHECK(reason(app::withdraw_by_slip(world.service(), nothing.code, {line_ids(shown)[0]})) == "slip.line-fixed");
}

TEST_CASE("only the lines of the slip itself are taken back") {
  World world;
  const Signed visit(world);
  const Signed other(world);
  const Code slip = slip_of(world, visit.request);
  const Code elsewhere = slip_of(world, other.request);
  const auto ids = line_ids(must(app::look_at_slip(world.service(), elsewhere.code)));
  CHECK(reason(app::withdraw_by_slip(world.service(), slip.code, ids)) == "slip.line-unknown");
  CHECK(reason(app::withdraw_by_slip(world.service(), slip.code, {})) == "slip.no-line");
  CHECK(world.ask(visit.person) == "permit");
  CHECK(world.ask(other.person) == "permit");
}

TEST_CASE("every way a visit ends has its slip, and none before the end") {
  World world;
  world.notice();
  for (const char* answer : {"refused", "deferred"}) {
    const auto wish = world.wish(world.document(), world.person());
    const auto made = must(app::create_signature_request(world.service(), world.integrator(), wish, world.once()));
    const std::string request = at(made.body, {"request", "id"});
    const std::string link = at(made.body, {"request", "link"});
    const auto visit = must(app::authenticate_visit(world.service(), link.substr(link.find('#') + 1)));
    const auto early = app::issue_request_slip(world.service(), world.integrator(), request, {}, world.once());
    CHECK(reason(early) == "slip.not-over");
    must(app::answer_visit(world.service(), visit, {answer, {}}, world.once()));
    const base::Json shown = must(app::look_at_slip(world.service(), slip_of(world, request).code));
    CHECK(at(shown, {"slip", "ending"}) == answer);
    CHECK(shown.find("slip")->find("lines")->as_array()->empty());
  }
}

TEST_CASE("a discreet slip names nothing, and takes back all the same") {
  World world;
  const Signed visit(world, {"grant", "informed"}, /*discreet=*/true);
  const Code slip = slip_of(world, visit.request);
  const base::Json shown = must(app::look_at_slip(world.service(), slip.code));
  CHECK(base::write_json(*shown.find("slip")->find("discreet")) == "true");
  for (const base::Json& line : *shown.find("slip")->find("lines")->as_array()) CHECK(line.find("text")->is_null());
  must(app::withdraw_by_slip(world.service(), slip.code, line_ids(shown)));
  CHECK(world.ask(visit.person) == "withdrawn");
}

TEST_CASE("a person under a protection gets a discreet slip without anyone asking for it") {
  World world;
  const Signed visit(world);
  const auto person = must(base::PersonId::parse(visit.person));
  must(world.store().run(world.tenant(), [&](storage::Transaction& transaction) {
    return transaction.consents().add_protection(
        {storage::DecisionId::make(), person, "address", {}, world.clock().now(), {}, 0});
  }));
  const base::Json shown = must(app::look_at_slip(world.service(), slip_of(world, visit.request).code));
  CHECK(base::write_json(*shown.find("slip")->find("discreet")) == "true");
}

TEST_CASE("a visit has a few slips, each named where the request is described") {
  World world;
  const Signed visit(world);
  for (int i = 0; i < 5; ++i) slip_of(world, visit.request);
  CHECK(reason(app::issue_request_slip(world.service(), world.integrator(), visit.request, {}, world.once())) ==
        "slip.too-many");
  const base::Json described =
      must(app::describe_signature_request(world.service(), world.integrator(), visit.request));
  CHECK(described.find("request")->find("slips")->as_array()->size() == 5);
}

TEST_CASE("erasing a person ends their slips") {
  World world;
  const Signed visit(world);
  const Code slip = slip_of(world, visit.request);
  must(app::erase_person(world.service(), world.integrator(), visit.person, world.once()));
  CHECK(look(world, slip.code) == "slip.unknown");
  CHECK(reason(app::withdraw_by_slip(world.service(), slip.code, {"x"})) == "slip.unknown");
  must(app::revoke_slip(world.service(), world.integrator(), slip.id, world.once()));
}

}  // namespace slips_test
