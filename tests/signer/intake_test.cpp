#include "signer/pdf/intake.h"

#include "support/child_process.h"
#include "support/sample_pdf.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

using namespace segell;
namespace pdf = signer::pdf;

pdf::IntakeFacts judge(const std::string& file) {
  const auto document = pdf::Document::open(pdf::borrow_source(base::as_bytes(file)));
  REQUIRE(document);
  const auto facts = pdf::check_intake(*document);
  REQUIRE(facts);
  return *facts;
}

bool refused_for(const pdf::IntakeFacts& facts, std::string_view id) {
  return facts.refused() && std::ranges::any_of(facts.findings, [id](const pdf::IntakeFinding& finding) {
           return finding.id == id && finding.refuses;
         });
}

pdf::IntakeFacts with_catalog(const std::string& entries) {
  return judge(tests::make_sample_pdf({.extra_catalog = entries}));
}

}  // namespace

TEST_CASE("a plain document is taken in, its fonts named") {
  for (const std::string& file : {tests::make_sample_pdf(), tests::with_object_streams(tests::make_sample_pdf())}) {
    const auto facts = judge(file);
    CHECK_FALSE(facts.refused());
    CHECK(facts.pages == 3);
    CHECK(facts.revisions == 1);
    CHECK(facts.standard_fonts_not_embedded == 1);
    CHECK_FALSE(facts.already_signed);
  }
}

TEST_CASE("what acts by itself is refused wherever it stands") {
  CHECK(refused_for(with_catalog("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"), "intake.javascript"));
  CHECK(refused_for(with_catalog("/Names << /JavaScript << /Names [(a) << /JS (x) >>] >> >>"), "intake.javascript"));
  CHECK(refused_for(with_catalog("/OpenAction << /S /Launch /F (calc) >>"), "intake.launch"));
  CHECK(refused_for(with_catalog("/AA << /WC << /S /GoTo /D [4 0 R /Fit] >> >>"), "intake.automatic-action"));
  const auto unreachable =
      tests::make_sample_pdf({.extra_objects = "1000 0 obj\n<< /S /Launch >>\nendobj\n", .extra_count = 1});
  CHECK(refused_for(judge(unreachable), "intake.launch"));
}

TEST_CASE("a document that opens at a page is taken in") {
  CHECK_FALSE(with_catalog("/OpenAction [4 0 R /Fit]").refused());
}

TEST_CASE("moving media and content from other files are refused") {
  for (const char* media : {"RichMedia", "Movie", "Sound", "Screen", "3D"}) {
    const std::string annotation = " /Annots [<< /Type /Annot /Subtype /" + std::string(media) + " /Rect [0 0 9 9] >>]";
    CHECK_MESSAGE(refused_for(judge(tests::make_sample_pdf({.annotations = annotation})), "intake.media"), media);
  }
  const auto external = tests::make_sample_pdf(
      {.extra_objects = "1000 0 obj\n<< /Length 0 /F (other.bin) >>\nstream\n\nendstream\nendobj\n", .extra_count = 1});
  CHECK(refused_for(judge(external), "intake.external-stream"));
}

TEST_CASE("content that is not always shown is refused, layers that are always shown are not") {
  CHECK(refused_for(with_catalog("/OCProperties << /OCGs [] >>"), "intake.hidden-content"));
  CHECK(refused_for(with_catalog("/OCProperties << /D << /OFF [9 0 R] >> >>"), "intake.hidden-content"));
  CHECK(refused_for(with_catalog("/OCProperties << /D << /BaseState /OFF >> >>"), "intake.hidden-content"));
  CHECK(refused_for(with_catalog("/OCProperties << /D << /AS [<< >>] >> >>"), "intake.hidden-content"));
  CHECK_FALSE(with_catalog("/OCProperties << /D << /ON [9 0 R] /OFF [] >> >>").refused());
}

TEST_CASE("an XFA form is refused") {
  CHECK(refused_for(with_catalog("/AcroForm << /Fields [] /XFA (x) >>"), "intake.xfa"));
}

TEST_CASE("an encrypted document is refused") {
  const tests::TemporaryFolder folder;
  tests::write_file(folder / "in.pdf", tests::make_sample_pdf());
  const auto done = tests::run(
      {"qpdf", "--encrypt", "", "owner", "256", "--", (folder / "in.pdf").string(), (folder / "out.pdf").string()});
  REQUIRE_MESSAGE(done.ok(), done.err);
  CHECK(refused_for(judge(tests::read_file(folder / "out.pdf")), "intake.encrypted"));
}

TEST_CASE("what had to be repaired, or has octets where none belong, is refused") {
  std::string damaged = tests::make_sample_pdf();
  damaged.replace(damaged.rfind("startxref"), 9, "startxxxx");
  CHECK(refused_for(judge(damaged), "intake.repaired"));
  CHECK(refused_for(judge(tests::make_sample_pdf() + "and more"), "pdf.trailing-bytes"));
  CHECK(refused_for(judge("x\n" + tests::make_sample_pdf()), "intake.repaired"));
}

TEST_CASE("a document whose author allows no change is refused") {
  const auto certified = tests::make_sample_pdf(
      {.extra_objects = "1000 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange "
                        "[0 1 2 3] /Contents <00> /Reference [<< /TransformMethod /DocMDP /TransformParams << /P 1 >> "
                        ">>] >>\nendobj\n",
       .extra_count = 1});
  const auto facts = judge(certified);
  CHECK(facts.already_signed);
  CHECK(facts.certified == 1);
  CHECK(refused_for(facts, "intake.certified"));
}
