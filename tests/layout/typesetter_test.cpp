#include "layout/typesetter.h"

#include "support/child_process.h"

#include <doctest/doctest.h>

#include <limits>
#include <sstream>
#include <thread>

using namespace segell;
using layout::ChoicesPage;
using layout::Statement;
using layout::Typesetter;
using segell::tests::run;
using segell::tests::TemporaryFolder;
using segell::tests::write_file;

namespace {

const char* const kFonts = "/usr/share/fonts/truetype/noto";

const Typesetter& typesetter() {
  static const Typesetter kTypesetter = Typesetter::load(kFonts).value();
  return kTypesetter;
}

ChoicesPage example() {
  return {
      .language = "ca",
      .title = "Les meves decisions sobre el Pla d'atenció",
      .organisation = "Ajuntament de Vilaexemple · Serveis socials",
      .person = "Núria Inventada Ficció",
      .choices = {{.item =
                       "Pot el centre de salut de Vilaexemple llegir el meu pla d'atenció per coordinar les visites?",
                   .choice = "Sí, hi estic d'acord",
                   .consequence = "Si dius que no, hauràs d'explicar tu mateixa el pla a cada visita.",
                   .notice = "Com fem servir les teves dades, versió 3 (9f86d081…)"},
                  {.item = "Pot l'escola saber que la família rep ajuda per al menjador?",
                   .choice = "No",
                   .consequence = "L'ajuda no canvia."}},
      .words = {.person = "Persona",
                .choice = "La meva decisió",
                .consequence = "Si dic que no",
                .notice = "He llegit",
                .code = "Codi de verificació",
                .check = "Comprova aquest document a:",
                .page_of = "Pàgina {page} de {pages}"},
      .verification_code = "7F3KQ-2MWXA-9PTRB-V4HJC-E8DNG-SY",
      .verification_url = "https://segell.vilaexemple.example/c#7F3KQ2MWXA9PTRBV4HJCE8DNGSY",
      .created = base::parse_rfc3339("2026-11-20T09:14:07.5Z").value(),
  };
}

Statement example_statement() {
  return {.language = "ca",
          .lines = {"Segellat per l'Ajuntament de Vilaexemple, que declara que Núria Inventada Ficció va signar",
                    "aquest document amb el dit sobre una pantalla el 20 de novembre de 2026 a les 10:14."},
          .width = 220,
          .height = 60,
          .created = base::parse_rfc3339("2026-11-20T09:14:07Z").value()};
}

/// A PDF in a file, and what outside programs say about it.
struct Judged {
  explicit Judged(const base::Bytes& pdf) { write_file(file, base::as_text(pdf)); }
  std::string say(std::vector<std::string> command) const {
    for (std::string& word : command)
      if (word == "@") word = file.string();
    const auto result = run(command);
    REQUIRE_MESSAGE(result.ok(), result.all());
    return result.out;
  }
  [[nodiscard]] std::string text() const { return say({"pdftotext", "-layout", "@", "-"}); }
  TemporaryFolder folder;
  std::filesystem::path file = folder / "page.pdf";
};

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// Every font of the file is embedded, and at least one is there.
void fonts_are_embedded(const Judged& judged) {
  std::istringstream table(judged.say({"pdffonts", "@"}));
  std::string line;
  std::getline(table, line);
  const std::size_t column = line.find("emb");
  REQUIRE(column != std::string::npos);
  std::getline(table, line);
  int fonts = 0;
  for (; std::getline(table, line); ++fonts) {
    CAPTURE(line);
    CHECK(line.substr(column, 3) == "yes");
    CHECK(contains(line, "NotoSans"));
  }
  CHECK(fonts >= 1);
}

std::string reason_of(const base::Result<base::Bytes>& result) {
  return result ? "laid out" : std::string(result.error().reason);
}

}  // namespace

TEST_CASE("a page of choices is a sound, tagged PDF in its language with every text on it") {
  const auto pdf = typesetter().lay_out_choices_page(example());
  REQUIRE(pdf);
  const Judged judged(*pdf);
  judged.say({"qpdf", "--check", "@"});
  fonts_are_embedded(judged);
  const std::string facts = judged.say({"pdfinfo", "@"});
  CHECK(contains(facts, "Tagged:          yes"));
  CHECK(contains(facts, "Pages:           1"));
  CHECK(contains(facts, "Title:           Les meves decisions sobre el Pla d'atenció"));
  CHECK(contains(facts, "Page size:       595.276 x 841.89 pts (A4)"));
  CHECK(contains(facts, "JavaScript:      no"));
  CHECK(contains(judged.say({"pdfinfo", "-isodates", "@"}), "2026-11-20T09:14:07Z"));
  const std::string catalog = judged.say({"qpdf", "--qdf", "--object-streams=disable", "@", "-"});
  CHECK(contains(catalog, "/Lang (ca)"));
  CHECK(contains(catalog, "/DisplayDocTitle true"));
  const std::string structure = judged.say({"pdfinfo", "-struct-text", "@"});
  CHECK(contains(structure, "H1"));
  CHECK(contains(structure, "H2"));
  const std::string text = judged.text();
  for (const char* part :
       {"Ajuntament de Vilaexemple · Serveis socials", "Persona: Núria Inventada Ficció",
        "La meva decisió: Sí, hi estic d'acord", "La meva decisió: No", "Si dic que no: L'ajuda no canvia.",
        "He llegit: Com fem servir les teves dades, versió 3 (9f86d081…)",
        "Codi de verificació: 7F3KQ-2MWXA-9PTRB-V4HJC-E8DNG-SY", "Pàgina 1 de 1"}) {
    CAPTURE(std::string(part));
    CHECK(contains(text, part));
  }
}

TEST_CASE("the QR code of a printed page leads to the address") {
  const Judged judged(typesetter().lay_out_choices_page(example()).value());
  judged.say({"pdftoppm", "-r", "150", "-png", "-singlefile", "@", (judged.folder / "page").string()});
  const auto read = run({"zbarimg", "-q", "--raw", (judged.folder / "page.png").string()});
  REQUIRE_MESSAGE(read.ok(), read.all());
  CHECK(read.out == example().verification_url + "\n");
}

TEST_CASE("one input gives identical bytes, in one process and in another") {
  const auto first = typesetter().lay_out_choices_page(example()).value();
  ChoicesPage other = example();
  other.choices.pop_back();
  CHECK(typesetter().lay_out_choices_page(other).value() != first);
  CHECK(typesetter().lay_out_choices_page(example()).value() == first);
  CHECK(Typesetter::load(kFonts).value().lay_out_choices_page(example()).value() == first);
  const auto statement = typesetter().lay_out_statement(example_statement()).value();
  CHECK(Typesetter::load(kFonts).value().lay_out_statement(example_statement()).value() == statement);
}

TEST_CASE("fonts and settings of the machine do not reach a page") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "fonts");
  for (const auto& entry : std::filesystem::directory_iterator(kFonts))
    if (entry.path().filename().string().starts_with("NotoSans-"))
      std::filesystem::create_symlink(entry.path(), folder / "fonts" / entry.path().filename().string());
  // Only Noto Sans is there: a Hebrew name, which other fonts of the machine could write, must be refused.
  const auto few = Typesetter::load(folder / "fonts").value();
  ChoicesPage page = example();
  CHECK(few.lay_out_choices_page(page).value() == typesetter().lay_out_choices_page(page).value());
  page.person = "נורית";
  const auto refused = few.lay_out_choices_page(page);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "layout.no-glyph");
  CHECK(typesetter().lay_out_choices_page(page));
}

TEST_CASE("a folder without the fonts is refused by name") {
  const TemporaryFolder folder;
  const auto loaded = Typesetter::load(folder.path());
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().reason == "layout.fonts");
  CHECK(contains(loaded.error().message, folder.path().string()));
}

TEST_CASE("names in other scripts are written, and a character without a glyph is named") {
  for (const char* name : {"Fàtima الزهراء", "נורית פלונית", "Анна Вымышленная", "Նարե Հորինված", "ნინო გამოგონილი",
                           "सीता काल्पनिक", "ਸਿਮਰਨ", "Nguyễn Thị Ảo", "ⵜⴰⵏⵉⵔⵜ"}) {
    ChoicesPage page = example();
    page.person = name;
    const auto pdf = typesetter().lay_out_choices_page(page);
    REQUIRE_MESSAGE(pdf, (pdf ? "" : pdf.error().message));
    fonts_are_embedded(Judged(*pdf));
  }
  ChoicesPage page = example();
  page.person = "Núria 😀";
  const auto refused = typesetter().lay_out_choices_page(page);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == base::Code::unsupported);
  CHECK(refused.error().reason == "layout.no-glyph");
  CHECK(contains(refused.error().message, "U+1F600 (😀)"));
}

TEST_CASE("texts that deceive or are no text are refused") {
  for (const char* name : {"a\xff", "N\u202eatirám", "tab\there", "bell\a", "\u2066ok\u2069\u202d", "\ufeffNúria",
                           "line\u2028break", "\ufffe"}) {
    ChoicesPage page = example();
    page.person = name;
    CHECK(reason_of(typesetter().lay_out_choices_page(page)) == "layout.text");
    Statement statement = example_statement();
    statement.lines[0] = name;
    CHECK(reason_of(typesetter().lay_out_statement(statement)) == "layout.text");
  }
  ChoicesPage page = example();
  page.language = "ca) /X (";
  CHECK(reason_of(typesetter().lay_out_choices_page(page)) == "layout.text");
}

TEST_CASE("many choices go on over pages, none lost, each page with its code, QR and number") {
  ChoicesPage page = example();
  page.choices.clear();
  for (int i = 1; i <= 40; ++i)
    page.choices.push_back({.item = "Pregunta número " + std::to_string(i) + ": pot algú llegir alguna cosa?",
                            .choice = "Resposta " + std::to_string(i) + "a",
                            .consequence = "Conseqüència."});
  const Judged judged(typesetter().lay_out_choices_page(page).value());
  judged.say({"qpdf", "--check", "@"});
  const int pages = std::stoi(judged.say({"qpdf", "--show-npages", "@"}));
  CHECK(pages > 3);
  CHECK(pages < 12);
  std::string whole;
  for (int i = 1; i <= pages; ++i) {
    const std::string text = judged.say({"pdftotext", "-f", std::to_string(i), "-l", std::to_string(i), "@", "-"});
    CHECK(contains(text, "Pàgina " + std::to_string(i) + " de " + std::to_string(pages)));
    CHECK(contains(text, page.verification_code));
    whole += text;
  }
  for (int i = 1; i <= 40; ++i) {
    // Question and decision are never parted by a page's end.
    const std::size_t question = whole.find("Pregunta número " + std::to_string(i) + ":");
    const std::size_t answer = whole.find("La meva decisió: Resposta " + std::to_string(i) + "a");
    REQUIRE(question != std::string::npos);
    REQUIRE(answer != std::string::npos);
    CHECK_FALSE(contains(whole.substr(question, answer - question), "Pàgina"));
  }
}

TEST_CASE("a question longer than a page is broken between lines and nothing is lost") {
  ChoicesPage page = example();
  std::string longest;
  for (int i = 0; i < 900; ++i) longest += "paraula" + std::to_string(i) + " ";
  page.choices[0].item = longest;
  const Judged judged(typesetter().lay_out_choices_page(page).value());
  const std::string text = judged.say({"pdftotext", "@", "-"});
  for (int i = 0; i < 900; ++i) CHECK(contains(text, "paraula" + std::to_string(i)));
}

TEST_CASE("what cannot be set is refused with its reason") {
  const auto page_with = [](auto change) {
    ChoicesPage page = example();
    change(page);
    return reason_of(typesetter().lay_out_choices_page(page));
  };
  CHECK(page_with([](ChoicesPage& p) { p.width = 300; }) == "layout.size");
  CHECK(page_with([](ChoicesPage& p) { p.height = 200; }) == "layout.size");
  CHECK(page_with([](ChoicesPage& p) { p.width = std::numeric_limits<double>::quiet_NaN(); }) == "layout.size");
  CHECK(page_with([](ChoicesPage& p) { p.height = 20'000; }) == "layout.size");
  CHECK(page_with([](ChoicesPage& p) { p.width = 841.89, p.height = 595.276; }) == "laid out");
  CHECK(page_with([](ChoicesPage& p) { p.verification_url = std::string(301, 'x'); }) == "layout.too-long");
  CHECK(page_with([](ChoicesPage& p) { p.verification_url = ""; }) == "layout.too-long");
  CHECK(page_with([](ChoicesPage& p) { p.words.check = std::string(600, 'x'); }) == "layout.too-long");
  CHECK(page_with([](ChoicesPage& p) { p.choices.resize(201); }) == "layout.too-long");
  CHECK(page_with([](ChoicesPage& p) { p.title = std::string(20'001, 'x'); }) == "layout.too-long");
}

TEST_CASE("a statement fills a block of exactly its size and shrinks to fit, down to readable type") {
  Statement statement = example_statement();
  const auto check = [&] {
    const auto pdf = typesetter().lay_out_statement(statement);
    REQUIRE(pdf);
    const Judged judged(*pdf);
    judged.say({"qpdf", "--check", "@"});
    fonts_are_embedded(judged);
    CHECK(contains(judged.say({"pdfinfo", "@"}),
                   "Page size:       220 x " + std::to_string(static_cast<int>(statement.height)) + " pts"));
    std::string text = judged.text();
    std::erase(text, '\n');
    std::erase(text, ' ');
    CHECK(contains(text, "quedeclaraqueNúriaInventadaFiccióvasignar"));
    CHECK(contains(text, "ales10:14."));
  };
  check();
  statement.height = 33;
  check();
  statement.height = 15;
  CHECK(reason_of(typesetter().lay_out_statement(statement)) == "layout.too-long");
  statement.height = std::numeric_limits<double>::infinity();
  CHECK(reason_of(typesetter().lay_out_statement(statement)) == "layout.size");
  statement = example_statement();
  statement.lines.clear();
  CHECK(reason_of(typesetter().lay_out_statement(statement)) == "layout.text");
}

TEST_CASE("threads may share a typesetter") {
  const auto expected = typesetter().lay_out_statement(example_statement()).value();
  std::vector<int> wrong(3);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 10; ++i)
        if (typesetter().lay_out_statement(example_statement()).value() != expected) ++wrong[t];
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == std::vector<int>(3));
}

TEST_CASE("the room for signatures above the foot stays empty on every page") {
  ChoicesPage page = example();
  page.signature_room = 100;
  while (page.choices.size() < 12) page.choices.push_back(page.choices.front());
  const Judged judged(typesetter().lay_out_choices_page(page).value());
  // The body ends 140 points above the lower edge; the room lies above that. pdftotext counts from the top, 72 to an
  // inch.
  const std::string room = judged.say({"pdftotext", "-x", "0", "-y", "602", "-W", "595", "-H", "98", "@", "-"});
  CHECK(room.find_first_not_of(" \n\f") == std::string::npos);
  CHECK(contains(judged.text(), page.choices.back().choice));
}
