// What a professional asks for and follows: requests of their persons, links, turns, and what a signature means.

#include "app/mine.h"
#include "app/templates.h"
#include "app/world.h"

#include "base/encoding.h"
#include "support/pdf_oracles.h"
#include "support/sample_papers.h"

#include <doctest/doctest.h>

#include <set>

using namespace segell;
using namespace segell::tests;

namespace {

const base::Json::Array& listed(const base::Json& body, const char* name) {
  const base::Json* list = body.find(name);
  if (list == nullptr || list->as_array() == nullptr) throw std::runtime_error(std::string("no list ") + name);
  return *list->as_array();
}

/// Marta works with Roser; Nil is somebody else's.
struct Desk {
  Desk() {
    world.notice();
    roser = world.person("Roser Núñez i Fictícia");
    nil = world.person("Nil Fictici");
    marta = staff("marta");
    join(roser);
  }
  app::Caller staff(const std::string& name) {
    return must(app::authenticate_session(world.service(), world.join(name, app::Role::professional))).caller.value();
  }
  void join(const std::string& person) {
    must(app::assign(world.store(), world.clock(), world.tenant(), "marta", must(base::PersonId::parse(person))));
  }
  /// Seconds apart, so that their order is plain.
  base::Json ask(const std::string& document, const std::string& person, const std::string& after = {},
                 const std::vector<std::string>& meanings = {}) {
    world.clock().pass(std::chrono::seconds(1));
    auto wish = world.wish(document, person);
    wish.items.clear();
    wish.after = after;
    wish.meanings = meanings;
    return must(app::create_signature_request(world.service(), world.integrator(), wish, world.once())).body;
  }
  app::VisitCaller open(const base::Json& made) {
    const std::string link = at(made, {"request", "link"});
    return must(app::authenticate_visit(world.service(), link.substr(link.find('#') + 1)));
  }
  std::string link_reason(const base::Json& made) {
    const std::string link = at(made, {"request", "link"});
    return reason(app::authenticate_visit(world.service(), link.substr(link.find('#') + 1)));
  }
  base::Json list(const std::string& state = {}, const app::Page& page = {}) {
    return must(app::list_signature_requests(world.service(), marta, {page, state}));
  }
  std::string state(const std::string& id) {
    return at(must(app::describe_signature_request(world.service(), world.integrator(), id)), {"request", "state"});
  }
  std::string in_two_hours() { return base::format_rfc3339(world.clock().now() + std::chrono::hours(2)); }
  base::Result<app::Reply> cancel(const std::string& id) {
    return app::cancel_signature_request(world.service(), marta, id, world.once());
  }
  base::Result<app::Reply> renew(const std::string& id) {
    return app::renew_request_link(world.service(), marta, id, in_two_hours(), world.once());
  }

  World world{{.second_factor_for_staff = false}};
  std::string roser, nil;
  app::Caller marta;
};

std::string id_of(const base::Json& made) { return at(made, {"request", "id"}); }

}  // namespace

TEST_CASE("the list holds the requests of one's own persons, newest first, with who, what and where they stand") {
  Desk desk;
  const auto first = desk.ask(desk.world.document(), desk.roser);
  desk.ask(desk.world.document(), desk.nil);
  const auto second = desk.ask(desk.world.document(), desk.roser);
  const auto body = desk.list();
  const auto& requests = listed(body, "requests");
  REQUIRE(requests.size() == 2);
  CHECK(at(requests[0], {"id"}) == id_of(second));
  CHECK(at(requests[1], {"id"}) == id_of(first));
  CHECK(at(requests[0], {"state"}) == "created");
  CHECK(at(requests[0], {"personName"}) == "Roser Núñez i Fictícia");
  CHECK(at(requests[0], {"title"}) == "Beca de menjador");
  CHECK(at(requests[0], {"name"}).starts_with("document-"));
  CHECK(requests[0].find("after")->is_null());
  CHECK(requests[0].find("meaning")->is_null());
  // A program sees its whole tenant.
  const auto all = must(app::list_signature_requests(desk.world.service(), desk.world.integrator(), {}));
  CHECK(listed(all, "requests").size() == 3);
}

TEST_CASE("a list is filtered by state, an expired request by its time, and comes in parts that meet") {
  Desk desk;
  for (int i = 0; i < 3; ++i) desk.ask(desk.world.document(), desk.roser);
  const auto signed_one = desk.ask(desk.world.document(), desk.roser);
  const auto visit = desk.open(signed_one);
  must(app::perform_act(desk.world.service(), visit, prepare(desk.world, visit, {}, "button"), desk.world.once()));
  CHECK(listed(desk.list("created"), "requests").size() == 3);
  CHECK(listed(desk.list("signed"), "requests").size() == 1);
  CHECK(listed(desk.list("open"), "requests").size() == 3);
  CHECK(listed(desk.list("expired"), "requests").empty());
  std::set<std::string> seen;
  app::Page page{{}, 3};
  for (int parts = 0; parts < 2; ++parts) {
    const auto body = desk.list({}, page);
    for (const auto& one : listed(body, "requests")) CHECK(seen.insert(at(one, {"id"})).second);
    if (!body.find("next")->is_null()) page.cursor = at(body, {"next"});
  }
  CHECK(seen.size() == 4);
  desk.world.clock().pass(std::chrono::hours(3));
  CHECK(listed(desk.list("created"), "requests").empty());
  CHECK(listed(desk.list("open"), "requests").empty());
  const auto expired = desk.list("expired");
  CHECK(listed(expired, "requests").size() == 3);
  CHECK(at(listed(expired, "requests")[0], {"state"}) == "expired");
  CHECK(listed(desk.list("signed"), "requests").size() == 1);
  CHECK(reason(app::list_signature_requests(desk.world.service(), desk.marta, {{}, "lost"})) == "request.bad-state");
  CHECK(reason(app::list_signature_requests(desk.world.service(), desk.marta, {{"12x", 2}, ""})) == "page.bad-cursor");
}

TEST_CASE("whoever sees names in a list or finds somebody is in that person's list of accesses") {
  Desk desk;
  desk.ask(desk.world.document(), desk.roser);
  desk.ask(desk.world.document(), desk.roser);
  const auto hers =
      must(app::authenticate_session(desk.world.service(), desk.world.join("roser", app::Role::citizen, desk.roser)))
          .caller.value();
  const auto before = desk.world.log_size();
  desk.list();
  CHECK(desk.world.log_size() == before + 1);  // one person, however many papers
  must(app::find_persons(desk.world.service(), desk.marta, {"roser", {}}));
  CHECK(desk.world.log_size() == before + 2);
  desk.list("refused");
  CHECK(desk.world.log_size() == before + 2);  // nobody was shown
  const auto body = must(app::list_my_accesses(desk.world.service(), hers, {}));
  const auto& accesses = listed(body, "accesses");
  REQUIRE(accesses.size() == 2);
  CHECK(at(accesses[0], {"what"}) == "search");
  CHECK(at(accesses[1], {"what"}) == "list");
  for (const auto& one : accesses) {
    CHECK(at(one, {"by", "role"}) == "professional");
    CHECK(at(one, {"why"}) == "relation");
  }
}

TEST_CASE("people are found by a part of their name or by their identifier, and only by whom works with them") {
  Desk desk;
  auto& service = desk.world.service();
  const app::NewPerson::Identifier dni{"DNI", "00.000.000-t"};
  const auto made =
      must(app::create_person(service, desk.marta, {"Àlex Œuvre Inventat", dni, "es", "familiar"}, desk.world.once()));
  const std::string alex = at(made.body, {"person", "id"});
  const auto found = [&](const std::string& name) {
    std::vector<std::string> names;
    const auto body = must(app::find_persons(service, desk.marta, {name, {}}));
    for (const auto& one : listed(body, "persons")) names.push_back(at(one, {"name"}));
    return names;
  };
  CHECK(found("NUNEZ") == std::vector<std::string>{"Roser Núñez i Fictícia"});
  CHECK(found("nu\u0301n\u0303ez") == std::vector<std::string>{"Roser Núñez i Fictícia"});
  CHECK(found("alex oeuvre") == std::vector<std::string>{"Àlex Œuvre Inventat"});
  CHECK(found("Nil").empty());  // there, but not for her
  CHECK(found("ro").size() == 1);
  const auto by_identifier = must(app::find_persons(service, desk.marta, {{}, {{"DNI", "00000000T"}}}));
  const auto& persons = listed(by_identifier, "persons");
  REQUIRE(persons.size() == 1);
  CHECK(at(persons[0], {"id"}) == alex);
  CHECK(at(persons[0], {"identifier", "end"}) == "00T");
  CHECK(at(persons[0], {"language"}) == "es");
  CHECK(at(persons[0], {"address"}) == "familiar");
  CHECK(base::write_json(by_identifier).find("00000000") == std::string::npos);
  const auto colleague = desk.staff("colleague");
  CHECK(listed(must(app::find_persons(service, colleague, {{}, {{"DNI", "00000000T"}}})), "persons").empty());
  CHECK(reason(app::find_persons(service, desk.marta, {})) == "person.bad-search");
  CHECK(reason(app::find_persons(service, desk.marta, {"ro", dni})) == "person.bad-search");
  CHECK(reason(app::find_persons(service, desk.marta, {"r", {}})) == "person.bad-search");
  CHECK(reason(app::find_persons(service, desk.marta, {{}, {{"DNI", "?"}}})) == "person.bad-identifier");
  CHECK(reason(app::find_persons(service, desk.world.integrator(), {"roser", {}})) == "person.bad-search");
  CHECK(reason(app::create_person(service, desk.marta, {"X Y", {}, "xx", ""}, desk.world.once())) ==
        "person.bad-language");
  CHECK(reason(app::create_person(service, desk.marta, {"X Y", {}, "", "rude"}, desk.world.once())) ==
        "person.bad-address");
}

TEST_CASE("cancelling ends a request and its link, once; what is over stays as it is") {
  Desk desk;
  const auto made = desk.ask(desk.world.document(), desk.roser);
  must(app::read_visit(desk.world.service(), desk.open(made)));
  CHECK(at(must(desk.cancel(id_of(made))).body, {"request", "state"}) == "cancelled");
  CHECK(desk.state(id_of(made)) == "cancelled");
  CHECK(desk.link_reason(made) == "auth.invalid-token");
  CHECK(reason(desk.cancel(id_of(made))) == "request.over");
  CHECK(reason(desk.renew(id_of(made))) == "request.over");
  const auto foreign = desk.ask(desk.world.document(), desk.nil);
  CHECK(reason(desk.cancel(id_of(foreign))) == "request.unknown");
  CHECK(reason(desk.cancel("nonsense")) == "request.unknown");
}

TEST_CASE("a new link takes the place of the old one, and revives what was too late") {
  Desk desk;
  const auto made = desk.ask(desk.world.document(), desk.roser);
  const auto again = must(desk.renew(id_of(made))).body;
  CHECK(desk.link_reason(made) == "auth.invalid-token");
  must(app::read_visit(desk.world.service(), desk.open(again)));
  desk.world.clock().pass(std::chrono::hours(3));
  CHECK(desk.link_reason(again) == "visit.expired");
  const auto third = must(desk.renew(id_of(made))).body;
  const auto visit = desk.open(third);
  must(app::perform_act(desk.world.service(), visit, prepare(desk.world, visit, {}, "button"), desk.world.once()));
  CHECK(desk.state(id_of(made)) == "signed");
  CHECK(reason(desk.renew(id_of(made))) == "request.over");
  const auto late = app::renew_request_link(desk.world.service(), desk.marta, id_of(made),
                                            base::format_rfc3339(desk.world.clock().now()), desk.world.once());
  CHECK(reason(late) == "request.bad-expiry");
}

TEST_CASE("who was erased is in no list, whatever they had been asked, and the words of their note are gone") {
  Desk desk;
  const auto made = desk.ask(desk.world.document(), desk.roser, {}, {"agree-with-reservation"});
  const auto visit = desk.open(made);
  app::Act act = prepare(desk.world, visit, {}, "button");
  act.meaning = "agree-with-reservation";
  act.reservation = "Fins a juny";
  must(app::perform_act(desk.world.service(), visit, act, desk.world.once()));
  desk.ask(desk.world.document(), desk.roser);
  CHECK(listed(desk.list(), "requests").size() == 2);
  must(app::erase_person(desk.world.service(), desk.world.integrator(), desk.roser, desk.world.once()));
  CHECK(listed(desk.list(), "requests").empty());
  CHECK(listed(must(app::list_signature_requests(desk.world.service(), desk.world.integrator(), {})), "requests")
            .empty());
  CHECK(listed(must(app::find_persons(desk.world.service(), desk.marta, {"roser", {}})), "persons").empty());
}

TEST_CASE("a later signer's turn comes when the earlier one has signed; before, the link tells nothing") {
  Desk desk;
  desk.join(desk.nil);
  const std::string document = desk.world.document();
  const auto first = desk.ask(document, desk.roser);
  const auto second = desk.ask(document, desk.nil, id_of(first));
  CHECK(at(second, {"request", "state"}) == "waiting");
  auto& service = desk.world.service();
  const auto later = desk.open(second);
  CHECK(reason(app::read_visit(service, later)) == "visit.not-yet");
  CHECK(reason(app::choose(service, later, {})) == "visit.not-yet");
  CHECK(reason(app::read_paper(service, later)) == "visit.not-yet");
  CHECK(reason(app::answer_visit(service, later, {"refused", {}}, desk.world.once())) == "visit.not-yet");
  const auto waiting = desk.list("waiting");
  REQUIRE(listed(waiting, "requests").size() == 1);
  CHECK(at(listed(waiting, "requests")[0], {"after", "id"}) == id_of(first));
  CHECK(at(listed(waiting, "requests")[0], {"after", "state"}) == "created");

  const auto visit = desk.open(first);
  must(app::perform_act(service, visit, prepare(desk.world, visit, {}, "drawn"), desk.world.once()));
  CHECK(desk.state(id_of(second)) == "created");
  must(app::perform_act(service, later, prepare(desk.world, later, {}, "button"), desk.world.once()));
  const auto sealed = must(app::read_content(service, desk.world.integrator(), document)).bytes;
  const auto told = pdfsig(base::to_text(sealed));
  REQUIRE(told.size() == 2);
  CHECK(told[0].valid);
  CHECK(told[1].valid);
  CHECK(told[1].total_document);
  // Whoever is asked behind somebody who signed already waits for nobody.
  CHECK(at(desk.ask(document, desk.roser, id_of(second)), {"request", "state"}) == "created");
}

TEST_CASE("an order that cannot be kept is refused by name") {
  Desk desk;
  const std::string document = desk.world.document();
  const auto first = desk.ask(document, desk.roser);
  const auto try_after = [&](const std::string& on, const std::string& after) {
    auto wish = desk.world.wish(on, desk.roser);
    wish.after = after;
    return reason(
        app::create_signature_request(desk.world.service(), desk.world.integrator(), wish, desk.world.once()));
  };
  CHECK(try_after(desk.world.document(), id_of(first)) == "request.bad-order");
  CHECK(try_after(document, "nonsense") == "request.bad-order");
  CHECK(try_after(document, app::RequestId::make().text()) == "request.bad-order");
  must(desk.cancel(id_of(first)));
  CHECK(try_after(document, id_of(first)) == "request.earlier-over");
}

TEST_CASE("the signature says one of the meanings that were offered; a reservation has its words") {
  Desk desk;
  const auto made = desk.ask(desk.world.document(), desk.roser, {}, {"disagree", "agree-with-reservation", "received"});
  auto& service = desk.world.service();
  const auto visit = desk.open(made);
  const auto opened = must(app::read_visit(service, visit));
  CHECK(base::write_json(*opened.find("request")->find("meanings")) ==
        R"(["agree-with-reservation","received","disagree"])");
  app::Act act = prepare(desk.world, visit, {}, "button");
  const auto refused = [&](const std::string& meaning, std::optional<std::string> reservation) {
    act.meaning = meaning;
    act.reservation = std::move(reservation);
    return reason(app::perform_act(service, visit, act, desk.world.once()));
  };
  CHECK(refused("agree", {}) == "act.meaning-not-offered");
  CHECK(refused("whatever", {}) == "act.bad-meaning");
  CHECK(refused("agree-with-reservation", {}) == "act.reservation-missing");
  CHECK(refused("agree-with-reservation", "") == "act.bad-reservation");
  CHECK(refused("agree-with-reservation", std::string("\x01")) == "act.bad-reservation");
  CHECK(refused("agree-with-reservation", std::string(2001, 'x')) == "act.bad-reservation");
  CHECK(refused("received", "words") == "act.reservation-unexpected");
  act.meaning = "agree-with-reservation";
  act.reservation = "Com a màxim quatre hores per setmana.\nI mai diumenge.";
  const auto sealed = must(app::perform_act(service, visit, act, desk.world.once()));
  CHECK(desk.state(id_of(made)) == "signed_with_reservation");
  const auto body = desk.list("signed_with_reservation");
  REQUIRE(listed(body, "requests").size() == 1);
  CHECK(at(listed(body, "requests")[0], {"meaning"}) == "agree-with-reservation");
  CHECK(at(listed(body, "requests")[0], {"reservation"}) == *act.reservation);

  const std::string document = at(sealed.body, {"sealed", "documentId"});
  const auto file = must(app::read_content(service, desk.marta, document)).bytes;
  const auto disclosure = must(app::read_disclosure(service, desk.marta, document)).bytes;
  const auto verdict = must(base::parse_json(must(app::verify(service, file, base::BytesView(disclosure)))));
  const base::Json& told = listed(verdict, "signatures")[0];
  CHECK(at(verdict, {"indication"}) == "TOTAL-PASSED");
  CHECK(at(told, {"act", "meaning"}) == "agree-with-reservation");
  CHECK(at(told, {"act", "disclosed", "reservation"}) == *act.reservation);
  CHECK(at(told, {"act", "statement"}).find("to agree with a reservation") != std::string::npos);
  // The words stand beside the document, never in it: they can be erased.
  CHECK(base::to_text(file).find("quatre hores") == std::string::npos);
}

TEST_CASE("where no meaning is offered the page says it, but never a reservation") {
  Desk desk;
  const auto visit = desk.open(desk.ask(desk.world.document(), desk.roser));
  auto& service = desk.world.service();
  CHECK(must(app::read_visit(service, visit)).find("request")->find("meanings") == nullptr);
  app::Act act = prepare(desk.world, visit, {}, "button");
  act.meaning = "agree-with-reservation";
  act.reservation = "words";
  CHECK(reason(app::perform_act(service, visit, act, desk.world.once())) == "act.meaning-not-offered");
}

TEST_CASE("meanings, capacity and form of address are closed words; a template says what its signers may say") {
  Desk desk;
  auto& service = desk.world.service();
  const auto input = sample_input("work-plan", "ca");
  app::NewTemplateDocument wanted;
  wanted.key = "work-plan";
  wanted.language = "ca";
  wanted.fields = input.fields;
  for (const auto& signer : input.signers) wanted.signers.push_back({signer.signer, signer.person});
  const std::string document =
      at(must(app::make_template_document(service, desk.world.integrator(), wanted, desk.world.once())).body,
         {"document", "id"});
  const auto asked = [&](auto change) {
    auto wish = desk.world.wish(document, desk.roser);
    wish.items.clear();
    wish.signer = "professional";
    change(wish);
    return reason(app::create_signature_request(service, desk.world.integrator(), wish, desk.world.once()));
  };
  CHECK(asked([](auto& r) { r.meanings = {"agree", "agree"}; }) == "request.bad-meaning");
  CHECK(asked([](auto& r) { r.meanings = {"witnessed"}; }) == "request.bad-meaning");
  CHECK(asked([](auto& r) { r.meanings = {"disagree"}; }) == "request.bad-meaning");
  CHECK(asked([](auto& r) { r.address = "rude"; }) == "request.bad-address");
  CHECK(asked([](auto& r) { r.capacity = "friend"; }) == "request.bad-capacity");
  CHECK(asked([](auto& r) { r.capacity = "professional", r.meanings = {"agree"}, r.address = "familiar"; }).empty());
}
