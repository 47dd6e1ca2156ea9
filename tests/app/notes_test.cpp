// What was asked and who helped while a person read: kept with the answer, in facts and nowhere in clear, shown again
// to whom the person's matters are open.

#include "app/mine.h"
#include "app/tablet.h"
#include "app/world.h"
#include "storage/transaction.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::tests;

namespace {

app::Notes all_notes() {
  app::Notes notes;
  notes.questions = {{"Qui ho veurà?", "Només el CAP inventat."}, {"I si dic que no?", ""}};
  notes.interpreter = {"Intèrpreta Inventada", "amazic", "telephone"};
  notes.support_person = {"Veïna Fictícia", "veïna"};
  notes.spoke_alone = "not-possible";
  return notes;
}

/// Roser, whose document Marta follows; an account of each who might look.
struct Talk {
  Talk() {
    world.notice();
    roser = world.person("Roser Fictícia");
    document = world.document();
    visit = world.visit(world.wish(document, roser));
    marta = join("marta", app::Role::professional);
    must(app::assign(world.store(), world.clock(), world.tenant(), "marta", must(base::PersonId::parse(roser))));
  }
  app::Caller join(const std::string& name, app::Role role, const std::string& person = {}) {
    return must(app::authenticate_session(world.service(), world.join(name, role, person))).caller.value();
  }
  app::Act act() { return prepare(world, visit, {"grant", "informed"}, "button"); }
  std::string try_notes(const app::Notes& notes) {
    app::Act with = made;
    with.notes = notes;
    return reason(app::perform_act(world.service(), visit, with, world.once()));
  }
  std::string read(const app::Caller& caller) {
    const auto body = app::read_document_notes(world.service(), caller, document);
    return body ? base::write_json(body.value()) : std::string(body.error().reason);
  }

  World world{{.second_factor_for_staff = false}};
  std::string roser, document;
  app::VisitCaller visit;
  app::Caller marta;
  app::Act made;
};

bool holds_notes(const std::string& told) {
  return told.find("Qui ho veurà?") != std::string::npos && told.find("Intèrpreta Inventada") != std::string::npos &&
         told.find("amazic") != std::string::npos && told.find("Veïna Fictícia") != std::string::npos &&
         told.find("not-possible") != std::string::npos;
}

}  // namespace

TEST_CASE("notes become salted facts of the act, and stand in clear nowhere in the file") {
  Talk talk;
  app::Act act = talk.act();
  act.notes = all_notes();
  must(app::perform_act(talk.world.service(), talk.visit, act, talk.world.once()));
  const auto pdf = must(app::read_content(talk.world.service(), talk.world.integrator(), talk.document)).bytes;
  for (const char* canary : {"Inventada", "amazic", "CAP inventat", "spokeAlone"}) {
    CHECK(base::to_text(pdf).find(canary) == std::string::npos);
  }
  const auto opened = must(app::read_disclosure(talk.world.service(), talk.world.integrator(), talk.document)).bytes;
  const std::string verdict = must(app::verify(talk.world.service(), pdf, base::BytesView(opened)));
  CHECK(holds_notes(verdict));
  CHECK(verdict.find("TOTAL-PASSED") != std::string::npos);
}

TEST_CASE("notes of a refusal are kept too, and a deferral's are replaced by those of the next answer") {
  Talk talk;
  app::Notes first = all_notes();
  first.spoke_alone = "no";
  must(app::answer_visit(talk.world.service(), talk.visit, {"deferred", first}, talk.world.once()));
  CHECK(talk.read(talk.marta).find("\"no\"") != std::string::npos);
  must(app::answer_visit(talk.world.service(), talk.visit, {"refused", all_notes()}, talk.world.once()));
  CHECK(holds_notes(talk.read(talk.marta)));
  CHECK(talk.read(talk.marta).find("\"no\"") == std::string::npos);
}

TEST_CASE("notes are shown to whom the person's matters are open, and that is an event of the person") {
  Talk talk;
  app::Act act = talk.act();
  act.notes = all_notes();
  must(app::perform_act(talk.world.service(), talk.visit, act, talk.world.once()));
  const auto before = talk.world.log_size();
  CHECK(holds_notes(talk.read(talk.marta)));
  CHECK(talk.world.log_size() == before + 1);
  const app::Caller own = talk.join("roser", app::Role::citizen, talk.roser);
  CHECK(holds_notes(talk.read(own)));
  const std::string seen = base::write_json(must(app::list_my_accesses(talk.world.service(), own, {})));
  CHECK(seen.find("\"what\":\"notes\"") != std::string::npos);

  CHECK(talk.read(talk.join("altra", app::Role::professional)) == "document.unknown");
  CHECK(talk.read(talk.join("dades", app::Role::dpo)) == "http.not-found");
  const std::string nil = talk.world.person("Nil Fictici");
  CHECK(talk.read(talk.join("nil", app::Role::citizen, nil)) == "document.unknown");
  // Erased with the person.
  must(app::erase_person(talk.world.service(), talk.world.integrator(), talk.roser, talk.world.once()));
  CHECK(talk.read(talk.world.integrator()) == R"({"notes":[]})");
}

TEST_CASE("a representative of a protected person is not told who helped, nor whether the person spoke alone") {
  Talk talk;
  must(app::answer_visit(talk.world.service(), talk.visit, {"refused", all_notes()}, talk.world.once()));
  const app::Caller fill = talk.join("fill", app::Role::representative, talk.roser);
  CHECK(holds_notes(talk.read(fill)));
  must(talk.world.store().run(talk.world.tenant(), [&](storage::Transaction& transaction) {
    return transaction.consents().add_protection({storage::DecisionId::make(),
                                                  must(base::PersonId::parse(talk.roser)),
                                                  "address",
                                                  {},
                                                  talk.world.clock().now(),
                                                  {},
                                                  0});
  }));
  const auto before = talk.world.log_size();
  CHECK(talk.read(fill) == R"({"notes":[]})");
  CHECK(talk.world.log_size() == before);
  CHECK(holds_notes(talk.read(talk.marta)));
}

TEST_CASE("a document without notes says so") {
  Talk talk;
  must(app::perform_act(talk.world.service(), talk.visit, talk.act(), talk.world.once()));
  const auto before = talk.world.log_size();
  CHECK(talk.read(talk.marta) == R"({"notes":[]})");
  CHECK(talk.world.log_size() == before);
}

TEST_CASE("notes that say nothing, too much or something else are refused, and nothing is signed") {
  Talk talk;
  talk.made = talk.act();
  const auto before = talk.world.log_size();
  app::Notes notes = all_notes();
  notes.spoke_alone = "";
  CHECK(talk.try_notes(notes) == "act.bad-notes");
  notes = all_notes();
  notes.questions.assign(21, {"Què?", ""});
  CHECK(talk.try_notes(notes) == "act.bad-notes");
  notes = all_notes();
  notes.questions.front().asked = "";
  CHECK(talk.try_notes(notes) == "act.bad-notes");
  notes = all_notes();
  notes.questions.front().answered = std::string(2001, 'a');
  CHECK(talk.try_notes(notes) == "act.bad-notes");
  notes = all_notes();
  notes.interpreter->presence = "fax";
  CHECK(talk.try_notes(notes) == "act.bad-notes");
  notes = all_notes();
  notes.interpreter->language = "";
  CHECK(talk.try_notes(notes) == "act.bad-notes");
  notes = all_notes();
  notes.support_person->relation = "a\x01";
  CHECK(talk.try_notes(notes) == "act.bad-notes");
  notes = all_notes();
  notes.support_person->name = "";
  CHECK(talk.try_notes(notes) == "act.bad-notes");
  CHECK(reason(app::answer_visit(talk.world.service(), talk.visit, {"refused", notes}, talk.world.once())) ==
        "act.bad-notes");
  CHECK(talk.world.log_size() == before);
}
