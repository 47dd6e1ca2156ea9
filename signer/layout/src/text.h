#pragma once

#include "fonts.h"

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

#include <cairo.h>
#include <pango/pango.h>

namespace segell::layout {

struct TextStyle {
  double size = 10;        ///< points
  bool bold = false;       ///< the whole text
  double grey = 0;         ///< 0 is black
  std::size_t strong = 0;  ///< so many octets at the front are bold
};

/// One line of a paragraph, ready to draw; borrowed from the paragraph.
struct TextLine {
  PangoLayoutLine* line = nullptr;
  double x = 0;
  double baseline = 0;  ///< below the line's top
  double height = 0;
};

/// A paragraph broken into lines of at most `width` points.
class Paragraph {
 public:
  /// Errors: "layout.text", "layout.no-glyph".
  static base::Result<Paragraph> make(PangoContext* context, std::string_view text, const TextStyle& style,
                                      double width);

  [[nodiscard]] const std::vector<TextLine>& lines() const { return m_lines; }
  [[nodiscard]] double height() const;
  /// Draws one line with its top left corner there.
  void draw(cairo_t* cairo, const TextLine& line, double x, double y) const;
  void draw_all(cairo_t* cairo, double x, double y) const;
  [[nodiscard]] PangoLayout* native() const { return m_layout.get(); }

 private:
  GObjectPtr<PangoLayout> m_layout;
  std::vector<TextLine> m_lines;
  double m_grey = 0;
};

/// A context for that language, whose paragraphs begin at the left or at the right. Error: invalid_argument
/// "layout.text" when it is no BCP 47 tag.
base::Result<GObjectPtr<PangoContext>> context_for(const Fonts& fonts, const std::string& language,
                                                   bool right_to_left = false);

}  // namespace segell::layout
