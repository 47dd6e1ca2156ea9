// Somebody who must never see a person, and addresses that are kept from others.

#include "app/protections.h"

#include "app/corrections.h"
#include "app/mine.h"
#include "app/slips.h"
#include "app/templates.h"
#include "app/world.h"
#include "base/cbor.h"
#include "base/encoding.h"
#include "support/sample_papers.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <vector>

using namespace segell;
using namespace segell::tests;

namespace protections_test {

namespace {

constexpr const char* kReason = "ordre de protecció inventada";

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

const base::Json::Array& list_of(const base::Json& body, const char* name) { return *body.find(name)->as_array(); }

std::string text_of(const base::Bytes& pdf) {
  const TemporaryFolder folder;
  write_file(folder / "paper.pdf", base::as_text(pdf));
  return run({"pdftotext", "-layout", (folder / "paper.pdf").string(), "-"}).out;
}

/// Roser, whom Marta works with and Mare represents; her former partner Pere, who has a login of his own.
struct Home {
  Home() {
    world.notice();
    roser = world.person();
    pere = world.person("Pere Exclos");
    marta = staff("marta", app::Role::professional);
    referent = staff("referent", app::Role::referent);
    dpo = staff("delegada", app::Role::dpo);
    assign("marta", roser);
    assign("referent", roser);
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
  base::Result<app::Reply> set(const app::Caller& by, app::NewProtection wanted) {
    return app::set_protection(world.service(), by, roser, wanted, world.once());
  }
  std::string exclude(const std::string& login) {
    return at(must(set(marta, {"excluded-person", kReason, login, {}, {}, {}})).body, {"protection", "id"});
  }
  std::string hide(const std::string& address) {
    return at(must(set(marta, {"address", kReason, {}, {}, {}, address})).body, {"protection", "id"});
  }
  std::string found(const app::Caller& by) {
    return base::write_json(must(app::find_persons(world.service(), by, {"roser", {}})));
  }
  app::NewTemplateDocument plan(const std::string& start, bool named) {
    app::NewTemplateDocument wanted;
    const auto input = sample_input("work-plan", "ca");
    wanted.key = "work-plan";
    wanted.language = "ca";
    wanted.fields = input.fields;
    wanted.fields.set("starting_situation", start);
    for (const auto& signer : input.signers) wanted.signers.push_back({signer.signer, signer.person, {}});
    if (named) wanted.signers[0].person = roser;
    return wanted;
  }

  /// What was handed to the committer before is done when this returns.
  void flush() {
    must(world.store().run(world.tenant(), [](storage::Transaction&) -> base::Result<void> { return base::ok(); }));
  }

  World world{{.second_factor_for_staff = false}};
  std::string roser, pere;
  app::Caller marta, referent, dpo;
};

/// How long a call takes, in microseconds.
template <class Call>
double time_of(Call call) {
  const auto begin = std::chrono::steady_clock::now();
  call();
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count();
}

double median_of(std::vector<double> times) {
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
  return times[times.size() / 2];
}

}  // namespace

TEST_CASE("an excluded professional is as one who works with nobody, from the commit on") {
  Home home;
  auto& service = home.world.service();
  home.staff("excosi", app::Role::professional);
  home.assign("excosi", home.roser);
  const auto cousin =
      must(app::authenticate_session(service, must(home.world.log_in("excosi", World::kPassword)).grant.value().cookie))
          .caller.value();
  const std::string document = home.world.document();
  const auto request = must(app::create_signature_request(service, home.world.integrator(),
                                                          home.world.wish(document, home.roser), home.world.once()));
  CHECK(contains(home.found(cousin), "Roser"));
  must(app::read_content(service, cousin, document));
  const auto before = home.world.log_size();
  home.exclude("Excosi");  // as it is typed
  CHECK(home.world.log_size() == before + 1);
  CHECK_FALSE(contains(home.found(cousin), "Roser"));
  CHECK(list_of(must(app::list_signature_requests(service, cousin, {})), "requests").empty());
  CHECK(reason(app::read_content(service, cousin, document)) == "document.unknown");
  CHECK(reason(app::describe_signature_request(service, cousin, at(request.body, {"request", "id"}))) ==
        "request.unknown");
  home.flush();
  CHECK(home.world.log_size() == before + 3);  // the protection, and two attempts
  CHECK(contains(home.found(home.marta), "Roser"));
  // Only these two are told that it is set.
  CHECK(reason(app::list_protections(service, home.marta, {})) == "http.not-found");
  CHECK(reason(app::list_protections(service, cousin, {})) == "http.not-found");
  for (const app::Caller* told : {&home.referent, &home.dpo}) {
    const auto list = must(app::list_protections(service, *told, {}));
    REQUIRE(list_of(list, "protections").size() == 1);
    const base::Json& one = list_of(list, "protections")[0];
    CHECK(at(one, {"personName"}) == "Roser Exemple i Prova");
    CHECK(at(one, {"reason"}) == kReason);
    CHECK(at(one, {"excluded", "login"}) == "Excosi");
    CHECK(at(one, {"setBy"}) == "professional");
  }
}

TEST_CASE("an attempt of whoever is excluded stands on the person's page in neutral words, once for a while") {
  Home home;
  auto& service = home.world.service();
  const std::string document = home.world.document();
  must(app::create_signature_request(service, home.world.integrator(), home.world.wish(document, home.roser),
                                     home.world.once()));
  const auto his = home.holder("pere", app::Role::citizen, home.pere);
  const auto hers = home.holder("roser", app::Role::citizen, home.roser);
  const auto attempts = [&] {
    home.flush();
    std::vector<base::Json> found;
    const auto body = must(app::list_my_accesses(service, hers, {}));
    for (const base::Json& one : list_of(body, "accesses")) {
      if (at(one, {"what"}) == "attempt") found.push_back(one);
    }
    return found;
  };
  // Who is merely not related, and what is not there, leave nothing.
  const auto stranger = home.holder("nil", app::Role::citizen, home.world.person("Nil Fictici"));
  CHECK(reason(app::read_content(service, his, document)) == "document.unknown");
  CHECK(reason(app::read_content(service, stranger, document)) == "document.unknown");
  CHECK(attempts().empty());
  home.exclude("pere");
  const auto size = home.world.log_size();
  CHECK(reason(app::read_content(service, his, base::DocumentId::make().text())) == "document.unknown");
  CHECK(reason(app::read_content(service, stranger, document)) == "document.unknown");
  home.flush();
  CHECK(home.world.log_size() == size);
  CHECK(reason(app::read_content(service, his, document)) == "document.unknown");
  CHECK(reason(app::read_disclosure(service, his, document)) == "document.unknown");
  CHECK(reason(app::describe_document(service, his, document)) == "document.unknown");
  CHECK(reason(app::check_my_document(service, his, document)) == "document.unknown");
  REQUIRE(attempts().size() == 1);
  const base::Json told = attempts().front();
  CHECK(at(told, {"by", "role"}) == "somebody");
  CHECK(at(told, {"why"}) == "refused");
  CHECK(at(told, {"document", "id"}) == document);
  CHECK_FALSE(contains(base::write_json(told), "Pere"));
  home.world.clock().pass(std::chrono::minutes(11));
  CHECK(reason(app::read_content(service, his, document)) == "document.unknown");
  CHECK(attempts().size() == 2);
  // On his own page there is nothing about it.
  CHECK(list_of(must(app::list_my_accesses(service, his, {})), "accesses").empty());
}

TEST_CASE("the time of an answer does not tell an attempt from what is not there") {
  Home home;
  auto& service = home.world.service();
  const std::string document = home.world.document();
  must(app::create_signature_request(service, home.world.integrator(), home.world.wish(document, home.roser),
                                     home.world.once()));
  const auto his = home.holder("pere", app::Role::citizen, home.pere);
  home.exclude("pere");
  const std::string unknown = base::DocumentId::make().text();
  const auto time = [&](const std::string& asked) {
    home.world.ask(home.roser);  // both come after a commit, whose end the next call may wait for
    const double took = time_of([&] { (void)app::read_content(service, his, asked); });
    home.flush();
    return took;
  };
  std::vector<double> ratios;  // of neighbours: a machine is slower at one time than at another
  for (int i = 0; i < 60; ++i) {
    // Each attempt is one that is written down: the clock goes on.
    home.world.clock().pass(std::chrono::minutes(11));
    const double kept = time(document);
    ratios.push_back(kept / time(unknown));
  }
  const double ratio = median_of(ratios);
  CHECK(ratio < 3);
  CHECK(ratio > 1.0 / 3);
}

TEST_CASE("an excluded representative has no such role any more, and nothing behind it") {
  Home home;
  auto& service = home.world.service();
  const std::string cookie = home.world.join("pare", app::Role::representative, home.roser);
  const auto session = must(app::authenticate_session(service, cookie));
  const auto before = must(app::describe_session(service, session));
  CHECK(contains(base::write_json(before), "Roser"));
  const std::string holding = at(before, {"session", "role", "id"});
  home.exclude("pare");
  const auto after = must(app::describe_session(service, session));
  CHECK_FALSE(contains(base::write_json(after), "Roser"));
  CHECK(after.find("session")->find("role")->is_null());
  const auto& left = list_of(*after.find("session"), "roles");
  REQUIRE(left.size() == 1);
  CHECK(at(left[0], {"role"}) == "citizen");
  CHECK(reason(app::choose_role(service, session, holding)) == "holding.unknown");
  const app::Caller caller = session.caller.value();
  CHECK(reason(app::list_my_documents(service, caller, {})) == "http.not-found");
  CHECK(reason(app::list_my_decisions(service, caller, {})) == "http.not-found");
  CHECK(reason(app::list_my_accesses(service, caller, {})) == "http.not-found");
  CHECK(reason(app::list_my_corrections(service, caller, {})) == "http.not-found");
  CHECK(reason(app::ask_my_correction(service, caller, {{}, "x", {}}, home.world.once())) == "person.unknown");
}

TEST_CASE("a paper on which an excluding person decides too is not there for the excluded one, even as their own") {
  Home home;
  auto& service = home.world.service();
  const auto his = home.holder("pere", app::Role::citizen, home.pere);
  const std::string document = home.world.document();
  const auto wish = [&](const std::string& person) {
    auto one = home.world.wish(document, person);
    one.items.clear();
    return one;
  };
  must(app::create_signature_request(service, home.world.integrator(), wish(home.pere), home.world.once()));
  CHECK(list_of(must(app::list_my_documents(service, his, {})), "documents").size() == 1);
  must(app::create_signature_request(service, home.world.integrator(), wish(home.roser), home.world.once()));
  must(app::read_content(service, his, document));
  home.exclude("pere");
  CHECK(list_of(must(app::list_my_documents(service, his, {})), "documents").empty());
  CHECK(reason(app::read_content(service, his, document)) == "document.unknown");
  CHECK(reason(app::check_my_document(service, his, document)) == "document.unknown");
}

TEST_CASE("an identifier excludes whoever comes with it later; it is not told whether anybody has it") {
  Home home;
  auto& service = home.world.service();
  const app::NewPerson::Identifier identifier{"DNI", "12345678-z"};
  must(home.set(home.marta, {"excluded-person", kReason, {}, identifier, {}, {}}));
  const std::string later = at(
      must(app::create_person(service, home.world.integrator(), {"Pol Inventat", identifier}, home.world.once())).body,
      {"person", "id"});
  home.world.join("pol", app::Role::citizen, later);
  must(app::give_role(home.world.store(), home.world.clock(), home.world.tenant(), "pol", app::Role::professional, {}));
  home.assign("pol", home.roser);
  const auto grant = must(home.world.log_in("pol", World::kPassword)).grant.value();
  const auto session = must(app::authenticate_session(service, grant.cookie));
  std::string professional;
  for (const base::Json& role : list_of(*grant.body.find("session"), "roles")) {
    if (at(role, {"role"}) == "professional") professional = at(role, {"id"});
  }
  const auto chosen = must(app::choose_role(service, session, professional));
  const auto caller = must(app::authenticate_session(service, chosen.cookie)).caller.value();
  CHECK(caller.role == app::Role::professional);
  CHECK_FALSE(contains(home.found(caller), "Roser"));
}

TEST_CASE("what cannot be a protection is refused, with the way out") {
  Home home;
  const auto refused = [&](const app::NewProtection& wanted) { return reason(home.set(home.marta, wanted)); };
  home.world.join("roser", app::Role::citizen, home.roser);
  CHECK(refused({"secret", kReason, "pere", {}, {}, {}}) == "protection.bad-kind");
  CHECK(refused({"excluded-person", "", "pere", {}, {}, {}}) == "protection.bad-reason");
  CHECK(refused({"excluded-person", std::string(1001, 'x'), "pere", {}, {}, {}}) == "protection.bad-reason");
  CHECK(refused({"excluded-person", kReason, {}, {}, {}, {}}) == "protection.bad-person");
  CHECK(refused({"excluded-person", kReason, "marta", {}, home.pere, {}}) == "protection.bad-person");
  CHECK(refused({"excluded-person", kReason, "ningu", {}, {}, {}}) == "protection.unknown-login");
  CHECK(refused({"excluded-person", kReason, "roser", {}, {}, {}}) == "protection.bad-person");
  CHECK(refused({"excluded-person", kReason, {}, {}, home.pere, {}}) == "person.unknown");  // not Marta's
  home.assign("marta", home.pere);
  CHECK(refused({"excluded-person", kReason, {}, {}, home.pere, {}}).empty());
  CHECK(refused({"excluded-person", kReason, {}, {}, home.roser, {}}) == "protection.bad-person");
  CHECK(refused({"excluded-person", kReason, {}, app::NewPerson::Identifier{"DNI", "?"}, {}, {}}) ==
        "person.bad-identifier");
  CHECK(refused({"address", kReason, {}, {}, {}, "Mar 1"}) == "protection.bad-address");
  CHECK(refused({"address", kReason, {}, {}, {}, ""}) == "protection.bad-address");
  CHECK(refused({"address", kReason, "pere", {}, {}, "Carrer Amagat 12"}) == "protection.bad-person");
  const auto stranger = home.staff("lluny", app::Role::professional);
  CHECK(reason(home.set(stranger, {"excluded-person", kReason, "marta", {}, {}, {}})) == "person.unknown");
}

TEST_CASE("two people take a protection away, never one; it holds until the second agreed") {
  Home home;
  auto& service = home.world.service();
  const std::string id = home.exclude("marta");
  const auto remove = [&](const app::Caller& by, const std::string& why) {
    return app::remove_protection(service, by, id, why, home.world.once());
  };
  CHECK(reason(remove(home.marta, "x")) == "http.not-found");
  CHECK(reason(remove(home.referent, "")) == "protection.bad-reason");
  CHECK(at(must(remove(home.referent, "ja no cal")).body, {"protection", "state"}) == "removal-asked");
  CHECK_FALSE(contains(home.found(home.marta), "Roser"));
  CHECK(reason(remove(home.referent, "ja no cal")) == "protection.second-person");
  const auto listed = must(app::list_protections(service, home.referent, {}));
  CHECK(at(list_of(listed, "protections")[0], {"removal", "own"}) == "true");
  CHECK(at(must(remove(home.dpo, "d'acord")).body, {"protection", "state"}) == "removed");
  CHECK(contains(home.found(home.marta), "Roser"));
  CHECK(reason(remove(home.dpo, "d'acord")) == "protection.over");
  CHECK(reason(app::remove_protection(service, home.dpo, "x", "y", home.world.once())) == "protection.unknown");
  const auto stranger = home.staff("altra-referent", app::Role::referent);
  CHECK(reason(remove(stranger, "x")) == "protection.unknown");
}

TEST_CASE("the log commits to the reason without saying it, as openssl finds from reason and salt") {
  Home home;
  home.exclude("marta");
  must(home.world.store().read(home.world.tenant(), [&](const storage::View& view) -> base::Result<void> {
    const auto flag = must(view.protection_flags().list({}, 1)).at(0);
    const base::Bytes event = must(view.evidence().opening(flag.log_index)).event;
    CHECK_FALSE(contains(base::to_text(event), "inventada"));
    const base::Cbor read = must(base::parse_cbor(event));
    CHECK(*read.as_map()->at(1).as_int() == 141);
    const TemporaryFolder folder;
    const base::Bytes salt = must(base::from_base64url(at(flag.words, {"salt"})));
    CHECK(salt.size() == 32);
    write_file(folder / "committed", base::to_text(salt) + R"({"type":"reason","value":")" + kReason + R"("})");
    const auto digest = run({"openssl", "dgst", "-sha256", "-r", (folder / "committed").string()});
    CHECK(digest.out.substr(0, 64) == base::to_hex(*read.as_map()->at(143).as_bytes()));
    return base::ok();
  }));
}

TEST_CASE("the person sees that somebody looked at it; whoever represents them does not") {
  Home home;
  auto& service = home.world.service();
  home.exclude("delegada");
  must(app::list_protections(service, home.referent, {}));
  const auto hers = home.holder("roser", app::Role::citizen, home.roser);
  const auto mother = home.holder("mare", app::Role::representative, home.roser);
  const auto own = must(app::list_my_accesses(service, hers, {}));
  REQUIRE(list_of(own, "accesses").size() == 1);
  CHECK(at(list_of(own, "accesses")[0], {"what"}) == "protection");
  CHECK(list_of(must(app::list_my_accesses(service, mother, {})), "accesses").empty());
  // The data protection officer is excluded too: nothing of her is there for them.
  CHECK(list_of(must(app::list_protections(service, home.dpo, {})), "protections").empty());
}

TEST_CASE("a protected address is a token on papers from now on, and a paper that says it is made anew") {
  Home home;
  auto& service = home.world.service();
  const std::string start = "Viu al C/ de l'Amagatall, núm. 12 amb els fills.";
  const std::string before =
      at(must(app::make_template_document(service, home.marta, home.plan(start, true), home.world.once())).body,
         {"document", "id"});
  const std::string id = home.hide("c de l amagatall num 12\nCarrer de l’Amagatall 12");
  auto wish = home.world.wish(before, home.roser);
  wish.items.clear();
  wish.signer = "person";
  CHECK(reason(app::create_signature_request(service, home.marta, wish, home.world.once())) ==
        "request.protected-address");
  const std::string after =
      at(must(app::make_template_document(service, home.marta, home.plan(start, true), home.world.once())).body,
         {"document", "id"});
  const std::string text = text_of(must(app::read_content(service, home.marta, after)).bytes);
  const std::string token =
      at(list_of(must(app::list_protections(service, home.dpo, {})), "protections")[0], {"token"});
  CAPTURE(text);
  CHECK(contains(text, "[" + token + "]"));
  CHECK_FALSE(contains(text, "magatall"));
  const auto html = must(app::read_reading_view(service, home.marta, after));
  CHECK(contains(std::string(base::as_text(html.bytes)), token));
  CHECK_FALSE(contains(std::string(base::as_text(html.bytes)), "magatall"));
  wish.document_id = after;
  wish.title = "Pla de la CARRER DE L'AMAGATALL 12";
  must(app::create_signature_request(service, home.marta, wish, home.world.once()));
  const auto listed = must(app::list_signature_requests(service, home.marta, {}));
  CHECK(at(list_of(listed, "requests")[0], {"title"}) == "Pla de la [" + token + "]");
  // Without saying who signs, it is noticed at the latest where somebody is asked.
  const std::string unnamed =
      at(must(app::make_template_document(service, home.marta, home.plan(start, false), home.world.once())).body,
         {"document", "id"});
  wish.document_id = unnamed;
  CHECK(reason(app::create_signature_request(service, home.marta, wish, home.world.once())) ==
        "request.protected-address");
  CHECK(id.size() == 26);
}

TEST_CASE("whoever is protected takes home what names nobody") {
  Home home;
  auto& service = home.world.service();
  const auto hers = home.holder("roser", app::Role::citizen, home.roser);
  const auto visit = home.world.visit(home.world.wish(home.world.document(), home.roser));
  must(
      app::perform_act(service, visit, prepare(home.world, visit, {"grant", "informed"}, "button"), home.world.once()));
  const auto body = must(app::list_my_decisions(service, hers, {}));
  const std::string decision = at(list_of(list_of(list_of(body, "groups")[0], "items")[0], "decisions")[0], {"id"});
  CHECK(contains(text_of(must(app::read_my_receipt(service, hers, decision, "ca")).bytes), "Ajuntament"));
  home.hide("Carrer de l'Amagatall 12");
  const auto discreet = must(app::read_my_receipt(service, hers, decision, "ca"));
  const std::string text = text_of(discreet.bytes);
  for (const char* told : {"Roser", "Ajuntament", "renda", "Ensenyament", "900"}) CHECK_FALSE(contains(text, told));
  CHECK(at(must(base::parse_json(must(app::verify(service, discreet.bytes, {})))), {"indication"}) == "NO-SIGNATURE");
}

}  // namespace protections_test
