// What a "no" leaves to do: whoever could use the data is told by somebody, and the person sees whether that was done.

#include "app/mine.h"
#include "app/persons.h"
#include "app/reviews.h"
#include "app/slips.h"
#include "app/told_decision.h"
#include "app/world.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>

using namespace segell;
using namespace segell::tests;

namespace recipient_notices_test {

namespace {

base::Json::Array list_of(const base::Json& body, const char* name) { return *body.find(name)->as_array(); }

/// Roser, who granted her income and was informed of the register; Marta works with her, somebody else does not.
struct Desk {
  Desk() {
    world.notice();
    marta = login("marta", app::Role::professional);
    const app::NewPerson wanted{"Roser Inventada", {}};
    person = at(must(app::create_person(service(), marta, wanted, world.once())).body, {"person", "id"});
    roser = login("roser", app::Role::citizen, person);
    sign({"grant", "informed"});
  }
  app::Caller login(const std::string& name, app::Role role, const std::string& whose = {}) {
    return must(app::authenticate_session(service(), world.join(name, role, whose))).caller.value();
  }
  app::Service& service() { return world.service(); }
  void sign(const std::vector<std::string>& choices) {
    world.clock().pass(std::chrono::seconds(1));
    const auto visit = world.visit(world.wish(world.document(), person));
    must(app::perform_act(service(), visit, prepare(world, visit, choices, "button"), world.once()));
    world.clock().pass(std::chrono::seconds(1));
  }
  base::Json item(const std::string& category) {
    for (const base::Json& group : list_of(must(app::list_my_decisions(service(), roser, {})), "groups")) {
      for (const base::Json& one : list_of(group, "items")) {
        if (at(one, {"category"}) == category) return one;
      }
    }
    throw std::runtime_error("no item " + category);
  }
  std::string newest(const std::string& category) { return at(list_of(item(category), "decisions").front(), {"id"}); }
  void withdraw() { must(app::withdraw_my_consent(service(), roser, newest("income.tax"), world.once())); }
  void object() { must(app::object_to_my_use(service(), roser, newest("register"), world.once())); }

  base::Json::Array waiting(const app::Caller& caller) {
    return list_of(must(app::list_reviews(service(), caller, {})), "reviews");
  }
  base::Json::Array waiting() { return waiting(marta); }
  /// The categories that the only review names.
  std::vector<std::string> ended() {
    const auto reviews = waiting();
    REQUIRE(reviews.size() == 1);
    CHECK(at(reviews[0], {"kind"}) == "recipient-notice");
    std::vector<std::string> categories;
    for (const base::Json& use : list_of(reviews[0], "uses")) categories.push_back(at(use, {"category"}));
    return categories;
  }
  std::string answer(const base::Json& review, const std::string& text = "Trucada al registre inventat") {
    const auto seen = static_cast<std::uint64_t>(*review.find("logIndex")->as_int());
    return reason(app::answer_review(service(), marta, at(review, {"id"}), {text, seen}, world.once()));
  }

  World world{{.second_factor_for_staff = false}};
  app::Caller marta, roser;
  std::string person;
};

using Categories = std::vector<std::string>;

}  // namespace

TEST_CASE("a withdrawal leaves a task that names whom to tell of what, in the same commit, until it is answered") {
  Desk desk;
  CHECK(desk.waiting().empty());
  CHECK(desk.item("income.tax").find("recipientNotice")->is_null());
  const auto before = desk.world.log_size();
  desk.withdraw();
  CHECK(desk.world.log_size() == before + 2);  // the decision, and that recipients are to be told
  const auto reviews = desk.waiting();
  REQUIRE(reviews.size() == 1);
  const base::Json& review = reviews[0];
  CHECK(at(review, {"personName"}) == "Roser Inventada");
  const auto uses = list_of(review, "uses");
  REQUIRE(uses.size() == 1);
  CHECK(at(uses[0], {"recipient"}) == "ensenyament");
  CHECK(at(uses[0], {"recipientNames", "ca"}) == "el departament d'Ensenyament");
  CHECK(at(uses[0], {"purpose"}) == "meal-grant");
  CHECK(at(desk.item("income.tax"), {"recipientNotice", "state"}) == "open");
  CHECK(desk.item("register").find("recipientNotice")->is_null());

  // Whoever does not work with her is told of nothing.
  const app::Caller other = desk.login("altra", app::Role::professional);
  CHECK(desk.waiting(other).empty());

  desk.world.clock().pass(std::chrono::hours(24 * 40));
  CHECK(desk.waiting().size() == 1);  // however long it takes
  CHECK(desk.answer(review, "") == "review.bad-text");
  CHECK(desk.answer(review).empty());
  CHECK(desk.waiting().empty());
  CHECK(desk.answer(review) == "review.over");
  CHECK(at(desk.item("income.tax"), {"recipientNotice", "state"}) == "answered");
  CHECK(at(desk.item("income.tax"), {"recipientNotice", "at"}) == base::format_rfc3339(desk.world.clock().now()));
}

TEST_CASE("a further no joins the task that waits; an answer to an older reading of it is refused") {
  Desk desk;
  desk.withdraw();
  const base::Json early = desk.waiting()[0];
  desk.object();
  CHECK(desk.ended() == Categories{"income.tax", "register"});
  CHECK(desk.answer(early) == "review.changed");
  CHECK(at(desk.item("register"), {"recipientNotice", "state"}) == "open");
  CHECK(desk.answer(desk.waiting()[0]).empty());
  CHECK(at(desk.item("income.tax"), {"recipientNotice", "state"}) == "answered");

  // Granted anew there is nothing to be told; withdrawn anew there is a new task.
  desk.sign({"grant", "informed"});
  CHECK(desk.item("income.tax").find("recipientNotice")->is_null());
  CHECK(desk.waiting().empty());
  desk.withdraw();
  CHECK(desk.ended() == Categories{"income.tax"});
}

TEST_CASE("every way of saying no leaves the task: by voice, by a program, with a slip, with a signature") {
  SUBCASE("by voice, about everything of that recipient") {
    Desk desk;
    app::ToldDecision told;
    told.kind = "object";
    told.recipient = "ensenyament";
    told.heard_by = "Marta Inventada";
    told.heard_at = base::format_rfc3339(desk.world.clock().now());
    told.channel = "phone";
    told.language = "ca";
    must(app::record_told_decision(desk.service(), desk.marta, desk.person, told, desk.world.once()));
    CHECK(desk.ended() == Categories{"income.tax", "register"});
  }
  SUBCASE("by a program") {
    Desk desk;
    app::NewDecision no;
    no.kind = "withdraw";
    no.purpose = "meal-grant";
    no.category = "income.tax";
    no.recipient = "ensenyament";
    no.channel = "letter";
    must(app::record_decision(desk.service(), desk.world.integrator(), desk.person, no, desk.world.once()));
    CHECK(desk.ended() == Categories{"income.tax"});
  }
  SUBCASE("with a slip, several lines at once") {
    Desk desk;
    const auto visit = desk.world.wish(desk.world.document(), desk.person);
    const auto made =
        must(app::create_signature_request(desk.service(), desk.world.integrator(), visit, desk.world.once())).body;
    const std::string link = at(made, {"request", "link"});
    const auto caller = must(app::authenticate_visit(desk.service(), link.substr(link.find('#') + 1)));
    must(app::perform_act(desk.service(), caller, prepare(desk.world, caller, {"grant", "informed"}, "button"),
                          desk.world.once()));
    desk.world.clock().pass(std::chrono::seconds(1));
    const std::string id = at(made, {"request", "id"});
    const auto slip = must(app::issue_request_slip(desk.service(), desk.marta, id, {}, desk.world.once())).body;
    const std::string code = at(slip, {"slip", "code"});
    std::vector<std::string> lines;
    const auto shown = must(app::look_at_slip(desk.service(), code));
    for (const base::Json& line : list_of(*shown.find("slip"), "lines")) lines.push_back(at(line, {"id"}));
    must(app::withdraw_by_slip(desk.service(), code, lines));
    CHECK(desk.ended() == Categories{"income.tax", "register"});
  }
  SUBCASE("with a signature on a later paper") {
    Desk desk;
    desk.sign({"refuse", "informed"});
    CHECK(desk.ended() == Categories{"income.tax"});
  }
}

TEST_CASE("where nobody may use it any more, a no leaves nothing to do") {
  Desk desk;
  SUBCASE("said twice") {
    desk.withdraw();
    CHECK(desk.answer(desk.waiting()[0]).empty());
    must(app::withdraw_my_consent(desk.service(), desk.roser, desk.newest("income.tax"), desk.world.once()));
    desk.sign({"refuse", "informed"});
    CHECK(desk.waiting().empty());
  }
  SUBCASE("it had run out") {
    desk.world.clock().pass(std::chrono::hours(24 * 366 * 2));
    desk.withdraw();
    CHECK(desk.waiting().empty());
  }
  SUBCASE("it was never allowed") {
    const std::string other = desk.world.person("Nil Fictici");
    const auto visit = desk.world.visit(desk.world.wish(desk.world.document(), other));
    must(app::perform_act(desk.service(), visit, prepare(desk.world, visit, {"refuse", "object"}, "button"),
                          desk.world.once()));
    CHECK(list_of(must(app::list_reviews(desk.service(), desk.world.integrator(), {})), "reviews").empty());
  }
}

}  // namespace recipient_notices_test
