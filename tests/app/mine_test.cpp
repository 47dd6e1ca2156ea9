// What a person sees and does about their own data.

#include "app/mine.h"
#include "app/check_code.h"
#include "app/slips.h"
#include "app/world.h"
#include "support/sample_pdf.h"

#include <doctest/doctest.h>

#include <set>

using namespace segell;
using namespace segell::tests;

namespace {

const base::Json::Array& list_of(const base::Json& body, const char* name) {
  const base::Json* list = body.find(name);
  if (list == nullptr || list->as_array() == nullptr) throw std::runtime_error(std::string("no list ") + name);
  return *list->as_array();
}

/// Roser with a login of her own, a signed paper (renda granted, padró informed) and Nil, who has another.
struct Home {
  Home() {
    world.notice();
    person = world.person();
    other = world.person("Nil Fictici");
    document = sign(person);
    hers = citizen("roser", person);
    his = citizen("nil", other);
  }
  app::Caller citizen(const std::string& name, const std::string& whose, app::Role role = app::Role::citizen) {
    return must(app::authenticate_session(world.service(), world.join(name, role, whose))).caller.value();
  }
  app::Caller staff(const std::string& name, app::Role role) {
    return must(app::authenticate_session(world.service(), world.join(name, role))).caller.value();
  }
  std::string sign(const std::string& whose, const std::vector<std::string>& words = {"grant", "informed"}) {
    world.clock().pass(std::chrono::seconds(1));
    const std::string made = world.document();
    const auto visit = world.visit(world.wish(made, whose));
    must(app::perform_act(world.service(), visit, prepare(world, visit, words), world.once()));
    world.clock().pass(std::chrono::seconds(1));
    return made;
  }
  /// The items of the only group, by category.
  base::Json item(const std::string& category, const app::Caller& caller) {
    const auto body = must(app::list_my_decisions(world.service(), caller, {}));
    for (const base::Json& group : list_of(body, "groups")) {
      for (const base::Json& one : list_of(group, "items")) {
        if (at(one, {"category"}) == category) return one;
      }
    }
    throw std::runtime_error("no item " + category);
  }
  std::string decision(const std::string& category) {
    return at(list_of(item(category, hers), "decisions").front(), {"id"});
  }

  World world{{.second_factor_for_staff = false}};
  std::string person, other, document;
  app::Caller hers, his;
};

}  // namespace

TEST_CASE("a person finds their papers by neutral names, with where they stand, and nobody else's") {
  Home home;
  const auto body = must(app::list_my_documents(home.world.service(), home.hers, {}));
  const base::Json::Array& documents = list_of(body, "documents");
  REQUIRE(documents.size() == 1);
  CHECK(at(documents[0], {"id"}) == home.document);
  CHECK(at(documents[0], {"state"}) == "signed");
  CHECK(at(documents[0], {"title"}) == "Beca de menjador");
  const std::string name = at(documents[0], {"name"});
  CHECK(name.starts_with("document-"));
  CHECK(name.size() == std::string("document-7F3K.pdf").size());
  CHECK(at(documents[0], {"sealedAt"}) >= at(documents[0], {"askedAt"}));
  CHECK(list_of(must(app::list_my_documents(home.world.service(), home.his, {})), "documents").empty());
}

TEST_CASE("an open paper waits, becomes too old, and one that is asked for anew stands once") {
  Home home;
  const std::string open = home.world.document();
  const auto state = [&] {
    const auto body = must(app::list_my_documents(home.world.service(), home.his, {}));
    REQUIRE(list_of(body, "documents").size() == 1);
    return at(list_of(body, "documents")[0], {"state"});
  };
  home.world.visit(home.world.wish(open, home.other));
  CHECK(state() == "created");
  home.world.clock().pass(std::chrono::hours(3));
  CHECK(state() == "expired");
  auto again = home.world.wish(open, home.other);
  home.world.visit(again);
  CHECK(state() == "created");
}

TEST_CASE("lists come in parts that meet, without totals; a cursor that nobody gave is refused") {
  Home home;
  for (int i = 0; i < 4; ++i) home.sign(home.person);
  std::set<std::string> seen;
  app::Page page{{}, 2};
  int parts = 0;
  while (true) {
    const auto body = must(app::list_my_documents(home.world.service(), home.hers, page));
    CHECK(body.as_object()->size() == 2);
    for (const base::Json& one : list_of(body, "documents")) CHECK(seen.insert(at(one, {"id"})).second);
    ++parts;
    if (body.find("next")->is_null()) break;
    page.cursor = at(body, {"next"});
  }
  CHECK(seen.size() == 5);
  CHECK(parts == 3);
  for (const std::string bad : {"x", "-1", "12x", "1-", "99999999999999999999", "1-zz"}) {
    CAPTURE(bad);
    CHECK(reason(app::list_my_documents(home.world.service(), home.hers, {bad, 2})) == "page.bad-cursor");
    CHECK(reason(app::list_my_accesses(home.world.service(), home.hers, {bad, 2})) == "page.bad-cursor");
    CHECK(reason(app::list_my_decisions(home.world.service(), home.hers, {bad, 2})) == "page.bad-cursor");
  }
}

TEST_CASE("the verdict on one's own paper is that of the verifier; on another's there is nothing") {
  Home home;
  const auto verdict =
      must(base::parse_json(must(app::check_my_document(home.world.service(), home.hers, home.document))));
  CHECK(at(verdict, {"indication"}) == "TOTAL-PASSED");
  CHECK(reason(app::check_my_document(home.world.service(), home.his, home.document)) == "document.unknown");
}

TEST_CASE("decisions stand by purpose and recipient, with what stands now and what can be undone") {
  Home home;
  const auto body = must(app::list_my_decisions(home.world.service(), home.hers, {}));
  REQUIRE(list_of(body, "groups").size() == 1);
  const base::Json& group = list_of(body, "groups")[0];
  CHECK(at(group, {"purpose"}) == "meal-grant");
  CHECK(at(group, {"recipient"}) == "ensenyament");
  const base::Json tax = home.item("income.tax", home.hers);
  CHECK(at(tax, {"stands", "permitted"}) == "true");
  CHECK(at(tax, {"text"}) == "Consultar la renda a l'Agència Tributària");
  CHECK(base::write_json(*tax.find("may")) == R"(["withdraw"])");
  const base::Json padro = home.item("register", home.hers);
  CHECK(at(padro, {"stands", "permitted"}) == "true");
  CHECK(at(padro, {"stands", "basis"}) == "NON_OPPOSITION");
  CHECK(base::write_json(*padro.find("may")) == R"(["object"])");
  CHECK(list_of(must(app::list_my_decisions(home.world.service(), home.his, {})), "groups").empty());
}

TEST_CASE("what the page says stands is what an evaluation answers, in every state") {
  Home home;
  const auto same = [&](const char* category) {
    const std::string answer = home.world.ask(home.person, category);
    const base::Json item = home.item(category, home.hers);
    const std::string shown = at(item, {"stands", "permitted"}) == "true" ? "permit" : at(item, {"stands", "reason"});
    CHECK(shown == answer);
  };
  same("income.tax");
  same("register");
  must(app::withdraw_my_consent(home.world.service(), home.hers, home.decision("income.tax"), home.world.once()));
  same("income.tax");
  must(app::object_to_my_use(home.world.service(), home.hers, home.decision("register"), home.world.once()));
  same("register");
  home.sign(home.person, {"refuse", "object"});
  same("income.tax");
  home.sign(home.person);
  same("income.tax");
  same("register");
  home.world.clock().pass(std::chrono::hours(24 * 366));
  same("income.tax");
  same("register");
}

TEST_CASE("withdrawing ends a consent at once, is one decision, and said twice says nothing more") {
  Home home;
  CHECK(home.world.ask(home.person) == "permit");
  const std::string decision = home.decision("income.tax");
  const auto before = home.world.log_size();
  const auto once = home.world.once_with("key-w", "{}");
  const auto first = must(app::withdraw_my_consent(home.world.service(), home.hers, decision, once));
  CHECK(at(first.body, {"decision", "state"}) == "withdrawn");
  CHECK(home.world.log_size() == before + 2);  // and that recipients are to be told
  CHECK(home.world.ask(home.person) == "withdrawn");
  const auto replayed = must(app::withdraw_my_consent(home.world.service(), home.hers, decision, once));
  CHECK(replayed.replayed);
  CHECK(replayed.body == first.body);
  const auto size = home.world.log_size();
  const auto again = must(app::withdraw_my_consent(home.world.service(), home.hers, decision, home.world.once()));
  CHECK(again.body == first.body);
  CHECK(home.world.log_size() == size);
  CHECK(base::write_json(*home.item("income.tax", home.hers).find("may")) == "[]");
}

TEST_CASE("whoever is asked again is told of their earlier no, and of none once they said yes") {
  Home home;
  const auto earlier = [&](std::size_t index) {
    const auto visit = home.world.visit(home.world.wish(home.world.document(), home.person));
    const auto shown = must(app::read_visit(home.world.service(), visit));
    const base::Json* no = list_of(*shown.find("request"), "items").at(index).find("earlierNo");
    return no == nullptr ? std::string() : at(*no, {"state"}) + ' ' + at(*no, {"at"});
  };
  CHECK(earlier(0).empty());
  const std::string now = base::format_rfc3339(home.world.clock().now());
  must(app::withdraw_my_consent(home.world.service(), home.hers, home.decision("income.tax"), home.world.once()));
  must(app::object_to_my_use(home.world.service(), home.hers, home.decision("register"), home.world.once()));
  home.world.clock().pass(std::chrono::hours(24));
  CHECK(earlier(0) == "withdrawn " + now);
  CHECK(earlier(1) == "opposed " + now);
  home.sign(home.person, {"defer", "object"});
  CHECK(earlier(0) == "withdrawn " + now);
  home.sign(home.person);
  CHECK(earlier(0).empty());
}

TEST_CASE("objecting ends a use without consent; a wrong verb is told apart; others' decisions are not there") {
  Home home;
  const std::string tax = home.decision("income.tax");
  const std::string padro = home.decision("register");
  auto& service = home.world.service();
  CHECK(reason(app::object_to_my_use(service, home.hers, tax, home.world.once())) == "decision.not-opposable");
  CHECK(reason(app::withdraw_my_consent(service, home.hers, padro, home.world.once())) == "decision.not-consent");
  CHECK(reason(app::withdraw_my_consent(service, home.his, tax, home.world.once())) == "decision.unknown");
  CHECK(reason(app::object_to_my_use(service, home.his, padro, home.world.once())) == "decision.unknown");
  CHECK(home.world.ask(home.person) == "permit");
  CHECK(home.world.ask(home.person, "register") == "permit");
  must(app::object_to_my_use(service, home.hers, padro, home.world.once()));
  CHECK(home.world.ask(home.person, "register") == "opposed");
}

TEST_CASE("each decision has a receipt in plain words, sealed; it is an event, and nobody else gets it") {
  Home home;
  auto& service = home.world.service();
  const auto ended = must(app::withdraw_my_consent(service, home.hers, home.decision("income.tax"), home.world.once()));
  const std::string withdrawal = at(ended.body, {"decision", "id"});
  const auto before = home.world.log_size();
  const app::Content content = must(app::read_my_receipt(service, home.hers, withdrawal, "es"));
  CHECK(home.world.log_size() == before + 1);
  CHECK(content.file_name.starts_with("receipt-"));
  const TemporaryFolder folder;
  const auto file = folder / "receipt.pdf";
  write_file(file, base::as_text(content.bytes));
  const std::string text = run({"pdftotext", "-layout", file.string(), "-"}).out;
  CAPTURE(text);
  for (const char* part :
       {"Roser Exemple i Prova decidió esto", "Ya no doy permiso", "Consultar la renda a l'Agència Tributària",
        "Se decidió en la página de la", "https://segell.example/mine", "Ajuntament d'Exemple"}) {
    CHECK_MESSAGE(text.find(part) != std::string::npos, part);
  }
  CHECK(text.find(withdrawal) != std::string::npos);
  const auto verdict = must(base::parse_json(must(app::verify(service, content.bytes, {}))));
  CHECK(at(verdict, {"indication"}) == "TOTAL-PASSED");
  const auto accesses = must(app::list_my_accesses(service, home.hers, {{}, 1}));
  CHECK(at(list_of(accesses, "accesses")[0], {"what"}) == "receipt");
  CHECK(at(list_of(accesses, "accesses")[0], {"why"}) == "own");

  CHECK(reason(app::read_my_receipt(service, home.his, withdrawal, "es")) == "decision.unknown");
  CHECK(reason(app::read_my_receipt(service, home.hers, "x", "es")) == "decision.unknown");
  CHECK(reason(app::read_my_receipt(service, home.hers, withdrawal, "fr")) == "receipt.bad-language");
  CHECK(reason(app::read_my_receipt(service, home.world.integrator(), withdrawal, "es")) == "http.not-found");
}

TEST_CASE("codes are told by their names: the tenant's own, those of the templates, or none") {
  Home home;
  const auto body = must(app::list_my_decisions(home.world.service(), home.hers, {}));
  const base::Json& group = list_of(body, "groups")[0];
  CHECK(at(group, {"recipientNames", "es"}) == "el departamento de Enseñanza");
  CHECK(group.find("purposeNames")->is_null());
  CHECK(at(home.item("income.tax", home.hers), {"categoryNames", "en"}) == "income: data of the tax agency");
  CHECK(home.item("register", home.hers).find("categoryNames")->is_null());
}

TEST_CASE("a representative withdraws for the person, and their no counts") {
  Home home;
  const auto marta = home.citizen("mare", home.person, app::Role::representative);
  must(app::withdraw_my_consent(home.world.service(), marta, home.decision("income.tax"), home.world.once()));
  CHECK(home.world.ask(home.person) == "withdrawn");
}

TEST_CASE("every access is there: by role and organisation, when and why, and no name of a professional") {
  Home home;
  auto& service = home.world.service();
  auto professional = home.staff("marta.inventada", app::Role::professional);
  must(app::assign(home.world.store(), home.world.clock(), home.world.tenant(), "marta.inventada",
                   must(base::PersonId::parse(home.person))));
  must(app::read_content(service, professional, home.document));
  must(app::read_content(service, home.world.integrator(), home.document));
  must(app::read_content(service, home.hers, home.document));
  must(app::read_disclosure(service, home.hers, home.document));
  CHECK(home.world.ask(home.person) == "permit");
  const auto body = must(app::list_my_accesses(service, home.hers, {}));
  std::vector<std::string> told;
  for (const base::Json& one : list_of(body, "accesses")) {
    told.push_back(at(one, {"what"}) + ' ' + at(one, {"by", "role"}) + ' ' + at(one, {"why"}));
    CHECK(at(one, {"by", "organisation"}) ==
          (at(one, {"what"}) == "question" ? "ensenyament" : "Ajuntament d'Exemple"));
  }
  CHECK(told == std::vector<std::string>{"question recipient purpose", "evidence citizen own", "document citizen own",
                                         "document integrator program", "document professional relation",
                                         "document visit signing", "visit visit signing"});
  CHECK(base::write_json(body).find("Persona Inventada") == std::string::npos);
  CHECK(base::write_json(body).find("marta") == std::string::npos);
  const base::Json& question = list_of(body, "accesses")[0];
  CHECK(at(question, {"question", "purpose"}) == "meal-grant");
  CHECK(at(question, {"question", "permitted"}) == "true");
  CHECK(list_of(must(app::list_my_accesses(service, home.his, {})), "accesses").empty());

  std::vector<std::string> in_parts;
  app::Page page{{}, 2};
  do {
    const auto part = must(app::list_my_accesses(service, home.hers, page));
    for (const base::Json& one : list_of(part, "accesses")) in_parts.push_back(at(one, {"logIndex"}));
    page.cursor = part.find("next")->is_null() ? "" : at(part, {"next"});
  } while (!page.cursor.empty());
  CHECK(in_parts.size() == told.size());
  CHECK(std::set(in_parts.begin(), in_parts.end()).size() == told.size());
}

TEST_CASE("who looks with a slip, or asks about a code, is in the list too, as far as anybody knows who that is") {
  Home home;
  auto& service = home.world.service();
  const auto made = must(app::create_signature_request(
      service, home.world.integrator(), home.world.wish(home.world.document(), home.person), home.world.once()));
  const std::string link = at(made.body, {"request", "link"});
  const auto visit = must(app::authenticate_visit(service, link.substr(link.find('#') + 1)));
  const auto sealed = must(
      app::perform_act(service, visit, prepare(home.world, visit, {"grant", "informed"}, "button"), home.world.once()));
  const auto slip = must(app::issue_request_slip(service, home.world.integrator(), at(made.body, {"request", "id"}), {},
                                                 home.world.once()));
  must(app::look_at_slip(service, at(slip.body, {"slip", "code"})));
  must(app::check_code(service, at(sealed.body, {"sealed", "verificationCode"})));
  const auto body = must(app::list_my_accesses(service, home.hers, {{}, 2}));
  std::vector<std::string> told;
  for (const base::Json& one : list_of(body, "accesses")) {
    told.push_back(at(one, {"what"}) + ' ' + at(one, {"by", "role"}) + ' ' + at(one, {"why"}));
  }
  CHECK(told == std::vector<std::string>{"check anyone check", "slip slip slip"});
}

TEST_CASE("what opened a paper is in the list before the bytes are out, and a refusal to log lets none out") {
  Home home;
  const auto before = home.world.log_size();
  CHECK(must(app::read_content(home.world.service(), home.hers, home.document)).file_name.starts_with("document-"));
  CHECK(home.world.log_size() == before + 1);
  CHECK(reason(app::read_content(home.world.service(), home.his, home.document)) == "document.unknown");
  CHECK(home.world.log_size() == before + 1);
}

TEST_CASE("asking for a correction is an event, is seen by whoever answers, and the answer by whoever asked") {
  Home home;
  auto& service = home.world.service();
  auto dpo = home.staff("delegada", app::Role::dpo);
  auto professional = home.staff("marta", app::Role::professional);
  const app::NewCorrection wanted{home.document, "La meva adreça és una altra.\nVisc al carrer Fictici 3.", {}};
  const auto before = home.world.log_size();
  const auto asked = must(app::ask_my_correction(service, home.hers, wanted, home.world.once()));
  CHECK(home.world.log_size() == before + 1);
  const std::string id = at(asked.body, {"correction", "id"});
  CHECK(at(asked.body, {"correction", "dueAt"}) >
        base::format_rfc3339(home.world.clock().now() + std::chrono::hours(24 * 27)));

  CHECK(list_of(must(app::list_corrections(service, professional, {})), "corrections").empty());
  CHECK(reason(app::read_correction(service, professional, id)) == "correction.unknown");
  must(app::assign(home.world.store(), home.world.clock(), home.world.tenant(), "marta",
                   must(base::PersonId::parse(home.person))));
  CHECK(list_of(must(app::list_corrections(service, professional, {})), "corrections").size() == 1);
  const auto outline = must(app::list_corrections(service, dpo, {}));
  REQUIRE(list_of(outline, "corrections").size() == 1);
  CHECK(base::write_json(outline).find("Fictici") == std::string::npos);  // no words without an event

  const auto size = home.world.log_size();
  const auto read = must(app::read_correction(service, dpo, id));
  CHECK(home.world.log_size() == size + 1);
  CHECK(at(read, {"correction", "text"}) == wanted.text);
  CHECK(at(read, {"correction", "personName"}) == "Roser Exemple i Prova");
  const auto accesses = must(app::list_my_accesses(service, home.hers, {{}, 1}));
  CHECK(at(list_of(accesses, "accesses")[0], {"by", "role"}) == "dpo");
  CHECK(at(list_of(accesses, "accesses")[0], {"what"}) == "correction");

  const auto refused = must(app::ask_my_correction(service, home.hers, {{}, "L'edat", {}}, home.world.once()));
  must(app::answer_correction(service, dpo, at(refused.body, {"correction", "id"}), {"refused", "No: és un informe."},
                              home.world.once()));
  const auto told = must(app::list_my_corrections(service, home.hers, {{}, 1}));
  CHECK(at(list_of(told, "corrections")[0], {"answer", "complaint", "authority"}) == "APDCAT, apdcat.gencat.cat");
  CHECK(at(list_of(told, "corrections")[0], {"answer", "complaint", "officer"}) == "dpd@exemple.invalid");

  const app::CorrectionAnswer answer{"accepted", "Ja consta l'adreça nova."};
  must(app::answer_correction(service, professional, id, answer, home.world.once()));
  CHECK(reason(app::answer_correction(service, dpo, id, answer, home.world.once())) == "correction.answered");
  const auto mine = must(app::list_my_corrections(service, home.hers, {}));
  REQUIRE(list_of(mine, "corrections").size() == 2);
  const base::Json& accepted = list_of(mine, "corrections")[1];
  CHECK(at(accepted, {"state"}) == "accepted");
  CHECK(at(accepted, {"answer", "text"}) == answer.text);
  CHECK(at(accepted, {"answer", "by"}) == "professional");
  CHECK(accepted.find("answer")->find("complaint") == nullptr);
  CHECK(list_of(must(app::list_my_corrections(service, home.his, {})), "corrections").empty());
}

TEST_CASE("a correction needs words, and a paper that is the person's own") {
  Home home;
  auto& service = home.world.service();
  const auto ask = [&](const app::NewCorrection& wanted) {
    return reason(app::ask_my_correction(service, home.hers, wanted, home.world.once()));
  };
  CHECK(ask({{}, "", {}}) == "correction.bad-text");
  CHECK(ask({{}, std::string("a\0b", 3), {}}) == "correction.bad-text");
  CHECK(ask({{}, std::string(8001, 'x'), {}}) == "correction.bad-text");
  CHECK(ask({home.sign(home.other), "No és meu", {}}) == "document.unknown");
  CHECK(ask({"nothing", "No és meu", {}}) == "document.unknown");
  CHECK(ask({{}, "Falta un cognom", {}}).empty());
}

TEST_CASE("who has no login asks at the counter, and it is the same request") {
  Home home;
  auto& service = home.world.service();
  const app::NewCorrection wanted{{}, "El nom està mal escrit.", "counter"};
  must(app::ask_correction(service, home.world.integrator(), home.person, wanted, home.world.once()));
  CHECK(reason(app::ask_correction(service, home.world.integrator(), home.person, {{}, "x", "web"},
                                   home.world.once())) == "correction.bad-channel");
  const auto mine = must(app::list_my_corrections(service, home.hers, {}));
  REQUIRE(list_of(mine, "corrections").size() == 1);
  CHECK(at(list_of(mine, "corrections")[0], {"channel"}) == "counter");
}

TEST_CASE("erasing a person takes what they asked for along") {
  Home home;
  auto& service = home.world.service();
  auto dpo = home.staff("delegada", app::Role::dpo);
  const auto asked = must(app::ask_my_correction(service, home.hers, {{}, "Falta un cognom", {}}, home.world.once()));
  must(app::erase_person(service, home.world.integrator(), home.person, home.world.once()));
  CHECK(list_of(must(app::list_corrections(service, dpo, {})), "corrections").empty());
  CHECK(reason(app::read_correction(service, dpo, at(asked.body, {"correction", "id"}))) == "correction.unknown");
  CHECK(reason(app::list_my_documents(service, home.hers, {})) == "http.not-found");
}
