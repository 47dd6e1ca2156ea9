// Somebody else signed than the person who was asked (domain: J9).

#include "app/misattributions.h"

#include "app/check_code.h"
#include "app/mine.h"
#include "app/slips.h"
#include "app/world.h"
#include "base/encoding.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::tests;

namespace misattributions_test {

namespace {

const base::Json::Array& list_of(const base::Json& body, const char* name) { return *body.find(name)->as_array(); }

bool says(const base::Json& body, std::string_view part) {
  return base::write_json(body).find(part) != std::string::npos;
}

/// Two sisters; the tablet lay open on Maria's paper, and Marina signed it.
struct Sisters {
  Sisters() {
    world.notice();
    maria = world.person("Maria Inventada");
    marina = world.person("Marina Inventada");
    const auto wish = world.wish(world.document(), maria);
    document = wish.document_id;
    const auto visit = world.visit(wish);
    request = visit.request.text();
    auto act = prepare(world, visit, {"grant", "informed"});
    must(app::perform_act(world.service(), visit, act, world.once()));
    world.clock().pass(std::chrono::seconds(1));
    marta = staff("marta", app::Role::professional);
    boss = staff("cap", app::Role::manager);
    referent = staff("referent", app::Role::referent);
    dpo = staff("delegada", app::Role::dpo);
    for (const char* who : {"marta", "referent"}) assign(who, maria);
    assign("marta", marina);
    hers = holder("maria", app::Role::citizen, maria);
    of_marina = holder("marina", app::Role::citizen, marina);
  }
  app::Caller staff(const std::string& name, app::Role role) {
    return must(app::authenticate_session(world.service(), world.join(name, role))).caller.value();
  }
  app::Caller holder(const std::string& name, app::Role role, const std::string& person) {
    return must(app::authenticate_session(world.service(), world.join(name, role, person))).caller.value();
  }
  void assign(const std::string& name, const std::string& person) {
    must(app::assign(world.store(), world.clock(), world.tenant(), name, must(base::PersonId::parse(person))));
  }
  base::Result<app::Reply> raise_by(const app::Caller& by) {
    return app::raise_misattribution(world.service(), by, request, {kSeen, marina}, world.once());
  }
  std::string raise() { return at(must(raise_by(marta)).body, {"misattribution", "id"}); }
  base::Result<app::Reply> decide(const app::Caller& by, const std::string& id, const std::string& answer) {
    return app::decide_misattribution(world.service(), by, id, {answer, kWhy}, world.once());
  }
  std::string confirmed() {
    const std::string id = raise();
    must(decide(boss, id, "confirmed"));
    return id;
  }
  base::Json read(const app::Caller& by, const std::string& id) {
    return *must(app::read_misattribution(world.service(), by, id)).find("misattribution");
  }
  base::Bytes content() { return must(app::read_content(world.service(), world.integrator(), document)).bytes; }

  static constexpr const char* kSeen = "La tauleta era oberta al paper de la Maria; ha signat la Marina.";
  static constexpr const char* kWhy = "Ho confirmen totes dues per telèfon.";
  World world{{.second_factor_for_staff = false}};
  std::string maria, marina, document, request;
  app::Caller marta, boss, referent, dpo, hers, of_marina;
};

}  // namespace

TEST_CASE("nothing changes until a second person agrees, and whoever said it is never that person") {
  Sisters home;
  auto& service = home.world.service();
  const std::string id = home.raise();
  CHECK(home.world.ask(home.maria) == "permit");
  CHECK(reason(home.raise_by(home.marta)) == "misattribution.raised");
  // In another role of the same login too.
  must(app::give_role(home.world.store(), home.world.clock(), home.world.tenant(), "marta", app::Role::manager, {}));
  app::Caller as_manager = home.marta;
  as_manager.role = app::Role::manager;
  CHECK(reason(home.decide(as_manager, id, "confirmed")) == "misattribution.second-person");
  // A professional decides nothing, nor does who answers for data protection.
  CHECK(reason(home.decide(home.marta, id, "confirmed")) == "http.not-found");
  CHECK(reason(home.decide(home.dpo, id, "confirmed")) == "http.not-found");
  CHECK(reason(home.decide(home.boss, id, "perhaps")) == "misattribution.bad-answer");
  CHECK(reason(app::decide_misattribution(service, home.boss, id, {"confirmed", ""}, home.world.once())) ==
        "misattribution.bad-reason");
  CHECK(home.world.ask(home.maria) == "permit");
  CHECK(home.read(home.boss, id).find("mayDecide")->as_bool() != nullptr);
  CHECK(at(home.read(home.boss, id), {"mayDecide"}) == "true");
  CHECK(at(home.read(home.marta, id), {"mayDecide"}) == "false");
  must(home.decide(home.boss, id, "confirmed"));
  CHECK(reason(home.decide(home.referent, id, "rejected")) == "misattribution.over");
}

TEST_CASE("a rejected one leaves the signature what it is, and may be said again") {
  Sisters home;
  const std::string id = home.raise();
  must(home.decide(home.referent, id, "rejected"));
  CHECK(home.world.ask(home.maria) == "permit");
  const auto whole = home.read(home.dpo, id);
  CHECK(at(whole, {"state"}) == "rejected");
  CHECK(whole.find("void")->is_null());
  CHECK(whole.find("incident")->is_null());
  CHECK(at(whole, {"decided", "reason"}) == Sisters::kWhy);
  CHECK(reason(app::end_incident(home.world.service(), home.dpo, id, {"reported", "x"}, home.world.once())) ==
        "incident.none");
  must(home.raise_by(home.marta));
}

TEST_CASE("a void signature denies from then on with its own reason, and no octet of the document changes") {
  Sisters home;
  auto& service = home.world.service();
  const base::Bytes before = home.content();
  const auto verdict = must(app::check_my_document(service, home.hers, home.document));
  CHECK(home.world.ask(home.maria) == "permit");
  CHECK(home.world.ask(home.maria, "register") == "permit");
  const std::string id = home.confirmed();
  CHECK(home.world.ask(home.maria) == "entered_in_error");
  CHECK(home.world.ask(home.maria, "register") == "entered_in_error");
  CHECK(home.content() == before);
  // The seal is what it was: an organisation's seal on these bytes.
  CHECK(must(app::check_my_document(service, home.hers, home.document)) == verdict);
  // Everywhere it is told that the signature is void, by which act and since when.
  const auto told = must(app::describe_document(service, home.marta, home.document));
  const std::string number = at(told, {"document", "verificationCode"});
  const auto check = must(app::check_code(service, number));
  CHECK(at(check, {"check", "verdict"}) == "unchanged");
  REQUIRE(list_of(*check.find("check"), "void").size() == 1);
  CHECK(at(list_of(*check.find("check"), "void")[0], {"act"}) == id);
  CHECK_FALSE(says(check, "Maria"));
  const base::Json& act = list_of(*told.find("document"), "revisions").back();
  CHECK(at(act, {"kind"}) == "act");
  CHECK(at(act, {"void", "act"}) == id);
  const auto listed = must(app::list_signature_requests(service, home.marta, {}));
  CHECK(at(list_of(listed, "requests")[0], {"state"}) == "repudiated");
  CHECK(at(list_of(listed, "requests")[0], {"void", "act"}) == id);
  const auto mine = must(app::list_my_documents(service, home.hers, {}));
  CHECK(at(list_of(mine, "documents")[0], {"state"}) == "repudiated");
  CHECK(at(list_of(mine, "documents")[0], {"void", "act"}) == id);
  CHECK(list_of(must(app::list_signature_requests(service, home.marta, {{}, "repudiated"})), "requests").size() == 1);
  CHECK(list_of(must(app::list_signature_requests(service, home.marta, {{}, "signed"})), "requests").empty());
}

TEST_CASE(
    "the record of what is void is a sealed page of its own, with the digest that anyone can compare, and no names") {
  Sisters home;
  auto& service = home.world.service();
  CHECK(reason(app::read_void_record(service, home.marta, home.document, "ca")) == "void-record.none");
  const std::string id = home.confirmed();
  const std::string digest = base::to_hex(base::sha256(home.content()));
  for (const char* language : {"ca", "es", "en"}) {
    const auto record = must(app::read_void_record(service, home.hers, home.document, language));
    const auto verdict = must(base::parse_json(must(app::verify(service, record.bytes, {}))));
    CHECK(at(verdict, {"indication"}) == "TOTAL-PASSED");
    const TemporaryFolder folder;
    write_file(folder / "record.pdf", base::as_text(record.bytes));
    const std::string text = run({"pdftotext", "-layout", (folder / "record.pdf").string(), "-"}).out;
    std::string plain;
    for (const char c : text) {
      if (c != ' ' && c != '\n' && c != '\f') plain.push_back(c);
    }
    CHECK(plain.find(digest) != std::string::npos);
    CHECK(plain.find(id) != std::string::npos);
    CHECK(text.find("Maria") == std::string::npos);
    CHECK(text.find("Marina") == std::string::npos);
    const auto signatures = run({"pdfsig", (folder / "record.pdf").string()}).out;
    CHECK(signatures.find("Signature is Valid") != std::string::npos);
  }
  CHECK(reason(app::read_void_record(service, home.marta, home.document, "fr")) == "receipt.bad-language");
  CHECK(reason(app::read_void_record(service, home.of_marina, home.document, "ca")) == "document.unknown");
}

TEST_CASE("the right person reads what became of it, decides anew, and gets the receipt") {
  Sisters home;
  auto& service = home.world.service();
  home.confirmed();
  const auto decisions = must(app::list_my_decisions(service, home.hers, {}));
  CHECK(says(decisions, R"("state":"entered_in_error")"));
  CHECK(says(decisions, R"("kind":"entered-in-error")"));
  CHECK(says(decisions, R"("inError":true)"));
  for (const base::Json& item : list_of(list_of(decisions, "groups")[0], "items")) {
    const std::string decision = at(list_of(item, "decisions")[0], {"id"});
    CHECK(at(must(app::withdraw_my_consent(service, home.hers, decision, home.world.once())).body,
             {"decision", "state"}) == "entered_in_error");
    // There is nothing to withdraw, and a "no" of her own is taken all the same.
    CHECK(base::write_json(*item.find("may")) == (at(item, {"category"}) == "register" ? R"(["object"])" : "[]"));
    for (const base::Json& one : list_of(item, "decisions")) {
      const auto paper = must(app::read_my_receipt(service, home.hers, at(one, {"id"}), "ca"));
      CHECK(base::as_text(paper.bytes).starts_with("%PDF"));
    }
  }
  // On the paper that the sister signed nobody signs any more; on a new one the same person does.
  auto again = home.world.wish(home.document, home.maria);
  CHECK(reason(app::create_signature_request(service, home.marta, again, home.world.once())) ==
        "request.document-void");
  again = home.world.wish(home.world.document(), home.maria);
  again.instead_of = home.request;
  auto wrong = again;
  wrong.person_id = home.marina;
  CHECK(reason(app::create_signature_request(service, home.world.integrator(), wrong, home.world.once())) ==
        "request.bad-replacement");
  const auto visit = home.world.visit(again);
  must(app::perform_act(service, visit, prepare(home.world, visit, {"grant", "informed"}), home.world.once()));
  CHECK(home.world.ask(home.maria) == "permit");
  CHECK(home.world.ask(home.maria, "register") == "permit");
}

TEST_CASE("what was done on the signature is listed for those who must be told, and each is told once") {
  Sisters home;
  auto& service = home.world.service();
  home.world.ask(home.maria);
  home.world.ask(home.maria, "register");
  must(app::read_content(service, home.marta, home.document));
  home.world.ask(home.maria, "income.tax");
  const std::string id = home.confirmed();
  home.world.ask(home.maria);  // denied: no use of it
  const auto whole = home.read(home.referent, id);
  CHECK(at(whole, {"complete"}) == "true");
  REQUIRE(list_of(whole, "recipients").size() == 1);
  CHECK(at(list_of(whole, "recipients")[0], {"recipient"}) == "ensenyament");
  CHECK(at(list_of(whole, "recipients")[0], {"count"}) == "3");
  CHECK(list_of(whole, "recipients")[0].find("told")->is_null());
  int questions = 0;
  int documents = 0;
  for (const base::Json& use : list_of(whole, "uses")) {
    questions += at(use, {"what"}) == "question" ? 1 : 0;
    documents += at(use, {"what"}) == "document" ? 1 : 0;
  }
  CHECK(questions == 3);
  CHECK(documents == 1);
  CHECK(reason(app::tell_recipient(service, home.marta, id, "salut", home.world.once())) ==
        "misattribution.no-recipient");
  must(app::tell_recipient(service, home.marta, id, "ensenyament", home.world.once()));
  CHECK(reason(app::tell_recipient(service, home.dpo, id, "ensenyament", home.world.once())) == "misattribution.told");
  CHECK(at(list_of(home.read(home.dpo, id), "recipients")[0], {"told", "role"}) == "professional");
}

TEST_CASE("the incident's clock runs for 72 hours from when it was said; the officer alone answers, late ones too") {
  Sisters home;
  auto& service = home.world.service();
  const auto said = home.world.clock().now();
  const std::string id = home.raise();
  home.world.clock().pass(std::chrono::hours(20));
  must(home.decide(home.referent, id, "confirmed"));
  const auto whole = home.read(home.dpo, id);
  CHECK(at(whole, {"incident", "state"}) == "open");
  CHECK(at(whole, {"incident", "awareAt"}) == base::format_rfc3339(said));
  CHECK(at(whole, {"incident", "dueAt"}) == base::format_rfc3339(said + std::chrono::hours(72)));
  CHECK(at(whole, {"mayEnd"}) == "true");
  CHECK(at(home.read(home.boss, id), {"mayEnd"}) == "false");
  CHECK(reason(app::end_incident(service, home.boss, id, {"reported", "x"}, home.world.once())) == "http.not-found");
  CHECK(reason(app::end_incident(service, home.dpo, id, {"later", "x"}, home.world.once())) == "incident.bad-answer");
  home.world.clock().pass(std::chrono::hours(100));
  must(app::end_incident(service, home.dpo, id, {"not-needed", "El paper no deia res de nou."}, home.world.once()));
  CHECK(reason(app::end_incident(service, home.dpo, id, {"reported", "x"}, home.world.once())) == "incident.over");
  CHECK(at(home.read(home.dpo, id), {"incident", "ended", "answer"}) == "not-needed");
  CHECK(at(list_of(must(app::list_misattributions(service, home.dpo, {})), "misattributions")[0],
           {"incident", "state"}) == "not-needed");
}

TEST_CASE("the wrong sister learns nothing of the other's paper, by any of her pages, before and after") {
  Sisters home;
  auto& service = home.world.service();
  const auto hers = [&] {
    return base::write_json(must(app::list_my_documents(service, home.of_marina, {}))) +
           base::write_json(must(app::list_my_decisions(service, home.of_marina, {}))) +
           base::write_json(must(app::list_my_accesses(service, home.of_marina, {}))) +
           base::write_json(must(app::list_my_corrections(service, home.of_marina, {})));
  };
  const std::string before = hers();
  const std::string id = home.confirmed();
  home.read(home.dpo, id);
  CHECK(hers() == before);
  for (const app::Caller* caller : {&home.of_marina, &home.hers}) {
    CHECK(reason(app::read_misattribution(service, *caller, id)) == "http.not-found");
    CHECK(reason(app::list_misattributions(service, *caller, {})) == "http.not-found");
  }
  CHECK(reason(app::read_content(service, home.of_marina, home.document)) == "document.unknown");
  // The one whose paper it is sees who read the words and that her paper was shown, and neither words nor names.
  const auto accesses = must(app::list_my_accesses(service, home.hers, {}));
  CHECK(says(accesses, R"("what":"wrong-signer")"));
  CHECK(says(accesses, R"("what":"misattribution")"));
  CHECK_FALSE(says(accesses, "Marina"));
  CHECK_FALSE(says(must(app::list_my_documents(service, home.hers, {})), "Marina"));
  // A sister who represents her sees neither.
  const auto represents = home.holder("marina2", app::Role::representative, home.maria);
  CHECK_FALSE(says(must(app::list_my_accesses(service, represents, {})), "misattribution"));
}

TEST_CASE("who signed instead is named only to whoever may know of that person") {
  Sisters home;
  const std::string id = home.raise();
  CHECK(at(home.read(home.marta, id), {"signer", "name"}) == "Marina Inventada");
  CHECK(home.read(home.referent, id).find("signer")->find("name")->is_null());  // works with Maria alone
  CHECK(at(home.read(home.boss, id), {"signer", "name"}) == "Marina Inventada");
}

TEST_CASE("nobody decides in their own matter: not with a login that is also of one of the two") {
  Sisters home;
  home.staff("dues", app::Role::manager);
  must(app::give_role(home.world.store(), home.world.clock(), home.world.tenant(), "dues", app::Role::citizen,
                      must(base::PersonId::parse(home.marina))));
  const auto grant = must(home.world.log_in("dues", World::kPassword)).grant.value();
  auto session = must(app::authenticate_session(home.world.service(), grant.cookie));
  for (const base::Json& role : list_of(*grant.body.find("session"), "roles")) {
    if (at(role, {"role"}) == "manager") must(app::choose_role(home.world.service(), session, at(role, {"id"})));
  }
  app::Caller caller = home.boss;
  caller.account = must(home.world.store().find_account("dues"))->account.id;
  caller.actor = must(app::ActorId::from_bytes(caller.account->bytes()));
  const std::string id = home.raise();
  CHECK(reason(home.decide(caller, id, "confirmed")) == "misattribution.own-matter");
}

TEST_CASE("the slip that went home opens nothing any more, and a code of the tablet neither") {
  Sisters home;
  auto& service = home.world.service();
  const auto issued =
      must(app::issue_request_slip(service, home.world.integrator(), home.request, {}, home.world.once()));
  const std::string code = at(issued.body, {"slip", "code"});
  must(app::look_at_slip(service, code));
  home.confirmed();
  CHECK(reason(app::look_at_slip(service, code)) == "slip.unknown");
  CHECK(reason(app::issue_request_slip(service, home.world.integrator(), home.request, {}, home.world.once())) ==
        "slip.signature-void");
}

TEST_CASE("confirming erases the custody envelope alone, with the key that opens it, and the log says so") {
  Sisters home;
  auto& service = home.world.service();
  const auto document = must(base::DocumentId::parse(home.document));
  const auto person = must(base::PersonId::parse(home.maria));
  const auto act = must(home.world.store().read(
      home.world.tenant(), [&](const storage::View& view) { return view.documents().last_revision(document); }));
  must(home.world.store().run(home.world.tenant(), [&](storage::Transaction& transaction) {
    return transaction.evidence().add_envelope(document, act.index, person, base::as_bytes("rhythm and pressure"));
  }));
  must(app::read_envelope(service, home.world.integrator(), home.document));
  const auto disclosure = must(app::read_disclosure(service, home.marta, home.document)).bytes;
  const std::string id = home.confirmed();
  CHECK(reason(app::read_envelope(service, home.world.integrator(), home.document)) == "envelope.erased");
  CHECK(must(app::read_disclosure(service, home.marta, home.document)).bytes == disclosure);
  CHECK(at(home.read(home.dpo, id), {"envelope", "sha256"}) ==
        base::to_hex(base::sha256(base::as_bytes("rhythm and pressure"))));
}

TEST_CASE("only what was signed can be of somebody else, and only of another than the one who was asked") {
  Sisters home;
  auto& service = home.world.service();
  const auto open = home.world.visit(home.world.wish(home.world.document(), home.maria));
  const auto raise = [&](const std::string& request, const app::NewMisattribution& wanted, const app::Caller& by) {
    return reason(app::raise_misattribution(service, by, request, wanted, home.world.once()));
  };
  CHECK(raise(open.request.text(), {"x", {}}, home.marta) == "misattribution.not-signed");
  CHECK(raise(home.request, {"", {}}, home.marta) == "misattribution.bad-words");
  CHECK(raise(home.request, {"x", home.maria}, home.marta) == "misattribution.same-person");
  CHECK(raise(home.request, {"x", home.marina}, home.referent) == "person.unknown");
  CHECK(raise(home.request, {"x", {}}, home.boss) == "http.not-found");
  CHECK(raise(home.request, {"x", {}}, home.world.integrator()) == "http.not-found");
  CHECK(raise(home.request, {"x", {}}, home.staff("altra", app::Role::professional)) == "request.unknown");
  CHECK(list_of(must(app::list_misattributions(service, home.boss, {})), "misattributions").empty());
}

TEST_CASE("an erased person takes the words along; that the signature is void stays told") {
  Sisters home;
  auto& service = home.world.service();
  const std::string number =
      at(must(app::describe_document(service, home.marta, home.document)), {"document", "verificationCode"});
  const std::string id = home.confirmed();
  must(app::erase_person(service, home.world.integrator(), home.maria, home.world.once()));
  CHECK(reason(app::read_misattribution(service, home.dpo, id)) == "misattribution.unknown");
  CHECK(list_of(must(app::list_misattributions(service, home.dpo, {})), "misattributions").empty());
  CHECK(at(list_of(*must(app::check_code(service, number)).find("check"), "void")[0], {"act"}) == id);
}

}  // namespace misattributions_test
