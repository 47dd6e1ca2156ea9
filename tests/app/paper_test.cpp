// What is laid out for a request, before and while a person chooses.

#include "app/templates.h"
#include "app/world.h"

#include "base/encoding.h"
#include "signer/pdf/fields.h"
#include "signer/pdf/fill_in.h"
#include "signer/pdf/revision_writer.h"
#include "support/pdf_oracles.h"
#include "support/sample_papers.h"
#include "support/sample_pdf.h"

#include <doctest/doctest.h>

using namespace segell;
using namespace segell::tests;
namespace pdf = segell::signer::pdf;

namespace {

/// What a page makes of the paper by itself.
base::Bytes fill_in(World& world, const app::VisitCaller& visit, const base::Json& opened,
                    const std::vector<app::Choice>& choices) {
  base::Bytes paper = must(app::read_paper(world.service(), visit)).bytes;
  const auto recipe = must(pdf::parse_fill_in(*opened.find("request")->find("paper")->find("fillIn")));
  pdf::FillInChoices chosen;
  for (const auto& [item, choice] : choices) chosen[item] = choice;
  base::append(paper, must(pdf::fill_in(recipe, chosen)));
  return paper;
}

std::string text_of(const base::Bytes& bytes, const char* first_page = "1") {
  const TemporaryFolder folder;
  write_file(folder / "paper.pdf", base::as_text(bytes));
  return run({"pdftotext", "-f", first_page, "-layout", (folder / "paper.pdf").string(), "-"}).out;
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

base::Json verdict_on(World& world, base::BytesView file) {
  return must(base::parse_json(must(app::verify(world.service(), file, {}))));
}
const base::Json& signature(const base::Json& verdict, std::size_t i) {
  return verdict.find("signatures")->as_array()->at(i);
}

/// The shipped template, filled with the sample's invented people.
app::NewTemplateDocument wanted(World& world, const std::string& key, const std::string& language) {
  const templates::Input input = sample_input(key, language);
  app::NewTemplateDocument document;
  document.key = key;
  document.language = language;
  document.fields = input.fields;
  const std::string until = base::format_rfc3339(world.clock().now() + std::chrono::hours(24 * 300));
  for (const auto& item : input.items) document.items.push_back({item.item, 1, until});
  for (const auto& signer : input.signers) document.signers.push_back({signer.signer, signer.person});
  return document;
}

void publish_notices(World& world) {
  for (const char* key :
       {"tax-data", "sharing-with-entities", "data-queries", "health-and-social-care", "images-of-minors"})
    world.notice(key);
}

std::string make(World& world, const std::string& key, const std::string& language = "ca") {
  return at(
      must(app::make_template_document(world.service(), world.integrator(), wanted(world, key, language), world.once()))
          .body,
      {"document", "id"});
}

app::NewSignatureRequest ask(World& world, const std::string& document, const std::string& person,
                             const std::string& signer = "") {
  app::NewSignatureRequest request = world.wish(document, person);
  request.items.clear();
  request.signer = signer;
  return request;
}

base::Bytes content(World& world, const std::string& document) {
  return must(app::read_content(world.service(), world.integrator(), document)).bytes;
}

}  // namespace

TEST_CASE("the paper lies ready when the request is made: a page fills it in and gets the frozen octets") {
  World world;
  world.notice();
  const std::string document = world.document();
  const auto visit = world.visit(world.wish(document, world.person()));
  const auto opened = must(app::read_visit(world.service(), visit));
  const base::Json& paper = *opened.find("request")->find("paper");
  CHECK(*paper.find("pages")->as_int() == 4);
  const auto before = world.log_size();
  const base::Bytes blank = must(app::read_paper(world.service(), visit)).bytes;
  CHECK(world.log_size() == before + 1);
  CHECK(base::to_hex(base::sha256(blank)) == at(paper, {"sha256"}));
  CHECK(static_cast<std::int64_t>(blank.size()) == *paper.find("length")->as_int());
  CHECK(qpdf_complaints(base::to_text(blank)).empty());
  const std::string text = text_of(blank, "4");
  CHECK(contains(text, "La meva decisió: encara no decidit"));
  CHECK(contains(text, at(paper, {"verificationCode"})));
  CHECK(contains(text, "Pàgina 4 de 4"));
  // Nothing of it is part of the document yet.
  CHECK(content(world, document).size() < blank.size());

  const auto choices = choose_all(opened, {"refuse", "informed"});
  const base::Bytes made = fill_in(world, visit, opened, choices);
  const std::string digest = base::to_hex(base::sha256(made));
  CHECK(reason(app::choose(world.service(), visit, choices, std::string(64, '0'))) == "visit.other-bytes");
  CHECK(at(must(app::describe_document(world.service(), world.integrator(), document)), {"document", "state"}) ==
        "draft");
  const auto reply = must(app::choose(world.service(), visit, choices, digest));
  CHECK(at(reply.body, {"document", "sha256"}) == digest);
  CHECK(at(reply.body, {"document", "verificationCode"}) == at(paper, {"verificationCode"}));
  CHECK(must(app::read_frozen(world.service(), visit)).bytes == made);
  CHECK(contains(text_of(made, "4"), "La meva decisió: No hi dono permís."));
  CHECK(reason(app::read_paper(world.service(), visit)) == "visit.no-paper");
  CHECK(must(app::read_visit(world.service(), visit)).find("request")->find("paper") == nullptr);

  must(app::perform_act(world.service(), visit, act_on(made, "drawn"), world.once()));
  const base::Bytes sealed = content(world, document);
  const auto told = pdfsig(base::to_text(sealed));
  REQUIRE(told.size() == 1);
  CHECK(told[0].valid);
  CHECK(told[0].total_document);
  const base::Json verdict = verdict_on(world, sealed);
  INFO(base::write_json(verdict));
  CHECK(at(verdict, {"indication"}) == "TOTAL-PASSED");
  CHECK(at(signature(verdict, 0), {"coverage"}) == "whole-file");
  CHECK(at(signature(verdict, 0), {"modification"}) == "none");
  CHECK(at(signature(verdict, 0), {"changes"}) == "[]");
}

TEST_CASE("another choice set into the paper after the seal is named and does not pass") {
  World world;
  world.notice();
  const std::string document = world.document();
  const auto visit = world.visit(world.wish(document, world.person()));
  const auto opened = must(app::read_visit(world.service(), visit));
  const auto recipe = must(pdf::parse_fill_in(*opened.find("request")->find("paper")->find("fillIn")));
  must(app::perform_act(world.service(), visit, prepare(world, visit, {"refuse", "informed"}), world.once()));
  base::Bytes forged = content(world, document);
  const auto read = must(pdf::Document::open_strict(pdf::borrow_source(forged)));
  auto writer = must(pdf::RevisionWriter::begin(read));
  const auto form = must(pdf::read_form(read));
  for (const pdf::Field& field : form.fields) {
    if (field.type != "Btn" || *field.object.as_dictionary()->name("V") != "refuse") continue;
    must(writer.set_key(field.ref, "V", "/grant"));
    must(writer.set_key(field.ref, "AS", "/grant"));
  }
  base::append(forged, must(std::move(writer).finish()).bytes);
  CHECK(contains(text_of(forged, "4"), "Sí, hi dono permís"));
  const base::Json verdict = verdict_on(world, forged);
  INFO(base::write_json(verdict));
  CHECK(at(verdict, {"indication"}) == "INDETERMINATE");
  CHECK(at(signature(verdict, 0), {"modification"}) == "suspicious");
  CHECK(contains(at(signature(verdict, 0), {"changes"}), "filled in"));
}

TEST_CASE("a name that no packaged font writes is refused when the request is made, with the character named") {
  World world;
  world.notice();
  const auto refused = app::create_signature_request(
      world.service(), world.integrator(), world.wish(world.document(), world.person("Núria 😀")), world.once());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "layout.no-glyph");
  CHECK(contains(refused.error().message, "U+1F600"));
}

TEST_CASE("two people asked about one document: the first to choose gets their paper, the other signs that") {
  World world;
  world.notice();
  const std::string document = world.document();
  const auto one = world.visit(world.wish(document, world.person()));
  const auto other = world.visit(world.wish(document, world.person("Pau Inventat")));
  const auto opened = must(app::read_visit(world.service(), other));
  CHECK(opened.find("request")->find("paper") != nullptr);
  must(app::perform_act(world.service(), one, prepare(world, one, {"grant", "informed"}), world.once()));
  CHECK(reason(app::read_paper(world.service(), other)) == "visit.no-paper");
  CHECK(must(app::read_visit(world.service(), other)).find("request")->find("paper") == nullptr);
  const app::Act act = prepare(world, other, {"refuse", "object"});
  must(app::perform_act(world.service(), other, act, world.once()));
  const base::Bytes sealed = content(world, document);
  CHECK(contains(text_of(sealed, "4"), "Roser Exemple i Prova"));
  CHECK(at(verdict_on(world, sealed), {"indication"}) == "TOTAL-PASSED");
}

TEST_CASE("what was laid out for a person goes with the person") {
  World world;
  world.notice();
  const std::string person = world.person();
  const auto visit = world.visit(world.wish(world.document(), person));
  must(app::read_paper(world.service(), visit));
  must(app::erase_person(world.service(), world.integrator(), person, world.once()));
  CHECK(reason(app::read_paper(world.service(), visit)) == "visit.over");
  CHECK(reason(world.store().read(world.tenant(), [&](const storage::View& view) {
          return view.requests().paper(visit.request);
        })) == "request.no-paper");
}

TEST_CASE("a document from a template: decided in its own boxes, signed in its own places, verified") {
  World world;
  publish_notices(world);
  const std::string document = make(world, "minor-activity");
  const base::Bytes born = content(world, document);
  CHECK(qpdf_complaints(base::to_text(born)).empty());
  CHECK(contains(text_of(born), "encara no decidit"));

  const auto guardian = world.visit(ask(world, document, world.person("Laia Inventada Ficció")));
  const auto minor = world.visit(ask(world, document, world.person("Núria Inventada Ficció"), "minor"));
  const auto opened = must(app::read_visit(world.service(), guardian));
  const base::Json::Array& items = *opened.find("request")->find("items")->as_array();
  REQUIRE(items.size() == 4);
  CHECK(at(items[0], {"printed", "words", "Off"}) == "La meva decisió: encara no decidit");
  CHECK(at(items[0], {"consequenceIfRefused"}).size() > 10);
  CHECK(must(app::read_visit(world.service(), minor)).find("request")->find("items")->as_array()->empty());
  CHECK(reason(app::choose(world.service(), minor, {})) == "visit.decisions-first");

  const auto choices = choose_all(opened, {"grant", "refuse", "defer", "refuse"});
  const base::Bytes made = fill_in(world, guardian, opened, choices);
  must(app::choose(world.service(), guardian, choices, base::to_hex(base::sha256(made))));
  CHECK(base::to_text(made).starts_with(base::to_text(born)));
  must(app::perform_act(world.service(), guardian, act_on(made, "drawn"), world.once()));
  must(app::perform_act(world.service(), minor, prepare(world, minor, {}, "button"), world.once()));

  const base::Bytes sealed = content(world, document);
  const auto told = pdfsig(base::to_text(sealed));
  REQUIRE(told.size() == 2);
  CHECK(told[0].field == "signature-guardian");
  CHECK(told[1].field == "signature-minor");
  CHECK(told[0].valid);
  CHECK(told[1].valid);
  CHECK(told[1].total_document);
  CHECK(qpdf_complaints(base::to_text(sealed)).empty());
  const base::Json verdict = verdict_on(world, sealed);
  INFO(base::write_json(verdict));
  CHECK(at(verdict, {"indication"}) == "TOTAL-PASSED");
  CHECK(at(signature(verdict, 0), {"modification"}) == "permitted");
  CHECK(contains(text_of(sealed), "La meva decisió: Sí, hi dono permís fins al dia"));
  CHECK(contains(text_of(sealed), "La meva decisió: Ara no ho sé."));
}

TEST_CASE("the reading view of a document says what its paper says, and reading it is an event") {
  World world;
  publish_notices(world);
  const std::string document = make(world, "data-consent", "ar");
  const auto visit = world.visit(ask(world, document, world.person("Núria Inventada Ficció")));
  const auto opened = must(app::read_visit(world.service(), visit));
  CHECK(*opened.find("request")->find("reading")->as_bool());
  const auto before = world.log_size();
  const std::string html = base::to_text(must(app::read_visit_reading_view(world.service(), visit)).bytes);
  CHECK(world.log_size() == before + 1);
  CHECK(html.starts_with("<article class=\"paper\" lang=\"ar\" dir=\"rtl\" data-template=\"data-consent/1\""));
  CHECK_FALSE(contains(html, "decision made"));
  const auto choices = choose_all(opened, {"informed", "object", "informed", "grant", "refuse"});
  must(app::choose(world.service(), visit, choices));
  const auto after = must(app::read_reading_view(world.service(), world.integrator(), document));
  CHECK(world.log_size() == before + 3);
  CHECK(after.media_type == "text/html; charset=utf-8");
  CHECK(after.file_name.ends_with(".html"));
  const std::string decided = base::to_text(after.bytes);
  std::size_t made = 0;
  for (std::size_t at = decided.find("decision made"); at != std::string::npos;
       at = decided.find("decision made", at + 1))
    ++made;
  CHECK(made == 5);
  // A document that a program stored has none.
  CHECK(reason(app::read_reading_view(world.service(), world.integrator(), world.document())) ==
        "document.no-reading-view");
  CHECK(reason(app::read_reading_view(world.service(), world.integrator(), "x")) == "document.unknown");
}

TEST_CASE("a template document says plainly what is wrong with it") {
  World world;
  publish_notices(world);
  const auto refused = [&](auto change) {
    app::NewTemplateDocument document = wanted(world, "data-consent", "ca");
    change(document);
    return reason(app::make_template_document(world.service(), world.integrator(), document, world.once()));
  };
  CHECK(refused([](auto&) {}).empty());
  CHECK(refused([](auto& d) { d.key = "nothing"; }) == "template.unknown");
  CHECK(refused([](auto& d) { d.version = 2; }) == "template.unknown");
  CHECK(refused([](auto& d) { d.language = "ca) /X"; }) == "template.field");
  CHECK(refused([](auto& d) { d.language = "fr"; }).empty());  // the nearest one, and the paper says so
  CHECK(refused([](auto& d) { d.fields = base::Json::object(); }) == "template.field");
  CHECK(refused([](auto& d) { d.items[0].item = "nothing"; }) == "template.item");
  CHECK(refused([](auto& d) { d.items[0].notice_version = 9; }) == "notice.unknown");
  CHECK(refused([](auto& d) { d.items[0].valid_until = "2020-01-01T00:00:00Z"; }) == "consent.no-term");
  CHECK(refused([](auto& d) { d.items.push_back(d.items[0]); }) == "template.item");
  CHECK(refused([](auto& d) { d.signers.clear(); }) == "template.signer");
  CHECK(refused([](auto& d) { d.signers[0].signer = "nobody"; }) == "template.signer");
  CHECK(refused([](auto& d) { d.signers[0].name = "Núria 😀"; }) == "layout.no-glyph");

  const std::string document = make(world, "work-plan");
  const std::string person = world.person();
  const auto asked = [&](auto change) {
    app::NewSignatureRequest request = ask(world, document, person);
    change(request);
    return reason(app::create_signature_request(world.service(), world.integrator(), request, world.once()));
  };
  CHECK(asked([&](auto& r) { r.items = world.wish(document, person).items; }) == "request.items-in-document");
  CHECK(asked([](auto& r) { r.signer = "nobody"; }) == "request.unknown-signer");
  CHECK(asked([](auto& r) { r.signer = "professional"; }).empty());
  CHECK(asked([](auto& r) { r.signer = "professional"; }) == "request.signer-taken");
  CHECK(asked([&](auto& r) { r.document_id = world.document(), r.signer = "person"; }) == "request.unknown-signer");
  CHECK(at(must(app::list_templates(world.service(), world.integrator())), {"templates"}).find("work-plan") !=
        std::string::npos);
}
