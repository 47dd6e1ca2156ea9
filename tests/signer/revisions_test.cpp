#include "signer/pdf_text.h"
#include "support/child_process.h"
#include "support/pdf_oracles.h"
#include "support/sample_pdf.h"

#include "signer/pdf/document.h"
#include "signer/pdf/filters.h"
#include "signer/pdf/limits.h"
#include "signer/pdf/pages.h"
#include "signer/pdf/parser.h"

#include <doctest/doctest.h>

#include <regex>

// Revisions: tables, streams, hybrid files, chains and what comes behind their end (ISO 32000-1, 7.5).

namespace {

using namespace segell;
using tests::PdfText;
namespace pdf = signer::pdf;

// From memory and from a file; both must say the same.
base::Result<pdf::Document> open_strict(const std::string& text) {
  auto memory = pdf::Document::open_strict(pdf::own_source(base::to_bytes(text)));
  auto file = pdf::Document::open_strict(tests::as_file(text));
  CHECK(memory.has_value() == file.has_value());
  if (!memory) CHECK(memory.error().message == file.error().message);
  return file;
}

std::string refusal(const std::string& text) {
  const auto document = open_strict(text);
  return document ? "" : document.error().message;
}

std::vector<std::string> anomalies(const std::string& text) {
  const auto document = open_strict(text);
  REQUIRE_MESSAGE(document, document.error().message);
  std::vector<std::string> out;
  for (const pdf::Finding& finding : document->findings())
    if (finding.weight == pdf::Weight::anomaly) out.emplace_back(finding.id);
  return out;
}
using Ids = std::vector<std::string>;

std::int64_t integer(const pdf::Document& document, std::uint32_t number, pdf::RevisionIndex as_of) {
  const auto object = document.load({number, 0}, as_of);
  REQUIRE(object);
  return object->as_integer() == nullptr ? -1 : *object->as_integer();
}

// "number/generation" and the place, as `qpdf --show-xref` tells it.
std::map<std::string, std::string> xref_by_qpdf(const std::string& file) {
  const tests::TemporaryFolder folder;
  tests::write_file(folder / "a.pdf", file);
  const auto said = tests::run({"qpdf", "--show-xref", (folder / "a.pdf").string()});
  REQUIRE_MESSAGE(said.ok(), said.err);
  static const std::regex kLine(
      R"((\d+)/(\d+): (?:uncompressed; offset = (\d+)|compressed; stream = (\d+), index = (\d+)))");
  std::map<std::string, std::string> out;
  for (std::sregex_iterator at(said.out.begin(), said.out.end(), kLine), end; at != end; ++at)
    out[(*at)[1].str() + "/" + (*at)[2].str()] =
        (*at)[3].matched ? (*at)[3].str() : (*at)[4].str() + "#" + (*at)[5].str();
  return out;
}

std::map<std::string, std::string> xref_by_us(const pdf::Document& document) {
  std::map<std::string, std::string> out;
  for (std::uint32_t number = 1; number < document.object_count(); ++number) {
    const auto* entry = document.entry(number, document.latest());
    if (entry == nullptr || entry->kind == pdf::XrefEntry::Kind::free) continue;
    const bool compressed = entry->kind == pdf::XrefEntry::Kind::compressed;
    out[std::to_string(number) + "/" + std::to_string(compressed ? 0 : entry->generation)] =
        std::to_string(entry->position) + (compressed ? "#" + std::to_string(entry->generation) : "");
  }
  return out;
}

PdfText plain() { return std::move(PdfText().catalog_and_page().object(9, "1")); }

}  // namespace

TEST_CASE("our map of objects is qpdf's, whoever wrote the file and however") {
  const std::string sample = tests::make_sample_pdf();
  const std::string streams = tests::with_object_streams(sample);
  std::vector<std::string> files = {sample,
                                    streams,
                                    tests::by_qpdf(sample, {"--linearize"}),
                                    tests::by_qpdf(sample, {"--linearize", "--object-streams=generate"}),
                                    tests::by_qpdf(sample, {"--qdf"}),
                                    plain().table().object(9, "2").table().text,
                                    plain().xref_stream(20).object(9, "2").xref_stream(21).text,
                                    plain().table().object(9, "2").xref_stream(21).text};
  for (std::size_t i = 0; i < files.size(); ++i) {
    CAPTURE(i);
    const auto document = open_strict(files[i]);
    REQUIRE_MESSAGE(document, document.error().message);
    CHECK_FALSE(document->has_anomaly());
    CHECK_FALSE(xref_by_us(*document).empty());
    CHECK(xref_by_us(*document) == xref_by_qpdf(files[i]));
  }
}

TEST_CASE("each revision keeps its own view") {
  for (const bool streams : {false, true}) {
    PdfText file = plain();
    const auto close = [&](int number) { streams ? file.xref_stream(number) : file.table(); };
    close(20);
    file.object(9, "2").object(10, "10");
    close(21);
    file.object(9, "3");
    file.entries[10] = {PdfText::Place::freed, 0, 1};
    close(22);
    const auto document = open_strict(file.text);
    REQUIRE_MESSAGE(document, document.error().message);
    REQUIRE(document->revisions().size() == 3);
    for (pdf::RevisionIndex revision = 0; revision < 3; ++revision)
      CHECK(integer(*document, 9, revision) == static_cast<std::int64_t>(revision) + 1);
    CHECK(integer(*document, 10, 0) == -1);
    CHECK(integer(*document, 10, 1) == 10);
    CHECK(integer(*document, 10, 2) == -1);
    CHECK(document->entries_of(1).size() == (streams ? 3 : 2));
    CHECK(document->object_count(0) == (streams ? 21 : 10));
    CHECK(document->object_count(1) == (streams ? 22 : 11));
    CHECK(document->revisions()[2].end == file.text.size());
    CHECK(document->revisions()[1].begin == document->revisions()[0].end);
    CHECK_FALSE(document->has_anomaly());
  }
}

TEST_CASE("tables are read as loosely as honest writers write them, and no looser") {
  const std::string good = plain().table().text;
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    return text.replace(text.find(from), from.size(), to);
  };
  const std::string start = good.substr(good.find("9 1\n") + 4, 10);
  CHECK(refusal(with(start + " 00000 n \n", start + " 00000 n\n")).empty());
  CHECK(refusal(with(start + " 00000 n \n", start + " 00000 n\r\n")).empty());
  CHECK(refusal(with(start + " 00000 n", start + " 00000 x")).find("entry is malformed") != std::string::npos);
  CHECK(refusal(with(start + " 00000 n", start + " 99999 n")).find("entry is malformed") != std::string::npos);
  CHECK(refusal(with("9 1\n", "9 2\n")).find("malformed") != std::string::npos);
  CHECK(refusal(with("9 1\n", "9 99999999999999\n")).find("subsection is malformed") != std::string::npos);
  CHECK(refusal(with("9 1\n", "8388608 1\n")).find("malformed") != std::string::npos);
  CHECK(refusal(with("9 1\n", "-9 1\n")).find("malformed") != std::string::npos);
  CHECK(refusal(with("trailer", "triller")).find("malformed") != std::string::npos);
  CHECK(refusal(with("trailer\n<<", "trailer\n[[")).find("damaged") != std::string::npos);
  CHECK(refusal(with("/Root 1 0 R", "/Root 3 9 R")).find("no catalog") != std::string::npos);
}

TEST_CASE("a table of many entries is read through a small window") {
  PdfText file = plain();
  for (int i = 0; i < 60'000; ++i) file.entries[1000 + i] = {PdfText::Place::freed, 0, 1};
  const auto source = tests::as_file(file.table().text);
  const auto document = pdf::Document::open_strict(source);
  REQUIRE_MESSAGE(document, document.error().message);
  CHECK(document->object_count() == 61'000);
  CHECK(source->largest_read <= 64U << 10U);
  CHECK(source->octets_read < source->size() * 5 / 4);
}

TEST_CASE("the shape of a cross-reference stream is checked") {
  CHECK(refusal(plain().xref_stream(20).text).empty());
  const auto with = [](const std::string& from, const std::string& to) {
    std::string text = plain().xref_stream(20).text;
    return refusal(text.replace(text.rfind(from), from.size(), to));
  };
  CHECK(with("/W [1 4 2]", "/W [1 4 9]").find("/W is malformed") != std::string::npos);
  CHECK(with("/W [1 4 2]", "/W [1 4  ]").find("no /W") != std::string::npos);
  CHECK(with("/W [1 4 2]", "/W [0 0 0]").find("rows are empty") != std::string::npos);
  CHECK(with("/W [1 4 2]", "/W [8 8 8]").find("too short") != std::string::npos);
  CHECK(with("/Size 21", "/Sizo 21").find("no /Size") != std::string::npos);
  CHECK(with("/Index [1 1 ", "/Index [1 -1").find("malformed") != std::string::npos);
  CHECK(with("/Index [1 1 ", "/Index [1 9 ").find("too short") != std::string::npos);
  CHECK(with("/Type /XRef", "/Type /XRaf").find("no cross-reference section") != std::string::npos);
}

TEST_CASE("compressed cross-reference streams with predictors read as qpdf wrote them") {
  const std::string file =
      tests::by_qpdf(tests::make_sample_pdf({.pages = 40}), {"--object-streams=generate", "--compress-streams=y"});
  const auto document = open_strict(file);
  REQUIRE_MESSAGE(document, document.error().message);
  CHECK(document->revisions()[0].style == pdf::XrefStyle::stream);
  CHECK(xref_by_us(*document) == xref_by_qpdf(file));
  CHECK(pdf::page_count(*document, 0).value_or(0) == 40);
}

namespace {

// Revision 1 is a plain table; revision 2 is hybrid: its stream states `hidden`, its table what `in_table` says.
std::string hybrid(PdfText file, const PdfText::Entries& hidden, const PdfText::Entries& in_table) {
  const std::size_t stream = file.hidden_stream(30, hidden);
  file.entries = in_table;
  return file.table("/XRefStm " + std::to_string(stream)).text;
}

}  // namespace

TEST_CASE("a hybrid file shows newer readers what it hides from older ones") {
  PdfText file = plain();
  file.table().object_stream(25, {{11, "11"}, {12, "12"}});
  PdfText::Entries hidden = file.entries;
  PdfText::Entries table = {{25, hidden[25]}, {11, {PdfText::Place::freed, 0, 0}}};
  hidden.erase(25);
  const std::string text = hybrid(file, hidden, table);
  CHECK(anomalies(text) == Ids{});
  const auto document = open_strict(text);
  CHECK(document->revisions()[1].style == pdf::XrefStyle::hybrid);
  CHECK(integer(*document, 11, 1) == 11);
  CHECK(integer(*document, 12, 1) == 12);
  CHECK(xref_by_us(*document) == xref_by_qpdf(text));
}

TEST_CASE("a hybrid file whose two views differ is never sound") {
  PdfText file = plain();
  file.table();
  const std::size_t other = file.text.size();
  file.object(9, "666");
  const PdfText::Entry there = file.entries[9];
  SUBCASE("table and stream place the object differently") {
    const std::size_t second = file.text.size();
    file.object(9, "777");
    CHECK(second != other);
    CHECK(anomalies(hybrid(file, {{9, there}}, {{9, file.entries[9]}})) == Ids{"pdf.hybrid-differs"});
  }
  SUBCASE("the stream alone replaces what an earlier table still shows") {
    CHECK(anomalies(hybrid(file, {{9, there}}, {})) == Ids{"pdf.hybrid-differs"});
  }
  SUBCASE("the stream frees what the table shows") {
    CHECK(anomalies(hybrid(file, {{9, {PdfText::Place::freed, 0, 1}}}, {{9, there}})) == Ids{"pdf.hybrid-differs"});
  }
  SUBCASE("both say the same") { CHECK(anomalies(hybrid(file, {{9, there}}, {{9, there}})) == Ids{}); }
}

TEST_CASE("a hybrid file's stream must be one") {
  PdfText file = plain();
  const auto at = file.text.size();
  CHECK_FALSE(refusal(PdfText(file).table("/XRefStm " + std::to_string(at)).text).empty());
  CHECK_FALSE(refusal(PdfText(file).table("/XRefStm -1").text).empty());
  CHECK_FALSE(refusal(PdfText(file).table("/XRefStm 99999999").text).empty());
}

TEST_CASE("chains that run in a circle, forward or into nothing are refused or named") {
  PdfText file = plain();
  const auto first = static_cast<long>(file.text.size());
  CHECK(refusal(PdfText(file).table({}, first).text).find("in a circle") != std::string::npos);
  CHECK_FALSE(refusal(PdfText(file).table({}, 3).text).empty());
  CHECK_FALSE(refusal(PdfText(file).table({}, 999'999'999).text).empty());
  CHECK_FALSE(refusal(PdfText(file).table("/Prev -5").text).empty());
  CHECK_FALSE(refusal(PdfText(file).table("/Prev /Name").text).empty());
  // two sections that name each other
  file.table({}, first + 1'000'000);
  std::string text = file.object(9, "2").table().text;
  const std::string forward = std::to_string(first + 1'000'000);
  std::string second = std::to_string(file.section());
  second.resize(forward.size(), ' ');
  text.replace(text.find(forward), forward.size(), second);
  CHECK(refusal(text).find("in a circle") != std::string::npos);
}

TEST_CASE("the number of entries of all revisions together is bounded") {
  PdfText file = plain();
  const auto stream = [&](std::size_t entries) {
    const std::size_t at = file.text.size();
    file.text +=
        "30 0 obj\n" +
        PdfText::stream(std::string(entries, '\0'), "/Type /XRef /W [0 1 0] /Size 5000000 /Root 1 0 R /Index [1000 " +
                                                        std::to_string(entries) + "]") +
        "\nendobj\n";
    return file.end_revision(at).text;
  };
  const std::size_t half = pdf::limits::kEntries / 2 + 1;
  const auto first = static_cast<long>(file.text.size());
  stream(half);
  CHECK(refusal(stream(half - 1)).find("too many") == std::string::npos);
  file.text.replace(file.text.rfind("/Root 1 0 R"), 11, "/Prev " + std::to_string(first) + " /Root 1 0 R");
  CHECK(refusal(file.text).find("too many cross-reference entries") != std::string::npos);
}

TEST_CASE("what follows the last end-of-file mark is an anomaly, one end-of-line is not") {
  const std::string good = plain().table().text;
  CHECK(anomalies(good) == Ids{});
  CHECK(anomalies(good.substr(0, good.size() - 1)) == Ids{});
  CHECK(anomalies(good.substr(0, good.size() - 1) + "\r\n") == Ids{});
  // an end-of-line that an editor or a transfer added to one that stood there
  for (const std::string tail : {"\n", "\r", "\r\n"}) CHECK(anomalies(good + tail) == Ids{});
  for (const std::string tail : {"x", " x", "\n\nx", "%%EOF\n", "1 0 obj\n<<>>\nendobj\n", "xref\n0 1\n"}) {
    CAPTURE(tail);
    CHECK(anomalies(good + tail) == Ids{"pdf.trailing-bytes"});
  }
  // white space that a signature may cover: whether one does is for the judge to say
  for (const std::string tail : {"\n\n", "\n\r", "\r\r", " "}) CHECK(anomalies(good + tail) == Ids{});
  CHECK(anomalies(good + std::string(900, '\0')) == Ids{});
  CHECK(anomalies(good + std::string(2000, ' ')) == Ids{"pdf.trailing-bytes"});
  // far behind: no startxref where readers look for it
  CHECK_FALSE(refusal(good + std::string(70'000, '\n')).empty());
  CHECK_FALSE(refusal(good + "startxref\n").empty());
  CHECK_FALSE(refusal(good + "startxref\n0\n%%EOF\n").empty());
  const std::string again = "startxref\n" + good.substr(good.rfind("startxref\n") + 10);
  CHECK(anomalies(good + again) == Ids{"pdf.startxref"});
}

TEST_CASE("a revision must end where its mark stands and lie behind the one before") {
  std::string text = plain().table().object(9, "2").table().text;
  const auto mark = text.find("%%EOF");
  CHECK(anomalies(std::string(text).replace(mark, 5, "%%EXX")) == Ids{"pdf.unterminated-revision"});
}

TEST_CASE("octets before the header, or no header, have their names") {
  const auto document = pdf::Document::open(pdf::own_source(base::to_bytes("junk\n" + plain().table().text)));
  CHECK((!document || document->has_anomaly()));
  CHECK(pdf::Document::open(pdf::own_source({})).error().reason == "pdf.empty");
  CHECK(pdf::Document::open(pdf::own_source(base::to_bytes("PK"))).error().reason == "pdf.not-a-pdf");
  CHECK(pdf::Document::open(pdf::own_source(base::to_bytes("%PDF-1.7\n"))).error().reason == "pdf.unreadable");
}

TEST_CASE("an entry that points behind its own revision is an anomaly") {
  PdfText file = plain();
  file.entries[9].first = file.text.size() + 400;
  file.table();
  const auto document = open_strict(file.text + std::string());
  REQUIRE(document);
  CHECK(document->has_anomaly());
}

TEST_CASE("undefined, freed and other generations' references are null; cycles end") {
  PdfText file = plain();
  file.object(10, "11 0 R").object(11, "10 0 R").object(12, "9 0 R").object(13, "13", 2);
  file.entries[14] = {PdfText::Place::freed, 0, 1};
  const auto document = open_strict(file.table().text);
  REQUIRE(document);
  const auto resolved = [&](pdf::Ref ref) { return document->resolve(pdf::Object(ref)); };
  CHECK(resolved({77, 0})->is_null());
  CHECK(resolved({14, 0})->is_null());
  CHECK(resolved({9, 1})->is_null());
  CHECK(resolved({13, 0})->is_null());
  CHECK(*resolved({13, 2})->as_integer() == 13);
  CHECK(*resolved({12, 0})->as_integer() == 1);
  REQUIRE_FALSE(resolved({10, 0}));
  CHECK(resolved({10, 0}).error().reason == "pdf.reference-chain");
}

TEST_CASE("lengths and object streams that lead in a circle end") {
  PdfText file = plain();
  file.object(10, "<< /Length 10 0 R >>\nstream\n\nendstream");
  file.object(11, "<< /Length 12 0 R >>\nstream\n\nendstream").object(12, "<< /Length 11 0 R >>\nstream\n\nendstream");
  file.entries[15] = {PdfText::Place::compressed, 15, 0};
  file.entries[16] = {PdfText::Place::compressed, 17, 0};
  file.entries[17] = {PdfText::Place::compressed, 16, 0};
  const auto document = open_strict(file.xref_stream(20).text);
  REQUIRE(document);
  for (const std::uint32_t number : {10U, 11U, 12U, 15U, 16U, 17U}) {
    CAPTURE(number);
    CHECK_FALSE(document->load({number, 0}));
  }
}

TEST_CASE("an object stream yields what its own table says, or a refusal") {
  const auto object_in = [](PdfText file, std::uint32_t number) {
    const auto document = open_strict(file.xref_stream(20).text);
    REQUIRE_MESSAGE(document, document.error().message);
    const auto object = document->load({number, 0});
    if (!object) return std::string(object.error().reason);
    std::string out;
    pdf::write_object(out, *object);
    return out;
  };
  PdfText good = plain();
  good.object_stream(19, {{10, "(ten)"}, {11, "<< /A 9 0 R >>"}, {12, "null"}});
  CHECK(object_in(good, 10) == "(ten)");
  CHECK(object_in(good, 11) == "<</A 9 0 R>>");
  CHECK(object_in(good, 12) == "null");
  PdfText crossed = good;
  std::swap(crossed.entries[10], crossed.entries[11]);
  CHECK(object_in(crossed, 10) == "pdf.object-stream");
  PdfText beyond = good;
  beyond.entries[10].second = 9;
  CHECK(object_in(beyond, 10) == "pdf.object-stream");
  PdfText other = good;
  other.entries[10].first = 9;  // the integer
  CHECK(object_in(other, 10) == "pdf.object-stream");
  for (const auto& row : std::vector<std::pair<std::string, std::string>>{
           {"/N 3", "/N 9"}, {"/N 3", "/N -"}, {"/First ", "/Furst "}, {"/Type /ObjStm", "/Type /ObjStX"}}) {
    const auto& [from, to] = row;
    PdfText wrong = good;
    wrong.text.replace(wrong.text.find(from), from.size(), to);
    CAPTURE(row.second);
    CHECK(object_in(wrong, 10) != "(ten)");
  }
}

TEST_CASE("a stream that inflates beyond measure is refused, and all decoding of one file together too") {
  const base::Bytes bomb = pdf::deflate(base::Bytes(pdf::limits::kInflatedStream + 1));
  const base::Bytes big = pdf::deflate(base::Bytes(60U << 20U));
  PdfText file = plain();
  file.object(10, PdfText::stream(base::to_text(bomb), "/Filter /FlateDecode"));
  const base::Bytes twice = pdf::deflate(bomb);
  file.object(11, PdfText::stream(base::to_text(twice), "/Filter [/FlateDecode /FlateDecode]"));
  file.object(12, PdfText::stream(base::to_text(big), "/Filter /FlateDecode"));
  const auto document = open_strict(file.table().text);
  REQUIRE(document);
  const auto decode = [&](std::uint32_t number) {
    const auto object = document->load({number, 0});
    REQUIRE(object);
    const auto octets = document->decode(*object->as_stream(), pdf::limits::kInflatedStream);
    return octets ? "" : std::string(octets.error().reason);
  };
  CHECK(decode(10) == "pdf.limit.inflate");
  CHECK(decode(11) == "pdf.limit.inflate");
  int decoded = 0;
  while (decoded < 40 && decode(12).empty()) ++decoded;
  CHECK(decoded > 2);
  CHECK(decoded < 18);  // 1 GiB in all
}

TEST_CASE("a damaged file is read by search and stays marked, an undamaged one is never searched") {
  std::string text = plain().table().text;
  text.replace(text.rfind("startxref\n") + 10, 1, "9");
  CHECK(pdf::Document::open_strict(pdf::borrow_source(base::as_bytes(text))).error().reason == "pdf.damaged");
  const auto document = pdf::Document::open(tests::as_file(text));
  REQUIRE_MESSAGE(document, document.error().message);
  CHECK(document->repaired());
  CHECK(document->has_anomaly());
  CHECK(pdf::page_count(*document, 0).value_or(0) == 1);
}

TEST_CASE("an encrypted file that opens without a password is read as what it means") {
  const std::string sample = tests::make_sample_pdf();
  const auto content_of = [](const pdf::Document& document) {
    const auto refs = pdf::page_refs(document, document.latest());
    REQUIRE(refs);
    const auto page = document.load(refs->front());
    const auto content = document.get(*page->as_dictionary(), "Contents");
    REQUIRE(content);
    REQUIRE(content->as_stream() != nullptr);
    return base::to_text(document.decode(*content->as_stream(), 1U << 20U).value());
  };
  const std::string meant = content_of(*open_strict(sample));
  REQUIRE(!meant.empty());
  for (const std::string bits : {"40", "128", "256"}) {
    for (const std::string streams : {"--object-streams=generate", "--object-streams=disable"}) {
      CAPTURE(bits);
      const std::string encrypted =
          tests::by_qpdf(sample, {"--allow-weak-crypto", "--encrypt", "", "owner", bits, "--", streams});
      const auto document = open_strict(encrypted);
      REQUIRE_MESSAGE(document, document.error().message);
      CHECK(document->encrypted());
      CHECK_FALSE(document->locked());
      CHECK(content_of(*document) == meant);
    }
  }
  // now and then the hash of revision 6 (algorithm 2.B) ends at the very bound of its last round
  const auto edge = open_strict(tests::read_file(SEGELL_VECTORS "/pdf/encrypted-by-qpdf-last-round.pdf"));
  REQUIRE(edge);
  CHECK_FALSE(edge->locked());
  const auto locked = open_strict(tests::by_qpdf(sample, {"--encrypt", "user", "owner", "256", "--"}));
  REQUIRE(locked);
  REQUIRE(locked->locked());
  CHECK(locked->locked()->reason == "pdf.password");
}

TEST_CASE("an encrypted file is told apart from a damaged one, object streams or not") {
  const std::string sample = tests::make_sample_pdf();
  for (const std::string& file : {sample, tests::with_object_streams(sample)}) {
    const std::string locked =
        tests::by_qpdf(file, {"--encrypt", "user", "owner", "256", "--", "--object-streams=preserve"});
    const auto document = open_strict(locked);
    REQUIRE_MESSAGE(document, document.error().message);
    CHECK(document->encrypted());
    CHECK_FALSE(document->repaired());
    CHECK_FALSE(document->has_anomaly());
  }
}
