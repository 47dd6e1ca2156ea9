#include "layout/typesetter.h"

#include "support/child_process.h"

#include <doctest/doctest.h>

#include <limits>
#include <sstream>
#include <thread>

using namespace segell;
using layout::Paper;
using layout::PaperSetting;
using layout::Statement;
using layout::Typesetter;
using segell::tests::run;
using segell::tests::TemporaryFolder;
using segell::tests::write_file;
using templates::Tree;

namespace {

const char* const kFonts = "/usr/share/fonts/truetype/noto";

const Typesetter& typesetter() {
  static const Typesetter kTypesetter = Typesetter::load(kFonts).value();
  return kTypesetter;
}

templates::ItemPart choice(const std::string& question, const std::string& words, const std::string& consequence,
                           const std::string& notice = "") {
  static int fields = 0;
  templates::ItemPart item;
  item.field = "choice-" + std::to_string(++fields % 1000);
  item.question = question;
  item.rows.push_back({"Si dic que no", consequence});
  if (!notice.empty()) item.rows.push_back({"He llegit", notice});
  item.choices = {{"grant", "La meva decisió: " + words}, {"refuse", "La meva decisió: No"}};
  item.undecided = "La meva decisió: encara no decidit";
  return item;
}

/// A small paper with the parts that every paper has.
Tree example(const std::string& person = "Núria Inventada Ficció") {
  Tree tree;
  tree.language = "ca";
  tree.title = "Les meves decisions sobre el Pla d'atenció";
  tree.foot = {"Codi de verificació", "7F3KQ-2MWXA-9PTRB-V4HJC-E8DNG-SY",
               "Comprova aquest document a:", "https://segell.vilaexemple.example/c#7F3KQ2MWXA9PTRBV4HJCE8DNGSY",
               "Pàgina {page} de {pages}"};
  tree.parts = {templates::Lines{{"Ajuntament de Vilaexemple · Serveis socials"}, true},
                templates::Title{tree.title},
                templates::Rows{{{"Persona", person}}},
                choice("Pot el centre de salut de Vilaexemple llegir el meu pla d'atenció per coordinar les visites?",
                       "Sí, hi estic d'acord", "Si dius que no, hauràs d'explicar tu mateixa el pla a cada visita.",
                       "Com fem servir les teves dades, versió 3 (9f86d081…)"),
                choice("Pot l'escola saber que la família rep ajuda per al menjador?", "Sí", "L'ajuda no canvia."),
                templates::Rows{{{tree.foot.code_label, tree.foot.code}, {"Comprovació", tree.foot.address}}}};
  return tree;
}

PaperSetting setting() { return {.created = base::parse_rfc3339("2026-11-20T09:14:07.5Z").value()}; }

base::Result<base::Bytes> lay_out(const Typesetter& by, const Tree& tree, const PaperSetting& how) {
  SEGELL_TRY(Paper paper, by.lay_out_paper(tree, how));
  return std::move(paper.pdf);
}
base::Result<base::Bytes> lay_out(const Tree& tree) { return lay_out(typesetter(), tree, setting()); }

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

TEST_CASE("a paper is a sound, tagged PDF in its language with every text on it") {
  const auto pdf = lay_out(example());
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
  for (const char* role : {"H1", "H2", "Table", "TR", "TH", "TD", "Form"}) CHECK(contains(structure, role));
  const std::string text = judged.text();
  for (const char* part : {"Ajuntament de Vilaexemple · Serveis socials", "Persona:", "Núria Inventada Ficció",
                           "Si dic que no:", "L'ajuda no canvia.",
                           "Codi de verificació: 7F3KQ-2MWXA-9PTRB-V4HJC-E8DNG-SY", "Pàgina 1 de 1"}) {
    CAPTURE(std::string(part));
    CHECK(contains(text, part));
  }
}

TEST_CASE("a choice has a box, and an appearance of exactly its size for each of its states") {
  const Paper paper = typesetter().lay_out_paper(example(), setting()).value();
  REQUIRE(paper.choices.size() == 2);
  const Judged judged(paper.appearances);
  judged.say({"qpdf", "--check", "@"});
  fonts_are_embedded(judged);
  CHECK(judged.say({"qpdf", "--show-npages", "@"}) == "6\n");
  std::size_t page = 0;
  for (const auto& [box, states] : paper.choices) {
    CHECK(box.page == 0);
    CHECK(box.left >= 56);
    CHECK(box.left + box.width <= 595.276 - 55);
    CHECK(box.bottom > 140);
    REQUIRE(states.size() == 3);
    CHECK(states[0].name == "Off");
    CHECK(states[1].name == "grant");
    for (const auto& state : states) {
      CHECK(state.appearance == page++);
      const std::string number = std::to_string(state.appearance + 1);
      const std::string facts = judged.say({"pdfinfo", "-f", number, "-l", number, "@"});
      std::istringstream size(facts.substr(facts.find("size:") + 5));
      double width = 0, height = 0;
      std::string by;
      size >> width >> by >> height;
      CHECK(width == doctest::Approx(box.width).epsilon(0.001));
      CHECK(height == doctest::Approx(box.height).epsilon(0.001));
    }
  }
  CHECK(contains(judged.say({"pdftotext", "-f", "1", "-l", "1", "@", "-"}), "La meva decisió: encara no decidit"));
  CHECK(contains(judged.say({"pdftotext", "-f", "2", "-l", "2", "@", "-"}), "La meva decisió: Sí, hi estic d'acord"));
  CHECK(contains(judged.say({"pdftotext", "-f", "6", "-l", "6", "@", "-"}), "La meva decisió: No"));
}

TEST_CASE("the numbering goes on where the document that gets the pages ends") {
  PaperSetting behind = setting();
  behind.pages_before = 3;
  CHECK(contains(Judged(lay_out(typesetter(), example(), behind).value()).text(), "Pàgina 4 de 4"));
}

TEST_CASE("the QR code of a printed page leads to the address") {
  const Judged judged(lay_out(example()).value());
  judged.say({"pdftoppm", "-r", "150", "-png", "-singlefile", "@", (judged.folder / "page").string()});
  const auto read = run({"zbarimg", "-q", "--raw", (judged.folder / "page.png").string()});
  REQUIRE_MESSAGE(read.ok(), read.all());
  CHECK(read.out == example().foot.address + "\n");
}

TEST_CASE("one input gives identical bytes") {
  const Tree tree = example();
  const auto first = lay_out(tree).value();
  Tree other = tree;
  other.parts.pop_back();
  CHECK(lay_out(other).value() != first);
  CHECK(lay_out(tree).value() == first);
  CHECK(lay_out(Typesetter::load(kFonts).value(), tree, setting()).value() == first);
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
  const Tree tree = example();
  CHECK(lay_out(few, tree, setting()).value() == lay_out(tree).value());
  const Tree hebrew = example("נורית");
  const auto refused = lay_out(few, hebrew, setting());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "layout.no-glyph");
  CHECK(lay_out(hebrew));
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
    const auto pdf = lay_out(example(name));
    REQUIRE_MESSAGE(pdf, (pdf ? "" : pdf.error().message));
    fonts_are_embedded(Judged(*pdf));
  }
  const auto refused = lay_out(example("Núria 😀"));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == base::Code::unsupported);
  CHECK(refused.error().reason == "layout.no-glyph");
  CHECK(contains(refused.error().message, "U+1F600 (😀)"));
}

TEST_CASE("texts that deceive or are no text are refused") {
  for (const char* name : {"a\xff", "N\u202eatirám", "tab\there", "bell\a", "\u2066ok\u2069\u202d", "\ufeffNúria",
                           "line\u2028break", "\ufffe"}) {
    CHECK(reason_of(lay_out(example(name))) == "layout.text");
    Statement statement = example_statement();
    statement.lines[0] = name;
    CHECK(reason_of(typesetter().lay_out_statement(statement)) == "layout.text");
  }
  Tree tree = example();
  tree.language = "ca) /X (";
  CHECK(reason_of(lay_out(tree)) == "layout.text");
}

TEST_CASE("many choices go on over pages, none lost, each page with its code, QR and number") {
  Tree tree = example();
  tree.parts.resize(3);
  for (int i = 1; i <= 40; ++i)
    tree.parts.emplace_back(choice("Pregunta número " + std::to_string(i) + ": pot algú llegir alguna cosa?",
                                   "Resposta " + std::to_string(i) + "a", "Conseqüència " + std::to_string(i) + "a."));
  const Paper paper = typesetter().lay_out_paper(tree, setting()).value();
  const Judged judged(paper.pdf);
  judged.say({"qpdf", "--check", "@"});
  const int pages = std::stoi(judged.say({"qpdf", "--show-npages", "@"}));
  CHECK(pages == static_cast<int>(paper.pages));
  CHECK(pages > 3);
  CHECK(pages < 14);
  std::string whole;
  for (int i = 1; i <= pages; ++i) {
    const std::string text = judged.say({"pdftotext", "-f", std::to_string(i), "-l", std::to_string(i), "@", "-"});
    CHECK(contains(text, "Pàgina " + std::to_string(i) + " de " + std::to_string(pages)));
    CHECK(contains(text, tree.foot.code));
    whole += text;
  }
  REQUIRE(paper.choices.size() == 40);
  for (int i = 1; i <= 40; ++i) {
    // Question and what follows from it are never parted by a page's end, nor is the box from them.
    const std::size_t question = whole.find("Pregunta número " + std::to_string(i) + ":");
    const std::size_t answer = whole.find("Conseqüència " + std::to_string(i) + "a.");
    REQUIRE(question != std::string::npos);
    REQUIRE(answer != std::string::npos);
    CHECK_FALSE(contains(whole.substr(question, answer - question), "Pàgina"));
    const std::string page = std::to_string(paper.choices[static_cast<std::size_t>(i - 1)].box.page + 1);
    CHECK(contains(judged.say({"pdftotext", "-f", page, "-l", page, "@", "-"}),
                   "Pregunta número " + std::to_string(i) + ":"));
  }
}

TEST_CASE("a text longer than a page is broken between lines and nothing is lost") {
  std::string longest;
  for (int i = 0; i < 900; ++i) longest += "paraula" + std::to_string(i) + " ";
  for (int kind = 0; kind < 3; ++kind) {
    Tree tree = example();
    if (kind == 0) tree.parts[2] = templates::Lines{{longest}, false};
    if (kind == 1) tree.parts[2] = templates::Rows{{{"Terme", longest}}};
    if (kind == 2) std::get<templates::ItemPart>(tree.parts[3]).question = longest;
    const Judged judged(lay_out(tree).value());
    judged.say({"qpdf", "--check", "@"});
    const std::string text = judged.say({"pdftotext", "@", "-"});
    for (int i = 0; i < 900; ++i) CHECK(contains(text, "paraula" + std::to_string(i)));
  }
}

TEST_CASE("what cannot be set is refused with its reason") {
  const auto paper_with = [](auto change) {
    Tree tree = example();
    PaperSetting how = setting();
    change(tree, how);
    return reason_of(lay_out(typesetter(), tree, how));
  };
  CHECK(paper_with([](Tree&, PaperSetting& s) { s.width = 300; }) == "layout.size");
  CHECK(paper_with([](Tree&, PaperSetting& s) { s.height = 200; }) == "layout.size");
  CHECK(paper_with([](Tree&, PaperSetting& s) { s.width = std::numeric_limits<double>::quiet_NaN(); }) ==
        "layout.size");
  CHECK(paper_with([](Tree&, PaperSetting& s) { s.height = 20'000; }) == "layout.size");
  CHECK(paper_with([](Tree&, PaperSetting& s) { s.width = 841.89, s.height = 595.276; }) == "laid out");
  CHECK(paper_with([](Tree& t, PaperSetting&) { t.foot.address = std::string(301, 'x'); }) == "layout.too-long");
  CHECK(paper_with([](Tree& t, PaperSetting&) { t.foot.address = ""; }) == "layout.too-long");
  CHECK(paper_with([](Tree& t, PaperSetting&) { t.foot.check = std::string(600, 'x'); }) == "layout.too-long");
  CHECK(paper_with([](Tree& t, PaperSetting&) { t.parts.resize(2001, t.parts[0]); }) == "layout.too-long");
  CHECK(paper_with([](Tree& t, PaperSetting&) {
          std::get<templates::ItemPart>(t.parts[3]).undecided = std::string(6000, 'x');
        }) == "layout.too-long");
  CHECK(paper_with([](Tree& t, PaperSetting&) {
          std::get<templates::Title>(t.parts[1]).text = std::string(20'001, 'x');
        }) == "layout.too-long");
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
  Tree tree = example();
  PaperSetting how = setting();
  how.signature_room = 100;
  while (tree.parts.size() < 14) tree.parts.insert(tree.parts.begin() + 3, tree.parts[3]);
  const Paper paper = typesetter().lay_out_paper(tree, how).value();
  const Judged judged(paper.pdf);
  // The body ends 140 points above the lower edge; the room lies above that. pdftotext counts from the top, 72 to an
  // inch.
  const std::string room = judged.say({"pdftotext", "-x", "0", "-y", "602", "-W", "595", "-H", "98", "@", "-"});
  CHECK(room.find_first_not_of(" \n\f") == std::string::npos);
  CHECK(contains(judged.text(), "Comprovació"));
  for (const auto& choice_box : paper.choices) CHECK(choice_box.box.bottom >= 239.9);
}
