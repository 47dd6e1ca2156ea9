#include "signer/pdf/choice_fields.h"

#include "layout/typesetter.h"
#include "signer/pdf/changes.h"
#include "signer/pdf/fields.h"
#include "signer/pdf/fill_in.h"
#include "signer/pdf/signature_revision.h"
#include "support/child_process.h"
#include "support/pdf_oracles.h"
#include "support/sample_papers.h"
#include "support/sample_pdf.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace segell;
using namespace segell::tests;
namespace pdf = segell::signer::pdf;

namespace {

const layout::Typesetter& typesetter() {
  static const layout::Typesetter kTypesetter = layout::Typesetter::load("/usr/share/fonts/truetype/noto").value();
  return kTypesetter;
}

layout::Paper lay_out(const templates::Tree& tree) {
  return typesetter().lay_out_paper(tree, {.created = base::parse_rfc3339("2026-11-20T09:14:07Z").value()}).value();
}

pdf::Document open(const base::Bytes& bytes) { return pdf::Document::open_strict(pdf::borrow_source(bytes)).value(); }

pdf::NewField field_of(const layout::PaperBox& box) {
  return {
      box.field, box.label, box.page, {box.left, box.bottom, box.left + box.width, box.bottom + box.height}, box.form};
}

pdf::NewFields fields_of(const layout::Paper& paper) {
  pdf::NewFields fields;
  for (const auto& choice : paper.choices) {
    pdf::NewChoice made{field_of(choice.box), {}};
    for (const auto& state : choice.states) made.states.push_back({state.name, state.appearance});
    fields.choices.push_back(std::move(made));
  }
  for (const auto& box : paper.signatures) fields.signatures.push_back(field_of(box));
  return fields;
}

std::vector<pdf::FillInField> fill_in_fields(const layout::Paper& paper) {
  std::vector<pdf::FillInField> fields;
  for (const auto& choice : paper.choices) {
    pdf::FillInField field{choice.box.field, "item:" + choice.box.field, {}};
    for (const auto& state : choice.states)
      if (state.name != "Off") field.choices.push_back({state.name == "inform" ? "informed" : state.name, state.name});
    fields.push_back(std::move(field));
  }
  return fields;
}

base::Bytes joined(base::Bytes first, const base::Bytes& second) {
  base::append(first, second);
  return first;
}

/// A template as a document with its fields.
base::Bytes born(const layout::Paper& paper) {
  const auto pages = open(paper.pdf);
  const auto appearances = open(paper.appearances);
  return joined(paper.pdf, pdf::append_choice_fields(pages, &appearances, fields_of(paper)).value().bytes);
}

std::string text_of(const base::Bytes& bytes) {
  const TemporaryFolder folder;
  write_file(folder / "paper.pdf", base::as_text(bytes));
  const auto result = run({"pdftotext", "-layout", (folder / "paper.pdf").string(), "-"});
  REQUIRE_MESSAGE(result.ok(), result.all());
  return result.out;
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t times = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
  return times;
}

/// The i-th choice of every item, the last one where there are fewer.
pdf::FillInChoices choose(const pdf::FillInRecipe& recipe, std::size_t i) {
  pdf::FillInChoices choices;
  for (const auto& slot : recipe.slots) choices[slot.item] = slot.choices[std::min(i, slot.choices.size() - 1)].choice;
  return choices;
}

template <class T>
std::string reason(const base::Result<T>& result) {
  return result ? std::string("done") : std::string(result.error().reason);
}

}  // namespace

TEST_CASE("a template is born with a field for each choice, undecided, and an empty place for each signer") {
  const auto paper = lay_out(sample_tree("data-consent", "ca"));
  const base::Bytes whole = born(paper);
  CHECK(qpdf_complaints(std::string(base::as_text(whole))) == "");
  const auto document = open(whole);
  const auto form = pdf::read_form(document).value();
  REQUIRE(form.fields.size() == 6);
  CHECK(form.sig_flags == 3);
  for (const auto& field : form.fields) {
    CHECK(field.widgets.size() == 1);
    const auto* dictionary = field.object.as_dictionary();
    REQUIRE(dictionary != nullptr);
    CHECK(dictionary->has("TU"));
    CHECK(dictionary->has("StructParent"));
    if (field.is_signature()) {
      CHECK(field.is_empty());
    } else {
      CHECK(field.type == "Btn");
      CHECK(*dictionary->name("V") == "Off");
      CHECK(*dictionary->name("AS") == "Off");
      CHECK((*dictionary->integer("Ff") & 1) == 1);
    }
  }
  CHECK(count(text_of(whole), "La meva decisió: encara no decidit") == 5);
  // Outside programs reach every field from its place in the structure.
  const TemporaryFolder folder;
  write_file(folder / "paper.pdf", base::as_text(whole));
  const auto structure = run({"pdfinfo", "-struct", (folder / "paper.pdf").string()});
  CHECK(count(structure.out, "Form") == 6);
  CHECK(count(structure.out, "Object ") == 6);
}

TEST_CASE("one revision puts the choices in and touches nothing else") {
  const auto paper = lay_out(sample_tree("data-consent", "ca"));
  const base::Bytes whole = born(paper);
  const auto document = open(whole);
  const auto recipe = pdf::make_fill_in(document, fill_in_fields(paper)).value();
  CHECK(recipe.base_length == whole.size());
  CHECK(recipe.base_sha256 == base::sha256(whole));
  CHECK(pdf::make_fill_in(document, fill_in_fields(paper)).value().append == recipe.append);
  std::vector<std::size_t> sizes;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto added = pdf::fill_in(recipe, choose(recipe, i)).value();
    sizes.push_back(added.size());
    const base::Bytes filled = joined(whole, added);
    CHECK(qpdf_complaints(std::string(base::as_text(filled))) == "");
    const auto after = open(filled);
    const auto changes = pdf::changes_after(after, after.latest() - 1).value();
    REQUIRE(changes.size() == 1);
    CHECK(changes[0].changes.size() == 5);
    for (const auto& change : changes[0].changes) CHECK(change.kind == pdf::ChangeKind::form_filling);
    const std::string text = text_of(filled);
    CHECK(count(text, "encara no decidit") == 0);
    const char* const wanted[] = {"La meva decisió: Sí, hi dono permís fins al dia 1 d'abril de 2027.",
                                  "La meva decisió: No hi dono permís.", "La meva decisió: Ara no ho sé."};
    CHECK(count(text, wanted[i]) == 2);
    CHECK(count(text, i == 0 ? "La meva decisió: Me n'han informat." : "La meva decisió: No vull que ho consulteu.") ==
          3);
    // A signer's own place is used, and the field of the choice stays as it is.
    pdf::SignatureSpec spec;
    spec.place = pdf::ExistingField{"signature-person"};
    CHECK(pdf::prepare_signature(after, spec));
  }
  CHECK(sizes == std::vector<std::size_t>(3, sizes[0]));
}

TEST_CASE("a choice is drawn into its box") {
  const auto paper = lay_out(sample_tree("minor-activity", "en"));
  const base::Bytes whole = born(paper);
  const auto recipe = pdf::make_fill_in(open(whole), fill_in_fields(paper)).value();
  const base::Bytes filled = joined(whole, pdf::fill_in(recipe, choose(recipe, 1)).value());
  const auto& box = paper.choices[0].box;
  const auto ink = [&](const base::Bytes& bytes) {
    const Rendering page = render(std::string(base::as_text(bytes)), static_cast<int>(box.page) + 1, 72);
    std::size_t dark = 0;
    for (int x = static_cast<int>(box.left) + 3; x < static_cast<int>(box.left + box.width) - 3; ++x)
      for (int y = static_cast<int>(842 - box.bottom - box.height) + 3; y < static_cast<int>(842 - box.bottom) - 3; ++y)
        dark += page.at(x, y) < 128 ? 1 : 0;
    return dark;
  };
  CHECK(ink(paper.pdf) == 0);
  CHECK(ink(whole) > 50);
  CHECK(ink(filled) > 50);
  CHECK(ink(filled) != ink(whole));
}

TEST_CASE("pages with fields behind a document that another program made") {
  const auto paper = lay_out(sample_tree("minor-activity", "ca"));
  const auto pages = open(paper.pdf);
  const auto appearances = open(paper.appearances);
  SamplePdf with_form;
  with_form.extra_catalog = "/AcroForm << /Fields [1000 0 R] /DR << >> >>";
  with_form.extra_objects = "1000 0 obj\n<< /FT /Tx /T (theirs) >>\nendobj\n";
  with_form.extra_count = 1;
  for (const std::string& foreign :
       {make_sample_pdf(), with_object_streams(make_sample_pdf()), make_sample_pdf(with_form)}) {
    const base::Bytes original = base::to_bytes(foreign);
    const auto base_document = open(original);
    const auto added = pdf::append_pages_with_fields(base_document, pages, &appearances, fields_of(paper));
    REQUIRE_MESSAGE(added, (added ? "" : added.error().message));
    const base::Bytes whole = joined(original, added->bytes);
    CHECK(qpdf_complaints(std::string(base::as_text(whole))) == "");
    const auto document = open(whole);
    CHECK(pdf::page_count(document, document.latest()).value() == 3 + paper.pages);
    CHECK(pdf::read_form(document).value().fields.size() >= 6);
    const auto recipe = pdf::make_fill_in(document, fill_in_fields(paper)).value();
    const base::Bytes filled = joined(whole, pdf::fill_in(recipe, choose(recipe, 0)).value());
    CHECK(qpdf_complaints(std::string(base::as_text(filled))) == "");
    CHECK(count(text_of(filled), "La meva decisió: Sí, hi dono permís") == 4);
    // Not tagged, and it stays so.
    CHECK_FALSE(document.catalog()->as_dictionary()->has("StructTreeRoot"));
    CHECK(reason(pdf::append_pages_with_fields(document, pages, &appearances, fields_of(paper))) == "pdf.field-exists");
  }
}

TEST_CASE("a tagged document goes on in its structure") {
  const auto theirs = lay_out(sample_tree("work-plan", "en"));
  const auto paper = lay_out(sample_tree("minor-activity", "ca"));
  const auto pages = open(paper.pdf);
  const auto appearances = open(paper.appearances);
  // Once with a parent tree of one node, once with one of several.
  for (const bool born_first : {false, true}) {
    const base::Bytes original =
        born_first ? joined(theirs.pdf,
                            pdf::append_choice_fields(open(theirs.pdf), nullptr, {{}, fields_of(theirs).signatures})
                                .value()
                                .bytes)
                   : theirs.pdf;
    pdf::NewFields fields = fields_of(paper);
    fields.signatures.clear();
    const base::Bytes whole =
        joined(original, pdf::append_pages_with_fields(open(original), pages, &appearances, fields).value().bytes);
    CHECK(qpdf_complaints(std::string(base::as_text(whole))) == "");
    const TemporaryFolder folder;
    const std::string file = (folder / "paper.pdf").string();
    write_file(folder / "paper.pdf", base::as_text(whole));
    const auto words = run({"pdfinfo", "-struct-text", file});
    CHECK(count(words.out, "Part") == 1);
    CHECK(count(words.out, "\"Work plan\"") == 1);
    CHECK(count(words.out, "\"Imatges\"") == 1);
    const auto node = run({"node", SEGELL_SOURCE_DIR "/tests/node/paper_text.mjs", file});
    REQUIRE_MESSAGE(node.ok(), node.all());
    CHECK(count(node.out, "Work plan\n") == 1);
    CHECK(count(node.out, "Imatges\n") == 1);
    const auto elements = run({"pdfinfo", "-struct", file});
    CHECK(count(elements.out, "Object ") == 4 + (born_first ? 2 : 0));
  }
}

TEST_CASE("what is no field of choices is refused by name") {
  const auto paper = lay_out(sample_tree("data-consent", "ca"));
  const auto pages = open(paper.pdf);
  const auto appearances = open(paper.appearances);
  const auto with = [&](auto change) {
    pdf::NewFields fields = fields_of(paper);
    change(fields);
    return reason(pdf::append_choice_fields(pages, &appearances, fields));
  };
  CHECK(with([](auto&) {}) == "done");
  CHECK(with([](auto& f) { f.choices[0].field.name = ""; }) == "pdf.field-name");
  CHECK(with([](auto& f) { f.choices[0].field.name = "a.b"; }) == "pdf.field-name");
  CHECK(with([](auto& f) { f.choices[1].field.name = f.choices[0].field.name; }) == "pdf.field-exists");
  CHECK(with([](auto& f) { f.choices[0].states.erase(f.choices[0].states.begin()); }) == "pdf.choice-states");
  CHECK(with([](auto& f) { f.choices[0].states.resize(1); }) == "pdf.choice-states");
  CHECK(with([](auto& f) { f.choices[0].states[1].name = "Gra nt"; }) == "pdf.choice-states");
  CHECK(with([](auto& f) { f.choices[0].states[1].appearance = 999; }) == "pdf.no-such-page");
  CHECK(with([](auto& f) { f.choices[0].field.page = 99; }) == "pdf.no-such-page");
  CHECK(with([](auto& f) { f.choices[0].field.rect.right = 5000; }) == "pdf.rect");
  CHECK(with([](auto& f) { f.choices[0].field.form = 99; }) == "pdf.structure");
  CHECK(reason(pdf::append_choice_fields(pages, nullptr, fields_of(paper))) == "pdf.choice-states");

  const base::Bytes whole = born(paper);
  const auto document = open(whole);
  const auto fill = [&](auto change) {
    auto fields = fill_in_fields(paper);
    change(fields);
    return reason(pdf::make_fill_in(document, fields));
  };
  CHECK(fill([](auto&) {}) == "done");
  CHECK(fill([](auto& f) { f[0].field = "nobody's"; }) == "pdf.no-such-field");
  CHECK(fill([](auto& f) { f[0].field = "signature-person"; }) == "pdf.choice-states");
  CHECK(fill([](auto& f) { f[0].choices.push_back({"maybe", "maybe"}); }) == "pdf.choice-states");
  CHECK(fill([](auto& f) { f[0].choices[0].state = "Off"; }) == "pdf.choice-states");
  CHECK(fill([](auto& f) { f[0].choices.clear(); }) == "pdf.choice-states");
  CHECK(pdf::make_fill_in(document, {})->append.empty());
}

TEST_CASE("choices that do not fit the recipe make nothing") {
  const auto paper = lay_out(sample_tree("data-consent", "ca"));
  const base::Bytes whole = born(paper);
  const auto recipe = pdf::make_fill_in(open(whole), fill_in_fields(paper)).value();
  auto choices = choose(recipe, 0);
  choices.erase(choices.begin());
  CHECK(reason(pdf::fill_in(recipe, choices)) == "fill-in.missing");
  choices = choose(recipe, 0);
  choices["another"] = "grant";
  CHECK(reason(pdf::fill_in(recipe, choices)) == "fill-in.unknown");
  choices = choose(recipe, 0);
  choices.begin()->second = "withdraw";
  CHECK(reason(pdf::fill_in(recipe, choices)) == "fill-in.not-offered");
}
