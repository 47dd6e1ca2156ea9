#include "report_page.h"

#include <algorithm>
#include <cstdio>

namespace segell::cli {

/// Characters that are never parted, and whether a space stands before them.
struct ReportPages::Word {
  const ReportFont* font = nullptr;
  double size = 0;
  std::u32string text;
  bool spaced = false;
  double width = 0;
};

namespace {

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

double width_of(const ReportFont& font, double size, std::u32string_view text) {
  double width = 0;
  for (const char32_t character : text) width += font.find(character)->advance * size / 1000;
  return width;
}

std::string hex_of(const ReportFont& font, std::u32string_view text) {
  std::string out = "<";
  char glyph[8];
  for (const char32_t character : text) {
    std::snprintf(glyph, sizeof glyph, "%04X", font.find(character)->id);
    out += glyph;
  }
  return out + ">";
}

std::string text_operators(const ReportFont& font, double size, double x, double y, std::u32string_view text) {
  return std::string("BT /") + (&font == &ReportFont::bold() ? "FB " : "FR ") + number(size) + " Tf " + number(x) +
         " " + number(y) + " Td " + hex_of(font, text) + " Tj ET\n";
}

}  // namespace

void ReportPages::begin_page() {
  m_pages.emplace_back();
  m_y = kHeight - kMargin;
}

void ReportPages::show(double x, std::span<const Word> words, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const Word& word = words[i];
    std::u32string text = word.text;
    // a reader that copies text finds words apart, those of two lines too
    if (i + 1 < words.size() && words[i + 1].spaced) text.push_back(U' ');
    m_pages.back().content += text_operators(*word.font, word.size, x, m_y, text);
    m_used[word.font].insert(text.begin(), text.end());
    x += width_of(*word.font, word.size, text);
  }
}

std::vector<ReportPages::Piece> ReportPages::set(std::size_t element, std::string_view role,
                                                 const std::vector<ReportRun>& runs, double indent, double space,
                                                 double keep) {
  const double room = kWidth - 2 * kMargin - indent;
  std::vector<Word> words;
  double size = 0;
  for (const ReportRun& run : runs) {
    size = std::max(size, run.size);
    bool spaced = !words.empty();
    Word word{run.font, run.size, {}, spaced, 0};
    const auto close = [&] {
      if (!word.text.empty()) words.push_back(word);
      word.text.clear();
      word.width = 0;
    };
    for (const char32_t character : characters_of(run.text, *run.font)) {
      const double advance = run.font->find(character)->advance * run.size / 1000;
      if (character == U' ') {
        close();
        word.spaced = true;
      } else {
        if (word.width + advance > room) {  // wider than a line: parted where it must be
          close();
          word.spaced = false;
        }
        word.text.push_back(character);
        word.width += advance;
      }
    }
    close();
  }

  const double leading = size * 1.4;
  if (m_pages.empty() || m_y - space - leading - keep < kMargin)
    begin_page();
  else
    m_y -= space;
  std::vector<Piece> pieces;
  const auto open = [&] {
    pieces.push_back({m_pages.size() - 1, m_pages.back().elements.size()});
    m_pages.back().elements.push_back(element);
    m_pages.back().content += "/" + std::string(role) + " <</MCID " + std::to_string(pieces.back().mark) + ">> BDC\n";
  };
  open();
  for (std::size_t first = 0; first < words.size();) {
    double width = words[first].width;
    std::size_t end = first + 1;
    for (; end < words.size(); ++end) {
      const double gap = words[end].spaced ? width_of(*words[end].font, words[end].size, U" ") : 0;
      if (width + gap + words[end].width > room) break;
      width += gap + words[end].width;
    }
    if (m_y - leading < kMargin) {
      m_pages.back().content += "EMC\n";
      begin_page();
      open();
    }
    m_y -= leading;
    show(kMargin + indent, std::span<const Word>(words).subspan(first), end - first);
    first = end;
  }
  m_pages.back().content += "EMC\n";
  return pieces;
}

void ReportPages::finish() {
  if (m_pages.empty()) begin_page();
  const ReportFont& font = ReportFont::regular();
  for (std::size_t i = 0; i < m_pages.size(); ++i) {
    const std::u32string text = characters_of(std::to_string(i + 1) + " / " + std::to_string(m_pages.size()), font);
    m_used[&font].insert(text.begin(), text.end());
    const double x = kWidth - kMargin - width_of(font, 9, text);
    m_pages[i].content +=
        "/Artifact <</Type /Pagination>> BDC\n" + text_operators(font, 9, x, kMargin / 2, text) + "EMC\n";
  }
}

}  // namespace segell::cli
