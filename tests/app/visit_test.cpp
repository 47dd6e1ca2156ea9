#include "app/world.h"

#include "base/encoding.h"
#include "support/pdf_oracles.h"
#include "support/sample_pdf.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::tests;

TEST_CASE("a visit shows what there is to decide, with nothing preset, and being opened is an event") {
  World world;
  world.notice();
  const auto visit = world.visit(world.wish(world.document(), world.person()));
  const auto before = world.log_size();
  const auto shown = must(app::read_visit(world.service(), visit));
  CHECK(world.log_size() == before + 1);
  CHECK(at(shown, {"request", "state"}) == "presented");
  CHECK(at(shown, {"request", "personName"}) == "Roser Exemple i Prova");
  const base::Json::Array& items = *shown.find("request")->find("items")->as_array();
  REQUIRE(items.size() == 2);
  CHECK(base::write_json(*items[0].find("choices")) == R"(["grant","refuse","defer"])");
  CHECK(base::write_json(*items[1].find("choices")) == R"(["informed","object"])");
  CHECK(base::write_json(shown).find("preset") == std::string::npos);
}

TEST_CASE("a link that is opened again finds the paper and the choices as they were frozen") {
  World world;
  world.notice();
  const auto visit = world.visit(world.wish(world.document(), world.person()));
  const auto first = must(app::read_visit(world.service(), visit));
  CHECK(first.find("request")->find("frozen") == nullptr);
  const auto chosen = must(app::choose(world.service(), visit, choose_all(first, {"refuse", "informed"})));
  const auto again = must(app::read_visit(world.service(), visit));
  const base::Json* frozen = again.find("request")->find("frozen");
  REQUIRE(frozen != nullptr);
  for (const auto& row : *chosen.body.find("document")->as_object()) {
    const auto& [name, value] = row;
    INFO(row.first);
    REQUIRE(frozen->find(name) != nullptr);
    CHECK(*frozen->find(name) == value);
  }
  const base::Json::Array& items = *first.find("request")->find("items")->as_array();
  const base::Json::Array& choices = *frozen->find("choices")->as_array();
  REQUIRE(choices.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) CHECK(at(choices[i], {"item"}) == at(items[i], {"id"}));
  CHECK(at(choices[0], {"choice"}) == "refuse");
  CHECK(at(choices[1], {"choice"}) == "informed");
}

TEST_CASE("the tablet names the professional, says that they checked only what they did check, and events do not") {
  World world;
  world.notice();
  const auto seen = [&](const char* kind, bool named) {
    app::NewSignatureRequest request = world.wish(world.document(), world.person());
    request.identity_evidence = {kind, 2, ""};
    if (named) request.professional = app::NewSignatureRequest::Professional{"Marta Inventada"};
    const auto shown = must(app::read_visit(world.service(), world.visit(request)));
    const base::Json* professional = shown.find("request")->find("professional");
    return professional == nullptr ? std::string("nobody") : base::write_json(*professional);
  };
  CHECK(seen("id-seen", false) == "nobody");
  CHECK(seen("id-seen", true) == R"({"name":"Marta Inventada","checkedIdentity":true})");
  CHECK(seen("known", true) == R"({"name":"Marta Inventada","checkedIdentity":true})");
  CHECK(seen("otp", true) == R"({"name":"Marta Inventada","checkedIdentity":false})");
  CHECK(seen("none", true) == R"({"name":"Marta Inventada","checkedIdentity":false})");
  const std::uint64_t size = world.log_size();
  must(world.store().read(world.tenant(), [&](const storage::View& view) -> base::Result<void> {
    for (std::uint64_t index = 0; index < size; ++index) {
      const auto opening = must(view.evidence().opening(index));
      CHECK(base::to_text(opening.event).find("Marta") == std::string::npos);
    }
    return base::ok();
  }));
}

TEST_CASE("a request says plainly what is wrong with it") {
  World world;
  world.notice();
  const std::string document = world.document();
  const std::string person = world.person();
  const auto refused = [&](auto change) {
    app::NewSignatureRequest request = world.wish(document, person);
    change(request);
    return reason(app::create_signature_request(world.service(), world.integrator(), request, world.once()));
  };
  CHECK(refused([](auto&) {}).empty());
  CHECK(refused([](auto& r) { r.document_id = "x"; }) == "document.unknown");
  CHECK(refused([](auto& r) { r.person_id = "x"; }) == "person.unknown");
  CHECK(refused([](auto& r) { r.language = "fr"; }) == "request.bad-language");
  CHECK(refused([](auto& r) { r.methods = {"drawn-with-dynamics"}; }) == "request.dynamics-only");
  CHECK(refused([](auto& r) { r.methods = {"thumb"}; }) == "request.bad-method");
  CHECK(refused([](auto& r) { r.items[0].category = "all"; }) == "consent.bundled");
  CHECK(refused([](auto& r) { r.items[0].notice.version = 2; }) == "notice.unknown");
  CHECK(refused([](auto& r) { r.items[0].consequence_if_refused = ""; }) == "request.bad-consequence");
  CHECK(refused([](auto& r) { r.items[0].basis.kind = "AGREEMENT"; }) == "consent.basis-inconsistent");
  CHECK(refused([](auto& r) { r.professional = app::NewSignatureRequest::Professional{""}; }) ==
        "request.bad-professional");
  CHECK(refused([](auto& r) { r.expires_at = "2020-01-01T00:00:00Z"; }) == "request.bad-expiry");
}

TEST_CASE("rhythm and pressure are offered only on the ground of an approved assessment, which the person is told") {
  World world;
  world.notice();
  app::NewSignatureRequest request = world.wish(world.document(), world.person());
  request.methods = {"drawn", "drawn-with-dynamics"};
  const auto visit = world.visit(request);
  const auto offered = [&] {
    const auto shown = must(app::read_visit(world.service(), visit));
    return base::write_json(*shown.find("request")->find("methods"));
  };
  const auto shown = must(app::read_visit(world.service(), visit));
  CHECK(offered() == R"(["drawn","drawn-with-dynamics"])");
  CHECK(at(*shown.find("request")->find("custody"), {"assessment"}) == "AIPD-EXEMPLE-2026/03, 12 de gener de 2026");

  world.reopen(WorldOptions{.dynamics = false});
  CHECK(offered() == R"(["drawn"])");
  app::NewSignatureRequest later = world.wish(world.document(), world.person());
  later.methods = {"drawn", "drawn-with-dynamics"};
  CHECK(reason(app::create_signature_request(world.service(), world.integrator(), later, world.once())) ==
        "request.dynamics-unapproved");
}

TEST_CASE("choosing adds one page with each choice in words and the code, and freezes") {
  World world;
  world.notice();
  const std::string pdf = make_sample_pdf();
  const std::string document = world.document(pdf);
  const auto visit = world.visit(world.wish(document, world.person()));
  CHECK(reason(app::read_frozen(world.service(), visit)) == "visit.not-frozen");
  const auto opened = must(app::read_visit(world.service(), visit));
  const auto reply = must(app::choose(world.service(), visit, choose_all(opened, {"grant", "object"})));
  CHECK(at(reply.body, {"document", "pages"}) == "4");
  const auto frozen = must(app::read_frozen(world.service(), visit));
  CHECK(at(reply.body, {"document", "sha256"}) == base::to_hex(base::sha256(frozen.bytes)));
  CHECK(base::to_text(frozen.bytes).starts_with(pdf));
  CHECK(qpdf_complaints(base::to_text(frozen.bytes)).empty());
  const TemporaryFolder folder;
  write_file(folder / "frozen.pdf", base::to_text(frozen.bytes));
  const auto text = run({"pdftotext", "-f", "4", "-layout", (folder / "frozen.pdf").string(), "-"});
  INFO(text.all());
  CHECK(text.out.find("hi dono permís") != std::string::npos);
  CHECK(text.out.find("No vull que ho consulteu") != std::string::npos);
  CHECK(text.out.find(at(reply.body, {"document", "verificationCode"})) != std::string::npos);
  CHECK(at(must(app::describe_document(world.service(), world.integrator(), document)), {"document", "state"}) ==
        "frozen");
}

TEST_CASE("every item needs exactly one choice that was offered") {
  World world;
  world.notice();
  const auto visit = world.visit(world.wish(world.document(), world.person()));
  const auto opened = must(app::read_visit(world.service(), visit));
  auto choices = choose_all(opened, {"grant", "object"});
  const auto refused = [&](std::vector<app::Choice> some) { return reason(app::choose(world.service(), visit, some)); };
  CHECK(refused({}) == "visit.choice-missing");
  CHECK(refused({choices[0]}) == "visit.choice-missing");
  CHECK(refused({choices[0], choices[1], choices[1]}) == "visit.choice-unknown");
  CHECK(refused({choices[0], choices[1], {"x", "grant"}}) == "visit.choice-unknown");
  CHECK(refused({choices[0], {choices[1].item, "grant"}}) == "visit.choice-not-offered");
  CHECK(refused({choices[0], {choices[1].item, "inform"}}) == "visit.choice-not-offered");
}

TEST_CASE("choosing the same again answers the same; choosing otherwise is refused") {
  World world;
  world.notice();
  const auto visit = world.visit(world.wish(world.document(), world.person()));
  const auto opened = must(app::read_visit(world.service(), visit));
  const auto first = must(app::choose(world.service(), visit, choose_all(opened, {"grant", "object"})));
  const auto again = must(app::choose(world.service(), visit, choose_all(opened, {"grant", "object"})));
  CHECK(again.body == first.body);
  CHECK(reason(app::choose(world.service(), visit, choose_all(opened, {"refuse", "object"}))) == "visit.frozen");
}

TEST_CASE("refusing ends the request, waiting keeps it open") {
  World world;
  world.notice();
  const auto visit = world.visit(world.wish(world.document(), world.person()));
  CHECK(at(must(app::answer_visit(world.service(), visit, {"deferred", {}}, world.once())).body,
           {"request", "state"}) == "deferred");
  CHECK(at(must(app::answer_visit(world.service(), visit, {"refused", {}}, world.once())).body, {"request", "state"}) ==
        "refused");
  CHECK(reason(app::answer_visit(world.service(), visit, {"deferred", {}}, world.once())) == "visit.over");
  CHECK(reason(app::answer_visit(world.service(), visit, {"maybe", {}}, world.once())) == "visit.bad-answer");
  CHECK(reason(app::choose(world.service(), visit, {})) == "visit.over");
}
