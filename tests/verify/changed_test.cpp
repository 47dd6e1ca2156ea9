#include "verify/changed.h"

#include <doctest/doctest.h>

#include <array>

// What may follow a signature and what may not: each attack beside the legal twin that it pretends to be.

namespace {

using namespace segell;
using namespace segell::tests;
using namespace segell::signer::ades;
using Objects = Paper::Objects;

struct Row {
  const char* name;
  std::function<void(Paper&)> edit;
  Expected approved, form, comments;  // behind an approval signature, a certification with P 2, one with P 3
};

std::string annotation(const std::string& kind, const std::string& rest = {}) {
  return "<< /Type /Annot /Subtype /" + kind + " /Rect [60 700 400 740] /Contents (x) " + rest + " >>";
}

// The same page with one annotation more.
Objects annotated(const Paper& paper, const std::string& body) {
  return {{4, paper.edited(4, "/Annots [", "/Annots [60 0 R ")}, {60, body}};
}

const std::vector<Row>& rows() {
  static const std::vector<Row> kRows = {
      // plain signing and what writers do beside it
      {"a second signature in an empty field", [](Paper& p) { p.sign({.field = 42}); }, kPasses, kPasses, kPasses},
      {"a second and a third signature", [](Paper& p) { p.sign({.field = 42}).sign({.field = 41}); }, kPasses, kPasses,
       kPasses},
      {"a security store",
       [](Paper& p) {
         p.save({{1, p.edited(1, "/Pages", "/DSS 60 0 R /Pages")},
                 {60, "<< /Type /DSS /Certs [61 0 R] >>"},
                 {61, Paper::stream("certificate")}});
       },
       kPasses, kPasses, kPasses},
      {"objects written again with equal values",
       [](Paper& p) {
         p.save({{1, p.body(1)}, {4, p.body(4)}, {5, p.body(5)}, {3, p.body(3)}});
       },
       kPasses, kPasses, kPasses},
      {"the form moved into the catalog",
       [](Paper& p) {
         p.save({{1, p.edited(1, "8 0 R", p.body(8))}, {8, ""}});
       },
       kPasses, kPasses, kPasses},
      {"the list of annotations moved into an object of its own",
       [](Paper& p) {
         const std::string page = p.body(4);
         const auto at = page.find("[12 0 R");
         const std::string list = page.substr(at, page.find(']', at) + 1 - at);
         p.save({{4, p.edited(4, list, "60 0 R")}, {60, list}});
       },
       kPasses, kPasses, kPasses},
      {"an object that nothing leads to",
       [](Paper& p) {
         p.save({{60, "<< /Nobody (reads this) >>"}});
       },
       kPasses, kPasses, kPasses},
      {"metadata renewed while signing",
       [](Paper& p) {
         p.sign({.field = 42,
                 .also = {{1, p.edited(1, "/Pages", "/Metadata 60 0 R /Pages")},
                          {60, Paper::stream("<x/>", "/Type /Metadata /Subtype /XML")}}});
       },
       kPasses, kPasses, kPasses},
      {"metadata alone",
       [](Paper& p) {
         p.save({{1, p.edited(1, "/Pages", "/Metadata 60 0 R /Pages")},
                 {60, Paper::stream("<x/>", "/Type /Metadata /Subtype /XML")}});
       },
       kSuspicious, kSuspicious, kSuspicious},

      // filling in
      {"a text field filled in", [](Paper& p) { p.save(kFilledName); }, kSuspicious, kPasses, kPasses},
      {"its own appearance renewed",
       [](Paper& p) {
         p.save({{20, p.edited(20, "/AP", "/V (Aina) /AP")}, {30, Paper::appearance("(Aina)")}});
       },
       kSuspicious, kPasses, kPasses},
      {"a box ticked",
       [](Paper& p) {
         p.save({{21, p.edited(21, "/V /Off /AS /Off", "/V /Yes /AS /Yes")}});
       },
       kSuspicious, kPasses, kPasses},
      {"a field with a widget of its own filled in",
       [](Paper& p) {
         p.save({{23, p.edited(23, "/T (", "/V (Reus) /T (")}, {33, Paper::appearance("(Reus)")}});
       },
       kSuspicious, kPasses, kPasses},
      {"filled in, then signed", [](Paper& p) { p.save(kFilledName).sign({.field = 42}); }, kSuspicious, kPasses,
       kPasses},
      {"a value that is not shown",
       [](Paper& p) {
         p.save({{20, p.edited(20, "/AP", "/V (Aina) /AP")}});
       },
       kSuspicious, kSuspicious, kSuspicious},
      {"an appearance swapped without a value",
       [](Paper& p) {
         p.save({{30, Paper::appearance("(200 euros)")}});
       },
       kSuspicious, kSuspicious, kSuspicious},
      {"a tick that is drawn where none was",
       [](Paper& p) {
         p.save({{32, Paper::stream("60 4 100 12 re f", Paper::kForm)}});
       },
       kSuspicious, kSuspicious, kSuspicious},
      {"a field moved over the text",
       [](Paper& p) {
         p.save({{20, p.edited(20, "72 600 300 620", "60 700 400 740")}});
       },
       kSuspicious, kForbidden, kForbidden},
      {"a field renamed",
       [](Paper& p) {
         p.save({{20, p.edited(20, "(name)", "(other)")}});
       },
       kSuspicious, kForbidden, kForbidden},
      {"a field hidden",
       [](Paper& p) {
         p.save({{20, p.edited(20, "/F 4", "/F 6")}});
       },
       kSuspicious, kForbidden, kForbidden},
      {"a field taken out of the form",
       [](Paper& p) {
         p.save({{8, p.edited(8, "20 0 R ", "")}});
       },
       kSuspicious, kForbidden, kForbidden},
      {"a text field added",
       [](Paper& p) {
         auto objects = annotated(p, Paper::widget("/FT /Tx /T (extra)", "60 700 400 740", "/V (x)"));
         objects[8] = p.edited(8, "/Fields [", "/Fields [60 0 R ");
         p.save(objects);
       },
       kSuspicious, kForbidden, kForbidden},
      {"the font of the fields replaced",
       [](Paper& p) {
         p.save({{9, "<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>"}});
       },
       kSuspicious, kForbidden, kForbidden},

      // what was signed, replaced
      {"content replaced",
       [](Paper& p) {
         p.save({{5, Paper::stream("BT (You get 900) Tj ET")}});
       },
       kSuspicious, kForbidden, kForbidden},
      {"content replaced and restored",
       [](Paper& p) {
         const std::string old = p.body(5);
         p.save({{5, Paper::stream("BT (You get 900) Tj ET")}}).save({{5, old}});
       },
       kSuspicious, kForbidden, kForbidden},
      {"another content stream",
       [](Paper& p) {
         p.save({{4, p.edited(4, "5 0 R", "60 0 R")}, {60, Paper::stream("BT (You get 900) Tj ET")}});
       },
       kSuspicious, kForbidden, kForbidden},
      {"a font replaced",
       [](Paper& p) {
         p.save({{3, "<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>"}});
       },
       kSuspicious, kForbidden, kForbidden},
      {"a form object freed",
       [](Paper& p) {
         p.save({{10, ""}});
       },
       kSuspicious, kForbidden, kForbidden},
      {"an optional content group renamed",
       [](Paper& p) {
         p.save({{11, "<< /Type /OCG /Name (other) >>"}});
       },
       kSuspicious, kForbidden, kForbidden},
      {"optional content switched",
       [](Paper& p) {
         p.save({{1, p.edited(1, "/Pages", "/OCProperties << /OCGs [11 0 R] /D << /OFF [11 0 R] >> >> /Pages")}});
       },
       kSuspicious, kForbidden, kForbidden},
      {"pages in another order",
       [](Paper& p) {
         p.save({{2, p.edited(2, "4 0 R 6 0 R", "6 0 R 4 0 R")}});
       },
       kSuspicious, kForbidden, kForbidden},
      {"an action on opening",
       [](Paper& p) {
         p.save({{1, p.edited(1, "/Pages", "/OpenAction << /S /JavaScript /JS (x) >> /Pages")}});
       },
       kSuspicious, kForbidden, kForbidden},
      {"the permissions removed",
       [](Paper& p) {
         p.save({{1, "<< /Type /Catalog /Pages 2 0 R /AcroForm 8 0 R /Perms << >> >>"}});
       },
       kSuspicious, kForbidden, kForbidden},
      {"the form removed",
       [](Paper& p) {
         p.save({{1, p.edited(1, "/AcroForm 8 0 R", "")}});
       },
       kSuspicious, kForbidden, kForbidden},

      // annotations
      {"a comment", [](Paper& p) { p.save(annotated(p, annotation("Text"))); }, kSuspicious, kForbidden, kPasses},
      {"a highlight", [](Paper& p) { p.save(annotated(p, annotation("Highlight", "/C [1 1 0]"))); }, kSuspicious,
       kForbidden, kPasses},
      {"a highlight in no colour, which some viewers draw in black",
       [](Paper& p) { p.save(annotated(p, annotation("Highlight"))); }, kSuspicious, kForbidden, kSuspicious},
      {"a text over the text", [](Paper& p) { p.save(annotated(p, annotation("FreeText"))); }, kSuspicious, kForbidden,
       kSuspicious},
      {"a highlight that hides",
       [](Paper& p) {
         auto objects = annotated(p, annotation("Highlight", "/AP << /N 61 0 R >>"));
         objects[61] = Paper::stream("1 g 0 0 340 40 re f", Paper::kForm);
         p.save(objects);
       },
       kSuspicious, kForbidden, kSuspicious},
      {"a highlight that lets through",
       [](Paper& p) {
         auto objects = annotated(p, annotation("Highlight", "/C [1 1 0] /AP << /N 61 0 R >>"));
         objects[61] =
             Paper::stream("/G0 gs 1 1 0 rg 0 0 340 40 re f",
                           std::string(Paper::kForm) + "/Resources << /ExtGState << /G0 << /BM /Multiply >> >> >>");
         p.save(objects);
       },
       kSuspicious, kForbidden, kPasses},
      {"a new signature field that covers the text",
       [](Paper& p) {
         auto objects = annotated(p, Paper::widget("/FT /Sig /T (New)", "60 700 400 740", "/AP << /N 61 0 R >>"));
         objects[8] = p.edited(8, "/Fields [", "/Fields [60 0 R ");
         objects[61] = Paper::stream("1 g 0 0 340 40 re f", Paper::kForm);
         p.sign({.field = 60, .also = objects});
       },
       kPasses, kSuspicious, kSuspicious},
      {"a text on empty paper",
       [](Paper& p) {
         p.save(annotated(p, "<< /Type /Annot /Subtype /FreeText /Rect [60 300 400 340] /Contents (x) >>"));
       },
       kSuspicious, kForbidden, kPasses},
      {"a new signature field that shows something on empty paper",
       [](Paper& p) {
         auto objects = annotated(p, Paper::widget("/FT /Sig /T (New)", "60 300 400 340", "/AP << /N 61 0 R >>"));
         objects[8] = p.edited(8, "/Fields [", "/Fields [60 0 R ");
         objects[61] = Paper::stream("1 g 0 0 340 40 re f", Paper::kForm);
         p.sign({.field = 60, .also = objects});
       },
       kPasses, kPasses, kPasses},
      {"a new signature field that shows nothing",
       [](Paper& p) {
         auto objects = annotated(p, Paper::widget("/FT /Sig /T (New)", "0 0 0 0", ""));
         objects[8] = p.edited(8, "/Fields [", "/Fields [60 0 R ");
         p.sign({.field = 60, .also = objects});
       },
       kPasses, kPasses, kPasses},
      {"a widget of the older signature",
       [](Paper& p) { p.save(annotated(p, Paper::widget("/Parent 40 0 R", "60 700 400 740", "/AP << /N 30 0 R >>"))); },
       kSuspicious, kForbidden, kForbidden},
      {"the picture of the older signature swapped",
       [](Paper& p) {
         p.save({{40, p.edited(40, "0 0 0 0", "60 700 400 740")}});
       },
       kSuspicious, kForbidden, kForbidden}};
  return kRows;
}

}  // namespace

TEST_CASE("the paper itself passes, signed and certified") {
  for (const int docmdp : {0, 1, 2, 3}) {
    const Verdict verdict = after([](Paper&) {}, {.docmdp = docmdp});
    CHECK_MESSAGE(name_of(verdict) == "TOTAL-PASSED", first_words(verdict));
  }
}

TEST_CASE("what follows a signature is judged by what it is and by what the signature allows") {
  for (const Row& row : rows()) {
    const std::array<std::pair<int, Expected>, 3> answers{{{0, row.approved}, {2, row.form}, {3, row.comments}}};
    for (const auto& answer : answers) {
      const int docmdp = answer.first;
      const Expected& expected = answer.second;
      const Verdict verdict = after(row.edit, {.docmdp = docmdp});
      CHECK_MESSAGE(name_of(verdict) == words(expected), std::string(row.name)
                                                             << " P" << docmdp << ": " << first_words(verdict));
      CHECK(verdict.signatures[0].integrity == Integrity::intact);
      if (expected != kPasses) CHECK_FALSE(verdict.signatures[0].changes.empty());
      CHECK(verdict.signatures[0].changes.size() == verdict.signatures[0].change_classes.size());
    }
  }
}

TEST_CASE("a certification that permits nothing permits timestamps and evidence alone") {
  for (const Row& row : rows()) {
    const Verdict verdict = after(row.edit, {.docmdp = 1});
    const std::string name = row.name;
    const bool nothing = name == "a security store" || name == "objects written again with equal values" ||
                         name == "an object that nothing leads to" || name == "the form moved into the catalog" ||
                         name == "the list of annotations moved into an object of its own";
    CHECK_MESSAGE(name_of(verdict) == words(nothing ? kPasses : kForbidden), name << ": " << first_words(verdict));
  }
}

TEST_CASE("a policy file says what may follow an approval, and nothing against a certification") {
  const auto policy = [](const char* text) { return parse_validation_policy(base::as_bytes(std::string_view(text))); };
  const auto open = policy(R"({"schema":"segell.policy/1","afterApproval":{"formFilling":"permitted"}})");
  REQUIRE(open);
  const auto fill = [](Paper& paper) { paper.save(kFilledName); };
  const VerifyOptions options{.at = {}, .disclosures = {}, .policy = *open};
  const Verdict passed = after(fill, {}, options);
  CHECK(name_of(passed) == "TOTAL-PASSED");
  CHECK(outcome(passed) == Outcome::adapted);
  CHECK(passed.policy_sha256 != after(fill, {}).policy_sha256);
  CHECK(name_of(after(fill, {.docmdp = 1}, options)) == words(kForbidden));
  CHECK(name_of(after(
            [](Paper& p) {
              p.save({{20, p.edited(20, "(name)", "(other)")}});
            },
            {}, options)) == words(kSuspicious));
  for (const char* text :
       {"", "[]", "{}", R"({"schema":"segell.policy/2"})",
        R"({"schema":"segell.policy/1","afterApproval":{"formFilling":"yes"}})",
        R"({"schema":"segell.policy/1","afterApproval":{"fields":"permitted"}})",
        R"({"schema":"segell.policy/1","afterApproval":[]})", R"({"schema":"segell.policy/1","later":{}})",
        R"({"schema":"segell.policy/1","revocation":"sometimes"})", R"({"schema":"segell.policy/1","trustedUntil":[]})",
        R"({"schema":"segell.policy/1","trustedUntil":{"00":"2030-01-01T00:00:00Z"}})",
        R"({"schema":"segell.policy/1","signaturePolicies":{"1.2.3":{}}})",
        R"({"schema":"segell.policy/1","signaturePolicies":{"1.2.3":{"SHA-2":"AAAA"}}})",
        R"({"schema":"segell.policy/1","signaturePolicies":{"1.2.3":{"SHA-256":"AAAA"}}})"})
    CHECK_MESSAGE(!policy(text).has_value(), text);
  const auto refused = policy(R"({"schema":"segell.policy/1","afterApproval":{"formFilling":"yes"}})");
  CHECK(refused.error().reason == "policy.malformed");
  CHECK(refused.error().message.find("formFilling") != std::string::npos);
}
