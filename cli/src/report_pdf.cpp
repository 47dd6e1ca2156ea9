#include "report.h"
#include "report_font.h"
#include "report_page.h"

#include "base/encoding.h"

#include <algorithm>
#include <cstdio>
#include <iterator>

namespace segell::cli {
namespace {

using Kind = ReportBlock::Kind;

/// A PDF that is written in one go: objects get their numbers first and their bodies in any order.
class PdfFile {
 public:
  std::size_t reserve() {
    m_bodies.emplace_back();
    return m_bodies.size();
  }
  void define(std::size_t number, std::string body) { m_bodies[number - 1] = std::move(body); }
  std::size_t add(std::string body) {
    m_bodies.push_back(std::move(body));
    return m_bodies.size();
  }
  std::size_t add_stream(const std::string& entries, std::string_view data) {
    return add("<<" + entries + " /Length " + std::to_string(data.size()) + ">>\nstream\n" + std::string(data) +
               "\nendstream");
  }

  [[nodiscard]] base::Bytes finish(std::size_t catalog, std::size_t info) const {
    std::string out = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
    std::string table = "xref\n0 " + std::to_string(m_bodies.size() + 1) + "\n0000000000 65535 f \n";
    char entry[24];
    for (std::size_t i = 0; i < m_bodies.size(); ++i) {
      std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", out.size());
      table += entry;
      out += std::to_string(i + 1) + " 0 obj\n" + m_bodies[i] + "\nendobj\n";
    }
    const std::string id = base::to_hex(base::sha256(base::as_bytes(out))).substr(0, 32);
    const std::size_t start = out.size();
    out += table + "trailer\n<</Size " + std::to_string(m_bodies.size() + 1) + " /Root " + std::to_string(catalog) +
           " 0 R /Info " + std::to_string(info) + " 0 R /ID [<" + id + "> <" + id + ">]>>\nstartxref\n" +
           std::to_string(start) + "\n%%EOF\n";
    return base::to_bytes(base::as_bytes(out));
  }

 private:
  std::vector<std::string> m_bodies;
};

std::string to(std::size_t number) { return std::to_string(number) + " 0 R"; }

std::string utf16_of(std::u32string_view text) {
  std::string out;
  char unit[8];
  for (const char32_t character : text) {  // every face holds characters of the first plane alone
    std::snprintf(unit, sizeof unit, "%04X", static_cast<unsigned>(character));
    out += unit;
  }
  return out;
}

std::string to_unicode(const ReportFont& font, const std::set<char32_t>& used) {
  std::string out =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering "
      "(UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> "
      "<FFFF>\nendcodespacerange\n";
  std::map<std::uint16_t, char32_t> glyphs;  // two characters may share a glyph: one of them names it
  for (const char32_t character : used) glyphs.emplace(font.find(character)->id, character);
  auto next = glyphs.begin();
  while (next != glyphs.end()) {
    const auto end = std::next(next, std::min<std::ptrdiff_t>(100, std::distance(next, glyphs.end())));
    out += std::to_string(std::distance(next, end)) + " beginbfchar\n";
    for (; next != end; ++next) {
      char glyph[8];
      std::snprintf(glyph, sizeof glyph, "%04X", next->first);
      out += "<" + std::string(glyph) + "> <" + utf16_of({&next->second, 1}) + ">\n";
    }
    out += "endbfchar\n";
  }
  return out + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

/// A composite font with the identity as its encoding (ISO 32000-1, 9.7).
std::size_t add_font(PdfFile& file, const ReportFont& font, const std::set<char32_t>& used, const std::string& name) {
  std::map<std::uint16_t, std::uint16_t> advances;
  for (const char32_t character : used) advances.emplace(font.find(character)->id, font.find(character)->advance);
  std::string widths;
  for (const auto& [glyph, advance] : advances) widths += std::to_string(glyph) + " [" + std::to_string(advance) + "] ";
  const std::size_t data =
      file.add_stream(" /Length1 " + std::to_string(font.file().size()), base::as_text(font.file()));
  const std::size_t descriptor =
      file.add("<</Type /FontDescriptor /FontName /" + name +
               " /Flags 4 /FontBBox [-621 -389 2800 1067] /ItalicAngle 0 /Ascent 1069 /Descent -293 /CapHeight 714 "
               "/StemV 80 /FontFile2 " +
               to(data) + ">>");
  const std::size_t descendant =
      file.add("<</Type /Font /Subtype /CIDFontType2 /BaseFont /" + name +
               " /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /FontDescriptor " +
               to(descriptor) + " /CIDToGIDMap /Identity /DW 600 /W [" + widths + "]>>");
  const std::size_t cmap = file.add_stream("", to_unicode(font, used));
  return file.add("<</Type /Font /Subtype /Type0 /BaseFont /" + name + " /Encoding /Identity-H /DescendantFonts [" +
                  to(descendant) + "] /ToUnicode " + to(cmap) + ">>");
}

/// How a block looks and what it is (ISO 32000-1, 14.8.4).
struct BlockStyle {
  const char* role;
  double size, indent, space, keep;
  bool bold;
};

BlockStyle style_of(Kind kind) {
  switch (kind) {
    case Kind::title:
      return {"H1", 18, 0, 0, 40, true};
    case Kind::heading:
      return {"H2", 13, 0, 20, 60, true};
    case Kind::subheading:
      return {"H3", 11, 0, 10, 30, true};
    case Kind::outcome:
      return {"P", 12, 0, 4, 20, true};
    case Kind::paragraph:
      return {"P", 10, 0, 6, 0, false};
    case Kind::fact:
      return {"P", 10, 0, 2, 0, false};
    case Kind::item:
      return {"LBody", 9, 12, 2, 0, false};
  }
  return {"P", 10, 0, 2, 0, false};
}

std::vector<ReportRun> runs_of(const ReportBlock& block, const BlockStyle& style) {
  std::vector<ReportRun> runs;
  if (!block.label.empty())
    runs.push_back({&ReportFont::bold(), style.size, block.label + (block.kind == Kind::fact ? ":" : "")});
  runs.push_back({style.bold ? &ReportFont::bold() : &ReportFont::regular(), style.size, block.text});
  return runs;
}

/// The tree that a screen reader goes through: document, headings, paragraphs, lists of items.
class StructureTree {
 public:
  explicit StructureTree(PdfFile& file) : m_file(file), m_root(file.reserve()), m_document(file.reserve()) {}

  /// The number of the element that holds the text of a block.
  std::size_t begin(Kind kind, const char* role) {
    const std::size_t element = m_file.reserve();
    if (kind != Kind::item) {
      close_list();
      m_kids.push_back(element);
      m_open.push_back({element, m_document, role, {}});
      return element;
    }
    if (m_list == 0) m_list = m_file.reserve();
    const std::size_t item = m_file.reserve();
    m_file.define(item, "<</Type /StructElem /S /LI /P " + to(m_list) + " /K [" + to(element) + "]>>");
    m_items.push_back(item);
    m_open.push_back({element, item, role, {}});
    return element;
  }
  void end(const std::vector<ReportPages::Piece>& pieces) { m_open.back().pieces = pieces; }

  std::size_t finish(const std::vector<std::size_t>& pages, const std::vector<ReportPages::Page>& contents) {
    close_list();
    for (const Element& one : m_open) {
      std::string kids;
      for (const auto& piece : one.pieces)
        kids += "<</Type /MCR /Pg " + to(pages[piece.page]) + " /MCID " + std::to_string(piece.mark) + ">> ";
      m_file.define(one.number,
                    "<</Type /StructElem /S /" + one.role + " /P " + to(one.parent) + " /K [" + kids + "]>>");
    }
    m_file.define(m_document,
                  "<</Type /StructElem /S /Document /P " + to(m_root) + " /K [" + references(m_kids) + "]>>");
    std::string numbers;
    for (std::size_t i = 0; i < contents.size(); ++i)
      numbers += std::to_string(i) + " [" + references(contents[i].elements) + "] ";
    m_file.define(m_root, "<</Type /StructTreeRoot /K " + to(m_document) + " /ParentTree <</Nums [" + numbers +
                              "]>> /ParentTreeNextKey " + std::to_string(contents.size()) + ">>");
    return m_root;
  }

 private:
  struct Element {
    std::size_t number, parent;
    std::string role;
    std::vector<ReportPages::Piece> pieces;
  };
  static std::string references(const std::vector<std::size_t>& numbers) {
    std::string out;
    for (const std::size_t number : numbers) out += to(number) + " ";
    return out;
  }
  void close_list() {
    if (m_list == 0) return;
    m_file.define(m_list, "<</Type /StructElem /S /L /P " + to(m_document) + " /K [" + references(m_items) + "]>>");
    m_kids.push_back(m_list);
    m_list = 0;
    m_items.clear();
  }

  PdfFile& m_file;
  std::size_t m_root, m_document, m_list = 0;
  std::vector<std::size_t> m_kids, m_items;
  std::vector<Element> m_open;
};

}  // namespace

base::Bytes write_pdf(const Report& report) {
  PdfFile file;
  ReportPages pages;
  StructureTree tree(file);
  for (const ReportBlock& block : report.blocks) {
    const BlockStyle style = style_of(block.kind);
    const std::size_t element = tree.begin(block.kind, style.role);
    tree.end(pages.set(element, style.role, runs_of(block, style), style.indent, style.space, style.keep));
  }
  pages.finish();

  const std::size_t regular =
      add_font(file, ReportFont::regular(), pages.used(ReportFont::regular()), "SGLLRP+NotoSans-Regular");
  const std::size_t bold = add_font(file, ReportFont::bold(), pages.used(ReportFont::bold()), "SGLLRP+NotoSans-Bold");
  const std::size_t parent = file.reserve();
  std::vector<std::size_t> numbers;
  std::string kids;
  for (const ReportPages::Page& page : pages.pages()) {
    const std::size_t content = file.add_stream("", page.content);
    char box[64];
    std::snprintf(box, sizeof box, "[0 0 %.2f %.2f]", ReportPages::kWidth, ReportPages::kHeight);
    numbers.push_back(file.add("<</Type /Page /Parent " + to(parent) + " /MediaBox " + box + " /Contents " +
                               to(content) + " /Resources <</Font <</FR " + to(regular) + " /FB " + to(bold) +
                               ">>>> /Tabs /S /StructParents " + std::to_string(numbers.size()) + ">>"));
    kids += to(numbers.back()) + " ";
  }
  file.define(parent, "<</Type /Pages /Kids [" + kids + "] /Count " + std::to_string(numbers.size()) + ">>");
  const std::size_t structure = tree.finish(numbers, pages.pages());
  const Phrase language{"ca", "es", "en"};
  const std::string title = "<FEFF" + utf16_of(characters_of(report.title, ReportFont::regular())) + ">";
  const std::size_t catalog =
      file.add("<</Type /Catalog /Pages " + to(parent) + " /Lang (" + std::string(language.in(report.language)) +
               ") /MarkInfo <</Marked true>> /StructTreeRoot " + to(structure) +
               " /ViewerPreferences <</DisplayDocTitle true>>>>");
  const std::size_t info = file.add("<</Title " + title + " /Producer (segell " + std::string(SEGELL_VERSION) + ")>>");
  return file.finish(catalog, info);
}

}  // namespace segell::cli
