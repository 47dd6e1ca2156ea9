#include "signer/pdf_text.h"
#include "support/child_process.h"
#include "support/sample_pdf.h"

#include "signer/pdf/signatures.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>

// What counts as a signature, and what is wrong with its ranges, before any cryptography.

namespace {

using namespace segell;
using tests::PdfText;
namespace pdf = signer::pdf;
using Ids = std::vector<std::string>;

struct Shape {
  std::string contents = "<3003020100>";
  std::string gap{};  ///< what the ranges leave out, when it is not `contents`
  std::string keys{};
  std::string type = "/Sig";
  std::string sub_filter = "/ETSI.CAdES.detached";
  long shift_first = 0, shift_second = 0;  ///< moves of the two ends of the gap
  std::string range{};                     ///< instead of the true one
};

// Appends one revision with a signature in object `number` and its field in the next one.
PdfText sign(PdfText file, const Shape& shape = {}, int number = 50) {
  const std::string field = std::to_string(number + 1) + " 0 R";
  const std::string room = "[0 0000000000 0000000000 0000000000]";
  file.object(1, "<< /Type /Catalog /Pages 2 0 R /AcroForm << /SigFlags 3 /Fields [" + field + "] >> >>");
  file.object(number, "<< /Type " + shape.type + " /Filter /Adobe.PPKLite /SubFilter " + shape.sub_filter +
                          " /ByteRange " + room + " /Contents " + shape.contents + shape.keys + " >>");
  file.object(number + 1, "<< /FT /Sig /T (One) /V " + std::to_string(number) + " 0 R >>");
  file.table();
  const auto key = file.text.rfind("/Contents " + shape.contents);
  const std::string& gap = shape.gap.empty() ? shape.contents : shape.gap;
  const auto first = static_cast<long>(file.text.find(gap, key)) + shape.shift_first;
  const auto second = static_cast<long>(file.text.find(gap, key) + gap.size()) + shape.shift_second;
  std::string range = shape.range;
  if (range.empty())
    range = "[0 " + std::to_string(first) + " " + std::to_string(second) + " " +
            std::to_string(static_cast<long>(file.text.size()) - second) + "]";
  range.resize(room.size(), ' ');
  file.text.replace(file.text.rfind(room), room.size(), range);
  return file;
}

PdfText plain_file() { return std::move(PdfText().catalog_and_page().object(9, "1").table()); }

std::vector<pdf::Signature> find(const std::string& text) {
  const auto document = pdf::Document::open(tests::as_file(text));
  REQUIRE_MESSAGE(document, document.error().message);
  pdf::Sweep sweep(*document);
  sweep.feed(base::as_bytes(text));
  auto found = pdf::find_signatures(*document, &sweep);
  REQUIRE(found);
  return *std::move(found);
}

pdf::Signature only(const std::string& text) {
  auto found = find(text);
  REQUIRE(found.size() == 1);
  return std::move(found[0]);
}

Ids faults(const std::string& text) {
  Ids out;
  for (const pdf::RangeFault& fault : only(text).faults) out.emplace_back(fault.id);
  return out;
}
// The least of several times is what the machine's other work disturbs least.
double fastest_search(const std::string& text) {
  std::chrono::duration<double> least = std::chrono::hours(1);
  for (int i = 0; i < 5; ++i) {
    const auto began = std::chrono::steady_clock::now();
    only(text);
    least = std::min<std::chrono::duration<double>>(least, std::chrono::steady_clock::now() - began);
  }
  return least.count();
}

Ids faults_of(const Shape& shape) { return faults(sign(plain_file(), shape).text); }

}  // namespace

TEST_CASE("a well-made signature has no fault and covers its revision") {
  const pdf::Signature signature = only(sign(plain_file()).text);
  CHECK(signature.faults.empty());
  CHECK(signature.covers == 1);
  CHECK(signature.revision == 1);
  CHECK(signature.field == "One");
  CHECK(signature.reachable);
  CHECK(signature.field_count == 1);
  CHECK_FALSE(signature.redefined);
  CHECK(base::to_text(signature.contents) == std::string("\x30\x03\x02\x01\x00", 5));
  CHECK(faults_of({.contents = "<3003020100000000>"}).empty());
}

TEST_CASE("the gap is exactly the digits of /Contents with their delimiters") {
  const Ids gap{"pdf.byte-range-gap"};
  CHECK(faults_of({.shift_first = 1}) == gap);
  CHECK(faults_of({.shift_first = -1}) == gap);
  CHECK(faults_of({.shift_second = 1}) == gap);
  CHECK(faults_of({.shift_second = -1}) == gap);
  CHECK(faults_of({.contents = "<30030 20100>"}) == gap);
  CHECK(faults_of({.contents = "<3003020100 >"}) == gap);
  CHECK(faults_of({.contents = "<\n3003020100>"}) == gap);
  CHECK(faults_of({.contents = "<300302010 >"}) ==
        gap);  // an odd digit and a space: as long as an even number of digits
  CHECK(faults_of({.contents = "<3003020100> /Reason (unsigned)"}) == gap);
  CHECK(faults_of({.contents = "<3003020100> % unsigned\n"}) == gap);
  CHECK(faults_of({.contents = "<3003020100> ", .gap = "<3003020100> "}) == gap);
  // a comment inside the string is no string at all
  CHECK_FALSE(faults_of({.contents = "<3003%x\n020100>"}).empty());
}

TEST_CASE("a /ByteRange is four direct numbers from zero up that do not overlap and stay inside") {
  const Ids range{"pdf.byte-range"};
  for (const char* text : {"[0 1 2]", "[0 1 2 3 4]", "[]", "[0 1 2 (3)]", "[0 1 2 3.0]", "[0 1 2 -3]", "[0 1 2 null]",
                           "(0123)", "[0 9 0 R 2]", "9 0 R", "[1 100 200 10]", "[0 200 100 10]", "[0 1 99999999 0]",
                           "[0 1 2 99999999]", "[0 1 9223372036854775807 9]", "[0 9 9 99999999999999999999]"}) {
    CAPTURE(text);
    const Ids found = faults_of({.range = text});
    REQUIRE_FALSE(found.empty());
    CHECK(found[0] == "pdf.byte-range");
  }
}

TEST_CASE("absent, hollow or odd /Contents is an invalid signature, never none") {
  for (const char* text :
       {"null", "<>", "<00>", "<0000>", "()", "(0000)", "(abc)", "9 0 R", "77 0 R", "[]", "/Name", "12", "<< >>"}) {
    CAPTURE(text);
    const Ids found = faults_of({.contents = text});
    REQUIRE_FALSE(found.empty());
    CHECK(found[0] == "pdf.contents");
  }
  CHECK(faults_of({.keys = " /Contents <3003020100>"})[0] == "pdf.contents");
  CHECK(faults_of({.keys = " /Reason (a) /Reason (b)"})[0] == "pdf.contents");
  CHECK(faults_of({.keys = " /R#65ason (a) /Reason (b)"})[0] == "pdf.contents");
}

TEST_CASE("octets of /Contents are kept once, however long, and read in one pass") {
  const std::string digits(8U << 20U, '1');
  const auto file = tests::as_file(sign(plain_file(), {.contents = "<" + digits + ">"}).text);
  const auto document = pdf::Document::open_strict(file);
  REQUIRE(document);
  const auto before = file->octets_read;
  const auto found = pdf::find_signatures(*document);
  REQUIRE(found);
  REQUIRE(found->size() == 1);
  CHECK((*found)[0].contents.size() == digits.size() / 2);
  CHECK_FALSE((*found)[0].dictionary.has("Contents"));
  CHECK(file->octets_read - before < digits.size() * 11 / 10);
  CHECK(file->largest_read <= 64U << 10U);
}

TEST_CASE("two signatures that share one /Contents are not both sound") {
  PdfText file = sign(plain_file());
  const pdf::Signature first = only(file.text);
  const auto& range = *first.byte_range;
  const std::string same =
      "[0 " + std::to_string(range[1]) + " " + std::to_string(range[2]) + " " + std::to_string(range[3]) + "]";
  const auto found = find(sign(file, {.range = same}, 60).text);
  REQUIRE(found.size() == 2);
  CHECK(found[0].faults.empty());
  CHECK_FALSE(found[1].faults.empty());
}

TEST_CASE("a signature that a later revision replaces or frees is marked, one that is listed again is not") {
  PdfText file = sign(plain_file());
  const auto place = file.text.rfind("50 0 obj");
  CHECK(only(file.text).redefined == false);
  CHECK(only(PdfText(file).object(9, "2").table().text).redefined == false);
  PdfText again = file;
  again.entries[50] = {PdfText::Place::offset, place, 0};
  CHECK(only(again.table().text).redefined == false);
  PdfText freed = file;
  freed.entries[50] = {PdfText::Place::freed, 0, 1};
  CHECK(only(freed.table().text).redefined);
  CHECK(only(PdfText(file).object(50, "null").table().text).redefined);
  const auto twice =
      find(PdfText(file).object(50, "<< /Type /Sig /ByteRange [0 1 2 3] /Contents <01> >>").table().text);
  REQUIRE(twice.size() == 2);
  CHECK(twice[0].redefined);
  CHECK_FALSE(twice[1].redefined);
  // changed and changed back
  const std::string value = file.text.substr(place + 9, file.text.find("\nendobj", place) - place - 9);
  const auto back = find(PdfText(file).object(50, "null").table().object(50, value).table().text);
  REQUIRE_FALSE(back.empty());
  CHECK(back[0].redefined);
}

TEST_CASE("a signature inside an object stream is found and marked") {
  PdfText file = plain_file();
  file.object_stream(60, {{50, "<< /Type /Sig /ByteRange [0 1 2 3] /Contents <3001> >>"}});
  const pdf::Signature signature = only(file.xref_stream(70).text);
  CHECK(signature.in_object_stream);
  CHECK_FALSE(signature.reachable);
}

TEST_CASE("a signature that nothing leads to counts, one inside an embedded file or a string does not") {
  const std::string dictionary = "<< /Type /Sig /ByteRange [0 1 2 3] /Contents <3001> >>";
  PdfText orphan = plain_file();
  orphan.text += "80 0 obj\n" + dictionary + "\nendobj\n";
  CHECK(only(orphan.object(9, "2").table().text).reachable == false);
  PdfText loose = plain_file();
  loose.text += "% /ByteRange [0 1 2 3]\n";
  CHECK_FALSE(faults(loose.object(9, "2").table().text).empty());
  PdfText embedded = plain_file();
  const std::string inner = sign(plain_file()).text;
  embedded.object(9, PdfText::stream(inner, "/Type /EmbeddedFile"));
  CHECK(find(embedded.table().text).empty());
  CHECK(find(PdfText(plain_file()).object(9, "(" + dictionary + ")").table().text).empty());
}

TEST_CASE("only signature fields hold a signature; several holding one are counted") {
  PdfText text_field = sign(plain_file());
  text_field.object(51, "<< /FT /Tx /T (One) /V 50 0 R >>");
  const pdf::Signature misplaced = only(text_field.table().text);
  CHECK_FALSE(misplaced.reachable);
  CHECK(misplaced.misplaced);
  PdfText two = sign(plain_file());
  two.object(1, "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [51 0 R 52 0 R] >> >>");
  two.object(52, "<< /FT /Sig /T (Two) /V 50 0 R >>");
  const pdf::Signature shared = only(two.table().text);
  CHECK(shared.field_count == 2);
  CHECK(shared.field == "One");
  CHECK_FALSE(shared.misplaced);
  PdfText direct = plain_file();
  direct.object(1, "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [51 0 R] >> >>");
  direct.object(51, "<< /FT /Sig /T (One) /V << /Type /Sig /ByteRange [0 1 2 3] /Contents <3001> >> >>");
  CHECK(only(direct.table().text).reachable);
}

TEST_CASE("what readers would read differently, or not at all, is found in every object") {
  const auto findings = [](const std::string& text) {
    const auto document = pdf::Document::open(tests::as_file(text));
    REQUIRE(document);
    std::vector<pdf::Finding> out;
    REQUIRE(pdf::find_signatures(*document, nullptr, &out));
    return out;
  };
  const auto with = [&](const std::string& object) {
    return findings(PdfText(plain_file()).object(9, object).table().text);
  };
  CHECK(findings(sign(plain_file()).text).empty());
  CHECK(with("<< /A 1 /A 1 >>").empty());
  for (const char* twice :
       {"<< /A 1 /A 2 >>", "[1 << /B << /A 1 /#41 null >> >>]", "<< /A (1) /A /1 /Length 0 >>\nstream\n\nendstream"}) {
    CAPTURE(twice);
    const auto found = with(twice);
    REQUIRE(found.size() == 1);
    CHECK(found[0].id == "pdf.duplicate-key");
    CHECK(found[0].weight == pdf::Weight::anomaly);
    CHECK(found[0].words == "a key is written twice with different values: object 9 0: /A");
  }
  for (const char* broken :
       {"<< /Length 4 >>\nstream\nlonger than it says\nendstream", "<< /A", "(no end", "<41 4g>", "1 2"}) {
    CAPTURE(broken);
    const auto found = with(broken);
    REQUIRE(found.size() == 1);
    CHECK(found[0].id == "pdf.object-unreadable");
    CHECK(found[0].words.starts_with("an object cannot be read: object 9: "));
  }
}

TEST_CASE("a document timestamp is known by its SubFilter, whatever its type says") {
  for (const char* type : {"/Sig", "/DocTimeStamp", "/Odd", "null"})
    CHECK(only(sign(plain_file(), {.type = type, .sub_filter = "/ETSI.RFC3161"}).text).document_timestamp);
  CHECK_FALSE(only(sign(plain_file(), {.type = "/DocTimeStamp"}).text).document_timestamp);
}

TEST_CASE("signatures stand in the order of their revisions, not of their numbers or fields") {
  const auto found = find(sign(sign(sign(plain_file(), {}, 70), {}, 60), {}, 50).text);
  REQUIRE(found.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(found[i].ref.number == 70 - 10 * i);
    CHECK(found[i].covers == i + 1);
  }
}

TEST_CASE("a number in the millions costs what any other costs, for the numbers between are no objects") {
  const std::string near = sign(plain_file()).text, far = sign(plain_file(), {}, 8'000'000).text;
  CHECK(only(far).faults.empty());
  CHECK(fastest_search(far) < 20 * fastest_search(near));
}

TEST_CASE("ranges that end in the middle of a revision cover none") {
  PdfText file = sign(plain_file());
  CHECK(only(PdfText(file).object(9, "2").table().text).covers == 1);
  const auto range = *only(file.text).byte_range;
  const auto with_end = [&](std::uint64_t less) {
    return only(sign(plain_file(), {.range = "[0 " + std::to_string(range[1]) + " " + std::to_string(range[2]) + " " +
                                             std::to_string(range[3] - less) + "]"})
                    .text)
        .covers;
  };
  CHECK(with_end(0) == 1);
  CHECK(with_end(1) == 1);  // without the end-of-line behind %%EOF
  CHECK_FALSE(with_end(2).has_value());
  CHECK_FALSE(with_end(40).has_value());
}

TEST_CASE("certification levels are read, odd ones as none of them") {
  const auto level = [](const std::string& p) {
    const pdf::Signature signature =
        only(sign(plain_file(), {.keys = " /Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << " +
                                         p + " >> >>]"})
                 .text);
    return signature.certification ? signature.certification->permission : -1;
  };
  CHECK(level("/P 1") == 1);
  CHECK(level("/P 2") == 2);
  CHECK(level("/P 3") == 3);
  CHECK(level("") == 2);
  CHECK(level("/P 4") == 0);
  CHECK(level("/P (1)") == 0);
  CHECK_FALSE(only(sign(plain_file()).text).certification.has_value());
}

TEST_CASE("an encrypted file's signature is read: its /Contents is never encrypted") {
  const tests::TemporaryFolder folder;
  tests::write_file(folder / "in.pdf", plain_file().text);
  REQUIRE(tests::run({"qpdf", (folder / "in.pdf").string(), (folder / "out.pdf").string(), "--encrypt", "", "owner",
                      "256", "--"})
              .ok());
  PdfText locked;
  locked.text = tests::read_file(folder / "out.pdf");
  const auto tail = locked.text.rfind("startxref\n") + 10;
  const long section = std::stol(locked.text.substr(tail));
  const auto trailer = locked.text.substr(static_cast<std::size_t>(section));
  const std::string encrypt = trailer.substr(
      trailer.find("/Encrypt"), trailer.find(" R", trailer.find("/Encrypt")) + 2 - trailer.find("/Encrypt"));
  locked.object(50, "<< /Type /Sig /SubFilter /ETSI.CAdES.detached /ByteRange [0 1 2 3] /Contents <3003020100> >>");
  const pdf::Signature signature = only(locked.table(encrypt, section).text);
  CHECK(base::to_text(signature.contents) == std::string("\x30\x03\x02\x01\x00", 5));
}
