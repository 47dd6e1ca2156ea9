// Every shipped template in every rendition: what outside programs read in the PDF is what the reading view says.

#include "layout/typesetter.h"
#include "support/child_process.h"
#include "support/sample_papers.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <regex>

using namespace segell;
using layout::Paper;
using layout::PaperSetting;
using layout::Typesetter;
using segell::tests::run;
using segell::tests::sample_tree;
using segell::tests::TemporaryFolder;
using segell::tests::write_file;
using templates::Tree;

namespace {

const char* const kKeys[] = {"data-consent", "work-plan", "minor-activity"};
const char* const kLanguages[] = {"ca", "es", "en", "ca-simple", "es-simple", "en-simple", "ar"};

const Typesetter& typesetter() {
  static const Typesetter kTypesetter = Typesetter::load("/usr/share/fonts/truetype/noto").value();
  return kTypesetter;
}

PaperSetting setting() { return {.created = base::parse_rfc3339("2026-11-20T09:14:07Z").value()}; }

std::string say(std::vector<std::string> command) {
  const auto result = run(command);
  REQUIRE_MESSAGE(result.ok(), result.all());
  return result.out;
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// Without what parts words and lines, which no two programs write alike.
std::string bare(std::string text) {
  text = templates::without_shields(text);
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r'; });
  for (std::size_t at = text.find("\u00a0"); at != std::string::npos; at = text.find("\u00a0")) text.erase(at, 2);
  return text;
}

/// The words of the reading view, without the decisions: on paper they are form fields.
std::string reading_words(const Tree& tree) {
  std::string html = templates::reading_view(tree);
  html = std::regex_replace(html, std::regex("<p class=\"decision\">[^<]*</p>"), "");
  html = std::regex_replace(html, std::regex("<[^>]*>"), "");
  for (const auto& [name, character] : {std::pair("&lt;", "<"), std::pair("&gt;", ">"), std::pair("&quot;", "\""),
                                        std::pair("&#39;", "'"), std::pair("&amp;", "&")})
    for (std::size_t at = html.find(name); at != std::string::npos; at = html.find(name))
      html.replace(at, std::string_view(name).size(), character);
  return bare(std::move(html));
}

/// The words that poppler finds by following the structure tree: it puts each run between quotes on a line of its own.
std::string structure_words(const std::string& file) {
  std::istringstream lines(say({"pdfinfo", "-struct-text", file}));
  std::string words;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    std::size_t from = 0;
    if (!inside) {
      from = line.find_first_not_of(' ');
      if (from == std::string::npos || line[from] != '"') continue;
      ++from;
    }
    inside = !(line.ends_with('"') && line.size() > from);
    words += line.substr(from, line.size() - from - (inside ? 0 : 1)) + "\n";
  }
  return bare(std::move(words));
}

/// The words that MuPDF finds in the order of the file, without the foot of each page. Ligatures of Arabic are
/// compatible with their letters (NFKC).
std::string words_in_file_order(const std::string& file, const Tree& tree, std::size_t pages) {
  std::string words;
  for (std::size_t page = 1; page <= pages; ++page) {
    const std::string number = std::to_string(page);
    std::string text = bare(say({"sh", "-c",
                                 "mutool draw -q -F txt \"$0\" \"$1\" | node -e 'process.stdout.write("
                                 "require(\"fs\").readFileSync(0, \"utf8\").normalize(\"NFKC\"))'",
                                 file, number}));
    std::string label = tree.foot.page_of;
    label.replace(label.find("{page}"), 6, number);
    label.replace(label.find("{pages}"), 7, std::to_string(pages));
    const std::string foot =
        bare(tree.foot.code_label + ":" + tree.foot.code + tree.foot.check + tree.foot.address + label);
    CHECK(text.ends_with(foot));
    words += text.substr(0, text.size() - std::min(text.size(), foot.size()));
  }
  return words;
}

/// Brackets as one kind: from the right they are drawn as each other, and MuPDF says what is drawn.
std::string turned(std::string text) {
  std::replace(text.begin(), text.end(), ')', '(');
  return text;
}

/// The words that pdf.js finds by following the structure tree.
std::string node_words(const std::string& file) {
  return bare(say({"node", SEGELL_SOURCE_DIR "/tests/node/paper_text.mjs", file}));
}

}  // namespace

TEST_CASE("every template in every rendition: one text on paper and in the reading view, one foot on every page") {
  for (const char* key : kKeys) {
    for (const char* language : kLanguages) {
      CAPTURE(std::string(key));
      CAPTURE(std::string(language));
      const Tree tree = sample_tree(key, language);
      const auto laid_out = typesetter().lay_out_paper(tree, setting());
      REQUIRE_MESSAGE(laid_out, (laid_out ? "" : laid_out.error().message));
      const Paper& paper = *laid_out;
      const TemporaryFolder folder;
      const std::string file = (folder / "paper.pdf").string();
      write_file(folder / "paper.pdf", base::as_text(paper.pdf));
      if (const char* keep = std::getenv("SEGELL_KEEP_PAPERS")) {
        write_file(std::filesystem::path(keep) / (std::string(key) + "." + language + ".pdf"),
                   base::as_text(paper.pdf));
        write_file(std::filesystem::path(keep) / (std::string(key) + "." + language + ".states.pdf"),
                   base::as_text(paper.appearances));
      }
      say({"qpdf", "--check", file});
      const std::string facts = say({"pdfinfo", file});
      CHECK(contains(facts, "Tagged:          yes"));
      CHECK(contains(facts, "Title:           " + tree.title));
      CHECK(contains(say({"qpdf", "--qdf", "--object-streams=disable", file, "-"}),
                     "/Lang (" + std::string(language) + ")"));
      if (tree.right_to_left) {
        // The other two stumble over ligatures that /ActualText explains, and pdf.js turns letters around.
        CHECK(turned(words_in_file_order(file, tree, paper.pages)) == turned(reading_words(tree)));
      } else {
        CHECK(structure_words(file) == reading_words(tree));
        // A second reader of structure, which takes longer to start.
        if (std::string_view(language) == "ca") CHECK(node_words(file) == reading_words(tree));
      }
      CHECK(paper.signatures.size() == (std::string_view(key) == "data-consent" ? 1 : 2));
      for (std::size_t page = 1; page <= paper.pages; ++page) {
        const std::string number = std::to_string(page);
        const std::string text = say({"pdftotext", "-f", number, "-l", number, file, "-"});
        CHECK(contains(text, tree.foot.code));
        CHECK(contains(text, number));
        if (std::string_view(key) != "work-plan" || (std::string_view(language) != "ca" && !tree.right_to_left))
          continue;
        say({"pdftoppm", "-r", "110", "-f", number, "-l", number, "-png", "-singlefile", file,
             (folder / "page").string()});
        CHECK(say({"zbarimg", "-q", "--raw", (folder / "page.png").string()}) == tree.foot.address + "\n");
      }
      CHECK(typesetter().lay_out_paper(tree, setting())->pdf == paper.pdf);
    }
  }
}

TEST_CASE("a paper from the right stands in the file in the order in which it is read") {
  const Tree tree = sample_tree("work-plan", "ar");
  const TemporaryFolder folder;
  const std::string file = (folder / "paper.pdf").string();
  write_file(folder / "paper.pdf", base::as_text(typesetter().lay_out_paper(tree, setting())->pdf));
  // The title is one line without ligatures: its letters come first to last, and the first line begins at the right.
  CHECK(contains(say({"pdfinfo", "-struct-text", file}), "\"" + tree.title + "\""));
  const std::string boxes = say({"pdftotext", "-bbox-layout", "-f", "1", "-l", "1", file, "-"});
  const std::smatch found = [&] {
    std::smatch match;
    REQUIRE(
        std::regex_search(boxes, match, std::regex("<line xMin=\"([0-9.]+)\" yMin=\"[0-9.]+\" xMax=\"([0-9.]+)\"")));
    return match;
  }();
  CHECK(std::stod(found[2]) > 530);
}

TEST_CASE("places to choose and to sign follow the tree and lie on their pages") {
  for (const char* key : kKeys) {
    const Tree tree = sample_tree(key, "ca");
    const Paper paper = typesetter().lay_out_paper(tree, setting()).value();
    std::vector<std::string> wanted;
    for (const auto& part : tree.parts)
      if (const auto* item = std::get_if<templates::ItemPart>(&part)) wanted.push_back(item->field);
    REQUIRE(paper.choices.size() == wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      CHECK(paper.choices[i].box.field == wanted[i]);
      CHECK(paper.choices[i].box.page < paper.pages);
      CHECK(paper.choices[i].box.bottom >= 140);
    }
    for (const auto& box : paper.signatures) {
      CHECK(box.width == doctest::Approx(483));
      CHECK(box.height == doctest::Approx(86));
      CHECK(box.bottom >= 140);
      CHECK(box.bottom + box.height <= 841.89 - 56);
    }
  }
}
