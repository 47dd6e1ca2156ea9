#include "signer/pdf_text.h"
#include "support/child_process.h"
#include "support/sample_pdf.h"

#include "signer/pdf/fields.h"
#include "signer/pdf/pages.h"

#include <doctest/doctest.h>

// Fields with what they inherit, pages with what they inherit (ISO 32000-1, 7.7.3.4 and 12.7.3).

namespace {

using namespace segell;
using tests::PdfText;
namespace pdf = signer::pdf;

pdf::Document opened(const std::string& text) {
  auto document = pdf::Document::open_strict(tests::as_file(text));
  REQUIRE_MESSAGE(document, document.error().message);
  return *std::move(document);
}

// Fields from object 10 on.
pdf::Document with_fields(const std::string& form, const std::map<int, std::string>& objects) {
  PdfText file;
  file.catalog_and_page("/AcroForm << " + form + " >>");
  for (const auto& [number, body] : objects) file.object(number, body);
  return opened(file.table().text);
}

std::string form_refusal(const std::string& form, const std::map<int, std::string>& objects) {
  const auto read = pdf::read_form(with_fields(form, objects));
  return read ? "" : std::string(read.error().reason);
}

// One page with these entries under a tree node with those.
base::Result<pdf::Page> page(const std::string& own, const std::string& node = "/MediaBox [0 0 300 400]") {
  PdfText file;
  file.object(1, "<< /Type /Catalog /Pages 2 0 R >>");
  file.object(2, "<< /Type /Pages /Kids [4 0 R] /Count 1 /Resources << /Top true >> /Rotate 90 >>");
  file.object(4, "<< /Type /Pages /Parent 2 0 R /Kids [3 0 R] /Count 1 " + node + " >>");
  file.object(3, "<< /Type /Page /Parent 4 0 R " + own + " >>");
  file.object(5, "90").object(6, "[0 0 7 0 R 50]").object(7, "40");
  return pdf::load_page(opened(file.table().text), 0);
}

std::string tree_refusal(const std::map<int, std::string>& objects) {
  PdfText file;
  file.catalog_and_page();
  for (const auto& [number, body] : objects) file.object(number, body);
  const auto count = pdf::page_count(opened(file.table().text), 0);
  return count ? std::to_string(*count) : std::string(count.error().reason);
}

}  // namespace

TEST_CASE("fields carry their full names, types, values, widgets and locks") {
  const auto document = with_fields(
      "/SigFlags 3 /Fields [10 0 R 13 0 R 15 0 R]",
      {{10, "<< /T (person) /FT /Tx /Kids [11 0 R 12 0 R] /V (inherited) >>"},
       {11, "<< /T (name) /Parent 10 0 R /V (Aina) /Subtype /Widget >>"},
       {12, "<< /T (\xFE\xFF\x20\xAC) /Parent 10 0 R /FT /Btn >>"},
       {13, "<< /T (signature) /FT /Sig /Kids [14 0 R] /Lock << /Action /Include /Fields [(person.name)] /P 2 >> >>"},
       {14, "<< /Subtype /Widget /Parent 13 0 R >>"},
       {15, "<< /T (signed) /FT /Sig /Subtype /Widget /V 77 0 R >>"}});
  const auto form = pdf::read_form(document);
  REQUIRE(form);
  CHECK(form->present);
  CHECK(form->sig_flags == 3);
  REQUIRE(form->fields.size() == 4);
  CHECK(form->fields[0].name == "person.name");
  CHECK(form->fields[0].type == "Tx");
  CHECK(form->fields[0].value.as_string()->octets == "Aina");
  CHECK(form->fields[0].widgets == std::vector<pdf::Ref>{{11, 0}});
  CHECK(form->fields[1].name == "person.\xE2\x82\xAC");
  CHECK(form->fields[1].type == "Btn");
  CHECK(form->fields[1].value.as_string()->octets == "inherited");
  CHECK(form->fields[2].widgets == std::vector<pdf::Ref>{{14, 0}});
  CHECK(form->fields[2].is_empty());
  REQUIRE(form->fields[2].lock);
  CHECK(form->fields[2].lock->permission == 2);
  CHECK(form->fields[2].lock->locks("person.name"));
  CHECK_FALSE(form->fields[2].lock->locks("person"));
  CHECK(form->fields[3].is_empty());  // its value is not defined
}

TEST_CASE("a lock compares whole parts of names") {
  pdf::FieldLock lock{pdf::FieldLock::Action::include, {"Signature 1", "a.b"}, 0};
  CHECK(lock.locks("Signature 1"));
  CHECK(lock.locks("Signature 1.date"));
  CHECK_FALSE(lock.locks("Signature 10"));
  CHECK(lock.locks("a.b.c"));
  CHECK_FALSE(lock.locks("a.bc"));
  lock.action = pdf::FieldLock::Action::exclude;
  CHECK_FALSE(lock.locks("a.b"));
  CHECK(lock.locks("Signature 10"));
  lock.action = pdf::FieldLock::Action::all;
  CHECK(lock.locks("a.b"));
}

TEST_CASE("field trees that are no trees are refused, gaps in them are not") {
  CHECK(form_refusal("/Fields [10 0 R]", {{10, "<< /T (a) /Kids [10 0 R] >>"}}) == "pdf.field-tree");
  CHECK(form_refusal("/Fields [10 0 R 10 0 R]", {{10, "<< /T (a) >>"}}) == "pdf.field-tree");
  CHECK(form_refusal("/Fields [10 0 R]", {{10, "<< /T (a) /Kids [11 0 R] >>"}, {11, "<< /T (b) /Kids [10 0 R] >>"}}) ==
        "pdf.field-tree");
  CHECK(form_refusal("/Fields [(a)]", {}) == "pdf.field-tree");
  CHECK(form_refusal("/Fields [10 0 R]", {{10, "12"}}) == "pdf.field-tree");
  CHECK(form_refusal("/Fields [10 0 R]", {{10, "<< /T (a) /Kids [12] >>"}}) == "pdf.field-tree");
  std::map<int, std::string> deep;
  for (int i = 10; i < 90; ++i) deep[i] = "<< /T (a) /Kids [" + std::to_string(i + 1) + " 0 R] >>";
  CHECK(form_refusal("/Fields [10 0 R]", deep) == "pdf.field-tree");
  CHECK(form_refusal("/Fields [77 0 R]", {}).empty());
  CHECK(form_refusal("/Fields null", {}).empty());
  CHECK(pdf::read_form(opened(PdfText().catalog_and_page("/AcroForm 77 0 R").table().text))->present == false);
  CHECK_FALSE(pdf::read_form(opened(PdfText().catalog_and_page("/AcroForm [1]").table().text)));
}

TEST_CASE("a page inherits what it does not say, from the nearest that does") {
  const auto inherited = page("");
  REQUIRE(inherited);
  CHECK(inherited->media_box == pdf::Rect{0, 0, 300, 400});
  CHECK(inherited->rotate == 90);
  CHECK(inherited->shown_width() == 400);
  CHECK(*inherited->resources.as_dictionary()->find("Top")->as_bool());
  const auto own =
      page("/MediaBox [10 20 110 220] /Rotate -90 /Resources << /Own 1 >> /CropBox [0 0 60 100] /UserUnit 2");
  REQUIRE(own);
  CHECK(own->media_box == pdf::Rect{10, 20, 110, 220});
  CHECK(own->crop_box == pdf::Rect{10, 20, 60, 100});
  CHECK(own->rotate == 270);
  CHECK(own->shown_width() == 160);
  CHECK(own->resources.as_dictionary()->has("Own"));
  CHECK(page("/MediaBox 6 0 R /Rotate 5 0 R")->media_box == pdf::Rect{0, 0, 40, 50});
  CHECK(page("/MediaBox [300 400 0 0]")->media_box == pdf::Rect{0, 0, 300, 400});
  CHECK(page("/CropBox [900 900 990 990]")->crop_box == pdf::Rect{0, 0, 300, 400});
}

TEST_CASE("pages without a sane box or rotation are refused") {
  CHECK_FALSE(page("", ""));
  CHECK(page("/Rotate 45").error().reason == "pdf.page");
  for (const char* box : {"[0 0 1]", "[0 0 (a) 1]", "12", "[0 0 1e9 1]", "[0 0 99999999999 1]", "[0 0 null 1]"}) {
    CAPTURE(box);
    CHECK_FALSE(page("/MediaBox " + std::string(box)));
  }
}

TEST_CASE("upright places and user space are each other's inverse on every rotated page") {
  for (const int turn : {0, 90, 180, 270, 360, -90}) {
    const auto turned = page("/MediaBox [10 20 310 420] /UserUnit 1.5 /Rotate " + std::to_string(turn));
    REQUIRE(turned);
    const pdf::Rect upright{30, 45, 120, 90};
    const pdf::Rect user = turned->to_user_space(upright);
    CAPTURE(turn);
    CHECK(user.left >= 10);
    CHECK(user.top <= 420);
    CHECK(user.width() * user.height() == doctest::Approx(upright.width() * upright.height() / 2.25));
    const pdf::Rect back = turned->to_upright(user);
    CHECK(back.left == doctest::Approx(upright.left));
    CHECK(back.top == doctest::Approx(upright.top));
  }
}

TEST_CASE("page trees that are no trees are refused; a stated count is not believed") {
  CHECK(tree_refusal({}) == "1");
  CHECK(tree_refusal({{2, "<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>"}}) == "pdf.page-tree");
  CHECK(tree_refusal({{2, "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}}) == "pdf.page-tree");
  CHECK(tree_refusal({{2, "<< /Type /Pages /Kids [77 0 R] /Count 1 >>"}}) == "pdf.page-tree");
  CHECK(tree_refusal({{2, "<< /Type /Pages /Kids 12 /Count 1 >>"}}) == "pdf.page-tree");
  CHECK(tree_refusal({{2, "<< /Type /Pages /Kids [<< /Type /Page >>] /Count 1 >>"}}) == "pdf.page-tree");
  CHECK(tree_refusal({{1, "<< /Type /Catalog >>"}}) == "pdf.page-tree");
  CHECK(tree_refusal({{2, "<< /Type /Pages /Kids [3 0 R] /Count 999999 >>"}}) == "1");
  CHECK(tree_refusal({{2, "<< /Type /Pages /Kids [] /Count 3 >>"}}) == "0");
}

TEST_CASE("pages stand in qpdf's order") {
  for (const std::string& file :
       {tests::make_sample_pdf({.pages = 12}), tests::with_object_streams(tests::make_sample_pdf({.pages = 7}))}) {
    const tests::TemporaryFolder folder;
    tests::write_file(folder / "a.pdf", file);
    const auto said = tests::run({"qpdf", "--json=1", "--json-key=pages", (folder / "a.pdf").string()});
    REQUIRE_MESSAGE(said.ok(), said.err);
    std::vector<std::string> theirs, ours;
    for (std::size_t at = said.out.find("\"object\": \""); at != std::string::npos;
         at = said.out.find("\"object\": \"", at + 1))
      theirs.push_back(said.out.substr(at + 11, said.out.find('"', at + 11) - at - 11));
    const auto document = opened(file);
    const auto refs = pdf::page_refs(document, 0);
    REQUIRE(refs);
    for (const pdf::Ref ref : *refs) ours.push_back(pdf::to_string(ref) + " R");
    CHECK(ours.size() > 6);
    CHECK(ours == theirs);
  }
}
