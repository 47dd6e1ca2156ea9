// Somebody who can neither draw nor press says what they want in front of two witnesses.

#include "app/protections.h"
#include "app/tablet.h"
#include "app/world.h"
#include "storage/transaction.h"

#include "base/encoding.h"
#include "support/pdf_oracles.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::tests;

namespace {

constexpr const char* kProfessional = "Marta Inventada i Prova";

app::Diligence two_witnesses() {
  app::Diligence diligence;
  diligence.reason = "Té les dues mans embenades.";
  diligence.witnesses = {{"Pere Fictici i Mostra", "id-seen", true, "drawn", wave()},
                         {"Laia Inventada", "known", true, "button", {}}};
  return diligence;
}

/// A request that offers witnesses, ready for its act.
struct Table {
  explicit Table(bool discreet = false) {
    world.notice();
    roser = world.person("Roser Núñez");
    document = world.document();
    auto wish = wish_for(roser);
    wish.discreet = discreet;
    visit = world.visit(wish);
  }
  app::NewSignatureRequest wish_for(const std::string& person) {
    auto wish = world.wish(document, person);
    wish.methods = {"drawn", "witnesses"};
    wish.professional = app::NewSignatureRequest::Professional{kProfessional};
    return wish;
  }
  app::Act act() {
    app::Act made = prepare(world, visit, {"grant", "informed"}, "witnesses");
    made.picture.reset();
    made.diligence = two_witnesses();
    return made;
  }
  std::string attempt(const app::Act& act) {
    return reason(app::perform_act(world.service(), visit, act, world.once()));
  }
  base::Bytes file() { return must(app::read_content(world.service(), world.integrator(), document)).bytes; }
  std::string text() {
    const TemporaryFolder folder;
    write_file(folder / "sealed.pdf", base::as_text(file()));
    return run({"pdftotext", "-raw", (folder / "sealed.pdf").string(), "-"}).out;
  }
  std::string verdict() {
    const auto opened = must(app::read_disclosure(world.service(), world.integrator(), document)).bytes;
    return must(app::verify(world.service(), file(), base::BytesView(opened)));
  }

  World world;
  std::string roser, document;
  app::VisitCaller visit;
};

bool names(const std::string& text, std::string_view word) {
  std::string flat;
  for (const char c : text) flat += c == '\n' ? ' ' : c;
  return flat.find(word) != std::string::npos;
}

}  // namespace

TEST_CASE("an act in front of two witnesses is sealed with its diligence: named on paper, the reason in a fact alone") {
  Table table;
  const app::Act act = table.act();
  must(app::perform_act(table.world.service(), table.visit, act, table.world.once()));
  const base::Bytes file = table.file();
  CHECK(qpdf_complaints(base::to_text(file)).empty());
  const std::string text = table.text();
  INFO(text);
  CHECK(names(text, "Pere Fictici i Mostra"));
  CHECK(names(text, "Laia Inventada"));
  CHECK(names(text, "diligència"));
  CHECK(!names(text, "embenades"));
  CHECK(!names(text, kProfessional));
  const std::string verdict = table.verdict();
  INFO(verdict);
  CHECK(verdict.find(R"("method":"witnesses")") != std::string::npos);
  CHECK(verdict.find("signed before witnesses") != std::string::npos);
  CHECK(verdict.find("TOTAL-PASSED") != std::string::npos);
  CHECK(verdict.find("embenades") != std::string::npos);
  CHECK(verdict.find(R"("answer":"drawn")") != std::string::npos);
  CHECK(verdict.find(R"("answer":"button")") != std::string::npos);
}

TEST_CASE("two witnesses who draw stand one above the other; two who press leave no ink") {
  for (const bool draw : {true, false}) {
    Table table;
    app::Act act = table.act();
    for (auto& witness : act.diligence->witnesses) {
      witness.answer = draw ? "drawn" : "button";
      witness.picture = draw ? std::optional(wave()) : std::nullopt;
    }
    must(app::perform_act(table.world.service(), table.visit, act, table.world.once()));
    const bool ink = base::as_text(table.file()).find("/ImageMask true") != std::string::npos;
    CHECK(ink == draw);
    CHECK(qpdf_complaints(base::to_text(table.file())).empty());
  }
}

TEST_CASE("nobody but the person is named on the paper of somebody under protection, or of a discreet request") {
  for (const bool discreet : {true, false}) {
    Table table(discreet);
    if (!discreet) {
      must(table.world.store().run(table.world.tenant(), [&](storage::Transaction& transaction) {
        return transaction.consents().add_protection({storage::DecisionId::make(),
                                                      must(base::PersonId::parse(table.roser)),
                                                      "address",
                                                      {},
                                                      table.world.clock().now(),
                                                      {},
                                                      0});
      }));
    }
    must(app::perform_act(table.world.service(), table.visit, table.act(), table.world.once()));
    const std::string text = table.text();
    CHECK(names(text, "dos testimonis"));
    CHECK(!names(text, "Pere Fictici"));
    CHECK(!names(text, "Laia Inventada"));
    CHECK(table.verdict().find("Pere Fictici i Mostra") != std::string::npos);
  }
}

TEST_CASE("a diligence that is not whole is refused with its reason, and nothing is signed") {
  Table table;
  const std::string nil = table.world.person("Nil Fictici");
  auto second = table.wish_for(nil);
  second.items.clear();
  must(app::create_signature_request(table.world.service(), table.world.integrator(), second, table.world.once()));
  const app::Act whole = table.act();
  const auto before = table.world.log_size();
  const auto with = [&](auto change) {
    app::Act act = whole;
    change(*act.diligence);
    return table.attempt(act);
  };
  using Diligence = app::Diligence;
  CHECK(with([](Diligence& d) { d.reason = ""; }) == "act.diligence-reason");
  CHECK(with([](Diligence& d) { d.reason = std::string(1001, 'a'); }) == "act.diligence-reason");
  CHECK(with([](Diligence& d) { d.witnesses.pop_back(); }) == "act.witnesses-two");
  CHECK(with([](Diligence& d) { d.witnesses.push_back(d.witnesses[0]); }) == "act.witnesses-two");
  CHECK(with([](Diligence& d) { d.witnesses[1].name = " "; }) == "act.witness-name");
  CHECK(with([](Diligence& d) { d.witnesses[1].identity = "none"; }) == "act.witness-identity");
  CHECK(with([](Diligence& d) { d.witnesses[1].adult = false; }) == "act.witness-minor");
  CHECK(with([](Diligence& d) { d.witnesses[1].name = "PERE  fictici i Mostra"; }) == "act.witness-same");
  CHECK(with([](Diligence& d) { d.witnesses[0].name = "roser nunez"; }) == "act.witness-signer");
  CHECK(with([](Diligence& d) { d.witnesses[0].name = kProfessional; }) == "act.witness-professional");
  CHECK(with([](Diligence& d) { d.witnesses[1].name = "Nil Fictici "; }) == "act.witness-party");
  CHECK(with([](Diligence& d) { d.witnesses[1].answer = "fingerprint"; }) == "act.witness-answer");
  CHECK(with([](Diligence& d) { d.witnesses[1].answer = "drawn"; }) == "act.witness-picture");
  CHECK(with([](Diligence& d) { d.witnesses[0].answer = "button"; }) == "act.witness-picture");
  CHECK(with([](Diligence& d) { d.witnesses[0].picture->zlib.resize(3); }) == "ink.malformed");
  app::Act without = whole;
  without.diligence.reset();
  CHECK(table.attempt(without) == "act.diligence-missing");
  app::Act drawn = whole;
  drawn.method = "drawn";
  drawn.picture = wave();
  CHECK(table.attempt(drawn) == "act.diligence-unexpected");
  app::Act pictured = whole;
  pictured.picture = wave();
  CHECK(table.attempt(pictured) == "act.picture-unexpected");
  CHECK(table.world.log_size() == before);
  CHECK(table.attempt(whole).empty());
}

TEST_CASE("witnesses are offered only where somebody draws up the diligence, and after the person's own ways") {
  World world;
  world.notice();
  auto wish = world.wish(world.document(), world.person());
  wish.methods = {"witnesses", "drawn-with-dynamics", "button"};
  wish.professional.reset();
  const auto ask = [&] {
    return app::create_signature_request(world.service(), world.integrator(), wish, world.once());
  };
  CHECK(reason(ask()) == "request.witnesses-need-professional");
  wish.professional = app::NewSignatureRequest::Professional{kProfessional};
  wish.methods = {"witnesses", "drawn-with-dynamics"};
  CHECK(reason(ask()) == "request.dynamics-only");
  wish.methods = {"witnesses", "drawn-with-dynamics", "button"};
  const auto visit = world.visit(wish);
  const base::Json opened = must(app::read_visit(world.service(), visit));
  CHECK(base::write_json(*opened.find("request")->find("methods")) ==
        R"(["button","witnesses","drawn-with-dynamics"])");
}

TEST_CASE("a diligence that a tablet took down without a network is sealed by the same way") {
  World world;
  world.notice();
  auto wish = world.wish(world.document(), world.person("Roser Fictícia"));
  wish.methods = {"button", "witnesses"};
  wish.professional = app::NewSignatureRequest::Professional{kProfessional};
  const std::string document = wish.document_id;
  Tablet tablet(world, world.integrator());
  tablet.pack(tablet.prepare({request_of(world, wish)}));
  base::Json act = tablet.signed_act(0, {"grant", "informed"}, "witnesses");
  const auto send = [&](const char* diligence) {
    act.set("diligence", must(base::parse_json(diligence)));
    return must(tablet.send(act));
  };
  (void)send(R"({"reason":"No pot moure les mans.","witnesses":[)"
             R"({"name":"Pere Fictici","identity":"id-seen","adult":true,"answer":"button"},)"
             R"({"name":"Laia Inventada","identity":"known","adult":true,"answer":"button"}]})");
  CHECK(world.service().run_jobs_once() == 1);
  CHECK(tablet.state(0) == "sealed");
  const auto file = must(app::read_content(world.service(), world.integrator(), document)).bytes;
  CHECK(must(app::verify(world.service(), file, {})).find(R"("method":"witnesses")") != std::string::npos);
}

TEST_CASE("whoever is excluded from the person is no witness, and nothing tells them from others who have a part") {
  const auto refused = [](const app::NewProtection& who, const auto& prepare_world) {
    Table table;
    prepare_world(table.world);
    app::NewProtection wanted = who;
    if (wanted.person) wanted.person = table.world.person(*wanted.person);
    must(app::set_protection(table.world.service(), table.world.integrator(), table.roser, wanted, table.world.once()));
    return table.attempt(table.act());
  };
  const auto nothing = [](World&) {};
  app::NewProtection by_person{"excluded-person", "ordre inventada"};
  by_person.person = "PERE Fictici i  Mostra";
  CHECK(refused(by_person, nothing) == "act.witness-party");
  by_person.person = "Pere Un Altre";
  CHECK(refused(by_person, nothing).empty());

  app::NewProtection by_identifier{"excluded-person", "ordre inventada"};
  by_identifier.identifier = app::NewPerson::Identifier{"DNI", "00000000-T"};
  CHECK(refused(by_identifier, nothing).empty());  // nobody is known by it
  CHECK(refused(by_identifier, [](World& world) {
          const app::NewPerson laia{"Laia Inventada", app::NewPerson::Identifier{"DNI", "00000000t"}};
          must(app::create_person(world.service(), world.integrator(), laia, world.once()));
        }) == "act.witness-party");

  app::NewProtection by_login{"excluded-person", "ordre inventada"};
  by_login.login = "laia";
  CHECK(refused(by_login, [](World& world) {
          world.join("laia", app::Role::citizen, world.person("Laia Inventada"));
        }) == "act.witness-party");
}

TEST_CASE("a captured diligence with one witness is set aside, with its reason, and seals nothing") {
  World world;
  world.notice();
  auto wish = world.wish(world.document(), world.person("Roser Fictícia"));
  wish.methods = {"button", "witnesses"};
  wish.professional = app::NewSignatureRequest::Professional{kProfessional};
  Tablet tablet(world, world.integrator());
  tablet.pack(tablet.prepare({request_of(world, wish)}));
  base::Json act = tablet.signed_act(0, {"grant", "informed"}, "witnesses");
  act.set("diligence",
          must(base::parse_json(R"({"reason":"No pot moure les mans.","witnesses":[)"
                                R"({"name":"Pere Fictici","identity":"id-seen","adult":true,"answer":"button"}]})")));
  must(tablet.send(act));
  CHECK(world.service().run_jobs_once() == 1);
  CHECK(tablet.state(0) == "set-aside act.witnesses-two");
}
