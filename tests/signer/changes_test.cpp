#include "signer/pdf/changes.h"

#include "support/sample_pdf.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <map>

namespace {

using namespace segell;
namespace pdf = signer::pdf;
using pdf::ChangeKind;
using Objects = std::map<int, std::string>;

// The sample's objects: 1 catalog, 2 pages, 3 font, 4 and 5 the first page and its content.
constexpr const char* kPage =
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate 0 /Resources << /Font << /F1 3 0 R >> >> /Contents 5 "
    "0 R";
constexpr const char* kCatalog = "<< /Type /Catalog /Pages 2 0 R ";
constexpr const char* kStart = "startxref\n";

// One more revision with these objects, "" for a freed one.
std::string update(const std::string& file, const Objects& objects) {
  std::string out = file, entries;
  for (const auto& [number, body] : objects) {
    char line[64];
    std::snprintf(line, sizeof line, "%d 1\n%010zu 00000 %c \n", number, body.empty() ? 0 : out.size(),
                  body.empty() ? 'f' : 'n');
    entries += line;
    if (!body.empty()) out += std::to_string(number) + " 0 obj\n" + body + "\nendobj\n";
  }
  const auto previous = file.rfind(kStart) + 10;
  const std::string table = std::to_string(out.size());
  out += "xref\n" + entries + "trailer\n<< /Size 100 /Root 1 0 R /Prev " +
         file.substr(previous, file.find('\n', previous) - previous) + " >>\n" + kStart + table + "\n%%EOF\n";
  return out;
}

std::vector<pdf::RevisionChanges> changes(const std::string& file) {
  const auto document = pdf::Document::open_strict(pdf::borrow_source(base::as_bytes(file)));
  REQUIRE(document);
  auto out = pdf::changes_after(*document, 0);
  REQUIRE(out);
  return *out;
}

// Of the last revision.
bool holds(const std::string& file, ChangeKind kind) {
  const auto all = changes(file);
  REQUIRE_FALSE(all.empty());
  return std::ranges::any_of(all.back().changes, [kind](const pdf::Change& change) { return change.kind == kind; });
}
bool only_signing(const std::string& file) {
  const auto all = changes(file);
  REQUIRE_FALSE(all.empty());
  return std::ranges::all_of(all, &pdf::RevisionChanges::only_signing);
}

std::string stream(const std::string& octets) {
  return "<< /Length " + std::to_string(octets.size()) + " >>\nstream\n" + octets + "\nendstream";
}

std::string widget(const std::string& type, const std::string& name, const std::string& rest) {
  return "<< /Type /Annot /Subtype /Widget /FT /" + type + " /T (" + name + ") /P 4 0 R /Rect [0 0 0 0] " + rest +
         " >>";
}

const std::string kSignature =
    "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 1 2 3] /Contents <00> >>";

std::string sign_once(const std::string& file) {
  return update(file, {{1, std::string(kCatalog) + "/AcroForm 82 0 R >>"},
                       {4, std::string(kPage) + " /Annots [81 0 R] >>"},
                       {80, kSignature},
                       {81, widget("Sig", "One", "/V 80 0 R")},
                       {82, "<< /Fields [81 0 R] /SigFlags 3 >>"}});
}

std::string sign_twice(const std::string& file) {
  return update(sign_once(file), {{4, std::string(kPage) + " /Annots [81 0 R 84 0 R] >>"},
                                  {82, "<< /Fields [81 0 R 84 0 R] /SigFlags 3 >>"},
                                  {83, kSignature},
                                  {84, widget("Sig", "Two", "/V 83 0 R")}});
}

}  // namespace

TEST_CASE("a first signature, a second one and a security store are plain signing") {
  const std::string one = sign_once(tests::make_sample_pdf());
  CHECK(only_signing(one));
  CHECK(holds(one, ChangeKind::signature));
  const std::string two = sign_twice(tests::make_sample_pdf());
  CHECK(only_signing(two));
  const std::string stored = update(two, {{1, std::string(kCatalog) + "/AcroForm 82 0 R /DSS 85 0 R >>"},
                                          {85, "<< /Type /DSS /Certs [86 0 R] >>"},
                                          {86, stream("certificate")}});
  CHECK(only_signing(stored));
  CHECK(holds(stored, ChangeKind::security_store));
}

TEST_CASE("an object written again with the same octets is no change") {
  const auto all = changes(update(tests::make_sample_pdf(), {{1, std::string(kCatalog) + " >>"}}));
  REQUIRE(all.size() == 1);
  CHECK(all[0].changes.empty());
}

TEST_CASE("a page's content is never replaced in the name of signing") {
  const std::string signed_file = sign_once(tests::make_sample_pdf());
  const std::string replaced = update(signed_file, {{5, stream("BT /F1 18 Tf (another text) Tj ET")}});
  CHECK_FALSE(only_signing(replaced));
  CHECK(holds(replaced, ChangeKind::page_content));
  const std::string page =
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate 0 /Resources << /Font << /F1 3 "
      "0 R >> >> /Contents 90 0 R /Annots [81 0 R] >>";
  const std::string redirected = update(signed_file, {{4, page}, {90, stream("BT (another text) Tj ET")}});
  CHECK_FALSE(only_signing(redirected));
  const auto all = changes(redirected);
  CHECK(std::ranges::any_of(all.back().changes,
                            [](const pdf::Change& change) { return change.words == "page 1: content replaced"; }));
}

TEST_CASE("an annotation added to a page is an annotation, not signing") {
  const std::string note = "<< /Type /Annot /Subtype /FreeText /Rect [0 0 500 500] /Contents (covers) >>";
  const std::string file = update(sign_once(tests::make_sample_pdf()),
                                  {{4, std::string(kPage) + " /Annots [81 0 R 90 0 R] >>"}, {90, note}});
  CHECK_FALSE(only_signing(file));
  CHECK(holds(file, ChangeKind::annotation));
}

TEST_CASE("an action that the catalog gains is never explained") {
  const std::string file =
      update(sign_once(tests::make_sample_pdf()),
             {{1, std::string(kCatalog) + "/AcroForm 82 0 R /OpenAction << /S /JavaScript /JS (x) >> >>"}});
  CHECK(holds(file, ChangeKind::structure));
}

TEST_CASE("a font replaced after signing is never explained") {
  const std::string file =
      update(sign_once(tests::make_sample_pdf()), {{3, "<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>"}});
  CHECK(holds(file, ChangeKind::page_content));
}

TEST_CASE("a freed object is never explained") {
  CHECK(holds(update(sign_once(tests::make_sample_pdf()), {{5, ""}}), ChangeKind::page_content));
}

TEST_CASE("a form field filled in is form filling; its other entries may not change") {
  const std::string empty =
      tests::make_sample_pdf({.extra_catalog = "/AcroForm << /Fields [1000 0 R] >>",
                              .extra_objects = "1000 0 obj\n" + widget("Tx", "name", "") + "\nendobj\n",
                              .extra_count = 1});
  const std::string filled = update(empty, {{1000, widget("Tx", "name", "/V (Aina)")}});
  CHECK_FALSE(only_signing(filled));
  CHECK(holds(filled, ChangeKind::form_filling));
  CHECK(holds(update(empty, {{1000, widget("Tx", "other", "")}}), ChangeKind::structure));
}

TEST_CASE("a signature that changes the page beside adding its field is seen through") {
  const std::string file =
      update(tests::make_sample_pdf(), {{1, std::string(kCatalog) + "/AcroForm 82 0 R >>"},
                                        {4, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Annots [81 0 R] >>"},
                                        {80, kSignature},
                                        {81, widget("Sig", "One", "/V 80 0 R")},
                                        {82, "<< /Fields [81 0 R] /SigFlags 3 >>"}});
  CHECK_FALSE(only_signing(file));
}
