// Somebody signs for another: who is asked, who may still sign, and what is kept of it.

#include "app/protections.h"
#include "app/representations.h"
#include "app/tablet.h"
#include "app/world.h"

#include "support/child_process.h"
#include "support/example_pki.h"

#include <doctest/doctest.h>

#include <chrono>

using namespace segell;
using namespace segell::tests;
using namespace std::chrono_literals;

namespace represented_test {

namespace {

/// Nil, and Laia, who holds parental authority with somebody else.
struct Household {
  explicit Household(const char* born = "2014-03-01") {
    world.notice();
    app::NewPerson child{"Nil Inventat", {}};
    child.birth_date = born;
    child.birth_date_seen = "family-book";
    nil = at(must(app::create_person(world.service(), world.integrator(), child, world.once())).body, {"person", "id"});
    laia = world.person("Laia Inventada");
    power = record("joint");
  }
  std::string record(const std::string& holds) {
    app::NewRepresentation wanted;
    wanted.representative = laia;
    wanted.basis = "parental-authority";
    wanted.holds = holds;
    wanted.evidence = {"family-book", "llibre inventat 12", true, {}};
    return at(must(app::record_representation(world.service(), world.integrator(), nil, wanted, world.once())).body,
              {"representation", "id"});
  }
  app::NewSignatureRequest wish() {
    document = world.document();
    auto request = world.wish(document, nil);
    request.capacity = "parent";
    request.representation_id = power;
    request.other_holder = "declared";
    return request;
  }
  std::string refusal(const app::NewSignatureRequest& request) {
    return reason(app::create_signature_request(world.service(), world.integrator(), request, world.once()));
  }
  void revoke() {
    must(
        app::change_representation(world.service(), world.integrator(), power, {"revocada", "inventat"}, world.once()));
  }
  base::Json disclosed() {
    const base::Bytes pdf = must(app::read_content(world.service(), world.integrator(), document)).bytes;
    const auto opened = must(app::read_disclosure(world.service(), world.integrator(), document)).bytes;
    const auto verdict = must(base::parse_json(must(app::verify(world.service(), pdf, base::BytesView(opened)))));
    return *verdict.find("signatures")->as_array()->front().find("act")->find("disclosed");
  }

  World world;
  std::string nil, laia, power, document;
};

/// What the paper says, with single blanks.
std::string words_of(const base::Bytes& pdf) {
  const TemporaryFolder folder;
  write_file(folder / "paper.pdf", base::as_text(pdf));
  std::string words;
  for (const char c : run({"pdftotext", (folder / "paper.pdf").string(), "-"}).out) {
    const bool blank = c == ' ' || c == '\n';
    if (!blank || (!words.empty() && words.back() != ' ')) words += blank ? ' ' : c;
  }
  return words;
}

}  // namespace

TEST_CASE("a mother consents for a child of 12: both names are sealed, and her yes counts") {
  Household home;
  const auto visit = home.world.visit(home.wish());
  const base::Json shown = must(app::read_visit(home.world.service(), visit));
  CHECK(at(shown, {"request", "personName"}) == "Nil Inventat");
  CHECK(at(shown, {"request", "representative", "name"}) == "Laia Inventada");
  CHECK(at(shown, {"request", "representative", "capacity"}) == "parent");
  must(app::perform_act(home.world.service(), visit, prepare(home.world, visit, {"grant", "informed"}),
                        home.world.once()));
  CHECK(home.world.ask(home.nil) == "permit");
  CHECK(home.world.ask(home.laia) == "no_basis");

  const base::Json facts = home.disclosed();
  CHECK(at(facts, {"signer-name"}) == "Laia Inventada");
  CHECK(at(facts, {"capacity"}) == "parent");
  CHECK(at(facts, {"representation", "by"}) == "representative");
  CHECK(at(facts, {"representation", "actingFor", "represented"}) == "Nil Inventat");
  CHECK(at(facts, {"representation", "actingFor", "representation"}) == home.power);
  CHECK(at(facts, {"representation", "actingFor", "otherHolder"}) == "declared");
  CHECK(at(facts, {"representation", "actingFor", "evidence", "kind"}) == "family-book");

  const std::string text =
      words_of(must(app::read_content(home.world.service(), home.world.integrator(), home.document)).bytes);
  CHECK(text.find("Laia Inventada (com a mare o pare, per a Nil Inventat)") != std::string::npos);
  const base::Json listed = must(app::list_signature_requests(home.world.service(), home.world.integrator(), {}));
  CHECK(at(listed.find("requests")->as_array()->front(), {"representative", "name"}) == "Laia Inventada");
}

TEST_CASE("who may be asked follows from the person's age and the register") {
  Household home;
  auto wish = home.wish();
  wish.representation_id.clear();
  CHECK(home.refusal(wish) == "request.representation-needed");
  wish = home.wish();
  wish.other_holder.clear();
  CHECK(home.refusal(wish) == "request.bad-other-holder");
  wish = home.wish();
  wish.other_holder = "sole";
  CHECK(home.refusal(wish) == "request.bad-other-holder");
  wish = home.wish();
  wish.capacity = "guardian";
  CHECK(home.refusal(wish) == "representation.capacity");
  wish = home.wish();
  wish.person_id = home.laia;
  CHECK(home.refusal(wish) == "representation.unknown");
  wish = home.wish();
  wish.capacity = "self";
  CHECK(home.refusal(wish) == "request.representation-refused");
  wish.representation_id.clear();
  wish.other_holder.clear();
  CHECK(home.refusal(wish) == "request.under-14");
  wish.items.clear();
  CHECK(home.refusal(wish).empty());
}

TEST_CASE("from 14 on the person decides, and a parent signs what is not theirs to decide, until 18") {
  Household home("2011-03-01");
  auto wish = home.wish();
  CHECK(home.refusal(wish) == "request.decides-alone");
  wish.items.clear();
  CHECK(home.refusal(wish).empty());
  wish = home.world.wish(home.world.document(), home.nil);
  CHECK(home.refusal(wish).empty());
  home.world.clock().pass(std::chrono::hours(24 * 365 * 4));
  wish = home.wish();
  wish.items.clear();
  CHECK(home.refusal(wish) == "representation.not-valid");
}

TEST_CASE("a power that ends after the request lets nobody open, choose, refuse or sign, and nothing is half done") {
  Household home;
  const auto visit = home.world.visit(home.wish());
  const app::Act act = prepare(home.world, visit, {"grant", "informed"});
  home.revoke();
  const auto before = home.world.log_size();
  CHECK(reason(app::perform_act(home.world.service(), visit, act, home.world.once())) == "representation.not-valid");
  CHECK(reason(app::read_visit(home.world.service(), visit)) == "representation.not-valid");
  CHECK(reason(app::read_frozen(home.world.service(), visit)) == "representation.not-valid");
  CHECK(reason(app::answer_visit(home.world.service(), visit, {"refused", {}}, home.world.once())) ==
        "representation.not-valid");
  CHECK(home.world.log_size() == before);
  CHECK(home.world.ask(home.nil) == "no_basis");
}

TEST_CASE("what was signed before a power was revoked goes on, and what never was one falls away") {
  Household home;
  const auto visit = home.world.visit(home.wish());
  must(app::perform_act(home.world.service(), visit, prepare(home.world, visit, {"grant", "informed"}),
                        home.world.once()));
  home.revoke();
  CHECK(home.world.ask(home.nil) == "permit");
  must(app::change_representation(home.world.service(), home.world.integrator(), home.power, {"anulada", "inventat"},
                                  home.world.once()));
  CHECK(home.world.ask(home.nil) == "capacity_unclear");
}

TEST_CASE("whoever is excluded from the child neither is asked nor signs, and is told nothing of it") {
  Household home;
  const auto visit = home.world.visit(home.wish());
  app::NewProtection wanted{"excluded-person", "ordre inventada"};
  wanted.person = home.laia;
  must(app::set_protection(home.world.service(), home.world.integrator(), home.nil, wanted, home.world.once()));
  const auto opened = app::read_visit(home.world.service(), visit);
  CHECK(reason(opened) == "representation.not-valid");
  CHECK(opened.error().message.find("exclu") == std::string::npos);
  CHECK(home.refusal(home.wish()) == "representation.not-valid");
}

TEST_CASE("an adolescent's own document is asked of nobody who represents them") {
  Household home;
  auto wish = home.wish();
  app::NewProtection own{"confidential", "assumpte propi"};
  own.document = home.document;
  const auto visit = home.world.visit(wish);
  must(app::set_protection(home.world.service(), home.world.integrator(), home.nil, own, home.world.once()));
  const auto opened = app::read_visit(home.world.service(), visit);
  CHECK(reason(opened) == "representation.not-valid");
  Household other;
  const auto revoked = other.world.visit(other.wish());
  other.revoke();
  // Whoever holds the link does not learn which of the two it is.
  CHECK(opened.error().message == app::read_visit(other.world.service(), revoked).error().message);
  CHECK(home.refusal(wish) == "request.confidential-document");
}

TEST_CASE("a tablet carries a parent's request, and an act that comes in after the power ended is set aside") {
  Household home;
  Tablet tablet(home.world, home.world.integrator());
  tablet.pack(tablet.prepare({request_of(home.world, home.wish())}));
  CHECK(at(tablet.request(0), {"representative", "name"}) == "Laia Inventada");
  const base::Json act = tablet.signed_act(0, {"grant", "informed"});
  home.world.clock().pass(1min);
  home.revoke();
  must(tablet.send(act));
  home.world.service().run_jobs_once();
  CHECK(tablet.state(0) == "set-aside representation.not-valid");
  CHECK(home.world.ask(home.nil) == "no_basis");
}

TEST_CASE("whoever is erased signs no more, and what they signed stays decided") {
  Household home;
  const auto signed_one = home.world.visit(home.wish());
  must(app::perform_act(home.world.service(), signed_one, prepare(home.world, signed_one, {"grant", "informed"}),
                        home.world.once()));
  const auto open = home.world.visit(home.wish());
  must(app::erase_person(home.world.service(), home.world.integrator(), home.laia, home.world.once()));
  CHECK_FALSE(reason(app::read_visit(home.world.service(), open)).empty());
  CHECK(home.world.ask(home.nil) == "permit");
}

}  // namespace represented_test
