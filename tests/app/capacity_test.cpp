// What follows for what others are allowed: birthdays, objections of a holder of parental authority, and the reviews of
// both.

#include "app/family.h"

#include "app/mine.h"
#include "representation_record.h"

#include <doctest/doctest.h>

#include <chrono>

namespace representations_test {

TEST_CASE("a parent's grant permits until 14; the correction of the birthday raises a review, and Nil decides") {
  Family family;
  const std::string by_laia = family.record(parental(family.laia));
  CHECK(family.world.ask(family.nil) == "no_basis");
  family.grant(family.nil, by_laia);
  CHECK(family.world.ask(family.nil) == "permit");
  CHECK(family.change(by_laia, "revocada").empty());
  CHECK(family.world.ask(family.nil) == "permit");  // what was decided before stays decided
  CHECK(family.kinds().empty());

  CHECK(family.birth(family.born_years_ago(14)).empty());
  CHECK(family.world.ask(family.nil) == "capacity_unclear");
  CHECK(family.kinds() == Kinds{"turned-14"});
  CHECK(family.birth(family.born_years_ago(14)).empty());
  CHECK(family.kinds() == Kinds{"turned-14"});  // once for one birthday
  family.grant(family.nil, {});
  CHECK(family.world.ask(family.nil) == "permit");

  // The date was right before after all: the review is about nothing.
  CHECK(family.birth(family.born_years_ago(12)).empty());
  CHECK(family.kinds().empty());
}

TEST_CASE("what a child grants never counts, and a power that never was is nobody's voice") {
  Family family;
  family.grant(family.nil, {});
  CHECK(family.world.ask(family.nil) == "capacity_unclear");
  const std::string by_laia = family.record(parental(family.laia));
  family.grant(family.nil, by_laia);
  CHECK(family.world.ask(family.nil) == "permit");
  CHECK(family.change(by_laia, "anulada").empty());
  CHECK(family.world.ask(family.nil) == "capacity_unclear");
}

TEST_CASE("a holder's objection denies at once, says what stops, and ends only on purpose") {
  Family family;
  const std::string by_laia = family.record(parental(family.laia));
  const std::string by_pau = family.record(parental(family.pau));
  family.grant(family.nil, by_laia);
  family.grant(family.nil, by_laia, "web");
  const auto object = [&](const std::string& representation, const app::NewHolderObjection& wanted) {
    return app::record_objection(family.service(), family.marta, representation, wanted, family.world.once());
  };
  const base::Json body = must(object(by_pau, family.against("ensenyament"))).body;
  CHECK(at(body, {"objection", "state"}) == "live");
  const auto blocks = list_of(*body.find("objection"), "blocks");
  REQUIRE(blocks.size() == 1);
  CHECK(at(blocks[0], {"recipient"}) == "ensenyament");
  CHECK(family.world.ask(family.nil) == "opposed");
  CHECK(family.kinds() == Kinds{"recipient-notice", "objection"});
  family.grant(family.nil, by_laia);  // however new
  CHECK(family.world.ask(family.nil) == "opposed");
  const auto listed = list_of(family.listed(family.nil), "objections");
  REQUIRE(listed.size() == 1);
  CHECK(at(listed[0], {"state"}) == "live");
  CHECK(at(listed[0], {"representationId"}) == by_pau);
  CHECK(at(listed[0], {"scope", "recipient"}) == "ensenyament");
  CHECK(at(listed[0], {"scope", "recipientNames", "es"}) == "el departamento de Enseñanza");
  CHECK(listed[0].find("scope")->find("purposeNames")->is_null());
  CHECK(at(listed[0], {"evidence", "reason"}) == "no hi estic d'acord");

  // Whoever lost the authority meanwhile did not take the objection back.
  CHECK(family.change(by_pau, "renunciada").empty());
  CHECK(family.world.ask(family.nil) == "opposed");
  CHECK(reason(object(by_pau, family.against("web"))) == "objection.not-a-holder");

  const std::string objection = at(body, {"objection", "id"});
  const auto end = [&](const std::string& by) {
    return reason(app::end_objection(family.service(), family.marta, objection, {by, kWhy, {}}, family.world.once()));
  };
  CHECK(end("nobody") == "objection.bad-end");
  CHECK(end("judgment").empty());
  CHECK(end("holder") == "objection.over");
  CHECK(family.world.ask(family.nil) == "permit");
  CHECK(at(list_of(family.listed(family.nil), "objections")[0], {"state"}) == "ended");
  CHECK(family.kinds() == Kinds{"recipient-notice", "objection"});  // until somebody says what was done

  auto wanted = family.against("web");
  wanted.channel = "rumour";
  CHECK(reason(object(by_laia, wanted)) == "objection.bad-channel");
  wanted = family.against("two words");
  CHECK(reason(object(by_laia, wanted)) == "consent.bad-code");
  wanted = family.against("web");
  wanted.received_at = base::format_rfc3339(family.world.clock().now() + std::chrono::hours(1));
  CHECK(reason(object(by_laia, wanted)) == "objection.bad-time");
  wanted.received_at = "ahir";
  CHECK(reason(object(by_laia, wanted)) == "objection.bad-time");
}

TEST_CASE("a review waits until somebody who works with the person says what was done") {
  Family family;
  const std::string by_pau = family.record(parental(family.pau));
  must(app::record_objection(family.service(), family.marta, by_pau, family.against("web"), family.world.once()));
  const base::Json body = family.reviews();
  const base::Json review = list_of(body, "reviews")[0];
  CHECK(at(review, {"personName"}) == "Nil Inventat");
  CHECK(at(review, {"state"}) == "open");
  CHECK(at(review, {"since"}) == base::format_rfc3339(family.world.clock().now()));
  const app::Caller other = family.staff("altra");
  CHECK(list_of(must(app::list_reviews(family.service(), other, {})), "reviews").empty());
  const std::string id = at(review, {"id"});
  const auto seen = static_cast<std::uint64_t>(*review.find("logIndex")->as_int());
  const auto answer = [&](const app::Caller& by, const std::string& text) {
    return reason(app::answer_review(family.service(), by, id, {text, seen}, family.world.once()));
  };
  CHECK(answer(other, "fet") == "review.unknown");
  CHECK(answer(family.marta, "") == "review.bad-text");
  CHECK(answer(family.marta, "s'ha parlat amb tots dos").empty());
  CHECK(answer(family.marta, "altra vegada") == "review.over");
  CHECK(family.kinds().empty());
}

TEST_CASE("the service finds by itself, once a day, who is 14 or 18 by now") {
  Family family;
  const std::string by_laia = family.record(parental(family.laia));
  family.grant(family.nil, by_laia);
  const auto days = [](int count) { return std::chrono::hours(24 * count); };
  CHECK(family.service().run_jobs_once() == 0);
  family.world.clock().pass(days(365 * 2 - 60));  // a month short of 14
  CHECK(family.service().run_jobs_once() == 0);
  CHECK(family.world.ask(family.nil) == "permit");
  family.world.clock().pass(days(60));
  CHECK(family.world.ask(family.nil) == "capacity_unclear");
  family.marta = must(app::authenticate_session(
                          family.service(), must(family.world.log_in("marta", World::kPassword)).grant.value().cookie))
                     .caller.value();
  CHECK(family.kinds().empty());
  CHECK(family.service().run_jobs_once() == 1);
  CHECK(family.kinds() == Kinds{"turned-14"});
  CHECK(family.service().run_jobs_once() == 0);
  family.world.clock().pass(days(365 * 4 + 1));
  CHECK(family.service().run_jobs_once() == 1);
  CHECK(family.kinds() == Kinds{"turned-18", "turned-14"});
  CHECK(at(list_of(family.listed(family.nil), "representations")[0], {"state"}) == "expirada");
  family.world.reopen(WorldOptions{.second_factor_for_staff = false});
  CHECK(family.service().run_jobs_once() == 0);  // at the start too, and nothing twice
}

TEST_CASE("a date of birth is entered with what it was read from, and is in no event") {
  Family family;
  const auto create = [&](std::optional<std::string> date, std::optional<std::string> seen) {
    app::NewPerson wanted{"Persona Inventada", {}};
    wanted.birth_date = std::move(date);
    wanted.birth_date_seen = std::move(seen);
    return reason(app::create_person(family.service(), family.marta, wanted, family.world.once()));
  };
  CHECK(create("2013-05-02", {}) == "person.bad-birth-date-seen");
  CHECK(create("2013-05-02", "rumour") == "person.bad-birth-date-seen");
  CHECK(create({}, "register") == "person.bad-birth-date-seen");
  CHECK(create("2013-02-30", "register") == "person.bad-birth-date");
  CHECK(create("2013-05-02", "register").empty());
  CHECK(family.birth("demà") == "person.bad-birth-date");
  const auto before = family.world.log_size();
  CHECK(family.birth("2013-05-02").empty());
  CHECK(family.world.log_size() == before + 1);
  CHECK(at(family.listed(family.nil), {"person", "birthDate"}) == "2013-05-02");
  CHECK(at(family.listed(family.nil), {"person", "birthDateSeen"}) == "id-document");
  const auto opening = must(family.world.store().read(
      family.world.tenant(), [&](const storage::View& view) { return view.evidence().opening(before); }));
  CHECK(base::to_text(opening.event).find("2013-05") == std::string::npos);
}

}  // namespace representations_test
