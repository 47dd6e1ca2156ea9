// Who decides for a person: minors and those who hold parental authority, adults and judgments, and what follows for
// what others are allowed.

#include "app/representations.h"

#include "app/mine.h"
#include "app/protections.h"
#include "app/reviews.h"
#include "app/world.h"
#include "representation_check.h"
#include "representation_record.h"
#include "support/sample_pdf.h"

#include <doctest/doctest.h>

#include <chrono>

using namespace segell;
using namespace segell::tests;

namespace representations_test {

namespace {

constexpr const char* kWhy = "ho diu la sentència inventada";

base::Json::Array list_of(const base::Json& body, const char* name) { return *body.find(name)->as_array(); }

app::NewRepresentation parental(const std::string& representative, const std::string& holds = "joint") {
  app::NewRepresentation wanted;
  wanted.representative = representative;
  wanted.basis = "parental-authority";
  wanted.holds = holds;
  wanted.evidence = {"family-book", "llibre inventat 12", true, {}};
  return wanted;
}

app::NewRepresentation judgment(const std::string& representative, std::vector<std::string> scope = {}) {
  app::NewRepresentation wanted;
  wanted.representative = representative;
  wanted.basis = "judgment";
  wanted.scope = std::move(scope);
  wanted.evidence = {"judgment", "sentència inventada 3/2026", true, {}};
  return wanted;
}

/// Nil, whom Marta works with, and his parents Laia and Pau, who hold parental authority together.
struct Family {
  Family() {
    world.notice();
    marta = staff("marta");
    nil = person("Nil Inventat", born_years_ago(12));
    laia = person("Laia Inventada");
    pau = person("Pau Inventat");
  }
  app::Caller staff(const std::string& name, app::Role role = app::Role::professional) {
    return must(app::authenticate_session(service(), world.join(name, role))).caller.value();
  }
  app::Service& service() { return world.service(); }

  /// Of somebody whose birthday was a month ago.
  std::string born_years_ago(int years) {
    using namespace std::chrono;
    const year_month_day today(floor<days>(world.clock().now() - days(30)));
    year_month_day born = today - std::chrono::years(years);
    if (!born.ok()) born = born.year() / born.month() / 28;
    return consent::format_birth_date(born);
  }
  std::string person(const std::string& name, std::optional<std::string> born = {}) {
    app::NewPerson wanted{name, {}};
    if (born) {
      wanted.birth_date = born;
      wanted.birth_date_seen = "family-book";
    }
    return at(must(app::create_person(service(), marta, wanted, world.once())).body, {"person", "id"});
  }
  std::string record(const app::NewRepresentation& wanted, const std::string& who = {}) {
    return at(must(app::record_representation(service(), marta, who.empty() ? nil : who, wanted, world.once())).body,
              {"representation", "id"});
  }
  std::string refused(const app::NewRepresentation& wanted, const std::string& who = {}) {
    return reason(app::record_representation(service(), marta, who.empty() ? nil : who, wanted, world.once()));
  }
  base::Json listed(const std::string& who) { return must(app::list_representations(service(), marta, who)); }
  std::string change(const std::string& representation, const std::string& to) {
    return reason(app::change_representation(service(), marta, representation, {to, kWhy}, world.once()));
  }
  app::NewHolderObjection against(const std::string& recipient) {
    app::NewHolderObjection wanted;
    wanted.recipient = recipient;
    wanted.channel = "email";
    wanted.received_at = base::format_rfc3339(world.clock().now() - std::chrono::minutes(1));
    wanted.reason = "no hi estic d'acord";
    return wanted;
  }
  std::string birth(const std::string& date) {
    return reason(app::set_birth_date(service(), marta, nil, {date, "id-document", "estava malament"}, world.once()));
  }

  /// What a representative signs becomes such a fact: written here as the act writes it.
  void grant(const std::string& who, const std::optional<std::string>& representation,
             const std::string& recipient = "ensenyament") {
    const base::Instant now = world.clock().now();
    storage::ConsentFact fact;
    fact.decision = storage::DecisionId::make();
    fact.person = must(base::PersonId::parse(who));
    fact.item = {"meal-grant", "income.tax", recipient};
    fact.kind = "grant";
    fact.basis_kind = "EXPRESS_CONSENT";
    fact.article6 = "a";
    fact.article9 = "none";
    fact.opposable = "no";
    fact.voice = representation ? "representative" : "self";
    if (representation) fact.representation = must(storage::RepresentationId::parse(*representation));
    fact.channel = "visit";
    fact.effective = now;
    fact.valid_until = now + std::chrono::hours(24 * 365 * 5);
    must(world.store().run(world.tenant(), [&](storage::Transaction& transaction) -> base::Result<void> {
      SEGELL_TRY(fact.log_index, transaction.log_size());
      return transaction.consents().add(fact);
    }));
  }
  base::Json reviews() { return must(app::list_reviews(service(), marta, {})); }
  std::vector<std::string> kinds() {
    std::vector<std::string> kinds;
    for (const base::Json& review : list_of(reviews(), "reviews")) kinds.push_back(at(review, {"kind"}));
    return kinds;
  }

  World world{{.second_factor_for_staff = false}};
  app::Caller marta;
  std::string nil, laia, pau;
};

using Kinds = std::vector<std::string>;

}  // namespace

TEST_CASE("a representation is valid where its evidence was seen, and waits where not") {
  Family family;
  const std::string seen = family.record(parental(family.laia));
  app::NewRepresentation unseen = parental(family.pau);
  unseen.evidence.seen = false;
  const std::string waiting = family.record(unseen);
  const base::Json body = family.listed(family.nil);
  CHECK(at(body, {"person", "age"}) == "under-14");
  CHECK(at(body, {"person", "birthDate"}) == family.born_years_ago(12));
  CHECK(at(body, {"person", "birthDateSeen"}) == "family-book");
  const auto list = list_of(body, "representations");
  REQUIRE(list.size() == 2);
  CHECK(at(list[0], {"id"}) == seen);
  CHECK(at(list[0], {"representativeName"}) == "Laia Inventada");
  CHECK(at(list[0], {"state"}) == "valida");
  CHECK(at(list[0], {"holds"}) == "joint");
  CHECK(at(list[0], {"evidence", "reference"}) == "llibre inventat 12");
  CHECK_FALSE(list[0].find("evidence")->find("seenAt")->is_null());
  CHECK(at(list[1], {"state"}) == "pendent-validacio");
  CHECK(list[1].find("evidence")->find("seenAt")->is_null());

  CHECK(family.change(waiting, "revocada") == "representation.transition");
  CHECK(family.change(waiting, "valida").empty());
  CHECK_FALSE(list_of(family.listed(family.nil), "representations")[1].find("evidence")->find("seenAt")->is_null());
  CHECK(family.change(waiting, "valida") == "representation.transition");
  CHECK(family.change(waiting, "renunciada").empty());
  CHECK(family.change(waiting, "valida") == "representation.transition");
  CHECK(family.change(waiting, "anulada").empty());
  CHECK(family.change(waiting, "anulada") == "representation.transition");
  CHECK(family.change(waiting, "expirada") == "representation.bad-state");
  CHECK(reason(app::change_representation(family.service(), family.marta, waiting, {"anulada", ""},
                                          family.world.once())) == "representation.bad-reason");
}

TEST_CASE("what does not fit together is refused by name, and changes nothing") {
  Family family;
  const auto before = family.world.log_size();
  const auto with = [&](auto change) {
    app::NewRepresentation wanted = parental(family.laia);
    change(wanted);
    return family.refused(wanted);
  };
  CHECK(with([](auto& w) { w.basis = "friendship"; }) == "representation.bad-basis");
  CHECK(with([](auto& w) { w.holds = ""; }) == "representation.bad-holds");
  CHECK(with([](auto& w) { w.basis = "power"; }) == "representation.bad-holds");
  CHECK(with([](auto& w) { w.scope = {"image", "image"}; }) == "representation.bad-scope");
  CHECK(with([](auto& w) { w.scope = {"two words"}; }) == "representation.bad-scope");
  CHECK(with([](auto& w) { w.from = "ahir"; }) == "time.malformed");
  CHECK(with([](auto& w) { w.until = "2000-01-01T00:00:00Z"; }) == "representation.bad-period");
  CHECK(with([](auto& w) { w.evidence.kind = "hearsay"; }) == "representation.bad-evidence");
  CHECK(with([](auto& w) { w.evidence.reference = ""; }) == "representation.bad-evidence");
  CHECK(with([](auto& w) { w.evidence.document = "x"; }) == "document.unknown");
  CHECK(with([&](auto& w) { w.representative = family.nil; }) == "representation.self");
  CHECK(with([](auto& w) { w.representative = base::PersonId::make().text(); }) == "representative.unknown");
  CHECK(family.refused(parental(family.laia), base::PersonId::make().text()) == "person.unknown");
  CHECK(family.refused(parental(family.laia), family.person("Gran Inventada", family.born_years_ago(18))) ==
        "representation.of-age");
  CHECK(family.world.log_size() == before + 3);  // the grown-up alone: created, born, assigned

  family.record(parental(family.laia));
  CHECK(family.refused(parental(family.laia)) == "representation.there");
  CHECK(family.refused(parental(family.pau, "sole")) == "representation.holds");
  family.record(parental(family.pau));
  // Nothing of it is there for a professional who does not work with Nil.
  const app::Caller other = family.staff("altra");
  CHECK(reason(app::list_representations(family.service(), other, family.nil)) == "person.unknown");
  CHECK(reason(app::record_representation(family.service(), other, family.nil, parental(family.laia),
                                          family.world.once())) == "person.unknown");
}

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

TEST_CASE("a judgment represents an adult as far and as long as it goes") {
  Family family;
  const std::string adult = family.person("Roser Inventada");
  const std::string by_pau = family.record(judgment(family.pau, {"meal-grant"}), adult);
  family.grant(adult, by_pau);
  CHECK(family.world.ask(adult) == "permit");
  CHECK(family.change(by_pau, "revocada").empty());
  CHECK(family.world.ask(adult) == "capacity_unclear");  // they decide themselves now
  family.grant(adult, {});
  CHECK(family.world.ask(adult) == "permit");
  const std::string elsewhere = family.record(judgment(family.laia, {"housing"}), adult);
  CHECK(family.world.ask(adult) == "permit");  // the judgment says nothing of this
}

TEST_CASE("who may act is asked in one place: valid, in that capacity, as far as it reaches, and not excluded") {
  Family family;
  const std::string by_laia = family.record(parental(family.laia));
  app::NewRepresentation narrow = parental(family.pau);
  narrow.scope = {"image"};
  narrow.evidence.seen = false;
  const std::string by_pau = family.record(narrow);
  const auto nil = must(base::PersonId::parse(family.nil));
  const auto acting = [&](const std::string& representation, app::ActingFor wanted) {
    return family.world.store().read(family.world.tenant(), [&](const storage::View& view) {
      return app::require_acting(view, representation, wanted);
    });
  };
  const base::Instant now = family.world.clock().now();
  const app::ActingFor parent{nil, "parent", {"meal-grant"}, now};
  const auto laia = must(acting(by_laia, parent));
  CHECK(laia.representative_name == "Laia Inventada");
  CHECK(laia.represented_name == "Nil Inventat");
  CHECK(laia.age == consent::AgeBand::under_14);
  CHECK(reason(acting(by_pau, parent)) == "representation.not-valid");
  CHECK(family.change(by_pau, "valida").empty());
  CHECK(reason(acting(by_pau, parent)) == "representation.scope");
  CHECK(reason(acting(by_pau, {nil, "parent", {}, now})).empty());
  CHECK(reason(acting(by_laia, {nil, "guardian", {}, now})) == "representation.capacity");
  CHECK(reason(acting(by_laia, {must(base::PersonId::parse(family.pau)), "parent", {}, now})) ==
        "representation.unknown");
  CHECK(reason(acting("x", parent)) == "representation.unknown");
  CHECK(reason(acting(by_laia, {nil, "parent", {}, now - std::chrono::hours(1)})) == "representation.not-valid");

  // What was captured before it ended was done by somebody who could.
  family.world.clock().pass(std::chrono::hours(1));
  CHECK(family.change(by_laia, "revocada").empty());
  CHECK(reason(acting(by_laia, {nil, "parent", {}, family.world.clock().now()})) == "representation.not-valid");
  CHECK(reason(acting(by_laia, parent)).empty());

  app::NewProtection wanted{"excluded-person", "ordre inventada", {}, {}, family.pau, {}, {}};
  must(app::set_protection(family.service(), family.marta, family.nil, wanted, family.world.once()));
  CHECK(reason(acting(by_pau, {nil, "parent", {"image"}, family.world.clock().now()})) == "representation.not-valid");
  CHECK(*list_of(family.listed(family.nil), "representations")[1].find("excluded")->as_bool());

  const std::string undated = family.person("Sense Data");
  const std::string of_undated = family.record(parental(family.laia, "sole"), undated);
  CHECK(reason(acting(of_undated, {must(base::PersonId::parse(undated)), "parent", {}, family.world.clock().now()})) ==
        "person.no-birth-date");
}

TEST_CASE("a login reaches whom its own person represents, as long as they do") {
  Family family;
  const std::string by_laia = family.record(parental(family.laia));
  const auto login =
      must(app::authenticate_session(family.service(), family.world.join("laia", app::Role::citizen, family.laia)))
          .caller.value();
  const auto stranger =
      must(app::authenticate_session(family.service(), family.world.join("altre", app::Role::citizen, family.nil)))
          .caller.value();
  const auto represents = [&](const app::Caller& who) {
    return must(family.world.store().read(family.world.tenant(), [&](const storage::View& view) {
      return app::represents(view, *who.account, must(base::PersonId::parse(family.nil)), family.world.clock().now());
    }));
  };
  CHECK(represents(login));
  CHECK_FALSE(represents(stranger));
  CHECK(family.change(by_laia, "revocada").empty());
  CHECK_FALSE(represents(login));
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
  CHECK(base::to_text(opening.event).find("2013") == std::string::npos);
}

TEST_CASE("whoever is erased represents nobody, and what stands against something stays") {
  Family family;
  const std::string by_laia = family.record(parental(family.laia));
  const std::string by_pau = family.record(parental(family.pau));
  family.grant(family.nil, by_laia);
  must(app::record_objection(family.service(), family.marta, by_pau, family.against(""), family.world.once()));
  for (const std::string& parent : {family.pau, family.laia})
    must(app::erase_person(family.service(), family.world.integrator(), parent, family.world.once()));
  CHECK(family.world.ask(family.nil) == "opposed");
  const auto list = list_of(family.listed(family.nil), "representations");
  REQUIRE(list.size() == 2);
  CHECK(list[0].find("representativeName")->is_null());
  CHECK(list[0].find("evidence")->is_null());
  CHECK(at(list[0], {"state"}) == "expirada");
  must(app::erase_person(family.service(), family.world.integrator(), family.nil, family.world.once()));
  CHECK(reason(app::list_representations(family.service(), family.world.integrator(), family.nil)) == "person.unknown");
}

TEST_CASE(
    "a person's own page says who decides for them, and who decided; to whoever represents them it names nobody") {
  Family family;
  const std::string mother = family.record(parental(family.laia));
  family.record(parental(family.pau));
  app::NewRepresentation unseen = judgment(family.person("Oncle Fictici"));
  unseen.evidence.seen = false;
  family.record(unseen);
  family.grant(family.nil, mother);
  family.world.clock().pass(std::chrono::seconds(1));
  const auto login = [&](const std::string& name, app::Role role, const std::string& person) {
    return must(app::authenticate_session(family.service(), family.world.join(name, role, person))).caller.value();
  };
  const auto newest = [&](const app::Caller& caller) {
    const base::Json body = must(app::list_my_decisions(family.service(), caller, {}));
    return list_of(list_of(list_of(body, "groups").front(), "items").front(), "decisions").front();
  };
  const app::Caller own = login("nil", app::Role::citizen, family.nil);
  base::Json body = must(app::list_my_representatives(family.service(), own));
  CHECK(at(body, {"age"}) == "under-14");
  const auto acting = list_of(body, "representatives");
  REQUIRE(acting.size() == 2);
  CHECK(at(acting[0], {"name"}) == "Laia Inventada");
  CHECK(at(acting[0], {"basis"}) == "parental-authority");
  CHECK(at(newest(own), {"representative", "name"}) == "Laia Inventada");
  CHECK(newest(login("segona", app::Role::representative, family.nil)).find("representative")->find("name")->is_null());

  // Whoever is excluded does not act; and at 14 the person decides, which is told at once.
  app::NewProtection excluded{"excluded-person", "ordre inventada", {}, {}, {}, {}, {}};
  excluded.person = family.pau;
  must(app::set_protection(family.service(), family.marta, family.nil, excluded, family.world.once()));
  CHECK(family.birth(family.born_years_ago(14)).empty());
  body = must(app::list_my_representatives(family.service(), own));
  CHECK(at(body, {"age"}) == "14-17");
  for (const base::Json& one : list_of(body, "representatives")) CHECK(at(one, {"name"}) != "Pau Inventat");
  family.grant(family.nil, std::nullopt);
  CHECK(newest(own).find("representative")->is_null());

  const app::Caller third = login("tercera", app::Role::representative, family.nil);
  body = must(app::list_my_representatives(family.service(), third));
  CHECK(at(body, {"age"}) == "14-17");
  CHECK(list_of(body, "representatives").empty());
  const app::Caller unrelated = login("laia", app::Role::citizen, family.laia);
  body = must(app::list_my_representatives(family.service(), unrelated));
  CHECK(at(body, {"age"}) == "unknown");
  CHECK(list_of(body, "representatives").empty());
}

TEST_CASE("a document is confidential once, for its own person, and two together take that away") {
  Family family;
  const std::string document = at(
      must(app::store_document(family.service(), family.marta, base::to_bytes(make_sample_pdf()), family.world.once()))
          .body,
      {"document", "id"});
  const auto set = [&](app::NewProtection wanted) {
    return reason(app::set_protection(family.service(), family.marta, family.nil, wanted, family.world.once()));
  };
  app::NewProtection wanted{"confidential", "és cosa seva", {}, {}, {}, {}, {}};
  CHECK(set(wanted) == "protection.bad-document");
  wanted.document = document;
  wanted.address = "Carrer Inventat 99";
  CHECK(set(wanted) == "protection.bad-person");
  wanted.address.clear();
  CHECK(set({"address", "és cosa seva", {}, {}, {}, "Carrer Inventat 99", document}) == "protection.bad-document");
  wanted.document = base::DocumentId::make().text();
  CHECK(set(wanted) == "document.unknown");
  wanted.document = document;
  CHECK(set(wanted).empty());
  CHECK(set(wanted) == "protection.confidential");
  const auto is_kept = [&] {
    return must(family.world.store().read(family.world.tenant(), [&](const storage::View& view) {
      return view.protection_flags().covers(must(base::DocumentId::parse(document)), "confidential");
    }));
  };
  const app::Caller dpo = family.staff("delegada", app::Role::dpo);
  const app::Caller second = family.staff("segona", app::Role::dpo);
  const auto listed = list_of(must(app::list_protections(family.service(), dpo, {})), "protections");
  REQUIRE(listed.size() == 1);
  CHECK(at(listed[0], {"documentId"}) == document);
  CHECK(at(listed[0], {"kind"}) == "confidential");
  CHECK(listed[0].find("token")->is_null());
  const auto remove = [&](const app::Caller& by) {
    return reason(
        app::remove_protection(family.service(), by, at(listed[0], {"id"}), "ja no cal", family.world.once()));
  };
  CHECK(remove(dpo).empty());
  CHECK(is_kept());
  CHECK(remove(dpo) == "protection.second-person");
  CHECK(remove(second).empty());
  CHECK_FALSE(is_kept());

  // A paper of somebody else is none that could be confidential to Nil.
  const std::string of_pau = family.world.document();
  must(app::create_signature_request(family.service(), family.world.integrator(), family.world.wish(of_pau, family.pau),
                                     family.world.once()));
  wanted.document = of_pau;
  CHECK(set(wanted) == "document.unknown");
}

}  // namespace representations_test
