#include "signer/pdf_text.h"
#include "support/child_process.h"
#include "support/pdf_oracles.h"
#include "support/sample_pdf.h"

#include "signer/pdf/pages.h"
#include "signer/pdf/parser.h"
#include "signer/pdf/revision_writer.h"

#include <doctest/doctest.h>

// One more revision: the base stays octet for octet, and outside programs read the result as we do.

namespace {

using namespace segell;
using tests::PdfText;
namespace pdf = signer::pdf;

pdf::Document open(const std::string& text) {
  auto document = pdf::Document::open_strict(tests::as_file(text));
  REQUIRE_MESSAGE(document, document.error().message);
  return *std::move(document);
}

// Applies `change` and appends what comes out.
template <class Change>
std::string extended(const std::string& base, const Change& change) {
  const auto document = open(base);
  auto writer = pdf::RevisionWriter::begin(document);
  REQUIRE_MESSAGE(writer, writer.error().message);
  change(*writer);
  const auto revision = std::move(*writer).finish();
  REQUIRE_MESSAGE(revision, revision.error().message);
  CHECK(revision->base_length == base.size());
  return base + base::to_text(revision->bytes);
}

std::string object_by_qpdf(const std::string& file, std::uint32_t number) {
  const tests::TemporaryFolder folder;
  tests::write_file(folder / "a.pdf", file);
  const auto said = tests::run({"qpdf", "--show-object=" + std::to_string(number), (folder / "a.pdf").string()});
  return said.out.substr(0, said.out.find('\n'));
}

std::string writer_refusal(const std::string& text) {
  const auto document = pdf::Document::open(tests::as_file(text));
  REQUIRE(document);
  const auto writer = pdf::RevisionWriter::begin(*document);
  return writer ? "" : std::string(writer.error().reason);
}

std::vector<std::string> bases() {
  const std::string sample = tests::make_sample_pdf();
  return {sample,
          tests::with_object_streams(sample),
          tests::by_qpdf(sample, {"--linearize"}),
          tests::by_qpdf(sample, {"--linearize", "--object-streams=generate"}),
          sample.substr(0, sample.size() - 1),  // no end-of-line behind %%EOF
          PdfText().catalog_and_page().table().object(9, "1").xref_stream(20).text};
}

}  // namespace

TEST_CASE("an appended revision leaves the base untouched and reads clean everywhere") {
  for (const std::string& base : bases()) {
    CAPTURE(base.size());
    std::uint32_t added = 0;
    const std::string file = extended(base, [&](pdf::RevisionWriter& writer) {
      added = writer.add("<< /Said (by us) >>").number;
      const auto stream = writer.add_stream("/Kind /Ours", base::as_bytes(std::string_view("stream data\r\n")));
      REQUIRE(writer.set_key(writer.base().root(), "Lang", "(ca)"));
      REQUIRE(writer.set_key(writer.base().root(), "Ours", pdf::to_string(stream) + " R"));
    });
    CHECK(file.compare(0, base.size(), base) == 0);
    CHECK(tests::qpdf_complaints(file).empty());
    CHECK(object_by_qpdf(file, added) == "<< /Said (by us) >>");
    const auto before = open(base);
    const auto now = open(file);
    CHECK_FALSE(now.has_anomaly());
    CHECK(now.revisions().size() == before.revisions().size() + 1);
    CHECK(now.revisions().back().style ==
          (before.revisions().back().style == pdf::XrefStyle::stream ? pdf::XrefStyle::stream : pdf::XrefStyle::table));
    CHECK(pdf::page_count(now, now.latest()).value() == pdf::page_count(before, before.latest()).value());
    CHECK(*now.catalog()->as_dictionary()->string("Lang") == "ca");
    CHECK_FALSE(before.catalog()->as_dictionary()->has("Lang"));
    const auto ours = now.get(*now.catalog()->as_dictionary(), "Ours");
    REQUIRE(ours);
    REQUIRE(ours->as_stream());
    CHECK(base::to_text(now.decode(*ours->as_stream(), 100).value()) == "stream data\r\n");
  }
}

TEST_CASE("a hundred revisions on one another stay sound and in order") {
  std::string file = tests::make_sample_pdf();
  for (int i = 1; i <= 100; ++i)
    file = extended(file, [&](pdf::RevisionWriter& writer) {
      REQUIRE(writer.set_key(writer.base().root(), "Turn", std::to_string(i)));
    });
  CHECK(tests::qpdf_complaints(file).empty());
  const auto document = open(file);
  REQUIRE(document.revisions().size() == 101);
  for (pdf::RevisionIndex i = 1; i <= 100; ++i)
    CHECK(*document.catalog(i)->as_dictionary()->integer("Turn") == static_cast<std::int64_t>(i));
  CHECK(document.root(0) == document.root());
}

TEST_CASE("a changed key changes nothing else of its object") {
  PdfText made;
  made.catalog_and_page("/Odd#20Name (a\\)b) /Number +1.50 % words\n /List [ 1  2 ] /Other 5 0 R");
  made.object(5, "[ 7 ]");
  const std::string base = made.table().text;
  const auto catalog = [](const std::string& file) {
    const auto at = file.rfind("1 0 obj\n") + 8;
    return file.substr(at, file.find("\nendobj", at) - at);
  };
  const auto set = [&](const std::string& key, const std::string& value) {
    return catalog(extended(base, [&](pdf::RevisionWriter& writer) { REQUIRE(writer.set_key({1, 0}, key, value)); }));
  };
  std::string expected = catalog(base);
  CHECK(set("Number", "3") == std::string(expected).replace(expected.find("/Number +1.50"), 13, "/Number 3"));
  CHECK(set("Odd Name", "") == std::string(expected).replace(expected.find("/Odd#20Name (a\\)b)"), 18, " "));
  CHECK(set("New Name", "true").find("/New#20Name true>>") != std::string::npos);
  const std::string longer = extended(base, [&](pdf::RevisionWriter& writer) {
    REQUIRE(writer.append_to_array({1, 0}, "List", "3 0 R"));
    REQUIRE(writer.append_to_array({1, 0}, "Other", "3 0 R"));
    REQUIRE(writer.append_to_array({1, 0}, "Fresh", "3 0 R"));
  });
  CHECK(catalog(longer).find("/List [ 1  2  3 0 R]") != std::string::npos);
  CHECK(catalog(longer).find("/Fresh [3 0 R]") != std::string::npos);
  CHECK(catalog(longer).find("/Other 5 0 R") != std::string::npos);
  CHECK(object_by_qpdf(longer, 5) == "[ 7 3 0 R ]");
  CHECK(tests::qpdf_complaints(longer).empty());
}

TEST_CASE("what cannot be changed safely is refused") {
  const auto document = open(PdfText().catalog_and_page("/A 1 /A 2").object(5, "(no dictionary)").table().text);
  auto writer = pdf::RevisionWriter::begin(document);
  REQUIRE(writer);
  CHECK(writer->set_key({1, 0}, "A", "3").error().reason == "pdf.duplicate-key");
  CHECK(writer->set_key({5, 0}, "A", "3").error().reason == "pdf.not-a-dictionary");
  CHECK(writer->append_items({5, 0}, "3 0 R").error().reason == "pdf.not-an-array");
  writer->reserve();
  CHECK(std::move(*writer).finish().error().reason == "pdf.undefined-object");
}

TEST_CASE("damaged, encrypted and anomalous files are not extended, each for its reason") {
  const std::string good = tests::make_sample_pdf();
  CHECK(writer_refusal(good).empty());
  CHECK(writer_refusal(good + "trailing") == "pdf.anomalous");
  std::string damaged = good;
  damaged.replace(damaged.rfind("startxref\n") + 10, 2, "99");
  CHECK(writer_refusal(damaged) == "pdf.repaired");
  CHECK(writer_refusal(tests::by_qpdf(good, {"--encrypt", "", "owner", "256", "--"})) == "pdf.encrypted");
  CHECK(writer_refusal(tests::by_qpdf(tests::with_object_streams(good),
                                      {"--encrypt", "user", "owner", "256", "--", "--object-streams=preserve"})) ==
        "pdf.encrypted");
}

TEST_CASE("mutool and pdfinfo count the pages that we count") {
  for (const std::string& base : bases()) {
    const std::string file = extended(
        base, [](pdf::RevisionWriter& writer) { REQUIRE(writer.set_key(writer.base().root(), "Lang", "(ca)")); });
    const tests::TemporaryFolder folder;
    tests::write_file(folder / "a.pdf", file);
    const std::string pages = std::to_string(pdf::page_count(open(file), open(file).latest()).value());
    const auto mutool = tests::run({"mutool", "info", "-M", (folder / "a.pdf").string()});
    CHECK(mutool.all().find("Pages: " + pages) != std::string::npos);
    CHECK(mutool.all().find("warning") == std::string::npos);
    const auto pdfinfo = tests::run({"pdfinfo", (folder / "a.pdf").string()});
    CHECK(pdfinfo.out.find("Pages:           " + pages) != std::string::npos);
    CHECK(pdfinfo.err.empty());
  }
}
