#include "support/child_process.h"
#include "support/pdf_oracles.h"
#include "support/sample_pdf.h"

#include "signer/pdf/signatures.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

using namespace segell;
namespace pdf = signer::pdf;

std::vector<std::string> findings(const std::string& file, std::size_t piece) {
  const base::BytesView octets = base::as_bytes(file);
  const auto document = pdf::Document::open(pdf::borrow_source(octets));
  REQUIRE(document);
  pdf::Sweep sweep(*document);
  for (std::size_t at = 0; at < octets.size(); at += piece)
    sweep.feed(octets.subspan(at, std::min(piece, octets.size() - at)));
  std::vector<std::string> out;
  for (const pdf::Finding& finding : sweep.findings())
    out.push_back((finding.weight == pdf::Weight::anomaly ? "anomaly " : "note ") + std::string(finding.id));
  return out;
}

// The same whatever the size of the pieces.
std::vector<std::string> findings(const std::string& file) {
  const auto whole = findings(file, file.size());
  for (const std::size_t piece : {1U, 7U, 64U}) CHECK(findings(file, piece) == whole);
  return whole;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

const std::vector<std::string> kNone;

}  // namespace

TEST_CASE("what honest writers make gives the sweep nothing to say") {
  const std::string plain = tests::make_sample_pdf();
  CHECK(findings(plain) == kNone);
  CHECK(findings(tests::with_object_streams(plain)) == kNone);
  CHECK(findings(tests::by_qpdf(plain, {"--linearize"})) == kNone);
  CHECK(findings(tests::by_qpdf(plain, {"--linearize", "--object-streams=generate"})) == kNone);
  CHECK(findings(tests::by_qpdf(plain, {"--qdf"})) == kNone);
}

TEST_CASE("an entry that points at another object is an anomaly") {
  const std::string plain = tests::make_sample_pdf();
  // the entries of objects 5 and 7, two pages' contents, name each other's place
  std::string crossed = plain;
  const auto entry = [&](int number) {
    return plain.find("xref\n") + 5 + plain.substr(plain.find("xref\n") + 5).find('\n') + 1 +
           20U * static_cast<unsigned>(number);
  };
  crossed.replace(entry(5), 10, plain.substr(entry(7), 10));
  CHECK(findings(crossed) == std::vector<std::string>{"anomaly pdf.xref-mismatch"});
}

TEST_CASE("an entry with another generation than its object is an anomaly") {
  const std::string plain = tests::make_sample_pdf();
  CHECK(findings(replaced(plain, "5 0 obj", "5 1 obj")) == std::vector<std::string>{"anomaly pdf.xref-mismatch"});
}

TEST_CASE("an end-of-file mark between objects is named, one inside a stream or a string is not") {
  // as long as what it replaces: every offset stays
  const std::string plain = tests::make_sample_pdf({.extra_catalog = "/Lang (ca) /Note (aaaaaaaa)"});
  CHECK(findings(replaced(plain, "(aaaaaaaa)", "(%%EOF  )") + "") == findings(plain));
  const std::string in_stream = tests::make_sample_pdf({.padding = 600});
  const auto comment = in_stream.find("ET\n%");
  REQUIRE(comment != std::string::npos);
  std::string with_mark = in_stream;
  with_mark.replace(comment + 10, 5, "%%EOF");
  CHECK(findings(with_mark) == kNone);
  std::string between = plain;
  const auto table = between.rfind("\nxref\n");
  REQUIRE(table != std::string::npos);
  // the table moves by one line; startxref follows
  const std::string mark = "%%EOF\n";
  const auto start = between.rfind("startxref\n") + 10;
  const std::string old_start = between.substr(start, between.find('\n', start) - start);
  between.replace(start, old_start.size(), std::to_string(std::stoul(old_start) + mark.size()));
  between.insert(table + 1, mark);
  CHECK(findings(between) == std::vector<std::string>{"note pdf.stray-eof"});
}

TEST_CASE("a revision that no cross-reference leads to leaves its end-of-file mark") {
  const std::string plain = tests::make_sample_pdf();
  const std::string hidden = "900 0 obj\n(hidden)\nendobj\nxref\n0 0\ntrailer\n<< /Size 1 >>\nstartxref\n9\n%%EOF\n";
  // the last section is repeated behind it and names the first as before it
  const auto start = plain.rfind("startxref\n") + 10;
  const std::string first = plain.substr(start, plain.find('\n', start) - start);
  std::string file = plain + hidden;
  const std::size_t table = file.size();
  file += "xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 10 /Root 1 0 R /Prev " + first + " >>\nstartxref\n" +
          std::to_string(table) + "\n%%EOF\n";
  CHECK(findings(file) == std::vector<std::string>{"note pdf.stray-eof"});
}

TEST_CASE("words in the data of a long stream count for nothing, and those behind it are found in pieces of any size") {
  std::string data(200'000, 'x');
  data.replace(100'000, 40, "/ByteRange [0 1 2 3] startxref 0 %%EOF  ");
  data.replace(data.size() - 10, 10, "/ByteRange");
  const std::string stray = "\n77 0 obj\n<</Type/Sig/ByteRange [0 1 2 3]>>\nendobj\n%%EOF";
  const std::string file =
      tests::make_sample_pdf({.extra_objects = "1000 0 obj\n<</Length " + std::to_string(data.size()) + ">>\nstream\n" +
                                               data + "\nendstream\nendobj" + stray,
                              .extra_count = 1});
  const auto document = pdf::Document::open_strict(pdf::borrow_source(base::as_bytes(file)));
  REQUIRE(document);
  const std::vector<std::uint64_t> behind{file.find("/ByteRange [0 1 2 3]>>")};
  for (const std::size_t piece : {std::size_t{1}, std::size_t{9}, std::size_t{4'096}, file.size()}) {
    CAPTURE(piece);
    pdf::Sweep sweep(*document);
    const base::BytesView octets = base::as_bytes(file);
    for (std::size_t at = 0; at < octets.size(); at += piece)
      sweep.feed(octets.subspan(at, std::min(piece, octets.size() - at)));
    CHECK(sweep.byte_range_offsets() == behind);
    REQUIRE(sweep.findings().size() == 1);
    CHECK(sweep.findings()[0].id == "pdf.stray-eof");
  }
}

TEST_CASE("an object that was read vouches for its own keys, not for those behind the object that begins next") {
  const std::string key = "/ByteRange [0 1 2 3]";
  const std::string file =
      tests::make_sample_pdf({.extra_objects = "1000 0 obj\n<<" + key + ">>\nendobj", .extra_count = 1}) +
      "\n77 0 obj\n<<" + key + ">>\nendobj\n%%EOF";
  const auto document = pdf::Document::open_strict(pdf::borrow_source(base::as_bytes(file)));
  REQUIRE(document);
  const std::uint64_t known = file.find("1000 0 obj"), stray = file.rfind(key);
  const auto outside = [&](std::vector<pdf::Range> read) {
    pdf::Sweep sweep(*document);
    sweep.feed(base::as_bytes(file));
    return sweep.byte_range_offsets(read);
  };
  const std::vector<std::uint64_t> only_stray{stray};
  CHECK(outside({}) == only_stray);
  CHECK(outside({{known, 40}}) == only_stray);
  // one that claims the rest of the file, with another object behind its beginning
  CHECK(outside({{file.find("1 0 obj"), file.size()}}) == only_stray);
}
