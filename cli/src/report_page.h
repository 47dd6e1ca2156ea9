#pragma once

#include "report_font.h"

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace segell::cli {

/// Text in one face and size.
struct ReportRun {
  const ReportFont* font = nullptr;
  double size = 10;  ///< points
  std::string text;
};

/// Sets blocks of text below one another on A4 and says which marked content each of them became (ISO 32000-1, 14.7.4).
class ReportPages {
 public:
  /// One page's content stream, and the structure element of each of its marked contents, by number.
  struct Page {
    std::string content;
    std::vector<std::size_t> elements;
  };
  /// One piece of an element: a page and the number of a marked content on it.
  struct Piece {
    std::size_t page = 0, mark = 0;
  };

  static constexpr double kWidth = 595.28, kHeight = 841.89, kMargin = 56.7;

  /// A block in lines no wider than the page allows; `space` is left free above it, except at the top of a page, and at
  /// least `keep` points must be left below it, or it begins a page. Returns its pieces.
  std::vector<Piece> set(std::size_t element, std::string_view role, const std::vector<ReportRun>& runs, double indent,
                         double space, double keep);
  /// Ends the last page and numbers all of them.
  void finish();

  [[nodiscard]] const std::vector<Page>& pages() const { return m_pages; }
  /// The characters that were set in a face.
  [[nodiscard]] const std::set<char32_t>& used(const ReportFont& font) { return m_used[&font]; }

 private:
  struct Word;
  void begin_page();
  /// The first `count` of the words in one line.
  void show(double x, std::span<const Word> words, std::size_t count);

  std::vector<Page> m_pages;
  std::map<const ReportFont*, std::set<char32_t>> m_used;
  double m_y = 0;
};

}  // namespace segell::cli
