#include "layout/slip_page.h"

#include "layout/typesetter.h"
#include "support/child_process.h"

#include <doctest/doctest.h>

#include <string>
#include <tuple>

using namespace segell;
using layout::SlipPage;
using layout::Typesetter;
using segell::tests::run;
using segell::tests::TemporaryFolder;
using segell::tests::write_file;

namespace slip_page_test {

namespace {

const Typesetter& typesetter() {
  static const Typesetter kTypesetter = Typesetter::load("/usr/share/fonts/truetype/noto").value();
  return kTypesetter;
}

SlipPage example(std::size_t lines = 2, const std::string& question = "Voleu que consultem la vostra renda?") {
  SlipPage page;
  page.language = "ca";
  page.title = "Resguard";
  page.organisation = "Serveis Socials de Vilaexemple";
  page.intro = {"Ramon Exemple va signar «Beca» el 26/11/2026. Això és el que va decidir:"};
  for (std::size_t i = 0; i < lines; ++i) {
    page.lines.push_back({question, "Sí, hi dono permís. Fins al 26/11/2027.", "Per a: A09002970"});
  }
  page.more = "I {count} decisions més.";
  page.how_title = "Com ho puc canviar";
  page.how = {"Amb el mòbil: enfoqueu el quadrat amb la càmera.", "Per telèfon: 900 000 000.", "De paraula."};
  page.code_label = "Codi del resguard";
  page.code = "7F3KQ-2MWXA-9PTRB-V4HJ-CE8D-NGSY";
  page.address = "https://segell.vilaexemple.example/slip";
  page.qr = page.address + "#" + page.code;
  page.foot = {"Guardeu aquest paper.", "Segellat per Serveis Socials de Vilaexemple."};
  page.created = base::parse_rfc3339("2026-11-26T09:14:07Z").value();
  return page;
}

struct Judged {
  explicit Judged(const SlipPage& page) {
    const auto pdf = typesetter().lay_out_slip(page);
    REQUIRE_MESSAGE(pdf, (pdf ? "" : pdf.error().message));
    write_file(file, base::as_text(*pdf));
  }
  [[nodiscard]] std::string say(std::vector<std::string> command) const {
    for (std::string& word : command)
      if (word == "@") word = file.string();
    const auto result = run(command);
    REQUIRE_MESSAGE(result.ok(), result.all());
    return result.out;
  }
  [[nodiscard]] std::string text() const { return say({"pdftotext", "-layout", "@", "-"}); }
  TemporaryFolder folder;
  std::filesystem::path file = folder / "slip.pdf";
};

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE(
    "a slip is one sound, tagged page in its language, with every text on it and its code read back by a camera") {
  const SlipPage page = example();
  const Judged judged(page);
  std::ignore = judged.say({"qpdf", "--check", "@"});
  const std::string facts = judged.say({"pdfinfo", "@"});
  CHECK(contains(facts, "Tagged:          yes"));
  CHECK(contains(facts, "Pages:           1"));
  CHECK(contains(facts, "Title:           Resguard"));
  CHECK(contains(judged.say({"qpdf", "--qdf", "--object-streams=disable", "@", "-"}), "/Lang (ca)"));
  const std::string text = judged.text();
  for (const std::string& words : {page.organisation, page.how_title, page.how[1], page.code, page.address,
                                   page.foot[0], page.lines[0].item, page.lines[0].decision, page.lines[0].detail}) {
    CAPTURE(words);
    CHECK(contains(text, words));
  }
  CHECK_FALSE(contains(text, "decisions més"));
  std::ignore = judged.say({"pdftoppm", "-r", "150", "-png", "-singlefile", "@", (judged.folder / "slip").string()});
  CHECK(judged.say({"zbarimg", "--quiet", "--raw", (judged.folder / "slip.png").string()}) == page.qr + "\n");
}

TEST_CASE("a slip is one page however much was decided, and tells what it leaves out") {
  for (const std::size_t lines : {std::size_t{0}, std::size_t{1}, std::size_t{8}, std::size_t{20}, std::size_t{64}}) {
    CAPTURE(lines);
    const Judged judged(
        example(lines, "Voleu que consultem la vostra renda a l'Agència Tributària? " + std::string(300, 'm')));
    CHECK(contains(judged.say({"pdfinfo", "@"}), "Pages:           1"));
    const std::string text = judged.text();
    std::size_t printed = 0;
    for (auto at = text.find("Sí, hi dono"); at != text.npos; at = text.find("Sí, hi dono", at + 1)) ++printed;
    if (printed < lines) CHECK(contains(text, "I " + std::to_string(lines - printed) + " decisions més."));
    if (lines <= 8) CHECK(printed == lines);
    CHECK(contains(text, "7F3KQ-2MWXA"));
  }
}

TEST_CASE("one slip is one file, octet for octet") {
  CHECK(*typesetter().lay_out_slip(example()) == *typesetter().lay_out_slip(example()));
}

TEST_CASE("what cannot stand on a slip is refused with its name") {
  SlipPage page = example();
  page.qr = std::string(400, 'x');
  CHECK(typesetter().lay_out_slip(page).error().reason == "layout.too-long");
  page = example();
  page.intro = {"\xF0\x9F\x99\x82"};
  CHECK(typesetter().lay_out_slip(page).error().reason == "layout.no-glyph");
  CHECK(typesetter().lay_out_slip(example(201)).error().reason == "layout.too-long");
}

TEST_CASE("the modules for a screen are square, with the three finders") {
  const auto rows = layout::qr_modules("https://segell.example/slip#7F3KQ-2MWXA-9PTRB-V4HJ-CE8D-NGSY");
  REQUIRE(rows);
  for (const std::string& row : *rows) CHECK(row.size() == rows->size());
  CHECK(rows->front().starts_with("11111110"));
  CHECK(rows->front().ends_with("01111111"));
  CHECK(rows->back().starts_with("11111110"));
  CHECK(layout::qr_modules("").error().reason == "layout.too-long");
}

}  // namespace slip_page_test
